import { describe, expect, it } from "vitest";
import type { Log } from "#src/ports/log.ts";
import { instant, later, DAY } from "#src/domain/time.ts";
import { flow, SILENT } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";

const ROSTER = rosterOf(["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T08:00 2026-12-01T17:00"]);
const ROTATIONS = [
  { name: "ER 1", from: "2026-11-30", to: "2026-12-27" },
  { name: "ER 2", from: "2026-12-28", to: "2027-01-31" },
];
const PROGRAM = { ...programOf({ to: "2026-12-27" }), rotations: ROTATIONS, retention: 1 };
const [FROM, TO] = [instant(0), instant(Date.UTC(2100, 0))];

describe("retention", () => {
  it("erases a rotation's answers on its day, tells it before and once in the audit log, and keeps figures and consent", async () => {
    const lines: string[] = [];
    const keep: Log["info"] = (_fields, message) => void lines.push(message);
    const log: Log = { ...SILENT, info: keep, warn: keep };
    const erasings = () => lines.filter((line) => line.includes("answers were erased")).length;
    await using attune = await flow({ program: PROGRAM, roster: ROSTER, log });
    await attune.until("2026-12-01T07:46");
    for (const id of ["r1", "a1"]) await attune.phone(id).agrees();
    await attune.until("2026-12-01T07:50");
    await attune.phone("r1").taps("Tests and imaging");
    const told = lines.filter((line) => line.includes("retention"));
    // Beats come by the minute; here one a day shows the setting.
    const day = async (date: string) => {
      await attune.until(`${date}T03:00`);
      return attune.store.repliesDuring(FROM, TO);
    };

    const before = await day("2027-01-27");
    const figures = await attune.store.note("program-figures");
    const early = erasings();
    const after = await day("2027-01-28");
    await day("2027-01-29");

    expect(told).toHaveLength(1);
    expect(lines.filter((line) => line.includes("retention"))).toHaveLength(1);
    expect(before.length).toBeGreaterThan(0);
    expect(after).toEqual([]);
    // A day on which nothing is over is no line of the log.
    expect([early, erasings()]).toEqual([0, 1]);
    expect(await attune.store.note("program-figures")).toBe(figures);
    expect((await attune.store.standing(PROGRAM.people[0]!.id)).consent).toBe("given");
    expect((await attune.store.nudgesDuring(FROM, TO)).length).toBeGreaterThan(0);
  });

  it("that is new waits for a week, also where everything is long due", async () => {
    const { retention: _, ...without } = PROGRAM;
    await using attune = await flow({ program: without, roster: ROSTER });
    await attune.until("2026-12-01T07:46");
    for (const id of ["r1", "a1"]) await attune.phone(id).agrees();
    await attune.until("2026-12-01T07:50");
    await attune.phone("r1").taps("Tests and imaging");
    await attune.until("2027-06-01T00:00");

    await attune.reopens(PROGRAM, ROSTER);
    const kept: number[] = [];
    for (let days = 0; days <= 8; days += 1) {
      await attune.clock.set(later(attune.clock.now(), DAY));
      await attune.beat();
      kept.push((await attune.store.repliesDuring(FROM, TO)).length);
    }

    expect(kept.slice(0, 6).every((count) => count > 0)).toBe(true);
    expect(kept.at(-1)).toBe(0);
  });

  it("goes on after the clock has stepped back from far ahead", async () => {
    await using attune = await flow({ program: PROGRAM, roster: ROSTER });
    await attune.until("2026-12-01T07:46");
    for (const id of ["r1", "a1"]) await attune.phone(id).agrees();
    await attune.until("2026-12-01T07:50");
    await attune.phone("r1").taps("Tests and imaging");
    const was = attune.clock.now();
    await attune.clock.set(later(was, 180 * DAY));
    await attune.beat();
    await attune.clock.set(later(was, DAY));

    await attune.until("2027-01-27T03:00");
    const before = await attune.store.repliesDuring(FROM, TO);
    await attune.until("2027-01-28T03:00");
    const after = await attune.store.repliesDuring(FROM, TO);

    expect(before.length).toBeGreaterThan(0);
    expect(after).toEqual([]);
  });
});
