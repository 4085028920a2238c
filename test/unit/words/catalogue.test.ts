import { describe, expect, it } from "vitest";
import { readCommand } from "#src/domain/command.ts";
import { dayNumber } from "#src/domain/time.ts";
import { widthOf } from "#src/card/width.ts";
import { en, type Catalogue } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { calls, said, sentences } from "./sentences.ts";

const CATALOGUES: readonly (readonly [string, Catalogue])[] = [
  ["en", en],
  ["ja", ja],
];

describe.each(CATALOGUES)("the catalogue %s", (locale, catalogue) => {
  const all = sentences(catalogue);

  // domain: Every text exists in English and Japanese
  it("says something in every place", () => {
    const empty = all.filter(({ text }) => text.trim() === "" || /undefined|null|NaN|\[object/.test(text));

    expect(empty).toEqual([]);
  });

  it("uses every name and figure that it is given", () => {
    // The form of an answer's direction depends on what it is given, without repeating it.
    const chosen =
      /^reveal\.(direction|starter)|^refused\.identifier|^roster\.reasons\.(two-roles|not-their-role)/;

    const dropped = calls(catalogue).filter(
      ({ path, given, text }) => !chosen.test(path) && given.some((one) => !text.includes(one)),
    );

    expect(dropped).toEqual([]);
  });

  // domain: Help is not a measure of competence
  // domain: The word "anonymous" is never used
  // domain: This is coaching, not assessment
  it("never raises its voice, and never judges", () => {
    const forbidden = /[!！]|評価|査定|成績|anonymous|匿名|scor(e|ing)|competen|能力|percentile|ranking/i;

    expect(all.filter(({ text }) => forbidden.test(text))).toEqual([]);
  });

  it("keeps its buttons short enough for a phone: 28 letters, of which a Japanese one takes two", () => {
    const buttons = all.filter(({ path }) =>
      /^buttons\.|consent\.(agree|decline)$|commands\.(eraseYes|pauseChoices\.|minutes|hours)|home\.(answer|setGoal|resume|start)$|plan\.safetyYes$|^name$|\.(shares|scopes|outcomes|short)\.|^agreement\./.test(
        path,
      ),
    );

    expect(buttons.length).toBeGreaterThan(40);
    expect(buttons.filter(({ text }) => widthOf(text) > 28)).toEqual([]);
  });

  it("has a short label for each answer that has no room on a button, with its number and a tick", () => {
    const strategy: Readonly<
      Record<string, { answers: Readonly<Record<string, string>>; short?: Readonly<Record<string, string>> }>
    > = catalogue.strategy;
    const tick = widthOf("✓ 1. ");

    const unfit = Object.entries(strategy).flatMap(([item, { answers, short }]) => {
      const inShort = short ?? answers;
      return Object.entries(answers)
        .filter(() => Object.values(answers).some((answer) => widthOf(`✓ ${answer}`) > 28))
        .filter(([value]) => widthOf(inShort[value]!) + tick > 28)
        .map(([value]) => `${item} ${value}`);
    });

    expect(unfit).toEqual([]);
  });

  it("keeps its answers short enough for a phone", () => {
    const widest = locale === "ja" ? 20 : 52;
    const answers = all.filter(({ path }) =>
      /\.answers\.|^agreement\.|\.(shares|scopes|outcomes)\./.test(path),
    );

    expect(answers.filter(({ text }) => [...text].length > widest)).toEqual([]);
  });

  it("shows only commands that are understood", () => {
    const { own, rows } = catalogue.commands.help;
    const all = [...own.resident, ...own.coordinator, ...rows];

    const read = all.map(([command]) => readCommand(command, dayNumber("2026-12-01"))?.name);

    expect(read).toEqual([
      "goal",
      "my-rotation",
      "snooze",
      "roster",
      "figures",
      "home",
      "pause",
      "resume",
      "stop",
      "language",
      "who-sees",
      "my-data",
      "erase",
    ]);
  });

  it("names only commands that are understood, wherever it names one", () => {
    const quoted =
      /[“「](resume|stop|my data|erase me|pause until [^”]+|再開|停止|マイデータ|データを消去|[^」]*休止)[”」]/g;
    const named = all.flatMap(({ text }) => [...text.matchAll(quoted)].map((match) => match[1]!));

    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((command) => readCommand(command, dayNumber("2026-12-01")) === undefined)).toEqual(
      [],
    );
  });

  // domain: A starter is a question that either
  it("gives a starter that can be said aloud as it stands", () => {
    const starters = all.filter(({ path }) => path.startsWith("reveal.starters"));
    const quoted = locale === "ja" ? /^「[^「」]+」$/ : /^“[^“”]+”$/;

    expect(starters.length).toBeGreaterThan(0);
    expect(starters.filter(({ text }) => !quoted.test(text))).toEqual([]);
  });

  // domain: Direction matters: less help planned than wanted
  it("has a different starter for too little help and for too much", () => {
    for (const item of ["help", "call"] as const) {
      expect(catalogue.reveal.starters[item].less).not.toBe(catalogue.reveal.starters[item].more);
      expect(catalogue.reveal.directions[item].less).not.toBe(catalogue.reveal.directions[item].more);
    }
  });

  it("prints who sees an answer in the same words every time", () => {
    const visible = all.filter(({ path }) => /(^|\.)visible(\.|$)/.test(path));

    expect(
      visible.filter(({ text }) => !text.startsWith(locale === "ja" ? "見える人：" : "Visible to: ")),
    ).toEqual([]);
  });
});

describe("the Japanese catalogue", () => {
  // domain: Every text exists in English and Japanese
  it("has no English left in it", () => {
    const latin = sentences(ja)
      .filter(({ path }) => path !== "commands.help.rows.4.1")
      .map(({ path, text }) => ({
        path,
        text: text.replaceAll(/Attune|患者ID/g, "").replaceAll(said.pattern, ""),
      }))
      // What an operator is to type stands as it is typed: a command in quotes, a file, a setting of it.
      .map(({ path, text }) => ({
        path,
        text: path.startsWith("why.")
          ? text.replaceAll(
              /「(?:attune |--)[a-z-]+」|program\.yaml(?:の(?:policy|rotations))?|people\.csv/g,
              "",
            )
          : text,
      }))
      .filter(({ text }) => /[A-Za-z]/.test(text));

    expect(latin).toEqual([]);
  });

  // domain: Japanese is です・ます
  it("uses the words of the domain", () => {
    const text = sentences(ja)
      .map((one) => one.text)
      .join("\n");

    for (const word of ["教育同盟", "すり合わせポイント", "振り返り", "指導医", "研修医"])
      expect(text).toContain(word);
    expect(text).not.toMatch(/先生先生|さんさん|先生さん|学生|上級医/);
  });

  // domain: Japanese is です・ます
  it("ends its sentences as one does in polite speech", () => {
    const plain = /(である|だ|だった|ない|する|(?<!ま|で)した)。/;

    expect(sentences(ja).filter(({ text }) => plain.test(text))).toEqual([]);
  });
});

describe("the English catalogue", () => {
  it("has Japanese only where it offers Japanese", () => {
    const japanese = sentences(en).filter(({ text }) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text));

    expect(japanese.map(({ path }) => path)).toEqual(["commands.help.rows.4.1"]);
  });

  it("counts one and many", () => {
    expect(en.commands.minutes(1)).toBe("1 minute");
    expect(en.commands.hours(2)).toBe("2 hours");
    expect(en.plan.scope(2)).toContain("2 residents");
  });

  // domain: Goal: "We were working towards
  // domain: Strategy: "How much I led
  // domain: Trust: "I could say
  it("asks the check-in in the words of the domain", () => {
    expect(en.checkIn.goal).toBe("We were working towards the same learning goal.");
    expect(en.checkIn.strategyResident).toBe("How much I led, and when feedback came, suited my learning.");
    expect(en.checkIn.strategyAttending).toMatch(/suited the resident’s learning\.$/);
    expect(en.checkIn.trustResident).toBe("I could say “I don’t know” or “I need help”.");
    expect(en.checkIn.trustAttending).toBe("I made it easy to say “I don’t know” or “I need help”.");
  });
});
