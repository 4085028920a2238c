import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderCard, type AdaptiveCard } from "#adapters/teams/render.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import type { Locale } from "#src/domain/locale.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { openBrowser } from "#test/support/browser.ts";
import { coordinatorsCards } from "#test/support/coordinators-cards.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { programOf } from "#test/support/programs.ts";
import { ordinaryCard } from "#test/support/random-cards.ts";
import { shot, SHOTS } from "#test/support/shots.ts";
import { cardPage, cutOff, draw, readable, tapAll } from "#test/support/teams/browser-card.ts";
import { hospital, onTeams } from "#test/support/teams/hospital.ts";
import { complaintsIn } from "#test/support/teams/valid.ts";
import { actionsIn, wordsIn } from "#test/support/teams/words.ts";

const WORDS = { en, ja };
/** As wide as a card is in a phone's chat, and on a desk. */
const WIDTHS = { phone: 340, context: 560 };

const spaced = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();

describe("Microsoft's own library, in a browser", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    await cardPage(page);
  });
  afterAll(() => browser.close());

  /** Everything is there to read, and everything to tap sends what it should. */
  const operable = async (payload: AdaptiveCard): Promise<void> => {
    expect(complaintsIn(await draw(page, payload))).toEqual([]);
    const untouched = await readable(page);
    for (const field of await page.locator("#card textarea").all()) await field.fill("typed");

    const { fired, read } = await tapAll(page);

    const text = `${untouched} ${read}`;
    expect(wordsIn(payload.body).filter((words) => !text.includes(spaced(words)))).toEqual([]);
    const actions = actionsIn(payload.body);
    expect(fired.map(({ verb }) => verb)).toEqual(actions.map(() => "attune"));
    for (const [index, { data }] of actions.entries()) {
      const input = data["input"];
      expect(fired[index]?.data).toMatchObject(
        typeof input === "string" ? { ...data, [input]: "typed" } : { ...data },
      );
    }
  };

  /** Draws it anew, as it was before it was tapped. */
  const pictured = async (payload: AdaptiveCard, name: string): Promise<void> => {
    if (SHOTS === undefined) return;
    await draw(page, payload);
    await shot(page, `teams-${name}.png`, { fullPage: true });
  };

  it.each(["en", "ja"] as const)("shows every card of a shift in %s, and all of it works", async (locale) => {
    for (const [index, payload] of (await shiftIn(locale)).entries()) {
      for (const [device, width] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width: width + 32, height: 900 });
        await operable(payload);
        expect(await cutOff(page), `${device}, card ${index}`).toEqual([]);
        await pictured(payload, `${locale}-${String(index).padStart(2, "0")}-${device}`);
      }
    }
  });

  it.each(["en", "ja"] as const)(
    "shows every card of a coordinator in %s, and all of it works",
    async (locale) => {
      await page.setViewportSize({ width: WIDTHS.phone + 32, height: 900 });
      for (const [index, { title, card }] of (await coordinatorsCards(locale)).entries()) {
        const { payload } = renderCard(card);
        await operable(payload);
        expect({ title, cutOff: await cutOff(page) }).toEqual({ title, cutOff: [] });
        await pictured(payload, `coordinator-${locale}-${index}`);
      }
    },
  );

  it("shows any card of ordinary size", async () => {
    await page.setViewportSize({ width: 600, height: 900 });
    await fc.assert(
      fc.asyncProperty(ordinaryCard, async (card) => operable(renderCard(card).payload)),
      { numRuns: campaignSize({ usual: 10, long: 100 }) },
    );
  });
});

/** Every different card that a shift of two people brings, from the consent to home. */
async function shiftIn(locale: Locale): Promise<readonly AdaptiveCard[]> {
  const words = WORDS[locale];
  const goal = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label[locale];
  await using db = await hospital({ program: onTeams(programOf({ locale })) });
  const [r1, a1] = [db.phone("r1"), db.phone("a1")];
  const { help, call, feedback } = words.strategy;

  for (const phone of [r1, a1]) {
    await phone.installs();
    await phone.taps(words.consent.agree);
  }
  await db.until("2026-12-01T07:45");
  await r1.taps(goal);
  await r1.taps(words.buttons.send, "MRN 1234567");
  await r1.taps(words.buttons.skip);
  for (const label of [help.answers[3], call.answers[2], feedback.answers.after]) await r1.taps(label);
  for (const label of [help.answers[1], call.answers[2], feedback.answers.after]) await a1.taps(label);
  for (const phone of [r1, a1])
    for (const text of ["home", "help", "my data", "erase me", "pause"]) await phone.says(text);
  await db.until("2026-12-01T17:05");
  await r1.taps(words.debrief.outcomes.partly);
  await r1.taps(words.debrief.feedbacks.yes);
  await r1.taps(help.answers[2]);

  const cards = db.teams.service.asked.flatMap(({ body }) => {
    const attachments = (body as { attachments?: readonly { content: AdaptiveCard }[] } | undefined)
      ?.attachments;
    return (attachments ?? []).map(({ content }) => JSON.stringify(content));
  });
  return [...new Set(cards)].map((text) => JSON.parse(text) as AdaptiveCard);
}
