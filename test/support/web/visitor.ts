import { shot } from "#test/support/shots.ts";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Texts } from "#adapters/web/texts.ts";
import { faintTexts, smallTargets } from "./legibility.ts";

type Seat = 1 | 2 | 3;

/** Somebody in front of the playground: taps what can be seen, and on a narrow screen turns to the right phone first. */
export interface Visitor {
  /** Taps a button of the page around the phones. */
  moves(label: string): Promise<void>;
  /** Follows a link of the page. */
  follows(label: string): Promise<void>;
  /** Brings back the demo's first day. */
  startsOver(texts: Texts): Promise<void>;
  /** Taps a button on the phone in this seat, once it is there. */
  taps(seat: Seat, label: string): Promise<void>;
  /** Types into the newest card's field on this phone and sends it. */
  writes(seat: Seat, text: string): Promise<void>;
  /** Waits until this phone shows a text. */
  reads(seat: Seat, text: string): Promise<void>;
  /** Waits until this phone shows a text no more. */
  readsNoMore(seat: Seat, text: string): Promise<void>;
  /** Presses a button of the page again and again, until this phone shows a text. */
  comesTo(seat: Seat, text: string, label: string): Promise<void>;
  /** Whether a text comes into the part of the chat that this phone shows, so that nobody has to scroll to it. */
  sees(seat: Seat, text: string): Promise<boolean>;
  /** From now on, answers to what is said arrive after the stream of messages has brought what they bring. */
  isAnsweredLate(): Promise<void>;
  /** Sends a message from the entry below this phone's chat, and waits until it was taken. */
  says(seat: Seat, text: string): Promise<void>;
  /** What stands in the newest card's field on this phone. */
  field(seat: Seat): Promise<string>;
  /** Waits until the line that says what to try says this. */
  isHinted(text: string): Promise<void>;
  clock(): Promise<string>;
  language(): Promise<string | null>;

  /** Goes on by the Tab key until the control of this name has the focus. */
  tabsTo(name: string): Promise<void>;
  presses(key: string): Promise<void>;
  types(text: string): Promise<void>;
  /** Whether the control with the focus has a ring around it, inside the screen. */
  showsWhereItIs(): Promise<boolean>;

  /** How many columns both answers stand in, on a screen of this width. */
  columnsAt(width: number): Promise<number>;
  /** Keeps what the screen shows, for whoever wants to look at it. */
  photographs(name: string): Promise<void>;
  isWiderThanItsScreen(): Promise<boolean>;
  /** Texts in sight with a contrast below 4.5 : 1 against what is behind them. */
  faintTexts(): Promise<readonly string[]>;
  /** Controls in sight that a thumb would miss: below 44 pixels. */
  smallTargets(): Promise<readonly string[]>;
}

const PATIENCE = { timeout: 60_000 };
/** In milliseconds: far longer than the stream takes on one machine. */
const LATE = 500;
/** More messages than there are between two shifts of a pair. */
const JUMPS_MAXIMUM = 150;
/** More controls than the page has. */
const TABS_MAXIMUM = 120;

export function visitor(page: Page): Visitor {
  const phone = (seat: Seat) => page.locator(`#seat-${seat}`);
  const button = (label: string) => page.getByRole("button", { name: label, exact: true });
  const turnTo = async (seat: Seat): Promise<void> => {
    const tab = page.locator(`#tab-${seat}`);
    if ((await tab.isVisible()) && (await tab.getAttribute("aria-selected")) !== "true") await tab.click();
  };
  return {
    moves: (label) => button(label).click(PATIENCE),
    follows: (label) => page.getByRole("link", { name: label, exact: true }).click(PATIENCE),
    async startsOver({ clock }) {
      await button(clock.startOver).click(PATIENCE);
      const dialog = page.getByRole("dialog");
      await Promise.all([
        page.waitForEvent("load", PATIENCE),
        dialog.getByRole("button", { name: clock.confirm.yes }).click(PATIENCE),
      ]);
    },
    async taps(seat, label) {
      await turnTo(seat);
      await phone(seat).getByRole("button", { name: label, exact: true }).last().click(PATIENCE);
    },
    async writes(seat, text) {
      await turnTo(seat);
      await phone(seat).locator(".card-input textarea").last().fill(text, PATIENCE);
      await phone(seat).locator(".card-input button[type=submit]").last().click(PATIENCE);
    },
    async reads(seat, text) {
      await turnTo(seat);
      await expect.poll(() => phone(seat).locator(".log").innerText(), PATIENCE).toContain(text);
    },
    async readsNoMore(seat, text) {
      await turnTo(seat);
      await expect.poll(() => phone(seat).locator(".log").innerText(), PATIENCE).not.toContain(text);
    },
    async comesTo(seat, text, label) {
      await turnTo(seat);
      const log = phone(seat).locator(".log");
      for (let i = 0; i < JUMPS_MAXIMUM && !(await log.innerText()).includes(text); i += 1) {
        await button(label).click(PATIENCE);
        await expect.poll(() => button(label).getAttribute("aria-disabled"), PATIENCE).toBeNull();
      }
      await this.reads(seat, text);
    },
    async sees(seat, text) {
      await turnTo(seat);
      const log = phone(seat).locator(".log");
      const isInSight = async (): Promise<boolean> => {
        const frame = await log.boundingBox();
        const boxes = await Promise.all((await log.getByText(text).all()).map((one) => one.boundingBox()));
        return boxes.some(
          (box) =>
            frame !== null &&
            box !== null &&
            box.y >= frame.y &&
            box.y + box.height <= frame.y + frame.height,
        );
      };
      return expect
        .poll(isInSight, PATIENCE)
        .toBe(true)
        .then(
          () => true,
          () => false,
        );
    },
    async isAnsweredLate() {
      await page.route(/\/say(?:\?|$)/, async (route) => {
        const response = await route.fetch();
        await page.waitForTimeout(LATE);
        await route.fulfill({ response });
      });
    },
    async says(seat, text) {
      await turnTo(seat);
      const entry = phone(seat).locator(".composer textarea");
      await entry.fill(text, PATIENCE);
      await phone(seat).locator(".composer .send").click(PATIENCE);
      await expect.poll(() => entry.inputValue(), PATIENCE).toBe("");
    },
    field: (seat) => phone(seat).locator(".card-input textarea").last().inputValue(),
    async isHinted(text) {
      await expect.poll(() => page.locator("#hint").innerText(), PATIENCE).toBe(text);
    },
    language: () => page.locator("html").getAttribute("lang"),
    clock: () => page.locator("#clock-time").innerText(),

    async tabsTo(name) {
      const wanted = page.getByLabel(name, { exact: true }).or(button(name));
      for (let i = 0; i < TABS_MAXIMUM; i += 1) {
        for (const one of await wanted.all())
          if (await one.evaluate((element) => element === element.ownerDocument.activeElement)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab never reaches "${name}".`);
    },
    presses: (key) => page.keyboard.press(key),
    types: (text) => page.keyboard.type(text),
    showsWhereItIs: () =>
      page.locator(":focus").evaluate((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const { top, bottom } = element.getBoundingClientRect();
        return (
          outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 && top >= 0 && bottom <= innerHeight
        );
      }),

    async columnsAt(width) {
      const before = page.viewportSize()!;
      await page.setViewportSize({ ...before, width });
      const columns = await page
        .locator(".sides:visible")
        .last()
        .evaluate((sides) => getComputedStyle(sides).gridTemplateColumns.split(" ").length);
      await page.setViewportSize(before);
      return columns;
    },
    async photographs(name) {
      await shot(page, `${name}.png`);
    },
    isWiderThanItsScreen: () =>
      page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
    faintTexts: () => page.evaluate(faintTexts),
    smallTargets: () => page.evaluate(smallTargets),
  };
}
