import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Database } from "#db/store/database.ts";
import { PEOPLE, rosterPart, UNDO } from "#src/domain/files.ts";
import { HOUR, later } from "#src/domain/time.ts";
import type { KeptFile } from "#src/ports/files.ts";
import { dutyRow, LAKESIDE, rosterCsv } from "./lakeside.ts";
import { onDisk } from "./on-disk.ts";
import type { Folder } from "../unit/config/folder.ts";

/** A list of the same people but for a few bits: a name, a language, a role, somebody more, and whether a second coordinator is in it. */
export const peopleOf = (bits: number): string => {
  const is = (at: number): boolean => ((bits >> at) & 1) === 1;
  return `${[
    "id,name,role,email,memory,locale",
    "c1,Kim Lee,coordinator,,C1,",
    ...(is(0) ? [] : ["c2,Ines Roth,coordinator,,C2,"]),
    "r1,Maya Patel,resident,,U1,",
    `r2,${is(1) ? "Lea Nowak" : "Lea Novak"},resident,,U2,${is(2) ? "ja" : ""}`,
    `a1,Daniel Okafor,${is(3) ? "attending+coordinator" : "attending"},,U3,`,
    ...(is(4) ? ["r3,Tomas Ek,resident,,U4,"] : []),
  ].join("\n")}\n`;
};

/** Days on which everybody works, whatever a roster says else: what can go is never so much that it would be doubted. */
const FIXED = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 21, 22, 23, 24, 25, 26, 27, 28];

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
export const FILES = { "program.yaml": LAKESIDE, "people.csv": peopleOf(0), "roster.csv": FIRST };

/** What a file may be of, by its name on disk. */
const KINDS = {
  "roster.csv": { part: rosterPart("roster.csv"), textOf: rosterOf },
  "people.csv": { part: PEOPLE, textOf: peopleOf },
} as const;
type Named = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as readonly Named[];

/** Accounts of two coordinators, of whom lists of people may drop the second, of a resident and of an attending. */
const ACCOUNTS = ["C1", "C2", "U1", "U3"] as const;
type Account = (typeof ACCOUNTS)[number];
const LABELS = ["Apply", "Apply", "Not now", "Undo"] as const;

/** What may happen to the files of a program. */
export type Deed =
  /** `now`: and applies it at once, if it can be. */
  | {
      readonly deed: "give";
      readonly who: Account;
      readonly name: Named;
      readonly bits: number;
      readonly now: boolean;
    }
  | { readonly deed: "tap"; readonly who: Account; readonly label: (typeof LABELS)[number] }
  | { readonly deed: "file"; readonly name: Named; readonly bits: number }
  | { readonly deed: "beat"; readonly process: 0 | 1 }
  | { readonly deed: "restart"; readonly process: 0 | 1 }
  /** More than a week passes, once, and somebody taps Undo on what was applied before: it stands. */
  | { readonly deed: "week" };

type Tap = Extract<Deed, { deed: "tap" }>;

const bits = fc.nat(4_095);
const name = fc.constantFrom(...NAMES);
const who = fc.constantFrom(...ACCOUNTS);
const process = fc.constantFrom(0 as const, 1 as const);
const deed = <Kind extends Deed["deed"]>(kind: Kind) => fc.constant(kind);

export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ deed: deed("give"), who, name, bits, now: fc.boolean() }) },
    { weight: 5, arbitrary: fc.record({ deed: deed("tap"), who, label: fc.constantFrom(...LABELS) }) },
    { weight: 1, arbitrary: fc.record({ deed: deed("file"), name, bits }) },
    { weight: 3, arbitrary: fc.record({ deed: deed("beat"), process }) },
    { weight: 1, arbitrary: fc.record({ deed: deed("restart"), process }) },
    { weight: 2, arbitrary: fc.record({ deed: deed("week") }) },
  ),
  { maxLength: 16 },
);

type OnDisk = Awaited<ReturnType<typeof onDisk>>;

/** What a process goes by: who is in the program, and who works when. */
const planOf = async ({ hosted: [hosted] }: OnDisk) => ({
  people: hosted!.program.people,
  shifts: (await hosted!.store.roster()).assignments
    .map(({ person, start, end }) => `${person} ${start} ${end}`)
    .toSorted(),
});

/** What files give by themselves, to somebody who starts with nothing else. */
async function alone(files: Folder, texts: Readonly<Record<Named, string>>) {
  files.write("alone/program.yaml", LAKESIDE);
  for (const one of NAMES) files.write(`alone/${one}`, texts[one]);
  await using attune = await onDisk([files.path("alone/program.yaml")], START);
  await attune.beat();
  return await planOf(attune);
}

const START = "2026-12-01T06:00";

const coordinates = ({ hosted }: OnDisk, account: string): boolean =>
  hosted[0]!.program.people.some(
    ({ accounts, roles }) => accounts["memory"] === account && roles.includes("coordinator"),
  );

/** Who sees a button, and in which process: the one who is to tap it, or somebody else. */
const whoSees = (processes: readonly OnDisk[], { who: wanted, label }: Pick<Tap, "who" | "label">) =>
  [wanted, ...ACCOUNTS]
    .flatMap((account) => processes.map((own) => ({ account, process: own })))
    .find(({ account, process: own }) => own.labels(account).includes(label));

type Both = Readonly<Record<Named, readonly KeptFile[]>>;

async function versionsOf({ hosted }: OnDisk): Promise<Both> {
  const of = (one: Named) => hosted[0]!.store.filesOf(KINDS[one].part);
  return { "roster.csv": await of("roster.csv"), "people.csv": await of("people.csv") };
}

/** Versions that were put back although the one before had stood for more than a week. */
const backTooLate = (versions: readonly KeptFile[]): readonly KeptFile[] =>
  versions.filter((one, at) => one.why === "undo" && later(versions[at + 1]!.at, UNDO) < one.at);

/** Lives through all of it with two processes on one database. What is planned in the end, what should be, and the versions. */
export async function lived(files: Folder, db: Database, all: readonly Deed[]) {
  const program = [files.path("program.yaml")];
  const first = await onDisk(program, START, { db, name: "a0-" });
  const common = { db, clock: first.clock };
  const processes = [first, await onDisk(program, "", { ...common, name: "b0-" })];
  await first.beat();
  const { store } = first.hosted[0]!;
  let changedByOthers = 0;
  let weeks = 0;
  const seen: Both[] = [];
  for (const [at, one] of all.entries()) {
    const tapped = one.deed === "tap" ? whoSees(processes, one) : undefined;
    if (one.deed === "tap" && tapped === undefined) continue;
    const acts = tapped?.process ?? processes[at % 2]!;
    const account = tapped?.account ?? ("who" in one ? one.who : undefined);
    const before = await versionsOf(first);
    if (one.deed === "give") {
      await acts.gives(one.who, `${at}-${one.name}`, KINDS[one.name].textOf(one.bits));
      if (one.now && acts.labels(one.who).includes("Apply")) await acts.taps(one.who, "Apply");
    } else if (one.deed === "tap") await acts.taps(account!, one.label);
    else if (one.deed === "file") files.write(one.name, KINDS[one.name].textOf(one.bits));
    else if (one.deed === "beat") await processes[one.process]!.beat();
    else if (one.deed === "restart")
      processes[one.process] = await onDisk(program, "", { ...common, name: `${one.process}${at}-` });
    else if ((weeks += 1) === 1) {
      // The shifts that differ lie after it.
      await first.clock.set(later(first.clock.now(), UNDO + HOUR));
      const late = whoSees(processes, { who: "C1", label: "Undo" });
      await late?.process.taps(late.account, "Undo");
    }
    const after = await versionsOf(first);
    seen.push(after);
    // Afterwards: a process that has yet to read its files does so before it answers.
    const mayChange = account === undefined || coordinates(acts, account);
    if (!mayChange && NAMES.some((file) => after[file].length !== before[file].length)) changedByOthers += 1;
  }
  for (let beats = 0; beats < 4; beats += 1) for (const one of processes) await one.beat();
  const versions = await versionsOf(first);
  const saysNow = async (file: Named): Promise<string> => {
    const [newest] = versions[file];
    if (newest === undefined) return readFileSync(files.path(file), "utf8");
    return new TextDecoder().decode(await store.fileBytes(newest.id));
  };
  const expected = await alone(files, {
    "roster.csv": await saysNow("roster.csv"),
    "people.csv": await saysNow("people.csv"),
  });
  return {
    planned: await Promise.all(processes.map(planOf)),
    expected: processes.map(() => expected),
    places: NAMES.map((file) => versions[file].map(({ place }) => place).toSorted((a, b) => a! - b!)),
    isGrowing: NAMES.every((file) =>
      seen.every((all, at) => at === 0 || all[file].length >= seen[at - 1]![file].length),
    ),
    changedByOthers,
    backTooLate: NAMES.flatMap((file) => backTooLate(versions[file])),
  };
}
