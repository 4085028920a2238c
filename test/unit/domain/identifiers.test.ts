import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifierIn, identifierInCommand } from "#src/domain/identifiers.ts";
import type { IdentifierKind } from "#src/domain/identifiers.ts";
import type { Locale } from "#src/domain/locale.ts";
import { worked } from "#test/support/worked.ts";

interface Line {
  readonly text: string;
  readonly locale: Locale;
  readonly kind?: IdentifierKind;
}

const read = (name: string): readonly Line[] =>
  JSON.parse(readFileSync(`${import.meta.dirname}/../../fixtures/identifiers/${name}.json`, "utf8"));

/** Invented lines that point to a patient, and ordinary learning goals. All hold some that are known to go wrong. */
const CORPORA = [
  { name: "the first lines", identifying: read("refused"), ordinary: read("passes") },
  {
    name: "typed in a hurry, written before the rules knew of them",
    identifying: read("hurried-refused"),
    ordinary: read("hurried-passes"),
  },
  {
    name: "typed in a hurry, written after the rules",
    identifying: read("unseen-refused"),
    ordinary: read("unseen-passes"),
  },
  {
    name: "short, at the edges of the rules, written last",
    identifying: read("edge-refused"),
    ordinary: read("edge-passes"),
  },
];
const identifying = CORPORA.flatMap((corpus) => corpus.identifying);
const ordinary = CORPORA.flatMap((corpus) => corpus.ordinary);

const misses = (lines: readonly Line[]): readonly Line[] =>
  lines.filter((line) => identifierIn(line.text) === undefined);

const refused = (lines: readonly Line[], locale: Locale): string => {
  const those = lines.filter((line) => line.locale === locale);
  return `${those.filter((line) => identifierIn(line.text) !== undefined).length} of ${those.length}`;
};

describe("the check for patient identifiers", () => {
  it("takes a full date of now for a course's, an exam's or a talk's that is named within sixty letters of it", () => {
    const words = (letters: number) => ` ${"x".repeat(letters - 2)} `;
    const before = (letters: number) => `ACLS${words(letters)}2026-12-01`;
    const after = (letters: number) => `2026-12-01${words(letters)}ACLS`;

    expect([before(56), after(56)].map(identifierIn)).toEqual([undefined, undefined]);
    expect([before(57), after(57)].map(identifierIn)).not.toContain(undefined);
    // A stay is none, wherever it is named in the same stretch.
    expect(identifierIn(`${after(10)} admitted`)).toBeDefined();
    expect(identifierIn("1961-12-01 ACLS")).toBeDefined();
  });

  it.each([
    ["go through steps 1 2 3 4 5", undefined],
    ["go through steps 1 2 3 4 5 6", "long-number"],
    ["give 12 345 of it", undefined],
    ["give 123 456 of it", "long-number"],
    ["try 12 34 56 first", undefined],
    ["look at 12_34 again", undefined],
    ["look at 123_45 again", "long-number"],
    ["rise by 30-60-90", undefined],
    ["rise by 30-65-90", "long-number"],
    ["rise by 30-90-60", "long-number"],
    ["rise by 30-60-90-120", "long-number"],
    ["rise by 30-30-60", "long-number"],
    ["grade 3/31/54", "full-date"],
    ["grade 3/32/54", undefined],
  ])("knows digits in groups for a number where there are enough of them: %s", (text, kind) => {
    expect(identifierIn(text)).toBe(kind);
  });

  // domain: A check refuses free text before
  it("finds as much as it says, in each corpus and language", () => {
    const found = CORPORA.map((corpus) => [
      refused(corpus.identifying, "en"),
      refused(corpus.identifying, "ja"),
    ]);

    expect(found).toEqual([
      ["147 of 149", "147 of 152"],
      ["75 of 76", "80 of 80"],
      ["64 of 64", "76 of 76"],
      ["88 of 90", "62 of 62"],
    ]);
  });

  it("rarely refuses an ordinary goal", () => {
    const wrongly = CORPORA.map((corpus) => [refused(corpus.ordinary, "en"), refused(corpus.ordinary, "ja")]);

    expect(wrongly).toEqual([
      ["4 of 158", "2 of 194"],
      ["0 of 98", "0 of 113"],
      ["0 of 80", "0 of 100"],
      ["0 of 155", "1 of 98"],
    ]);
  });

  it.each([
    ["99F", "age-and-sex"],
    ["100F", undefined],
    ["12Fへ", undefined],
    ["13Fへ", "age-and-sex"],
    ["see a patient in their 60s", "age-and-sex"],
    ["see every patient in their 60s", undefined],
    ["see each new patient in the 60s", undefined],
    ["see a patient in 60s", undefined],
    ["aim for 119-120", undefined],
    ["aim for 120-120", "long-number"],
  ])(
    "tells a person's age and a number from a measure, a floor, a span and everybody's: %s",
    (text, kind) => {
      expect(identifierIn(text)).toBe(kind);
    },
  );

  it.each([
    ["clear plan for the third patient. Next time call earlier", undefined],
    ["calm with every patient. A bit earlier next time", undefined],
    ["good start with that pt. Next time call earlier", undefined],
    ["lead with patient Smith", "name"],
    ["lead with pt. Smith", "name"],
    ["pt. K needs an LP", "name"],
  ])("takes no sentence that begins after a patient for their name: %s", (text, kind) => {
    expect(identifierIn(text)).toBe(kind);
  });

  it("is documented with what it finds", () => {
    const page = readFileSync("docs/identifiers.md", "utf8");
    const rows = CORPORA.map(
      ({ name, ...lines }) =>
        `| ${name} | ${refused(lines.identifying, "en")} | ${refused(lines.identifying, "ja")} | ` +
        `${refused(lines.ordinary, "en")} | ${refused(lines.ordinary, "ja")} |`,
    );
    const all =
      `| **all** | ${refused(identifying, "en")} | ${refused(identifying, "ja")} | ` +
      `${refused(ordinary, "en")} | ${refused(ordinary, "ja")} |`;

    for (const row of [...rows, all]) expect(page).toContain(row);
    for (const { text } of misses(identifying)) expect(page).toContain(`“${text}”`);
    for (const { text } of ordinary.filter((line) => identifierIn(line.text) !== undefined))
      expect(page).toContain(`“${text}”`);
  });

  it("misses only these", () => {
    expect(misses(identifying).map((line) => line.text)).toEqual([
      "intubate John Smith with video",
      "田中太郎の挿管",
      "鈴木の腹部エコー",
      "高橋はなこ 胸痛",
      "seen last Tuesday the fourth, twenty twenty-five",
      "奥から二つ目のベッドの方",
      "80代の胸痛",
      "29F tube needed asap",
      "B12 bed",
      "555.0199",
    ]);
  });

  it("refuses only these ordinary goals", () => {
    const wrongly = ordinary.filter((line) => identifierIn(line.text) !== undefined);

    expect(wrongly.map((line) => line.text)).toEqual([
      "give 25000 units of heparin safely",
      "learn from Mr. Bean style mistakes: slow down",
      "ヘパリン25000単位の計算",
      "看護師の佐藤さんにフィードバックをもらう",
      "Ask Ms. when unsure",
      "Miss Less",
      "B1の人",
    ]);
  });

  it.each(identifying.filter((line) => identifierIn(line.text) !== undefined))(
    "says of “$text” that it looks like: $kind",
    ({ text, kind }) => {
      expect(identifierIn(text)).toBe(kind);
    },
  );

  it("sees through full-width figures, odd dashes and characters that do not show", () => {
    expect(identifierIn("１２３４５")).toBe("long-number");
    expect(identifierIn("0\u200B9\u200B0−1234‐5678")).toBe("phone");
    expect(identifierIn("ｂｅｄ　１２")).toBe("room-or-bed");
    expect(identifierIn("ﾀﾅｶさん")).toBe("name");
  });

  it.each([
    "pause until 2026-04-02",
    "pause until 20260402",
    "pause from 2026-04-02 to 2026-04-12",
    "pause until Dec 24, 2026",
    "pause until the 24th of December 2026",
    "mute until 24/12/2026",
    "pause til 4.2.2027",
    "pause until 31 April 2027",
    "休止 2027年1月8日まで",
    "令和9年1月8日まで休止",
    "R9.1.8まで休み",
    "pause for 2 weeks",
    "snooze 45",
    "snooze 9999",
    "snooze until 2026-04-02",
    "remind me in 20 minutes, please",
    "1時間半後に聞いて",
    "erase me",
    "私のデータを全部削除してください",
  ])("takes no day or time in a command for a patient's: %s", (text) => {
    expect(identifierInCommand(text)).toBeUndefined();
  });

  it("takes any day in a command for a day", () => {
    const days = fc.date({ min: new Date("2020-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });

    fc.assert(
      fc.property(days, fc.constantFrom("en-US", "en-GB", "ja-JP", "de-DE", "sv-SE"), (day, locale) => {
        const long = day.toLocaleDateString(locale, { dateStyle: "long" });
        const short = day.toLocaleDateString(locale);

        expect(identifierInCommand(`pause until ${long}`)).toBeUndefined();
        expect(identifierInCommand(`pause until ${short}`)).toBeUndefined();
      }),
    );
  });

  it("lets the date of a course pass, and not the date of a stay", () => {
    for (const text of ["ACLS course 2026-05-12", "lecture on Oct 3, 2026", "2026年6月3日のJATEC"])
      expect(identifierIn(text)).toBeUndefined();
    for (const text of ["seen 2026-05-12", "admitted Oct 3, 2026 for a course of abx", "course of 3/4/1961"])
      expect(identifierIn(text)).toBe("full-date");
  });

  it.each([
    ["Arabic-Indic", "٠"],
    ["Persian", "۰"],
    ["Devanagari", "०"],
    ["Thai", "๐"],
    ["Adlam", "\u{1E950}"],
    ["mathematical", "\u{1D7CE}"],
    ["full-width", "０"],
  ])("reads the digits of every script as digits: %s", (_, zero) => {
    const written = (text: string) =>
      text.replaceAll(/\d/gu, (digit) => String.fromCodePoint(zero.codePointAt(0)! + Number(digit)));

    expect(identifierIn(written("00482913"))).toBe("long-number");
    expect(identifierIn(written("78歳女性"))).toBe("age-and-sex");
    expect(identifierIn(written("see 8 patients by 10:30"))).toBeUndefined();
    expect(identifierInCommand(written("snooze MRN 00482913"))).toBe("record-number");
  });

  it("finds a child's age, and one in Chinese characters, by what they come with", () => {
    for (const text of [
      "3歳児の熱性けいれん",
      "９才 喘息発作",
      "2才のクループ",
      "九歳の虫垂炎",
      "八十八歳の転倒",
    ])
      expect(identifierIn(text)).toBe("age-and-sex");
    for (const text of [
      "5歳未満の発熱を学ぶ",
      "3歳児健診の知識",
      "2歳までの熱性けいれん",
      "〜6歳の骨折の特徴",
    ])
      expect(identifierIn(text)).toBeUndefined();
  });

  it("reads digits in keycaps as digits", () => {
    expect(identifierIn("4\uFE0F\u20E38\uFE0F\u20E32\uFE0F\u20E39\u20E31\u20E3")).toBe("long-number");
  });

  // domain: 先生 is no patient
  it("knows colleagues by their titles", () => {
    for (const text of ["ask Dr. Smith", "with Prof. Jones", "田中先生と", "ナースさんと"])
      expect(identifierIn(text)).toBeUndefined();
  });

  it("stays quick on a text made to slow it down", () => {
    const began = worked();

    for (const unit of [
      "1",
      "あ",
      "田",
      "男性",
      "a.",
      "1-",
      "patient ",
      "都市",
      "一",
      "course 2026/6/3",
      "72F",
    ])
      identifierIn(unit.repeat(5_000));

    expect(worked() - began).toBeLessThan(3_000);
  });
});
