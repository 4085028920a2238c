import { expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { instant, MINUTE, later, zoneOf } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { provenanceInNotes } from "#src/roster/change/provenance.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import { createPlanning } from "#src/schedule/planning.ts";
import { SILENT } from "#test/support/attune.ts";
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
    to: 2027-01-31
people: people.csv
roster:
  - file: attendings.csv
    format: csv
  - file: table.csv
    format: matrix
    codes: { D: "08:00-17:00" }
`;
const PEOPLE = `id,name,role,email,locale,slack,teams
r1,Maya Patel,resident,,en,,
r2,Jonas Weber,resident,,en,,
a1,Daniel Okafor,attending,,en,,
`;
const LIST = ["12-21", "12-28", "01-04", "01-11", "01-18"].map(
  (day) => `Daniel Okafor,${day.startsWith("12") ? 2026 : 2027}-${day}T08:00,17:00`,
);
/** A chief resident who supervises now and then stands in the attendings' list, too. */
const CHIEF = ["Maya Patel,2026-12-20T08:00,17:00", "Maya Patel,2027-01-19T08:00,17:00"];
const list = (...rows: readonly string[]) => ["person,start,end", ...rows].join("\n");
const DECEMBER = "2026年12月\nname,21,22,28,29\nMaya Patel,D,D,D,D\nJonas Weber,,D,,D";
const JANUARY = "2027年1月\nname,4,5,6,7\nMaya Patel,D,,D,\nJonas Weber,,D,,";
let now = local("2026-12-19T12:00", "UTC");

/** A process that is started on these files and looks at them once. */
async function started(files: Folder, store: Store): Promise<readonly string[]> {
  const { program, sources } = loadProgram(files.path("program.yaml"), PLATFORMS);
  const watch = watchRoster(program, sources, SILENT, undefined, { provenance: provenanceInNotes(store) });
  const planning = createPlanning({
    program,
    zone: zoneOf(program.timeZone),
    store,
    log: SILENT,
    clock: { now: () => instant(0) },
    owner: "test",
    findRosterUpdate: (stored, at) => watch.findRosterUpdate(stored, at),
  });
  await planning.prepare((now = later(now, MINUTE)));
  const { assignments } = await store.roster();
  return assignments.map(({ person, start }) => `${person} ${new Date(start).toISOString().slice(5, 10)}`);
}

it("next month's table, imported early, takes nothing of this month from whoever stands in a longer list too", async () => {
  using files = folder({
    "program.yaml": YAML,
    "people.csv": PEOPLE,
    "attendings.csv": list(...LIST, ...CHIEF),
    "table.csv": DECEMBER,
  });
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store("lakeside");
  const before = await started(files, store);

  files.write("table.csv", JANUARY);
  const after = await started(files, store);

  expect(before).toContain("r1 12-28");
  expect(after).toEqual(expect.arrayContaining([...before]));
  expect(after).toContain("r1 01-06");
});

it("a list that drops its last day takes it back, and a shift of the table that is dropped is off", async () => {
  using files = folder({
    "program.yaml": YAML,
    "people.csv": PEOPLE,
    "attendings.csv": list(...LIST, ...CHIEF),
    "table.csv": DECEMBER,
  });
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store("lakeside");
  const before = await started(files, store);

  files.write("attendings.csv", list(...LIST, CHIEF[0]!));
  files.write("table.csv", DECEMBER.replace("Maya Patel,D,D,D,D", "Maya Patel,D,D,,D"));
  const after = await started(files, store);

  expect(before.filter((one) => !after.includes(one))).toEqual(["r1 12-28", "r1 01-19"]);
});
