import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { openBrowser } from "#test/support/browser.ts";
import { shot } from "#test/support/shots.ts";
import { office, slackProgram, type Office } from "#test/support/slack/office.ts";
import { pageOf } from "#test/support/slack/page.ts";
import { together } from "#test/support/together.ts";

const WORDS = { en, ja };
type Json = Readonly<Record<string, unknown>>;
/** The width of a phone, in pixels. */
const PHONE = 390;

const homeOf = (slack: Office, id: string): readonly Json[] =>
  slack.slack.workspace.homes.get(`U${id.toUpperCase()}`)!["blocks"] as readonly Json[];

/** A shift with a goal, both plans and a look back, and the evening before the next one. */
async function lived(locale: "en" | "ja"): Promise<Office> {
  const words = WORDS[locale];
  const { help, call, feedback } = words.strategy;
  const people = ["r1", "a1", "c1"];
  const slack = await office({
    program: slackProgram(people, locale),
    roster: together(["r1", "a1"], ["01", "03", "04", "05"]),
  });
  const taps = async (id: string, ...labels: readonly string[]) => {
    for (const label of labels) await slack.member(id).taps(label);
  };
  await slack.until("2026-12-01T07:45");
  const goal = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label[locale];
  await taps("r1", words.consent.agree, goal);
  await slack.member("r1").taps(locale === "en" ? "Write" : "入力する");
  await slack.member("r1").submits(locale === "en" ? "one central line" : "中心静脈路を一つ");
  await taps("r1", help.answers[3], call.answers[2], feedback.answers.after);
  await taps("a1", words.consent.agree, help.answers[1], call.answers[2], feedback.answers.after);
  await slack.until("2026-12-01T17:00");
  await taps(
    "r1",
    words.debrief.outcomes.partly,
    words.debrief.feedbacks.yes,
    help.answers[2],
    words.buttons.skip,
  );
  await slack.until("2026-12-03T07:46");
  await slack.member("c1").opensHome();
  await slack.member("c1").tapsAtHome(words.consent.agree);
  return slack;
}

describe.each(["en", "ja"] as const)("Home on a phone, in %s", (locale) => {
  it("fits its width for each role, cuts no button, and is taken by Slack as it is", async () => {
    const words = WORDS[locale];
    await using slack = await lived(locale);
    const shots: { title: string; messages: (readonly Json[])[] }[] = [];
    for (const id of ["r1", "a1", "c1"]) {
      await slack.member(id).opensHome();
      shots.push({ title: id, messages: [structuredClone(homeOf(slack, id))] });
    }
    await slack.member("r1").says("stop");
    await slack.member("r1").opensHome();
    shots.push({ title: "r1 stopped", messages: [structuredClone(homeOf(slack, "r1"))] });

    const folder = mkdtempSync(join(tmpdir(), "attune-homes-"));
    const browser = await openBrowser();
    const wide: string[] = [];
    for (const { title, messages } of shots) {
      const page = await browser.newPage({ viewport: { width: PHONE, height: 844 } });
      const name = `home-${title.replace(" ", "-")}-${locale}`;
      const file = join(folder, `${name}.html`);
      writeFileSync(file, await pageOf([{ title, messages }], "phone"));
      await page.goto(pathToFileURL(file).href);
      await page.evaluate("document.fonts.ready");
      const width = await page.evaluate<number>("document.documentElement.scrollWidth");
      if (width > PHONE) wide.push(title);
      await shot(page, `${name}.png`, { fullPage: true });
      await page.close();
    }
    await browser.close();

    expect(wide).toEqual([]);
    expect(slack.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
    expect(JSON.stringify(shots[3])).toContain(words.home.stopped);
  }, 120_000);
});
