import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { en as pageEn } from "#adapters/web/texts-en.ts";
import { ja as pageJa } from "#adapters/web/texts-ja.ts";
import { fill } from "#adapters/web/texts-in.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { openBrowser } from "#test/support/browser.ts";
import { openDemo, type OpenDemo } from "#test/support/web/demo.ts";
import { visitor, type Visitor } from "#test/support/web/visitor.ts";

const RESIDENT = 1;
const ATTENDING = 2;
const TWO_MINUTES = 120_000;

const SPEECH = {
  en: { say: en, page: pageEn, attending: "Dr. Okafor", line: "do one ultrasound from start to end" },
  ja: { say: ja, page: pageJa, attending: "田中先生", line: "超音波検査をひとつ、最初から最後まで" },
} as const;
type Speech = (typeof SPEECH)[keyof typeof SPEECH];

const goalIn = (lang: keyof typeof SPEECH): string =>
  DEFAULT_GOALS.find((goal) => goal.id === "tests")!.label[lang];

describe("a visitor without instructions", () => {
  let browser: Browser;
  let demo: OpenDemo;

  beforeAll(async () => {
    [browser, demo] = await Promise.all([openBrowser(), openDemo()]);
  });

  afterAll(async () => {
    await browser.close();
    await demo[Symbol.asyncDispose]();
  });

  /** A page of its own on the first day of the demo. What moves on it takes most of a walk's time, so it moves on one walk only. */
  const arrive = async (
    lang: keyof typeof SPEECH,
    width: number,
    over: Parameters<Browser["newContext"]>[0] = {},
  ): Promise<
    AsyncDisposable & { visitor: Visitor; context: BrowserContext; troubles: readonly string[] }
  > => {
    const height = width < 900 ? 844 : 1000;
    const locale = lang === "ja" ? "ja-JP" : "en-GB";
    const context = await browser.newContext({
      viewport: { width, height },
      locale,
      reducedMotion: "reduce",
      ...over,
    });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(error.message));
    await page.goto(demo.url);
    const someone = visitor(page);
    await someone.startsOver(SPEECH[lang].page);
    return { visitor: someone, context, troubles, [Symbol.asyncDispose]: () => context.close() };
  };

  // The other two widths are those of the next walk, which goes further.
  describe.each([
    { lang: "en", width: 1440, reducedMotion: "no-preference" },
    { lang: "ja", width: 390, reducedMotion: "reduce" },
  ] as const)("in $lang, $width pixels wide", ({ lang, width, reducedMotion }) => {
    const speech = SPEECH[lang];
    const { say, page } = speech;

    it(
      "follows the hints from a goal to two answers side by side, a talk and the weekly digest",
      { timeout: TWO_MINUTES },
      async () => {
        await using here = await arrive(lang, width, { reducedMotion });
        const { visitor: me, troubles } = here;

        await me.isHinted(page.hint.start);
        await me.moves(page.clock.jumps["next-message"]);
        await setGoal(me, speech, goalIn(lang));
        await me.isHinted(fill(page.hint.waiting, { name: speech.attending }));
        await plan(me, speech);
        await me.reads(ATTENDING, say.reveal.starters.help.more);
        await me.reads(RESIDENT, say.reveal.starters.help.more);
        for (const seat of [ATTENDING, RESIDENT] as const)
          expect(await me.sees(seat, say.reveal.starters.help.more)).toBe(true);
        await me.isHinted(page.hint.compare);
        await me.photographs(`${lang}-${width}`);
        expect([await me.columnsAt(width), await me.columnsAt(340)]).toEqual([2, 1]);
        await me.taps(RESIDENT, say.settle.apart);
        await me.reads(RESIDENT, say.settle.label(say.strategy.help.label));
        await me.isHinted(page.hint.week);
        await me.moves(page.clock.jumps.week);
        await me.isHinted(fill(page.hint.digest, { name: speech.attending }));
        await me.reads(ATTENDING, say.digest.title);

        await me.reads(ATTENDING, goalIn(lang));
        await me.reads(ATTENDING, say.lastTime.settled(say.strategy.help.label));
        expect(await me.isWiderThanItsScreen()).toBe(false);
        expect(troubles).toEqual([]);
      },
    );
  });

  it.each([
    { lang: "en", width: 390, colorScheme: "dark" },
    { lang: "ja", width: 1440, colorScheme: "light" },
  ] as const)(
    "settles, looks back, and sees it come back on the next shift, in $lang, $width pixels wide, $colorScheme",
    { timeout: 2 * TWO_MINUTES },
    async ({ lang, width, colorScheme }) => {
      const speech = SPEECH[lang];
      const { say, page } = speech;
      const settled = say.lastTime.settled(say.strategy.help.label);
      await using here = await arrive(lang, width, { colorScheme });
      const { visitor: me, troubles } = here;
      await me.moves(page.clock.jumps["next-message"]);
      await setGoal(me, speech, goalIn(lang));
      await plan(me, speech);
      await me.taps(ATTENDING, say.settle.apart);
      await me.photographs(`settled-${lang}`);

      await me.moves(page.clock.jumps["end-of-shift"]);
      for (const seat of [RESIDENT, ATTENDING] as const) await lookBack(me, seat, speech);
      await me.photographs(`looked-back-${lang}`);
      await me.comesTo(ATTENDING, settled, page.clock.jumps["next-message"]);

      await me.photographs(`next-plan-${lang}`);
      await me.reads(RESIDENT, settled);
      await me.photographs(`next-goal-${lang}`);
      expect(await me.isWiderThanItsScreen()).toBe(false);
      expect(troubles).toEqual([]);
    },
  );

  it("starts over on the first day, with nothing of before", async () => {
    await using here = await arrive("en", 1440);
    const { visitor: me } = here;
    const first = await me.clock();
    await me.moves(pageEn.clock.jumps["next-message"]);
    await me.taps(RESIDENT, en.consent.agree);
    await me.reads(RESIDENT, en.goal.question);
    await me.moves(pageEn.clock.jumps.week);

    await me.startsOver(pageEn);

    await expect.poll(() => me.clock(), { timeout: 60_000 }).toBe(first);
    await me.reads(RESIDENT, pageEn.device.empty);
    await me.isHinted(pageEn.hint.start);
    await me.moves(pageEn.clock.jumps["next-message"]);
    await me.reads(RESIDENT, en.consent.what.resident);
  });

  it("takes a tap on a card that changes while the finger is down", async () => {
    await using here = await arrive("en", 1440);
    const { visitor: me, context } = here;
    const [page] = context.pages();
    await me.moves(pageEn.clock.jumps["next-message"]);
    await me.taps(RESIDENT, en.consent.agree);
    await me.taps(RESIDENT, goalIn("en"));
    await me.taps(RESIDENT, en.buttons.skip);
    await me.reads(RESIDENT, en.strategy.help.answers[3]);
    const card = page!.locator("#seat-1 .message", { hasText: en.strategy.help.answers[3] }).last();
    const choice = (step: 2 | 3) => card.getByRole("button", { name: en.strategy.help.answers[step] });

    await choice(3).hover();
    await page!.mouse.down();
    // On another device, meanwhile.
    await choice(2).evaluate(pressElsewhere);
    await page!.waitForTimeout(LATER);
    await page!.mouse.up();

    await me.reads(RESIDENT, en.strategy.call.answers[2]);
    await me.reads(RESIDENT, `${en.strategy.help.label}\n${en.strategy.help.answers[3]}`);
    expect(here.troubles).toEqual([]);
  });

  it("sets a goal by keyboard alone", async () => {
    await using here = await arrive("en", 1440);
    const { visitor: me } = here;

    await me.tabsTo(pageEn.clock.jumps["next-message"]);
    await me.presses("Enter");
    await me.reads(RESIDENT, en.consent.agree);
    await me.tabsTo(en.consent.agree);
    await me.presses("Enter");
    await me.reads(RESIDENT, en.goal.question);
    await me.tabsTo(goalIn("en"));
    await me.presses("Space");
    await me.reads(RESIDENT, en.goal.line);
    await me.tabsTo(en.goal.line);
    await me.types("one ultrasound, start to end");
    await me.presses("Enter");
    for (const answer of [
      en.strategy.help.answers[3],
      en.strategy.call.answers[2],
      en.strategy.feedback.answers.after,
    ]) {
      await me.reads(RESIDENT, answer);
      await me.tabsTo(answer);
      expect(await me.showsWhereItIs()).toBe(true);
      await me.presses("Enter");
    }

    await me.reads(RESIDENT, en.goal.saved);
  });

  it.each([390, 1440])("sees each answer to what was said, %i pixels wide", async (width) => {
    await using here = await arrive("en", width);
    const { visitor: me } = here;
    await me.moves(pageEn.clock.jumps["next-message"]);
    await me.taps(RESIDENT, en.consent.agree);
    await me.reads(RESIDENT, en.goal.question);
    await me.isAnsweredLate();

    for (const [said, title] of [
      ["home", en.home.title],
      ["help", en.commands.help.title],
      ["my data", en.commands.data.title],
      ["erase me", en.commands.eraseTitle],
    ] as const) {
      await me.says(RESIDENT, said);
      expect(await me.sees(RESIDENT, title)).toBe(true);
    }
  });

  it.each([390, 1440])(
    "sees that a typed line was kept, below the question, %i pixels wide",
    async (width) => {
      await using here = await arrive("en", width);
      const { visitor: me } = here;
      await me.moves(pageEn.clock.jumps["next-message"]);
      await me.taps(RESIDENT, en.consent.agree);
      await me.taps(RESIDENT, goalIn("en"));

      await me.says(RESIDENT, SPEECH.en.line);

      await me.reads(RESIDENT, en.strategy.help.resident);
      expect(await me.sees(RESIDENT, en.buttons.undo)).toBe(true);
    },
  );

  it("erases their chat, and sees at once that nothing of before stands there", async () => {
    await using here = await arrive("en", 390);
    const { visitor: me } = here;
    await me.moves(pageEn.clock.jumps["next-message"]);
    await me.taps(RESIDENT, en.consent.agree);
    await me.reads(RESIDENT, en.goal.question);

    await me.says(RESIDENT, "erase me for good");

    await me.readsNoMore(RESIDENT, en.goal.question);
    expect(await me.sees(RESIDENT, en.commands.erased)).toBe(true);
  });

  it("keeps on the page what a refused line had, and says why beside it", async () => {
    await using here = await arrive("ja", 390);
    const { visitor: me } = here;
    await me.moves(pageJa.clock.jumps["next-message"]);
    await me.taps(RESIDENT, ja.consent.agree);
    await me.taps(RESIDENT, goalIn("ja"));

    await me.writes(RESIDENT, "5号室の患者さん、ID 1234567");

    await me.reads(RESIDENT, "何も保存していません");
    expect(await me.field(RESIDENT)).toBe("5号室の患者さん、ID 1234567");
  });

  it("sees the page in the language that was asked for, people included", async () => {
    await using here = await arrive("en", 1440);
    const { visitor: me } = here;
    await me.reads(RESIDENT, pageEn.device.empty);

    await me.follows(pageEn.otherLanguage);

    await me.reads(RESIDENT, pageJa.device.empty);
    await me.moves(pageJa.clock.jumps["next-message"]);
    await me.reads(RESIDENT, ja.consent.what.resident);
    expect(await me.language()).toBe("ja");
  });

  it.each(["light", "dark"] as const)("reads every text against its ground, %s", async (colorScheme) => {
    await using here = await arrive("en", 390, { colorScheme });
    const { visitor: me } = here;
    await me.moves(pageEn.clock.jumps["next-message"]);
    await me.taps(RESIDENT, en.consent.agree);
    await me.reads(RESIDENT, en.goal.question);

    await me.photographs(`question-${colorScheme}`);
    const faint = await me.faintTexts();
    const small = await me.smallTargets();

    expect(faint).toEqual([]);
    expect(small).toEqual([]);
  });
});

/** Milliseconds: far longer than the stream takes on one machine. */
const LATER = 2_000;

/** What a button means, sent as another device of the same person sends it. */
async function pressElsewhere(button: Element): Promise<void> {
  const token = document.querySelector<HTMLMetaElement>("meta[name=attune-token]")!.content;
  const message = button.closest<HTMLElement>(".message")!;
  await fetch("/press", {
    method: "POST",
    headers: { "content-type": "application/json", "x-attune-token": token },
    body: JSON.stringify({
      person: button.closest<HTMLElement>(".phone")!.dataset["person"],
      message: Number(message.dataset["id"]),
      event: crypto.randomUUID(),
      act: (button as HTMLElement).dataset["act"],
    }),
  });
}

async function setGoal(me: Visitor, { say, line }: Speech, goal: string): Promise<void> {
  await me.taps(RESIDENT, say.consent.agree);
  await me.taps(RESIDENT, goal);
  await me.writes(RESIDENT, line);
  await me.taps(RESIDENT, say.strategy.help.answers[3]);
  await me.taps(RESIDENT, say.strategy.call.answers[2]);
  await me.taps(RESIDENT, say.strategy.feedback.answers.after);
  await me.reads(RESIDENT, say.goal.saved);
}

async function plan(me: Visitor, { say }: Speech): Promise<void> {
  await me.taps(ATTENDING, say.consent.agree);
  await me.taps(ATTENDING, say.plan.scopes.all);
  await me.taps(ATTENDING, say.strategy.help.answers[1]);
  await me.taps(ATTENDING, say.strategy.call.answers[2]);
  await me.taps(ATTENDING, say.strategy.feedback.answers.after);
}

async function lookBack(me: Visitor, seat: 1 | 2, { say }: Speech): Promise<void> {
  await me.taps(seat, say.debrief.outcomes.yes);
  await me.taps(seat, say.debrief.feedbacks.yes);
  await me.taps(seat, say.strategy.help.answers[3]);
  // The resident worked with two attendings, and says first which of them a line is for.
  await me.taps(seat, seat === RESIDENT ? say.debrief.whomNobody : say.buttons.skip);
  await me.reads(seat, say.debrief.saved);
}
