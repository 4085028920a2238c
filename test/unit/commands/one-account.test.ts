import { expect, it } from "vitest";
import { oneAccountFindings, type FoundRow } from "#src/commands/doctor/one-account.ts";
import type { Person } from "#src/domain/person.ts";
import { someone } from "#test/support/programs.ts";

const slack = { name: "slack", title: "Slack" };

/** What doctor says of programs whose people Slack knows under these accounts, in order. */
function findings(programs: readonly (readonly Person[])[], accounts: readonly string[]) {
  const rows = programs.flatMap((people, program) => people.map((person) => ({ program, person })));
  const found = rows.map((row, place): FoundRow => ({ ...row, account: accounts[place]! }));
  const named = programs.map((people, place) => ({ id: ["north", "south"][place]!, people }));
  return oneAccountFindings(named, slack, found);
}

const named = someone("r9", { accounts: { slack: "UB" } });
const byEmail = someone("a9", { accounts: {}, email: "Both@example.org" });

it("says nothing of whom people.csv and Slack together know as one person, or as two", () => {
  expect(findings([[named], [byEmail]], ["UB", "UB"])).toEqual([]);
  expect(findings([[named], [byEmail]], ["UB", "UC"])).toEqual([]);
});

it("names two rows of one people.csv that are one member", () => {
  const [finding, ...others] = findings([[named, byEmail]], ["UB", "UB"]);

  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    level: "fix",
    what: expect.stringMatching(/^r9 and a9 are one account in Slack, UB, /u),
    todo: expect.stringContaining("its own person"),
  });
});

it("names rows of two programs that are one member and contradict each other elsewhere", () => {
  const here = { ...named, accounts: { slack: "UB", teams: "T1" } };
  const there = { ...byEmail, accounts: { teams: "T2" } };

  const found = findings([[here], [there]], ["UB", "UB"]);

  expect(found.map(({ what }) => what)).toEqual([expect.stringMatching(/^north\/r9 and south\/a9 are one/u)]);
});
