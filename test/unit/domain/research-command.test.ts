import { describe, expect, it } from "vitest";
import { commandOf, readCommand } from "#src/domain/command.ts";
import { researchWord } from "#src/domain/research-command.ts";
import { CATALOGUES } from "#src/words/words.ts";

const TODAY = 20_000;

describe.each(Object.values(CATALOGUES).map(({ research, name }) => ({ name, research })))(
  "a word about the study, in $name",
  ({ research }) => {
    it.each([
      [research.agree, undefined],
      [research.decline, "no"],
      [research.withdraw, "no"],
      [research.readAgain, undefined],
      [research.trustIn, "trust"],
      [research.trustOut, "no-trust"],
      [research.help[0], undefined],
    ])("“%s”, typed, is never words for anybody, and agrees to nothing unread", (label, to) => {
      expect(readCommand(label, TODAY)).toEqual({ name: "research", ...(to === undefined ? {} : { to }) });
      expect(commandOf(label, TODAY, false)).toBeUndefined();
    });
  },
);

it.each(["yes", "no", "trust", "no-trust"] as const)("a button's “%s” has the version of its text", (to) => {
  expect(readCommand(researchWord(to, "abcdefghijkl"), TODAY)).toEqual({
    name: "research",
    to,
    version: "abcdefghijkl",
  });
});

it.each(["research yes", "we need more research on this", "stop the bleeding first", "研究会に行きたい"])(
  "“%s” is none",
  (text) => {
    expect(readCommand(text, TODAY)?.name).not.toBe("research");
  },
);

it("stop is still stop, of messages and not of the study", () => {
  expect(readCommand("stop", TODAY)).toEqual({ name: "stop" });
});
