import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Database } from "#db/store/database.ts";
import { rosterPart } from "#src/domain/files.ts";
import { dutyRow, LAKESIDE, rosterCsv } from "./lakeside.ts";
import { onDisk } from "./on-disk.ts";
import type { Folder } from "../unit/config/folder.ts";

const PEOPLE = [
  "id,name,role,email,memory",
  "c1,Kim Lee,coordinator,,C1",
  "c2,Ines Roth,coordinator,,C2",
  "r1,Maya Patel,resident,,U1",
  "r2,Lea Novak,resident,,U2",
  "a1,Daniel Okafor,attending,,U3",
].join("\n");
const PART = rosterPart("roster.csv");

/** Days on which everybody works, whatever a roster says else: what can go is never so much that it would be doubted. */
const FIXED = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 21];

/** A roster of the same days as every other: a few bits say which other shifts there are, and when they start. */
export const rosterOf = (bits: number): string => {
  const people = ["r1", "r2", "a1"];
  const always = FIXED.flatMap((date) => people.map((who) => dutyRow(date, who)));
  const others = Array.from({ length: 12 }, (_, at) => at).flatMap((at) => {
    const isThere = ((bits >> at) & 1) === 1;
    const hour = ((bits >> (at % 5)) & 1) === 1 ? 9 : 8;
    return isThere ? [dutyRow(17 + Math.floor(at / 3), people[at % 3], hour)] : [];
  });
  return rosterCsv(...always, ...others);
};

export const FIRST = rosterOf(0b1010_1100_1101);
export const FILES = { "program.yaml": LAKESIDE, "people.csv": `${PEOPLE}\n`, "roster.csv": FIRST };

/** What may happen to the files of a program. */
export type Deed =
  | { readonly deed: "give"; readonly who: "C1" | "C2" | "U1"; readonly bits: number }
  | { readonly deed: "tap"; readonly who: "C1" | "C2" | "U1"; readonly label: "Apply" | "Not now" | "Undo" }
  | { readonly deed: "file"; readonly bits: number }
  | { readonly deed: "beat"; readonly process: 0 | 1 }
  | { readonly deed: "restart"; readonly process: 0 | 1 };

const bits = fc.nat(4_095);
const who = fc.constantFrom("C1" as const, "C2" as const, "U1" as const);

export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ deed: fc.constant("give" as const), who, bits }) },
    {
      weight: 4,
      arbitrary: fc.record({
        deed: fc.constant("tap" as const),
        who,
        label: fc.constantFrom("Apply" as const, "Apply" as const, "Not now" as const, "Undo" as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ deed: fc.constant("file" as const), bits }) },
    {
      weight: 3,
      arbitrary: fc.record({
        deed: fc.constant("beat" as const),
        process: fc.constantFrom(0 as const, 1 as const),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        deed: fc.constant("restart" as const),
        process: fc.constantFrom(0 as const, 1 as const),
      }),
    },
  ),
  { maxLength: 14 },
);

type OnDisk = Awaited<ReturnType<typeof onDisk>>;

const shifts = async ({ hosted }: OnDisk): Promise<readonly string[]> =>
  (await hosted[0]!.store.roster()).assignments
    .map(({ person, start, end }) => `${person} ${start} ${end}`)
    .toSorted();

/** What a roster gives by itself, to somebody who starts with nothing else. */
async function alone(files: Folder, text: string): Promise<readonly string[]> {
  files.write("alone/program.yaml", LAKESIDE);
  files.write("alone/people.csv", `${PEOPLE}\n`);
  files.write("alone/roster.csv", text);
  await using attune = await onDisk([files.path("alone/program.yaml")], "2026-12-01T06:00");
  await attune.beat();
  return await shifts(attune);
}

/** Lives through all of it with two processes on one database. What is planned in the end, what should be, and the versions. */
export async function lived(files: Folder, db: Database, all: readonly Deed[]) {
  const program = [files.path("program.yaml")];
  const first = await onDisk(program, "2026-12-01T06:00", { db, name: "a0-" });
  const common = { db, clock: first.clock };
  const processes = [first, await onDisk(program, "", { ...common, name: "b0-" })];
  await first.beat();
  const { store } = first.hosted[0]!;
  let changedByOthers = 0;
  const placesSeen: number[] = [];
  for (const [at, one] of all.entries()) {
    const process = processes[at % 2]!;
    const before = await store.filesOf(PART);
    if (one.deed === "give") await process.gives(one.who, `file ${at}.csv`, rosterOf(one.bits));
    else if (one.deed === "tap") {
      const other = processes.find((own) => own.labels(one.who).includes(one.label));
      if (other !== undefined) await other.taps(one.who, one.label);
    } else if (one.deed === "file") files.write("roster.csv", rosterOf(one.bits));
    else if (one.deed === "beat") await processes[one.process]!.beat();
    else processes[one.process] = await onDisk(program, "", { ...common, name: `${one.process}${at}-` });
    const after = await store.filesOf(PART);
    placesSeen.push(after.length);
    if ("who" in one && one.who === "U1" && after.length !== before.length) changedByOthers += 1;
  }
  for (let beats = 0; beats < 4; beats += 1) for (const process of processes) await process.beat();
  const versions = await store.filesOf(PART);
  const [newest] = versions;
  const says =
    newest === undefined
      ? readFileSync(files.path("roster.csv"), "utf8")
      : new TextDecoder().decode(await store.fileBytes(newest.id));
  return {
    planned: await shifts(processes[0]!),
    expected: await alone(files, says),
    places: versions.map(({ place }) => place).toSorted((a, b) => a! - b!),
    isGrowing: placesSeen.every((count, at) => at === 0 || count >= placesSeen[at - 1]!),
    changedByOthers,
  };
}
