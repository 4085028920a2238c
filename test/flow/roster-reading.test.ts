import { outlookOn } from "#test/support/plans.ts";
import { expect, it } from "vitest";
import { refused, type ReadingRoom, type SourceRead } from "#src/roster/reading/reading-task.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { MINUTE, later } from "#src/domain/time.ts";
import { watchRoster, type WatchOptions } from "#src/roster/watch/roster-watch.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";
import { folder } from "../unit/config/folder.ts";

const HEADER = "person,start,end\n";
const DAY = "2026-12-01T08:00,2026-12-01T17:00\n";
const FIRST = `${HEADER}r1,${DAY}a1,${DAY}`;
const NOW = local("2026-11-30T09:00");
const EMPTY = outlookOn(programOf(), { assignments: [], absences: [] });

const TOO_SLOW = refused(
  { file: "x", message: "reading it took more than 10 s", todo: "export less", why: { code: "too-much" } },
  true,
);

/** Two roster files whose reading the test has in its hand. */
function watched(options: Omit<WatchOptions, "room"> = {}) {
  const files = folder({ "one.csv": FIRST, "two.csv": HEADER });
  const sources = ["one.csv", "two.csv"].map((name): RosterSource => ({
    name,
    path: files.path(name),
    format: "csv",
  }));
  const reads: string[] = [];
  const hand: { instead?: (name: string) => Promise<SourceRead> } = {};
  const room: ReadingRoom = {
    read: async (task) => {
      reads.push(task.source.name);
      return hand.instead?.(task.source.name) ?? carryOut(task);
    },
  };
  const lines: string[] = [];
  const log = {
    ...SILENT,
    warn: (fields: object, message: string) => void lines.push(message + JSON.stringify(fields)),
  };
  const watch = watchRoster(programOf(), sources, log, undefined, { room, ...options });
  return { files, reads, hand, lines, watch, [Symbol.dispose]: () => files[Symbol.dispose]() };
}

it("what has not changed is not read again", async () => {
  using ours = watched();
  await ours.watch.findRosterUpdate(EMPTY, NOW);
  await ours.watch.findRosterUpdate(EMPTY, later(NOW, MINUTE));

  ours.files.write("two.csv", `${HEADER}r2,${DAY}`);
  await ours.watch.findRosterUpdate(EMPTY, later(NOW, 2 * MINUTE));

  expect(ours.reads).toEqual(["one.csv", "two.csv", "two.csv"]);
});

it("a roster that exceeds a limit stays as it was, is named, and is tried again after a quarter of an hour", async () => {
  using ours = watched();
  const first = await ours.watch.findRosterUpdate(EMPTY, NOW);
  ours.hand.instead = async () => TOO_SLOW;
  ours.files.write("one.csv", HEADER);

  const kept = await ours.watch.findRosterUpdate(EMPTY, later(NOW, MINUTE));
  const { troubles } = ours.watch.state();
  await ours.watch.findRosterUpdate(EMPTY, later(NOW, 15 * MINUTE));
  const tries = ours.reads.filter((name) => name === "one.csv").length;
  delete ours.hand.instead;
  await ours.watch.findRosterUpdate(EMPTY, later(NOW, 16 * MINUTE));

  expect(kept?.change.added).toEqual(first?.change.added);
  expect(troubles).toMatchObject([
    { name: "one.csv", since: later(NOW, MINUTE), reason: "reading it took more than 10 s", mend: true },
  ]);
  expect(ours.lines.join("\n")).toContain("a roster stays as it was last read");
  expect(tries).toBe(2);
  expect(ours.reads.filter((name) => name === "one.csv")).toHaveLength(3);
  expect(ours.watch.state().troubles).toEqual([]);
});

it("a beat does not wait for a slow roster, and is woken when it has been read", async () => {
  const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
  using ours = watched({ patience: 1, wake });
  const { promise: slow, resolve: done } = Promise.withResolvers<void>();
  ours.hand.instead = async (name) => {
    await slow;
    return carryOut({ source: { name, path: ours.files.path(name), format: "csv" }, program: programOf() });
  };

  const [during, again] = [
    await ours.watch.findRosterUpdate(EMPTY, NOW),
    await ours.watch.findRosterUpdate(EMPTY, NOW),
  ];
  done();
  await woken;
  const after = await ours.watch.findRosterUpdate(EMPTY, NOW);

  expect([during, again]).toEqual([undefined, undefined]);
  expect(after?.change.added).toHaveLength(2);
});
