import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const TALK = join(ROOT, "test", "fixtures", "talk");

interface Line {
  readonly at: string;
  readonly type: string;
  readonly event?: string;
  readonly item?: string;
  readonly direction?: string;
  readonly person?: string;
  readonly text?: string;
}

function simulate(...args: readonly string[]): string {
  const ran = spawnSync(process.execPath, [join(ROOT, "src", "cli.ts"), "simulate", ...args, "--json"], {
    encoding: "utf8",
    maxBuffer: 200_000_000,
  });
  expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: "" });
  return ran.stdout;
}

const linesOf = (printed: string): readonly Line[] =>
  printed
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

/*
 * The script: on the 23rd the resident wants step 3 of help and the attending plans step 1; they settle on 2; on the 24th
 * they agree. Then one step apart on the 25th, 26th and 28th, and none on the 27th; on the 30th two steps again. Times are Tokyo's, nine hours ahead.
 */
describe("attune simulate, with a script", () => {
  const lines = linesOf(
    simulate(
      "--program",
      join(TALK, "program.yaml"),
      "--script",
      join(TALK, "script.jsonl"),
      "--from",
      "2026-03-23",
      "--to",
      "2026-04-01",
    ),
  );

  it("reveals nothing while only one of the two has answered", () => {
    const before = lines.filter(({ at, type }) => at < "2026-03-22T22:55:00Z" && type !== "mismatch");
    const toAttending = before.filter(({ person }) => person === "a1");

    expect(toAttending.length).toBeGreaterThan(0);
    expect(toAttending.filter(({ text }) => text!.includes("Resident leads"))).toEqual([]);
    expect(before.filter(({ text }) => text!.includes("Worth a minute together"))).toEqual([]);
  });

  it("shows both answers and the starter for more help than wanted to both, once both have answered", () => {
    for (const person of ["r1", "a1"]) {
      const last = lines.findLast(
        ({ at, person: to, text }) => to === person && text !== undefined && at < "2026-03-22T23:30:00Z",
      )!.text!;

      expect(last).toContain("Resident leads, attending steps in when needed");
      expect(last).toContain("Attending leads, resident watches");
      expect(last).toContain("More help is planned than wanted.");
      expect(last).toContain("Which one case today could the resident lead, with the attending close by?");
    }
  });

  it("opens, is settled, closes after an agreeing shift, and speaks of one step only on three of five", () => {
    const life = lines
      .filter(({ type }) => type === "mismatch")
      .map(({ at, event, item, direction }) => `${at} ${event} ${item} ${direction}`);

    expect(life).toEqual([
      "2026-03-22T22:55:00Z opened help more",
      "2026-03-22T23:30:00Z settled help more",
      "2026-03-23T22:55:00Z closed help more",
      "2026-03-27T22:55:00Z opened help more",
      "2026-03-28T03:00:00Z settled help more",
      "2026-03-29T22:55:00Z opened help more",
      "2026-03-30T09:30:00Z settled help more",
    ]);
  });

  it("shows both what was settled and by whom: a value, each as they were, a line; and refuses it once the debrief has closed", () => {
    const read = (person: string, text: string) =>
      lines.some((line) => line.person === person && line.text?.includes(text) === true);

    for (const said of [
      "Attending leads, resident does parts",
      "Each as we answered",
      "“I lead the second case”",
    ])
      for (const person of ["r1", "a1"])
        expect({ said, person, is: read(person, `Settled: Help: ${said}`) }).toMatchObject({ is: true });
    expect(lines.filter(({ type }) => type === "refused")).toMatchObject([
      { at: "2026-03-31T08:30:00Z", person: "r1", reason: "nothing-open" },
    ]);
  });
});

describe("attune simulate, by chance", () => {
  const season = ["--program", join(ROOT, "program", "program.yaml"), "--from", "2026-11-30"];

  const { weeks, to } = campaignSize({
    usual: { weeks: "a week", to: "2026-12-06" },
    long: { weeks: "eight weeks", to: "2027-01-24" },
  });
  it(`lives through ${weeks} of the demo, the same for the same seed`, () => {
    const args = [...season, "--to", to, "--random", "7"];

    const [one, other] = [simulate(...args), simulate(...args)];

    expect(other).toBe(one);
    expect(linesOf(one).filter(({ event }) => event === "opened").length).toBeGreaterThan(0);
  });

  it("goes another way for another seed", () => {
    const args = [...season, "--to", "2026-12-01", "--random"];

    expect(simulate(...args, "1")).not.toBe(simulate(...args, "2"));
  });
});
