import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { shot } from "#test/support/shots.ts";
import { renderCard } from "#adapters/slack/render.ts";
import { coordinatorsCards } from "#test/support/coordinators-cards.ts";
import { openBrowser } from "#test/support/browser.ts";
import { office, slackProgram } from "#test/support/slack/office.ts";
import { pageOf } from "#test/support/slack/page.ts";

const WORDS = { en, ja };
/** Invented, and as long as names are. */
const NAMES: Readonly<Record<string, Readonly<Record<"en" | "ja", string>>>> = {
  r1: { en: "Aoi Suzuki", ja: "鈴木 葵" },
  a1: { en: "Daichi Nakamura", ja: "中村 大地" },
  c1: { en: "Yuko Hayashi", ja: "林 優子" },
};
const HOSPITAL = { en: "Sakura City Hospital", ja: "さくら市立病院" };

/** Draws each chat as a phone shows it. Resolves to how many are wider than it, and all that stands there. */
async function onPhones(shots: Parameters<typeof pageOf>[0], name: string) {
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 24 + shots.length * 414, height: 700 } });
  const file = join(mkdtempSync(join(tmpdir(), "attune-shown-")), "page.html");
  writeFileSync(file, await pageOf(shots));
  await page.goto(pathToFileURL(file).href);
  await page.evaluate("document.fonts.ready");
  const overflowing = await page.$$eval(
    ".phone",
    (phones) => phones.filter((phone) => phone.scrollWidth > phone.clientWidth).length,
  );
  await shot(page, name, { fullPage: true });
  const shown = await page.innerText("main");
  await browser.close();
  return { overflowing, shown };
}

describe.each(["en", "ja"] as const)("the messages as a phone shows them, in %s", (locale) => {
  it("fit its width, say what is asked, and show both answers in words", async () => {
    const words = WORDS[locale];
    const site = slackProgram(Object.keys(NAMES), locale);
    const people = site.people.map((one) => ({ ...one, name: NAMES[one.id]![locale] }));
    const program = { ...site, name: HOSPITAL, people };
    await using slack = await office({ program });
    const resident = slack.member("r1");
    const attending = slack.member("a1");
    const shots: { title: string; messages: (readonly Readonly<Record<string, unknown>>[])[] }[] = [];
    const shoot = (title: string, who = resident) =>
      shots.push({ title, messages: who.messages().map(({ blocks }) => structuredClone(blocks)) });

    await slack.until("2026-12-01T07:45");
    shoot("consent");
    await resident.taps(words.consent.agree);
    shoot("goal");
    await resident.taps(DEFAULT_GOALS.find(({ id }) => id === "tests")!.label[locale]);
    shoot("a line");
    await resident.taps(words.buttons.skip);
    shoot("help");
    for (const label of [
      words.strategy.help.answers[3],
      words.strategy.call.answers[2],
      words.strategy.feedback.answers.after,
    ])
      await resident.taps(label);
    await attending.taps(words.consent.agree);
    shoot("plan", attending);
    for (const label of [
      words.strategy.help.answers[1],
      words.strategy.call.answers[2],
      words.strategy.feedback.answers.after,
    ])
      await attending.taps(label);
    await resident.taps(words.reveal.open);
    shoot("side by side");
    await resident.opensHome();
    const home = slack.slack.workspace.homes.get("UR1")!["blocks"] as readonly Readonly<
      Record<string, unknown>
    >[];
    shots.push({ title: "home", messages: [home] });

    const { overflowing, shown } = await onPhones(shots, `slack-${locale}.png`);

    expect(overflowing).toBe(0);
    for (const text of [
      words.consent.what.resident,
      words.goal.question,
      words.reveal.starters.help.more,
      words.home.title,
    ])
      expect(shown).toContain(text);
  });

  it("fit its width, whatever a coordinator reads", async () => {
    const cards = await coordinatorsCards(locale);
    const { overflowing, shown } = await onPhones(
      cards.map(({ title, card }) => ({ title, messages: [renderCard(card).payload.blocks] })),
      `slack-coordinator-${locale}.png`,
    );

    expect(overflowing).toBe(0);
    expect(shown).toContain(WORDS[locale].settingUp.title);
  });
});
