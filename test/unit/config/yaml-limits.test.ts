import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { checkProgram } from "#src/config/load-program.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { AttuneError } from "#src/errors.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { FILES, folder, YAML } from "./folder.ts";

/** What a program with this program.yaml is told; anything but a list of mistakes is a fault. */
function mistakesOf(yaml: string): readonly string[] {
  using files = folder({ ...FILES, "program.yaml": yaml });
  try {
    loadProgram(files.path("program.yaml"), PLATFORMS);
    return [];
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    return error.message.split("\n").slice(1);
  }
}

const LINES = YAML.split("\n").length;

const bomb = (depth: number): string =>
  [
    "b0: &b0 [x, x]",
    ...Array.from({ length: depth }, (_, index) => `b${index + 1}: &b${index + 1} [*b${index}, *b${index}]`),
  ].join("\n");

describe("a program.yaml that is made to cost much is a mistake with its line", () => {
  it.each([
    ["an alias bomb", `${YAML}${bomb(40)}\n`, `program.yaml:${LINES + 1}: its aliases`],
    [
      "an alias of what is not there",
      `${YAML}more: *gone\n`,
      `program.yaml:${LINES}: there is no &gone above`,
    ],
    ["an alias within itself", `${YAML}more: &a [*a]\n`, `program.yaml:${LINES}: *a stands for itself`],
    ["brackets", `${YAML}more: ${"[".repeat(100_000)}\n`, `program.yaml:${LINES}: it is nested too deeply`],
    [
      "closed ones",
      `${YAML}more: ${"[".repeat(9_000)}${"]".repeat(9_000)}`,
      `program.yaml:${LINES}: it is nested`,
    ],
    [
      "lists in lists",
      `${YAML}more:\n  ${"- ".repeat(50_000)}x\n`,
      `program.yaml:${LINES + 1}: it is nested`,
    ],
    ["a key twice", `${YAML}locale: ja\n`, `program.yaml:${LINES}: Map keys must be unique`],
    ["a megabyte", `${YAML}# ${"x".repeat(1_000_000)}`, "program.yaml: it is larger than 1 MB"],
  ])("%s", (_, yaml, said) => {
    expect(mistakesOf(yaml).some((one) => one.includes(said))).toBe(true);
  });

  it("many keys are read in one pass", () => {
    const keys = Array.from({ length: 40_000 }, (_, index) => `k${index}:`).join("\n");

    expect(mistakesOf(`${YAML}${keys}`).length).toBe(100);
  });

  it("takes aliases that make sense", () => {
    expect(
      mistakesOf(YAML.replace("name: Test", "name: &x Test").replace("- name: ER", "- name: *x")),
    ).toEqual([]);
  });

  it("whatever the aliases, brackets and keys are: a list of mistakes, and each names its line", () => {
    const piece = fc.constantFrom(
      "&a ",
      "*a",
      "*b",
      "[",
      "]",
      "{",
      "}",
      "- ",
      "? ",
      ": ",
      "x",
      "\n",
      "\n  ",
      "<<: ",
      "!!set ",
      "|",
      "'",
      '"',
      "#",
      "---\n",
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        // The rosters are not read: each would take a thread of its own.
        using files = folder({ ...FILES, "program.yaml": `${YAML}more: ${pieces.join("")}\n` });

        const { problems } = checkProgram(files.path("program.yaml"), PLATFORMS);

        for (const one of problems) expect(describeProblem(one)).toMatch(/^program\.yaml:\d+: /u);
      }),
      { numRuns: 150 },
    );
  });

  it("and a pipe in the place of a file is not waited for", () => {
    using files = folder(FILES);
    execFileSync("rm", [files.path("people.csv")]);
    execFileSync("mkfifo", [files.path("people.csv")]);

    expect(() => loadProgram(files.path("program.yaml"), PLATFORMS)).toThrow(
      "people.csv: the file cannot be read (it is no plain file)",
    );
  });
});
