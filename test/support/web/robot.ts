import type { Locator, Page } from "playwright-core";
import { nextTap } from "./next-tap.ts";

/** Somebody who lives through weeks in the playground by taps alone: whatever a phone asks, they answer as a person in that role might. */
export interface Robot {
  /** Goes on from message to message, and answers on every phone, until nothing more comes. */
  livesToTheEnd(): Promise<void>;
  /** The whole chat of a person. */
  chatOf(person: string): Promise<string>;
}

/** More messages than two weeks have. */
const JUMPS_MAXIMUM = 60;
/** More taps than one phone asks for at a moment. */
const TAPS_MAXIMUM = 40;
const SEATS = [1, 2, 3] as const;
/** The seat that whoever is waiting off the stage is brought to. */
const FREE = 3;

type Looked = (state: string, seat: Locator) => Promise<void>;

/**
 * @param line what is written where a line is asked for
 * @param looked is told each state of a card before it is answered
 */
export function robot(
  page: Page,
  { line, looked }: { readonly line: string; readonly looked: Looked },
): Robot {
  const phone = (seat: number) => page.locator(`#seat-${seat}`);
  const tap = (target: string) => page.evaluate(tapped, { target, line: "" });
  const shows = async (seat: number): Promise<void> => {
    const tab = `#tab-${seat}[aria-selected="false"]`;
    if (await page.locator(tab).isVisible()) await tap(tab);
  };
  const personOn = (seat: number) => phone(seat).getAttribute("data-person");

  /** Returns how often this phone was tapped until it asked nothing more. */
  const answersOn = async (seat: number): Promise<number> => {
    for (let taps = 0; taps < TAPS_MAXIMUM; taps += 1) {
      const wanted = await phone(seat).evaluate(nextTap);
      if (wanted === undefined) return taps;
      await shows(seat);
      await looked(wanted.state, phone(seat));
      await page.evaluate(tapped, { target: `#seat-${seat} [data-act="${wanted.act}"]`, line });
    }
    throw new Error(`Seat ${seat} never has enough: ${await phone(seat).locator(".log").innerText()}`);
  };
  /** Brings somebody to the free seat, if they sit nowhere. Returns their seat. */
  const seats = async (person: string): Promise<number> => {
    for (const seat of SEATS) if ((await personOn(seat)) === person) return seat;
    await shows(FREE);
    await phone(FREE).locator("select").selectOption(person);
    await page.locator(`#seat-${FREE}[data-person="${person}"]`).waitFor();
    return FREE;
  };
  /** The first of those who wait off the stage comes to the free seat. Returns who it is. */
  const seatsFirst = async (): Promise<string | undefined> => {
    if ((await page.locator(".waiting-list button").count()) === 0) return undefined;
    const before = await personOn(FREE);
    await tap("#waiting summary");
    await tap(".waiting-list button:first-child");
    await page.locator(`#seat-${FREE}:not([data-person="${before}"])`).waitFor();
    return (await personOn(FREE))!;
  };
  /** What one answers may ask somebody else, who sat here before: goes round until nobody is asked anything. */
  const answersAll = async (): Promise<void> => {
    const people = new Set<string>();
    for (const seat of SEATS) people.add((await personOn(seat))!);
    for (let taps = -1; taps !== 0;) {
      taps = 0;
      for (const person of people) taps += await answersOn(await seats(person));
      for (let person = await seatsFirst(); person !== undefined; person = await seatsFirst()) {
        people.add(person);
        taps += await answersOn(FREE);
      }
    }
  };
  return {
    async livesToTheEnd() {
      for (let jump = 0; jump < JUMPS_MAXIMUM; jump += 1) {
        if (!(await page.evaluate(wentOn))) return;
        await answersAll();
      }
      throw new Error("It never ends.");
    },
    async chatOf(person) {
      return phone(await seats(person))
        .locator(".log")
        .innerText();
    },
  };
}

/**
 * Taps the last one that this selector finds, or writes and sends where it is a field, as a thumb would: only what is in sight and not covered.
 * Resolves once the page shows what came of it. Runs in the page.
 */
async function tapped({ target, line }: { readonly target: string; readonly line: string }): Promise<void> {
  const place = [...document.querySelectorAll<HTMLElement>(target)].at(-1)!;
  const area = place.querySelector("textarea");
  const isInSight = (element: Element): boolean => {
    const frame = element.closest(".log")!.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;
  };
  const button = place.querySelector<HTMLElement>("button[type=submit]") ?? place;
  if (area !== null && !isInSight(area)) throw new Error(`${target} is asked out of sight`);
  button.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { left, top, width, height } = button.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  if (hit === null || !button.contains(hit)) throw new Error(`A thumb cannot reach ${target}`);

  if (area !== null) area.value = line;
  button.click();
  while (document.querySelector("[aria-busy]") !== null) await new Promise((done) => setTimeout(done, 5));
  const notice = [...document.querySelectorAll('.message [role="alert"]')].at(-1);
  if (notice !== undefined) throw new Error(`${target}: ${notice.textContent}`);
}

/**
 * Goes on to the next message, and until the stream has brought all that came by then: the server sends the time last. Resolves to
 * false where nothing more comes. Runs in the page.
 */
async function wentOn(): Promise<boolean> {
  const face = (page: Document) =>
    ["clock-date", "clock-time"].map((id) => page.getElementById(id)!.textContent).join();
  const button = document.querySelector<HTMLElement>('[data-jump="next-message"]')!;
  const reached = document.getElementById("reached")!;
  const wait = () => new Promise((done) => setTimeout(done, 5));
  const before = face(document);
  reached.textContent = "";

  button.click();
  while (reached.textContent === "") await wait();
  const anew = await (await fetch(location.href)).text();
  const now = face(new DOMParser().parseFromString(anew, "text/html"));
  while (face(document) !== now) await wait();
  return now !== before;
}
