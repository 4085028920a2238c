/*
 * Makes docs/playground.gif, the moving picture of the README: `npm run picture`. It shows two people's phones in
 * the playground, in a real browser, with real clicks. A picture is taken when the page stands still, and how
 * long it is shown is written here: a slow machine makes no slower film.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { encode } from "modern-gif";
import type { Locator, Page } from "playwright-core";
import { en as pageEn } from "#adapters/web/texts-en.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { openBrowser } from "#test/support/browser.ts";
import { openDemo } from "#test/support/web/demo.ts";

const FILE = join(import.meta.dirname, "playground.gif");
/** In pixels. */
const SIZE = { width: 900, height: 840 };
const RESIDENT = 1;
const ATTENDING = 2;
const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const LINE = "say what each test would change, before I order it";

/** How long a picture is shown, in milliseconds: the pointer on its way, a press, a few letters, what follows, a new message, the end. */
const LASTS = { way: 60, press: 140, letters: 80, next: 420, message: 900, end: 3000 };
const STEPS_OF_THE_WAY = 3;
const LETTERS_AT_ONCE = 5;
/** Enough for the few colours of this page and the edges of its letters. */
const COLOURS = 128;
/** In milliseconds. */
const PATIENCE = { timeout: 60_000 };

/** Hides what is around the two phones, and draws the pointer, which no screenshot has. */
const STAGE = `
  .top, .controls, .stage-bar, .roster, #seat-3 { display: none !important }
  body { background: var(--paper) }
  .hero { align-items: center; padding-block: 1.2rem 0.6rem }
  .clock time { font-size: 3.2rem }
  .phones { grid-template-columns: 1fr 1fr }
  .phone { height: 680px; box-shadow: none }
  #pointer {
    position: fixed; z-index: 99; width: 26px; height: 26px; margin: -13px; border-radius: 50%; pointer-events: none;
    background: oklch(0.6 0.2 30 / 0.55); border: 2px solid oklch(0.55 0.22 30);
  }
  #pointer.pressed { background: oklch(0.6 0.2 30); outline: 7px solid oklch(0.6 0.2 30 / 0.3) }
`;

interface Picture {
  /** Red, green, blue and alpha of each pixel. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** How long it is shown, in milliseconds. */
  readonly delay: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Films what somebody does on a page. */
interface Film {
  readonly pictures: readonly Picture[];
  shows(delay: number): Promise<void>;
  /** Presses a button, and shows the page once `then` is there. */
  presses(button: Locator, then: Locator, delay?: number): Promise<void>;
  types(field: Locator, text: string): Promise<void>;
}

function film(page: Page): Film {
  const pictures: Picture[] = [];
  let at: Point = { x: SIZE.width / 2, y: SIZE.height / 2 };

  const shows = async (delay: number): Promise<void> => {
    pictures.push({ data: pixels(await standing(page)), delay });
  };
  const goesTo = async (there: Point): Promise<void> => {
    const from = at;
    for (let step = 1; step <= STEPS_OF_THE_WAY; step += 1) {
      const part = step / STEPS_OF_THE_WAY;
      at = { x: from.x + (there.x - from.x) * part, y: from.y + (there.y - from.y) * part };
      await page.mouse.move(at.x, at.y);
      await draw(page, at, false);
      await shows(LASTS.way);
    }
  };
  return {
    pictures,
    shows,
    async presses(button, then, delay = LASTS.next) {
      await button.scrollIntoViewIfNeeded(PATIENCE);
      await goesTo(middle(await button.boundingBox(PATIENCE)));
      await draw(page, at, true);
      await shows(LASTS.press);
      await page.mouse.click(at.x, at.y);
      await draw(page, at, false);
      await then.last().waitFor(PATIENCE);
      await shows(delay);
    },
    async types(field, text) {
      await field.focus(PATIENCE);
      for (let i = 0; i < text.length; i += LETTERS_AT_ONCE) {
        await page.keyboard.type(text.slice(i, i + LETTERS_AT_ONCE));
        await shows(LASTS.letters);
      }
    },
  };
}

/** Draws the pointer at a place. */
const draw = (page: Page, { x, y }: Point, isPressed: boolean): Promise<void> =>
  page.locator("#pointer").evaluate(
    (pointer, now) => {
      pointer.style.cssText = `left: ${now.x}px; top: ${now.y}px`;
      pointer.classList.toggle("pressed", now.isPressed);
    },
    { x, y, isPressed },
  );

/** The page as a PNG, once two in a row are the same. */
async function standing(page: Page): Promise<Buffer> {
  let before: Buffer | undefined;
  for (;;) {
    const now = await page.screenshot({ animations: "disabled" });
    if (before !== undefined && now.equals(before)) return now;
    before = now;
    await page.waitForTimeout(40);
  }
}

/** The pixels of one of Chromium's screenshots, which have no transparency, with it. */
function pixels(png: Buffer): Picture["data"] {
  const { data, channels, width, height } = decode(png);
  const all = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i += 1)
    for (let channel = 0; channel < 3; channel += 1) all[i * 4 + channel] = data[i * channels + channel]!;
  return all;
}

function middle(box: { x: number; y: number; width: number; height: number } | null): Point {
  if (box === null) throw new Error("What is to be pressed is not on the page.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const phone = (page: Page, seat: number): Locator => page.locator(`#seat-${seat}`);
const button = (page: Page, seat: number, name: string): Locator =>
  phone(page, seat).getByRole("button", { name, exact: true }).last();

/** Goes to where the film begins: both have agreed, and the resident is asked for a goal. */
async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: pageEn.clock.jumps["next-message"] }).click(PATIENCE);
  for (const seat of [RESIDENT, ATTENDING]) await button(page, seat, en.consent.agree).click(PATIENCE);
  await button(page, RESIDENT, GOAL).waitFor(PATIENCE);
  await page.addStyleTag({ content: STAGE });
  await page.evaluate(() => {
    const pointer = document.createElement("div");
    pointer.id = "pointer";
    pointer.style.cssText = "left: 50%; top: 50%";
    document.body.append(pointer);
  });
}

/** From the resident's goal to both answers side by side. */
async function play(page: Page): Promise<readonly Picture[]> {
  const { pictures, shows, presses, types } = film(page);
  const { help, call, feedback } = en.strategy;
  const resident = (name: string): Locator => button(page, RESIDENT, name);
  const attending = (name: string): Locator => button(page, ATTENDING, name);
  const line = phone(page, RESIDENT).locator(".card-input");

  await shows(LASTS.message);
  await presses(resident(GOAL), line.locator("textarea"));
  await types(line.locator("textarea").last(), LINE);
  await presses(line.locator("button[type=submit]").last(), resident(help.answers[3]));
  await presses(resident(help.answers[3]), resident(call.answers[2]));
  await presses(resident(call.answers[2]), resident(feedback.answers.after));
  await presses(resident(feedback.answers.after), attending(en.plan.scopes.all), LASTS.message);
  await presses(attending(en.plan.scopes.all), attending(help.answers[1]));
  await presses(attending(help.answers[1]), attending(call.answers[2]));
  await presses(attending(call.answers[2]), attending(feedback.answers.after));
  const starter = phone(page, RESIDENT).locator(".log").getByText(en.reveal.starters.help.more).last();
  await presses(attending(feedback.answers.after), starter);
  await page.locator("#pointer").evaluate((pointer) => pointer.remove());
  await shows(LASTS.end);
  return pictures;
}

await using demo = await openDemo();
const browser = await openBrowser();
try {
  // The style above is not the page's own, so its Content-Security-Policy would refuse it.
  const asIs = { locale: "en-GB", reducedMotion: "reduce", bypassCSP: true } as const;
  const page = await browser.newPage({ viewport: SIZE, ...asIs });
  await page.goto(demo.url);
  await begin(page);
  const pictures = await play(page);
  const gif = await encode({ ...SIZE, frames: [...pictures], maxColors: COLOURS });
  writeFileSync(FILE, Buffer.from(gif));
  const seconds = pictures.reduce((sum, { delay }) => sum + delay, 0) / 1000;
  process.stdout.write(
    `${pictures.length} pictures, ${seconds} s, ${Math.ceil(gif.byteLength / 1000)} kB: ${FILE}\n`,
  );
} finally {
  await browser.close();
}
