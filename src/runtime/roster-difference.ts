import { createHash } from "node:crypto";
import type { Absence, Roster } from "#src/domain/roster.ts";
import { instant, dateText, zoneOf, type Instant } from "#src/domain/time.ts";
import type { Program } from "#src/domain/program.ts";
import type { FileDifference, PersonsShifts, RosterDifference } from "#src/ports/file-desk.ts";
import { rosterPart } from "#src/domain/files.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { RosterChange, Store } from "#src/ports/store.ts";
import { rosterChange } from "#src/roster/change/merge.ts";
import { provenanceInNotes } from "#src/roster/change/provenance.ts";
import { keptSource, readAs, type FilesInForce } from "#src/roster/reading/files-in-force.ts";
import { readIn, rosterOf } from "#src/roster/reading/read-roster.ts";
import type { ReadingRoom, SourceRead } from "#src/roster/reading/reading-task.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { placed, unreadOf } from "./unread-rows.ts";
import { ROSTER_FORMATS, type RosterReading } from "#src/roster/text/reader.ts";
import type { RosterProblem } from "#src/roster/text/problem.ts";
import { isUnknownName, unknownNames } from "#src/roster/text/people/unknown-names.ts";

interface Comparing {
  readonly given: { readonly sources: readonly RosterSource[] };
  program(): Program;
  readonly store: Store;
  readonly files: FilesInForce;
  readonly room: ReadingRoom;
  now(): Instant;
}

/** What a roster file would change in what is stored, if it came in the place of its part. */
export async function rosterDifference(
  { given, program: programNow, store, files, room, now: clock }: Comparing,
  file: KeptFile,
): Promise<FileDifference> {
  const [program, now] = [programNow(), clock()];
  const bytes = await store.fileBytes(file.id);
  const own = given.sources.find(({ name }) => rosterPart(name) === file.part);
  if (own === undefined) return { kind: "unreadable", problems: [] };
  const found: { readonly source: RosterSource; readonly read: SourceRead }[] = [];
  for (const one of given.sources) {
    // What another one publishes is known to whichever process fetches it: to this one it says nothing, and loses nothing.
    if (one === own) {
      found.push(await readInAnyFormat({ room, program, store }, one, file, bytes));
      continue;
    }
    const { source, pages } = readAs(one, files, () => undefined);
    found.push({ source, read: await readIn(room, program, source, pages) });
  }
  const mine = found[given.sources.indexOf(own)]!.read.reading;
  const question = questionOf(mine.notUnderstood, program, now);
  const duties = mine.entries.filter((one) => one.kind === "duty");
  if (question !== undefined && duties.length === 0) return question;
  if (duties.length === 0) return withoutShifts(program, mine);

  const [stored, { roster: version }] = [await store.roster(), await store.versions()];
  const all = rosterOf(
    program,
    found.map(({ source }) => source),
    found.map(({ read }) => read),
  );
  const change = rosterChange(stored, all.entries, all.windows, now, {
    provenance: await provenanceInNotes(store).read(),
    bySource: all.bySource,
  });
  const over = (await store.filesOf(file.part))[0]?.place ?? 0;
  const { source } = found[given.sources.indexOf(own)]!;
  const zone = zoneOf(program.timeZone);
  return {
    kind: "roster",
    over,
    fingerprint: differenceFingerprint([over, version, change]),
    shifts: new Set(duties.map((one) => `${one.person} ${one.start} ${one.end}`)).size,
    people: new Set(duties.map(({ person }) => person)).size,
    months: [...new Set(duties.map(({ start }) => dateText(zone.dayOf(start)).slice(0, 7)))].toSorted(),
    changes: changesOf(change, stored.absences, now),
    ...(await unreadOf({ room, program, source, bytes, now }, mine.notUnderstood)),
    ...largeOf(change, stored, now),
  };
}

/** As program.yaml has its place; else in the format in which most shifts can be read. What was found out is kept with the file. */
async function readInAnyFormat(
  { room, program, store }: { readonly room: ReadingRoom; readonly program: Program; readonly store: Store },
  own: RosterSource,
  file: KeptFile,
  bytes: Uint8Array,
) {
  const first = keptSource(own, file);
  const usual = { source: first, read: await readIn(room, program, first, [bytes]) };
  if (dutiesOf(usual.read) > 0 || file.about.reading?.["format"] !== undefined) return usual;
  const isQuestion = questionOf(usual.read.reading.notUnderstood, program, instant(0)) !== undefined;
  if (isQuestion || usual.read.refused !== undefined) return usual;
  let best = usual;
  for (const format of ROSTER_FORMATS.filter((one) => one !== own.format)) {
    const source = { ...first, format };
    const read = await readIn(room, program, source, [bytes]);
    if (dutiesOf(read) > dutiesOf(best.read)) best = { source, read };
  }
  if (best !== usual)
    await store.readFileAs(file.id, {
      ...file.about,
      reading: { ...file.about.reading, format: best.source.format },
    });
  return best;
}

const dutiesOf = ({ reading }: SourceRead): number =>
  reading.entries.filter((one) => one.kind === "duty").length;

/** A file whose names nobody here has is another program's, or another hospital's; one of other days has some of them. */
function withoutShifts(
  program: Program,
  { notUnderstood: problems, accounts }: RosterReading,
): FileDifference {
  const unknown = unknownNames(problems, program.people);
  const names = unknown.map(({ name }) => name);
  const others = problems.filter((one) => !isUnknownName(one)).length;
  if (others === 0 && (names.length === 0 || (accounts?.counts.skipped.outside ?? 0) > 0))
    return { kind: "no-shifts" };
  return names.length > 0 && names.length >= others
    ? { kind: "strangers", names }
    : { kind: "unreadable", problems: problems.map(placed) };
}

/** What cannot be guessed, and takes one answer. */
function questionOf(
  problems: readonly RosterProblem[],
  program: Program,
  now: Instant,
): FileDifference | undefined {
  const sheets = problems.find(({ why }) => why.code === "which-sheet")?.why.text;
  if (sheets !== undefined)
    return {
      kind: "question",
      ask: "sheet",
      choices: sheets.split("/").filter((name) => !name.endsWith("…")),
    };
  if (!problems.some(({ why }) => why.code === "no-month")) return undefined;
  const zone = zoneOf(program.timeZone);
  const [year, month] = dateText(zone.dayOf(now)).split("-").map(Number) as [number, number];
  const choices = [0, 1, 2].map((later) => {
    const count = year * 12 + month - 1 + later;
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  });
  return { kind: "question", ask: "month", choices };
}

/** Whom a change concerns, the most changed first. What is over stays as it was. */
function changesOf(
  { added, moved, removed, absences }: RosterChange,
  before: readonly Absence[],
  now: Instant,
): readonly PersonsShifts[] {
  const by = <One extends Absence>(all: readonly One[]) =>
    Map.groupBy(
      all.filter(({ end }) => end > now),
      ({ person }) => person,
    );
  const [more, off, others] = [by(added), by(removed), by(moved.map(({ to }) => to))];
  const [away, back] = [by(without(absences, before)), by(without(before, absences))];
  const from = new Map(moved.map((one) => [one.to, one]));
  const people = [more, off, others, away, back].flatMap((one) => [...one.keys()]);
  return [...new Set(people)]
    .map((person): PersonsShifts => ({
      person,
      added: more.get(person) ?? [],
      removed: off.get(person) ?? [],
      moved: (others.get(person) ?? []).map((one) => from.get(one)!),
      away: away.get(person) ?? [],
      back: back.get(person) ?? [],
    }))
    .toSorted((one, other) => countOf(other) - countOf(one));
}

function without(all: readonly Absence[], those: readonly Absence[]): readonly Absence[] {
  const keyOf = ({ person, start, end }: Absence): string => `${person} ${start} ${end}`;
  const known = new Set(those.map(keyOf));
  return all.filter((one) => !known.has(keyOf(one)));
}

const countOf = ({ added, removed, moved, away, back }: PersonsShifts): number =>
  added.length + removed.length + moved.length + away.length + back.length;

/** More than this share of the coming shifts does not go without being asked about. */
const SHARE = 1 / 4;

function largeOf(
  { added, removed }: RosterChange,
  { assignments }: Roster,
  now: Instant,
): Pick<RosterDifference, "large"> {
  const coming = assignments.filter(({ start }) => start > now);
  const gone = new Set(removed.map(({ id }) => id));
  const lost = coming.filter(({ id }) => gone.has(id));
  const still = new Set([...coming.filter(({ id }) => !gone.has(id)), ...added].map(({ person }) => person));
  const people = [...new Set(lost.map(({ person }) => person))].filter((person) => !still.has(person));
  if (lost.length <= coming.length * SHARE && people.length === 0) return {};
  return { large: { lost: lost.length, coming: coming.length, people } };
}

const LENGTH = 16;

/** Of a difference: the same as long as it is the same. */
export const differenceFingerprint = (what: unknown): string =>
  createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, LENGTH);
