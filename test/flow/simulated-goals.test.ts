import { expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { readScript } from "#src/simulation/script.ts";
import { simulate } from "#src/simulation/simulate.ts";
import type { TranscriptLine } from "#src/simulation/transcript.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";

/** What the phones of a pair show as a script has it, on three shifts together. */
async function transcriptOf(...script: readonly object[]): Promise<readonly TranscriptLine[]> {
  const program = programOf();
  const lines: TranscriptLine[] = [];
  await simulate({
    program,
    roster: together(["r1", "a1"], ["01", "03"]),
    from: local("2026-12-01T00:00"),
    to: local("2026-12-04T00:00"),
    script: readScript("script", script.map((line) => JSON.stringify(line)).join("\n"), program),
    log: SILENT,
    emit: (line) => lines.push(line),
  });
  return lines;
}

const shownTo = (lines: readonly TranscriptLine[], person: string): string =>
  lines.flatMap((one) => ("text" in one && one.person === person ? [one.text] : [])).join("\n\n");

const GOAL = {
  at: "2026-12-01T07:50",
  person: "r1",
  nudge: "shift-goal",
  answers: { goal: "history", line: "one in five minutes", help: 3, call: 2, feedback: "after" },
};

it("plays a goal taken over from last time", async () => {
  const lines = await transcriptOf(GOAL, {
    at: "2026-12-03T07:50",
    person: "r1",
    nudge: "shift-goal",
    answers: { same: true, call: 3 },
  });

  const last = lines.findLast(
    (one) => "kind" in one && one.kind === "shift-goal" && one.at < "2026-12-03T08",
  );
  expect(lines.filter(({ type }) => type === "refused")).toEqual([]);
  expect(last).toMatchObject({ subject: expect.stringContaining("2026-12-02T23:00Z") });
  for (const told of [en.goal.saved, "one in five minutes", en.strategy.call.answers[3]])
    expect("text" in last! ? last.text : "").toContain(told);
});

it("plays no goal this shift", async () => {
  const lines = await transcriptOf({ ...GOAL, answers: { none: true } });

  expect(lines.filter(({ type }) => type === "refused")).toEqual([]);
  expect(shownTo(lines, "r1")).toContain(en.goal.noneSet);
});

it("plays a suggested goal with why, taken up or kept, and says so where none is suggested", async () => {
  const plan = {
    at: "2026-12-01T08:05",
    person: "a1",
    nudge: "shift-plan",
    answers: { counter: "tests", why: "we order too many", help: 3, call: 2, feedback: "after" },
  };
  const says = { at: "2026-12-01T08:10", person: "r1", with: "a1" };

  const taken = await transcriptOf(GOAL, plan, { ...says, suggestion: "taken" });
  const kept = await transcriptOf(GOAL, plan, { ...says, suggestion: "kept" });
  const without = await transcriptOf(GOAL, { ...says, suggestion: "kept" });

  expect(shownTo(taken, "r1")).toContain("we order too many");
  expect(shownTo(taken, "a1")).toContain(en.plan.taken("Dr. r1"));
  expect(shownTo(kept, "a1")).toContain(en.plan.kept("Dr. r1"));
  expect(without.filter(({ type }) => type === "refused")).toMatchObject([{ reason: "nothing-suggested" }]);
});
