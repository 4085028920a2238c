import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { openBrowser } from "#test/support/browser.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { shot, SHOTS } from "#test/support/shots.ts";
import { openDemo } from "#test/support/web/demo.ts";
import { robot } from "#test/support/web/robot.ts";
import { twoWeeks } from "#test/support/web/two-weeks.ts";

const LIFE = 480_000;
/** In milliseconds: until nothing on the page moves. */
const SETTLED = 400;
const LINES = { en: "present each plan in one minute", ja: "方針を1分で伝える" } as const;
const SPEECH = { en, ja } as const;
const WIDTHS = [390, 1440] as const;
const NARROW = 900;

const LIVES = [
  { lang: "ja", width: 390, colorScheme: "dark" },
  { lang: "en", width: 1440, colorScheme: "light" },
] as const;
const lives = SHOTS === undefined ? campaignSize({ usual: LIVES.slice(0, 1), long: LIVES.slice() }) : LIVES;

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

/** Takes pictures of each state that was not there before, narrow and wide: light in English, dark in Japanese. */
function photographer(page: Page, lang: string): (state: string, seat: Locator) => Promise<void> {
  const taken = new Set<string>();
  return async (state, seat) => {
    if (SHOTS === undefined || taken.has(state)) return;
    taken.add(state);
    const number = await seat.getAttribute("data-seat");
    const name = `${String(taken.size).padStart(2, "0")}-${state}`;
    const own = page.viewportSize()!;
    const log = seat.locator(".log");
    const place = await log.evaluate((chat) => chat.scrollTop);
    for (const width of [own.width, ...WIDTHS.filter((one) => one !== own.width)]) {
      await page.setViewportSize({ width, height: width < NARROW ? 844 : 1000 });
      const isHidden = width < NARROW && !(await seat.isVisible());
      if (isHidden) await page.locator(`#tab-${number}`).click();
      await page.waitForTimeout(SETTLED);
      await shot(page, join(lang, `${name}-${width}.png`));
    }
    await page.setViewportSize(own);
    // Another width has other lines: where the phone was scrolled to is not where it stands after.
    await page.waitForTimeout(SETTLED);
    await log.evaluate((chat, top) => (chat.scrollTop = top), place);
  };
}

it.each(lives)(
  "a chief with both roles, two residents and three attendings live through two weeks by taps alone, in $lang",
  { timeout: LIFE },
  async ({ lang, width, colorScheme }) => {
    const say = SPEECH[lang];
    await using demo = await openDemo(twoWeeks());
    const locale = lang === "ja" ? "ja-JP" : "en-GB";
    const viewport = { width, height: 900 };
    const page = await browser.newPage({ locale, viewport, colorScheme, reducedMotion: "reduce" });
    const troubles: string[] = [];
    page.on("pageerror", ({ message }) => troubles.push(message));
    await page.goto(demo.url);
    await expect
      .poll(() => page.locator("#seat-1 .log").getAttribute("lang"), { timeout: 60_000 })
      .toBe(lang);
    const looked = photographer(page, lang);
    const life = robot(page, { line: LINES[lang], looked });

    await life.livesToTheEnd();

    const chat: Record<string, string> = {};
    for (const person of ["k1", "r1", "r2", "a1", "a2", "a3", "c1"]) {
      chat[person] = await life.chatOf(person);
      await looked(`end-${person}`, page.locator(`.phone[data-person="${person}"]`));
    }
    // Each acts on a shift in the role of that shift: the chief in both.
    const settled = say.lastTime.settled(say.strategy.help.label);
    for (const person of ["k1", "r1", "r2"]) expect(chat[person]).toContain(say.goal.title);
    for (const person of ["k1", "a1", "a2", "a3"]) expect(chat[person]).toContain(say.plan.title);
    // What was settled in the first week comes back on the next shift together, on both phones.
    for (const person of ["r1", "a1", "a3"]) expect(chat[person]).toContain(settled);
    expect(chat["r1"]).toContain(say.rotation.title);
    expect(chat["a1"]).toContain(say.digest.title);
    expect(chat["c1"]).toContain(say.coordinator.title);
    expect(await page.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth)).toBe(false);
    expect(troubles).toEqual([]);
    await page.close();
  },
);
