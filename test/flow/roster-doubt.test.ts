import { describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { personId } from "#src/domain/person.ts";
import { instant, MINUTE, later, zoneOf } from "#src/domain/time.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import { createPlanning } from "#src/schedule/planning.ts";
import { local } from "#test/support/programs.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

const YAML = `name: Lakeside
id: lakeside
timeZone: UTC
locale: en
start: at-once
rotations:
  - name: ER
    from: 2026-12-01
    to: 2026-12-28
people: people.csv
roster:
  - file: roster.csv
    format: csv
`;
const PEOPLE = `id,name,role,email,locale,slack,teams
r1,Maya Patel,resident,,en,,
r2,Jonas Weber,resident,,en,,
a1,Daniel Okafor,attending,,en,,
`;
const DAYS = ["02", "03", "04", "07", "08"];
const ROSTER = [
  "person,start,end",
  ...DAYS.flatMap((day) => ["Maya Patel", "Daniel Okafor"].map((who) => `${who},2026-12-${day}T08:00,17:00`)),
  "Jonas Weber,2026-12-09T08:00,17:00",
].join("\n");
const NOW = local("2026-11-30T12:00", "UTC");

/** A process that is started on these files, with what it logs. */
function started(files: Folder, store: Store) {
  const { program, sources } = loadProgram(files.path("program.yaml"), PLATFORMS);
  const lines: string[] = [];
  const write = (_: unknown, message: string) => void lines.push(message);
  const log: Log = { debug() {}, info() {}, warn: write, error: write };
  const watch = watchRoster(program, sources, log);
  const zone = zoneOf(program.timeZone);
  const planning = createPlanning({
    program,
    zone,
    store,
    log,
    clock: { now: () => instant(0) },
    owner: "test",
    findRosterUpdate: (stored, now) => watch.findRosterUpdate(stored, now),
  });
  let now = NOW;
  return {
    lines,
    beat: () => planning.prepare((now = later(now, MINUTE))),
    doubts: () => watch.state().troubles.flatMap(({ doubt }) => doubt ?? []),
  };
}

const until = local("2026-12-31T00:00", "UTC");
const planned = async (store: Store): Promise<readonly string[]> => {
  const all = await Promise.all(["r1", "r2", "a1"].map((id) => store.nudgesOf(personId(id), NOW, until)));
  return all
    .flat()
    .filter(({ state }) => state === "planned")
    .map(({ person, kind, subject, dueAt }) => `${person} ${kind} ${subject} ${dueAt}`)
    .toSorted();
};

describe("a name that is lost", () => {
  it("in the roster withdraws nothing, is told once, and is over when it is mended", async () => {
    using files = folder({ "program.yaml": YAML, "people.csv": PEOPLE, "roster.csv": ROSTER });
    await using db = openSqlite({ file: ":memory:", keys: passingKey() });
    const store = db.store("lakeside");
    const attune = started(files, store);
    await attune.beat();
    const before = await planned(store);

    files.write("roster.csv", ROSTER.replaceAll("Maya Patel", "M. Patell-Smith"));
    for (let beats = 0; beats < 3; beats += 1) await attune.beat();
    const inDoubt = { doubts: attune.doubts(), planned: await planned(store) };
    files.write("roster.csv", `${ROSTER}\n`);
    await attune.beat();

    expect(before.filter((one) => one.startsWith("r1 shift-goal"))).toHaveLength(5);
    expect(inDoubt).toEqual({
      doubts: [{ why: "names", people: ["r1"], shifts: 5, coming: 11 }],
      planned: before,
    });
    expect(attune.lines.filter((line) => line === "the roster is in doubt")).toHaveLength(1);
    expect(attune.doubts()).toEqual([]);
    expect(await planned(store)).toEqual(before);
  });

  it("from people.csv withdraws what is theirs and nothing of their partners', over restarts, until it is put back", async () => {
    using files = folder({ "program.yaml": YAML, "people.csv": PEOPLE, "roster.csv": ROSTER });
    await using db = openSqlite({ file: ":memory:", keys: passingKey() });
    const store = db.store("lakeside");
    await started(files, store).beat();
    const before = await planned(store);

    files.write("people.csv", PEOPLE.replace(/^r1,.*\n/mu, ""));
    for (let starts = 0; starts < 2; starts += 1) {
      const attune = started(files, store);
      await attune.beat();
      await attune.beat();

      expect(attune.doubts()).toEqual([{ why: "people", people: ["r1"], shifts: 5, coming: 11 }]);
      expect(attune.lines.filter((line) => line === "the roster is in doubt")).toHaveLength(1);
      expect(await planned(store)).toEqual(before.filter((one) => !one.startsWith("r1")));
    }
    files.write("people.csv", PEOPLE);
    const mended = started(files, store);
    await mended.beat();

    expect(mended.doubts()).toEqual([]);
    expect(await planned(store)).toEqual(before);
  });

  it("is none where somebody leaves: off the roster first, then out of people.csv", async () => {
    using files = folder({ "program.yaml": YAML, "people.csv": PEOPLE, "roster.csv": ROSTER });
    await using db = openSqlite({ file: ":memory:", keys: passingKey() });
    const store = db.store("lakeside");
    const attune = started(files, store);
    await attune.beat();

    files.write("roster.csv", ROSTER.replaceAll(/^Maya Patel.*\n/gmu, ""));
    await attune.beat();
    files.write("people.csv", PEOPLE.replace(/^r1,.*\n/mu, ""));
    const restarted = started(files, store);
    await restarted.beat();

    expect([...attune.doubts(), ...restarted.doubts()]).toEqual([]);
    expect((await planned(store)).filter((one) => one.startsWith("r1"))).toEqual([]);
  });
});
