import { Session } from "node:inspector/promises";
import { expect, it } from "vitest";
import { hostProgram } from "#src/runtime/hosted-program.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { MINUTE, later } from "#src/domain/time.ts";
import { agreed } from "#test/support/agreed.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";
import { folder } from "../unit/config/folder.ts";

const START = local("2026-12-01T07:45");
const rosterOf = (days: Readonly<Record<"r1" | "a1", readonly string[]>>) =>
  [
    "person,start,end",
    ...Object.entries(days).flatMap(([id, own]) => own.map((day) => `${id},2026-12-${day}T08:00,17:00`)),
  ].join("\n");
const BEFORE = rosterOf({ r1: ["01", "02"], a1: ["01", "02"] });
/** The resident is not on the first shift any more, whose goal was asked for; and both have one more. */
const AFTER = rosterOf({ r1: ["03", "02"], a1: ["01", "02", "03"] });

/** A program at work on one roster file, in a process that has read it before. */
async function atWork() {
  const files = folder({ "roster.csv": BEFORE });
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const clock = handClock(START);
  const cloud = memoryCloud();
  const program = programOf();
  await agreed(db.store(program.id), program.people, START);
  const hosted = hostProgram(
    {
      program,
      sources: [{ name: "roster.csv", path: files.path("roster.csv"), format: "csv" }],
    },
    {
      db,
      metrics: createMetrics({ nudgeCounts: async () => [], programs: () => [] }),
      clock,
      log: SILENT,
      feed: { fetch: () => Promise.reject(new Error("There is no feed.")) },
      shutdown: new AbortController().signal,
      messengers: (now) => [memoryMessenger({ now, cloud })],
      wake() {},
    },
  );
  return {
    files,
    hosted,
    /** The next minute's beat. */
    async beat() {
      await clock.set(later(clock.now(), MINUTE));
      await hosted.running().beat();
    },
    async [Symbol.asyncDispose]() {
      await db.close();
      files[Symbol.dispose]();
    },
  };
}

const WORK = {
  outlook: ["src/domain/outlook.ts", "outlookOf"],
  plan: ["src/schedule/plan.ts", "planNudges"],
  comparison: ["src/roster/change/merge.ts", "rosterChange"],
  report: ["src/roster/watch/roster-watch.ts", "rosterReport"],
} as const;

/** How often each kind of work is done meanwhile, by V8's count. */
async function counted(work: () => Promise<unknown>): Promise<Readonly<Record<keyof typeof WORK, number>>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await session.post("Profiler.takePreciseCoverage");
  await work();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();
  const callsOf = ([file, name]: readonly [string, string]): number =>
    result
      .filter(({ url }) => url.endsWith(file))
      .flatMap(({ functions }) => functions)
      .filter(({ functionName }) => functionName === name)
      .reduce((sum, { ranges }) => sum + ranges[0]!.count, 0);
  const { outlook, plan, comparison, report } = WORK;
  return {
    outlook: callsOf(outlook),
    plan: callsOf(plan),
    comparison: callsOf(comparison),
    report: callsOf(report),
  };
}

it("a roster is read into an outlook once, and its change into one more; each is planned once and compared once", async () => {
  await using attune = await atWork();

  const first = await counted(() => attune.beat());
  attune.files.write("roster.csv", AFTER);
  const second = await counted(() => attune.beat());
  const third = await counted(() => attune.beat());

  expect(first).toEqual({ outlook: 2, plan: 1, comparison: 1, report: 1 });
  expect(second).toEqual({ outlook: 1, plan: 2, comparison: 1, report: 1 });
  expect(third).toEqual({ outlook: 0, plan: 0, comparison: 0, report: 0 });
});

it("the roster that was worked out is the one that is stored, in the same order", async () => {
  await using attune = await atWork();
  await attune.beat();
  attune.files.write("roster.csv", AFTER);

  await attune.beat();

  const { outlook } = attune.hosted.context().roster;
  expect(outlook.input.roster).toEqual(await attune.hosted.store.roster());
});
