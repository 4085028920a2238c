import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NUDGE_KINDS, rulesOf, type NudgeKind } from "#src/domain/nudge.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const CASES = join(ROOT, "test", "fixtures", "clock-changes");

interface Line {
  readonly kind: string;
  readonly person: string;
  readonly subject: string;
  readonly dueAt: string;
}

function plan(program: string, from: string, to: string): readonly string[] {
  const ran = spawnSync(
    process.execPath,
    [join(ROOT, "src", "cli.ts"), "plan", "--program", program, "--from", from, "--to", to, "--json"],
    { encoding: "utf8" },
  );
  expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: "" });
  return ran.stdout.trimEnd().split("\n");
}

/*
 * Each fixture has a night (19:00–07:00) over the change and a shift that begins at a wall time which the change
 * skips (it begins that much later) or repeats (it begins at the first). The expected moments were worked out by hand
 * from the offsets: Berlin +1/+2, New York -5/-4, Lord Howe +10:30/+11.
 */
describe("attune plan, where the clocks change", () => {
  it.each([
    ["berlin-spring", "2026-03-28", "2026-04-03"],
    ["berlin-autumn", "2026-10-24", "2026-10-30"],
    ["york-spring", "2026-03-07", "2026-03-13"],
    ["york-autumn", "2026-10-31", "2026-11-06"],
    ["howe-autumn", "2026-04-04", "2026-04-10"],
    ["howe-spring", "2026-10-03", "2026-10-09"],
  ])("%s: every nudge is due and ends at its minute", (name, from, to) => {
    const expected = readFileSync(join(CASES, name, "expected.jsonl"), "utf8")
      .trimEnd()
      .split("\n");

    expect(plan(join(CASES, name, "program.yaml"), from, to)).toEqual(expected);
  });
});

describe("attune plan, on the demo program", () => {
  const lines = plan(join(ROOT, "program", "program.yaml"), "2026-11-30", "2027-01-30").map(
    (line) => JSON.parse(line) as Line,
  );

  it("prints every nudge once, by time and then by person", () => {
    const order = lines.map((line) => `${line.dueAt} ${line.person}`);
    const names = lines.map((line) => `${line.kind} ${line.person} ${line.subject}`);

    expect(order).toEqual(order.toSorted());
    expect(new Set(names).size).toBe(lines.length);
  });

  it("asks for each goal a quarter of an hour before the shift", () => {
    const goals = lines.filter(({ kind }) => kind === "shift-goal");

    expect(goals.length).toBeGreaterThan(200);
    for (const { subject, dueAt } of goals) {
      const start = Date.parse(subject.split("@")[1]!.replace("Z", ":00Z"));
      expect(start - Date.parse(dueAt)).toBe(15 * 60_000);
    }
  });

  it("has every kind that follows from the roster", () => {
    // The demo program is no study, starts at once, and nobody unknown has written to it.
    const others: readonly NudgeKind[] = ["research", "greeting", "whose-account"];
    const planned = NUDGE_KINDS.filter((kind) => rulesOf(kind).planned && !others.includes(kind));

    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(planned));
  });
});
