import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { faultsOf, namings, rulesOf } from "#test/support/domain-rules.ts";
import { sourceOf } from "#test/support/imports.ts";

const rules = rulesOf(sourceOf("docs/domain.md"));
const ruleOf = (start: string) => rules.find(({ text }) => text.startsWith(start))?.text.toLowerCase();

describe("docs/domain.md", () => {
  it("has no rule that no test names, and no test names what is no rule of it", () => {
    expect(rules.length).toBeGreaterThan(100);
    expect(faultsOf(rules, namings())).toEqual([]);
  });

  // domain: help, ordinal, 4 steps
  // domain: call, ordinal, 4 steps
  // domain: feedback, nominal, 3 choices
  it.each(["help", "call", "feedback"] as const)("says the answers about %s as they are asked", (item) => {
    const answers = Object.values<string>(en.strategy[item].answers);

    for (const answer of answers) expect(ruleOf(`${item}, `)).toContain(answer.toLowerCase());
  });

  // domain: The goals are
  it("has the goals of a program that lists none, with their milestones", () => {
    const goals = DEFAULT_GOALS.map(({ label, milestones }) =>
      milestones.length === 0 ? label.en : `${label.en} (${milestones.join(", ")})`,
    );

    expect(ruleOf("The goals are")).toBe(`the goals are: ${goals.join(" · ")}.`.toLowerCase());
  });

  // domain: Weeks, dates and times are formatted by locale
  it("names the demo program's zone", () => {
    const zone = /^timeZone: (?<zone>\S+)$/mu.exec(sourceOf("program/program.yaml"))?.groups?.["zone"];

    expect(ruleOf("Weeks, dates and times")).toContain(`${zone} is the demo`.toLowerCase());
  });
});

describe("the rules of a page", () => {
  const PAGE = `# Page

Why it is so.

## Asks

| When | What |
|---|---|
| before | the *goal*, [explained](there.md) |

- One ask a shift,
  and **never** two.

And whence.

### Words

- a definition
`;

  it("are the entries of its lists and the rows of its tables, and no definitions", () => {
    expect(rulesOf(PAGE)).toEqual([
      { section: "Asks", text: "before: the goal, explained" },
      { section: "Asks", text: "One ask a shift, and never two." },
    ]);
  });

  it("are missed where no test names them, or more than one begins so, or the line stands above no test", () => {
    const two = [
      { section: "Asks", text: "One ask a shift." },
      { section: "Asks", text: "One reminder." },
    ];

    const faults = faultsOf(two, [
      { place: "a.test.ts:1", words: "One ask", isAboveTest: true },
      { place: "a.test.ts:2", words: "Two asks", isAboveTest: true },
      { place: "a.test.ts:3", words: "One", isAboveTest: true },
      { place: "a.test.ts:4", words: "One ask", isAboveTest: false },
    ]);

    expect(faults).toEqual([
      "a.test.ts:2: 0 rules begin so: Two asks",
      "a.test.ts:3: 2 rules begin so: One",
      "a.test.ts:4: it stands above no test",
    ]);
    expect(faultsOf(two.slice(1), [])).toEqual(["no test names: Asks: One reminder."]);
  });
});
