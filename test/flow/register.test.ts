import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { en as packageEn, ja as packageJa } from "#adapters/teams/package/texts.ts";
import { pageRoutes } from "#adapters/teams/pages.ts";
import { textsIn as slackTexts } from "#adapters/slack/texts.ts";
import { textsIn as webTexts } from "#adapters/web/texts-in.ts";
import { momentsOf, readProgram } from "#src/commands/plan.ts";
import { familyName } from "#src/domain/person.ts";
import type { Locale } from "#src/domain/locale.ts";
import { simulate } from "#src/simulation/simulate.ts";
import { seeded } from "#src/simulation/random.ts";
import { CATALOGUES, LOCALES } from "#src/words/words.ts";
import { SILENT } from "#test/support/attune.ts";
import { sentences } from "#test/unit/words/sentences.ts";

/* How Attune speaks to physicians: every sentence of both catalogues, of the adapters, and every card of a week and its digests. */

const DEMO = fileURLToPath(new URL("../../program/program.yaml", import.meta.url));

/** Half of the demo's people, of each role. */
const FEW = new Set(["r1", "r2", "r3", "r4", "a1", "a3", "a4", "c1"]);

/** Something that is said, and where: "ja goal.alone", "card shift-goal r1". */
interface Said {
  readonly where: string;
  readonly text: string;
}

/** Of a goal whose line nobody else reads. */
const CATEGORY_ONLY = ["the category only.", "（目標の分野だけ）。"];

/** Physicians' names, in full and by the surname; in a catalogue's sentence stands a sample of one. */
const names: string[] = ["⟨\\d⟩"];
let all: readonly Said[] = [];

beforeAll(async () => {
  const { program, zone, roster } = await readProgram(DEMO);
  const few = program.people.filter(({ id }) => FEW.has(id));
  const people = few.map((person, place) => ({
    ...person,
    locale: LOCALES[place % LOCALES.length] as Locale,
  }));
  for (const { name, nameEn = name, roles } of people)
    if (roles[0] !== "coordinator") names.push(name, nameEn, familyName(name), familyName(nameEn));
  const cards = new Map<string, Said>();
  await simulate({
    program: { ...program, people },
    roster: { ...roster, assignments: roster.assignments.filter(({ person }) => FEW.has(person)) },
    ...momentsOf(zone, { from: "2026-11-28", to: "2026-12-09" }),
    script: [],
    random: seeded(18),
    log: SILENT,
    emit(line) {
      if (line.type === "mismatch" || cards.has(line.text)) return;
      const kind = line.type === "refused" ? line.type : line.kind;
      cards.set(line.text, { where: `card ${kind} ${line.person}`, text: line.text });
    },
  });
  const catalogues = LOCALES.flatMap((locale) =>
    sentences(CATALOGUES[locale]).map(({ path, text }) => ({ where: `${locale} ${path}`, text })),
  );
  const pages = pageRoutes.map(async ({ handle }) => (await handle({} as never)).text());
  const around = [packageEn, packageJa, ...LOCALES.flatMap((one) => [webTexts(one), slackTexts(one)])];
  const adapters = [...(await Promise.all(pages)), ...around.map((texts) => JSON.stringify(texts))];
  all = [...catalogues, ...cards.values(), ...adapters.map((text) => ({ where: "adapter", text }))];
}, 180_000);

/** The parts that say what must not be said, each with its place. */
const faults = (wrong: RegExp, where = /./u): readonly string[] =>
  all
    .filter((one) => where.test(one.where))
    .flatMap((one) => [...one.text.matchAll(wrong)].map(([found]) => `${one.where}: ${found}`));

it("hears the questions, the digests and the answers of that week in both languages", () => {
  const heard = (text: string) => all.some((one) => one.where.startsWith("card") && one.text.includes(text));

  for (const { strategy, checkIn, digest, reveal } of Object.values(CATALOGUES)) {
    expect(heard(strategy.help.resident)).toBe(true);
    expect(heard(reveal.minute)).toBe(true);
    expect(heard(checkIn.unvalidated)).toBe(true);
    expect(heard(digest.title)).toBe(true);
  }
});

describe("nobody reads", () => {
  // domain: Both are physicians and are called
  it("さん after a physician: so are patients called", () => {
    expect(faults(new RegExp(`(?:${names.join("|")}|先生|医師)\\s?さん`, "gu"))).toEqual([]);
  });

  // domain: Japanese is です・ます
  it("お相手 of a partner, or あなた of themselves", () => {
    expect(faults(/お相手|あなた/gu)).toEqual([]);
  });

  // domain: This is coaching, not assessment
  it("that anybody is assessed", () => {
    expect(faults(/評価|査定/gu)).toEqual([]);
  });

  // domain: Weekly texts arrive after the week
  it("of this week, since whatever is about a week comes when it is over", () => {
    expect(faults(/this week|今週/giu)).toEqual([]);
  });

  it("that something is saved where a partner reads it at once", () => {
    expect(faults(/\bsaved?\b|保存/giu, /buttons\.send$|typed\.kept$|\.saved$|settle\./u)).toEqual([]);
    const saving = all.filter(
      ({ where, text }) => where.startsWith("card") && /\[Save\]|\[保存する\]/u.test(text),
    );
    const isOwn = (text: string) =>
      LOCALES.some((one) => {
        const { goalPrivate, goalNobody } = CATALOGUES[one].visible;
        return [goalPrivate, goalNobody, ...CATEGORY_ONLY].some((line) => text.includes(line));
      });
    expect(saving.filter(({ text }) => !isOwn(text))).toEqual([]);
  });

  it("half-width brackets in a Japanese sentence", () => {
    const inJapanese = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]\([^)]*\)?/gu;

    expect(faults(inJapanese)).toEqual([]);
  });

  it("of today in a shift's questions: some of them cross midnight", () => {
    const questions = /^(?:en|ja) (?:strategy|goal|plan|debrief|settle)\.|(?:buttons|reveal)\.safety$/u;

    expect(faults(/\btoday\b|今日/giu, questions)).toEqual([]);
  });
});
