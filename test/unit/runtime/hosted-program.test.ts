import { expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { hostProgram } from "#src/runtime/hosted-program.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";

it("a program is one owner for as long as it is open, and another than its twin in the same process", async () => {
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const program = programOf();
  const owners: string[] = [];
  const store: typeof db.store = (name) => {
    const kept = db.store(name);
    return {
      ...kept,
      hold(task, lease) {
        owners.push(lease.owner);
        return kept.hold(task, lease);
      },
    };
  };
  const open = () =>
    hostProgram(
      { program, sources: [] },
      {
        db: { store },
        metrics: { meters: NO_METERS, counting: (kept) => kept },
        clock: handClock(local("2026-12-01T06:00")),
        log: SILENT,
        feed: { fetch: () => Promise.reject(new Error("no feed")) },
        shutdown: new AbortController().signal,
        messengers: () => [],
        wake() {},
      },
    );

  const [one, two] = [open(), open()];
  await one.running().beat();
  one.reopen();
  await one.running().beat();
  const ofOne = new Set(owners.splice(0));
  await two.running().beat();

  expect(ofOne.size).toBe(1);
  expect(new Set(owners).size).toBe(1);
  expect(owners).not.toContain([...ofOne][0]);
});
