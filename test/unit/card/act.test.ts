import fc from "fast-check";
import { expect, it } from "vitest";
import { act, LONGEST_ACT, readAct, type Meaning } from "#src/card/act.ts";
import type { FileId } from "#src/domain/files.ts";
import { shortened } from "#src/roster/text/problem.ts";

const FILE = "0b6f3f3e-8d7e-4c0e-9a53-5f6f0c2f7d11" as FileId;

it("what is written about a name of a roster in Japanese letters is read back with whom it means", () => {
  const letter = fc.constantFrom("当", "直", "医", "𠮷");
  const name = fc.array(letter, { maxLength: 80, size: "max" }).map((letters) => shortened(letters.join("")));

  fc.assert(
    fc.property(name, fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/), (called, id) => {
      const meaning: Meaning = { verb: "file", file: FILE, step: "is", value: `${called}\n${id}` };

      expect(readAct(act(meaning))).toEqual(meaning);
    }),
  );
});

it("what is longer than any platform carries means nothing", () => {
  const said = (letters: number) => act({ verb: "say", command: "a".repeat(letters - "say/".length) });

  expect(readAct(said(LONGEST_ACT))).toMatchObject({ verb: "say" });
  expect(readAct(said(LONGEST_ACT + 1))).toBeUndefined();
});

it.each([
  ["talked/7/a1", { verb: "show", nudge: 7 }],
  ["adopt/7/a1", { verb: "answer", nudge: 7, item: "suggestion", about: "a1", value: "taken" }],
])("a button of a card from before 0.2 means what it says today: %s", (old, meaning) => {
  expect(readAct(old)).toEqual(meaning);
});
