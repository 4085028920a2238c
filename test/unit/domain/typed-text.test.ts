import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readTyped, type Offered, type Typed } from "#src/domain/typed-text.ts";
import { dayNumber } from "#src/domain/time.ts";
import { EVERY_LABEL } from "#src/flows/acts/labels.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";

const today = dayNumber("2026-12-01");
const NOWHERE: Offered = { buttons: [], choices: [], labels: EVERY_LABEL };
const CORPUS = Object.entries(
  (
    JSON.parse(readFileSync("test/fixtures/typed/lines.json", "utf8")) as {
      lines: Readonly<Record<string, readonly string[]>>;
    }
  ).lines,
);

const classOf = (typed: Typed): string =>
  typed.is === "command" ? `command:${typed.command.name}` : typed.is;

describe("what is typed", () => {
  it("is known by at least 400 lines in two languages", () => {
    expect(CORPUS.flatMap(([, lines]) => lines).length).toBeGreaterThanOrEqual(400);
  });

  // domain: A command is understood as people write it
  it.each(CORPUS)("%s is known however it is written", (name, lines) => {
    const wrong = lines.flatMap((line) => {
      const found = classOf(readTyped(line, NOWHERE, today));
      return found === name ? [] : [`${line}: ${found}`];
    });

    expect(wrong).toEqual([]);
  });

  it.each([
    ["2", "partly"],
    ["2.", "partly"],
    ["(2)", "partly"],
    ["②", "partly"],
    ["２", "partly"],
    ["option 2", "partly"],
    ["2番", "partly"],
    ["Partly", "partly"],
    ["“partly”", "partly"],
    ["*Partly* 🙏", "partly"],
    ["partly, thanks", "partly"],
    ["yes", "yes"],
    ["yep", "yes"],
    ["no chance", "no-chance"],
    ["The goal changed.", "changed"],
    ["一部できた", "partly"],
  ])("%s is the choice %s where that stands open", (text, value) => {
    const choices = [...Object.entries(en.debrief.outcomes), ["partly", "一部できた"] as const];

    expect(readTyped(text, { ...NOWHERE, choices }, today)).toEqual({ is: "choice", value });
  });

  it.each([
    ["ask", { is: "choice", value: "ask" }],
    ["as", { is: "words" }],
    // Two begin so, and nobody can tell which is meant.
    ["early", { is: "words" }],
  ])(
    "is known by its first words, of three letters at least, where no other begins so: %s",
    (text, typed) => {
      const choices = [
        ["ask", "Ask: now"],
        ["as", "As before"],
        ["one", "Early: one"],
        ["two", "Early: two"],
      ] as const;

      expect(readTyped(text, { ...NOWHERE, choices }, today)).toEqual(typed);
    },
  );

  it.each(["5", "0", "chance", "n", "12 cases"])("%s is none of four choices", (text) => {
    const choices = Object.entries(en.debrief.outcomes);

    expect(readTyped(text, { ...NOWHERE, choices }, today).is).not.toBe("choice");
  });

  // domain: A button's label typed is the button
  it("is counted among what is shown, and not among what the same is called elsewhere", () => {
    const choices = Object.entries(en.debrief.outcomes);
    const alsoCalled = Object.entries(ja.debrief.outcomes);
    const read = (text: string) => readTyped(text, { ...NOWHERE, choices, alsoCalled }, today);

    expect(read(ja.debrief.outcomes.partly)).toEqual({ is: "choice", value: "partly" });
    expect(read(String(choices.length))).toEqual({ is: "choice", value: choices.at(-1)![0] });
    for (let number = choices.length + 1; number < 20; number += 1)
      expect(read(String(number)), `${number}`).toEqual({ is: "words" });
  });

  it("is the choice that is shown by this label, and not the one that is called so elsewhere", () => {
    const choices = Object.entries(en.debrief.outcomes);
    const alsoCalled = choices.map(([value], at) => [value, choices.at(at - 1)![1]] as const);

    const read = choices.map(([, label]) => readTyped(label, { ...NOWHERE, choices, alsoCalled }, today));

    expect(read).toEqual(choices.map(([value]) => ({ is: "choice", value })));
  });

  // domain: A button's label typed is the button
  it("is the button that can be tapped, however its label is typed", () => {
    const wrong = EVERY_LABEL.filter(
      (label) =>
        !["button", "command"].includes(readTyped(`“${label}”`, { ...NOWHERE, buttons: [label] }, today).is),
    );

    expect(wrong).toEqual([]);
  });

  // domain: A courtesy ("thanks"), "skip"
  it("is never words when it is a courtesy, a command or a button, whatever stands around it", () => {
    const never = [
      ...CORPUS.filter(([name]) => name !== "words").flatMap(([, lines]) => lines),
      ...EVERY_LABEL,
    ];
    const around = [
      (text: string) => `“${text}”`,
      (text: string) => `「${text}」`,
      (text: string) => `'${text}'`,
      (text: string) => `*${text}*`,
      (text: string) => `**${text}**`,
      (text: string) => `_${text}_`,
      (text: string) => `~${text}~`,
      (text: string) => `\`${text}\``,
      (text: string) => `> ${text}`,
      (text: string) => `${text} 🙏`,
      (text: string) => `👍🏽 ${text}`,
      (text: string) => `${text} :pray:`,
      (text: string) => `${text}.`,
      (text: string) => `${text}!!`,
      (text: string) => `${text}。`,
      (text: string) => `please ${text}`,
      (text: string) => `${text}, please`,
      (text: string) => `${text}, thanks`,
      (text: string) => `@Attune ${text}`,
      (text: string) => `Attune, ${text}`,
      (text: string) => `${text}、お願いします`,
      (text: string) => `\u200B${text}\u2060`,
      (text: string) => [...text].join("\u200B"),
      (text: string) => `  ${text}\n`,
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase(),
      (text: string) =>
        text.replaceAll(/[!-~]/gu, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)),
    ];
    const decorated = fc
      .tuple(fc.constantFrom(...never), fc.array(fc.constantFrom(...around), { maxLength: 4 }))
      .map(([text, wraps]) => wraps.reduce((inner, wrap) => wrap(inner), text));

    fc.assert(
      fc.property(decorated, (text) => {
        expect([text, readTyped(text, NOWHERE, today).is]).not.toEqual([text, "words"]);
      }),
      { numRuns: 3_000 },
    );
  });
});
