import { instant, zoneOf } from "#src/domain/time.ts";
import { expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { provenanceInNotes } from "#src/roster/change/provenance.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import { createPlanning } from "#src/schedule/planning.ts";
import { momentsOf, readProgram } from "#src/commands/plan.ts";
import { simulate } from "#src/simulation/simulate.ts";
import { seeded } from "#src/simulation/random.ts";
import type { TranscriptLine } from "#src/simulation/transcript.ts";
import { SILENT } from "#test/support/attune.ts";
import { local } from "#test/support/programs.ts";
import { folder } from "../unit/config/folder.ts";

const YAML = `name: Lakeside
timeZone: America/New_York
locale: en
start: at-once
rotations: [{ name: ER, from: 2026-12-01, to: 2026-12-31 }]
people: people.csv
roster:
  - { file: roster.csv, format: csv, roles: { attending: [Sup *] } }
`;
/** A chief with both roles, two residents and three attendings, one of whom directs the program. */
const PEOPLE = `id,name,role,email,locale
r1,Maya Patel,resident+attending,,en
r2,Jonas Weber,resident,,en
r3,佐藤 健,resident,,ja
a1,Daniel Okafor,attending+coordinator,,en
a2,Olivia Carter,attending,,en
a3,田中 真理,attending,,ja
`;
const DAYS = ["02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "14"];
/** The chief supervises on every second day. */
const SUPERVISES = DAYS.filter((_, place) => place % 2 === 1);

// domain: Pairs, asks, home and digests follow the role
// domain: Nobody is paired with themselves
it("a chief lives through two weeks in both roles, each day in its own, and is never their own partner", async () => {
  const rows = DAYS.flatMap((day, place) => {
    const others = ["r2", "r3", `a${1 + (place % 3)}`].map((id) => [id, "Day"]);
    return [["r1", SUPERVISES.includes(day) ? "Sup ED" : "Day"], ...others].map(
      ([id, label]) => `${id},2026-12-${day}T08:00,17:00,${label}`,
    );
  });
  using files = folder({
    "program.yaml": YAML,
    "people.csv": PEOPLE,
    "roster.csv": ["person,start,end,label", ...rows].join("\n"),
  });
  const { program, zone, roster, notes } = await readProgram(files.path("program.yaml"));
  const lines: TranscriptLine[] = [];

  await simulate({
    program,
    roster,
    ...momentsOf(zone, { from: "2026-12-01", to: "2026-12-17" }),
    script: [],
    random: seeded(6),
    log: SILENT,
    emit: (line) => void lines.push(line),
  });

  const daysOf = (kind: string) => [
    ...new Set(
      lines.flatMap((line) =>
        line.type === "sent" && line.person === "r1" && line.kind === kind ? line.subject!.slice(11, 13) : [],
      ),
    ),
  ];
  const mismatches = lines.filter((line) => line.type === "mismatch");
  expect(notes.filter((note) => !note.includes("1 skipped (1 header)"))).toEqual([]);
  expect(daysOf("shift-goal").length).toBeGreaterThan(0);
  expect(daysOf("shift-plan").length).toBeGreaterThan(0);
  expect(daysOf("shift-goal").filter((day) => SUPERVISES.includes(day))).toEqual([]);
  expect(daysOf("shift-plan").filter((day) => !SUPERVISES.includes(day))).toEqual([]);
  expect(new Set(mismatches.flatMap((line) => [line.resident, line.attending]))).toContain("r1");
  expect(mismatches.filter(({ resident, attending }) => resident === attending)).toEqual([]);
  expect(lines.some((line) => line.type === "sent" && line.kind === "coordinator-digest")).toBe(true);
});

// domain: Whoever's role changes keeps their history
it("a role that changes in people.csv counts for shifts to come, and what is over stays as it was", async () => {
  const rows = ["02", "04"].map((day) => `r1,2026-12-${day}T08:00,17:00`);
  using files = folder({
    "program.yaml": YAML,
    "people.csv": PEOPLE.replace("resident+attending", "resident"),
    "roster.csv": ["person,start,end", ...rows].join("\n"),
  });
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store("lakeside");
  /** A process that is started on these files and looks at them once. */
  const started = async (at: string) => {
    const { program, sources } = loadProgram(files.path("program.yaml"), PLATFORMS);
    const watch = watchRoster(program, sources, SILENT, undefined, { provenance: provenanceInNotes(store) });
    const planning = createPlanning({
      program,
      zone: zoneOf(program.timeZone),
      store,
      log: SILENT,
      clock: { now: () => instant(0) },
      owner: "test",
      findRosterUpdate: (stored, now) => watch.findRosterUpdate(stored, now),
    });
    await planning.prepare(local(at, program.timeZone));
    return (await store.roster()).assignments.map(({ id, role }) => `${id.slice(0, 13)} ${role}`);
  };

  expect(await started("2026-12-01T12:00")).toEqual(["r1@2026-12-02 resident", "r1@2026-12-04 resident"]);
  files.write("people.csv", PEOPLE.replace("resident+attending", "attending"));

  expect(await started("2026-12-03T12:00")).toEqual(["r1@2026-12-02 resident", "r1@2026-12-04 attending"]);
});
