import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { loadProgram } from "#src/config/load-programs.ts";
import type { ReadRoster } from "#src/roster/reading/read-roster.ts";
import { rosterPart } from "#src/domain/files.ts";
import { filesInForce, fingerprintOf, type FilesInForce } from "#src/roster/reading/files-in-force.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import type { Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { foundKind } from "#src/composition/database-kind.ts";
import { isDatabaseThere, openDatabase } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { describeDoubt, mendDoubt } from "#src/roster/change/doubt.ts";
import { changesNothing } from "#src/roster/change/merge.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { unknownNames } from "#src/roster/text/people/unknown-names.ts";
import type { Store } from "#src/ports/store.ts";
import { sayKind } from "./kind-line.ts";
import type { Output } from "./output.ts";
import { ledgerText } from "./ledger-text.ts";
import { putInPlace } from "./put-in-place.ts";
import { readPublished, wouldChange, type WouldChange } from "./roster-change.ts";
import { changeText, reportText } from "./roster-text.ts";
import { aliasCall, unknownText } from "./unknown-text.ts";
import { timeOf, withItsPeople, type OneProgram } from "./stored-program.ts";

export interface ImportOptions {
  /** A roster of program.yaml whose place the file takes. */
  readonly as?: string;
  /** What is in doubt is so: shifts of these people are gone. */
  readonly confirm?: true;
  /** The ledger thing by thing. */
  readonly ledger?: true;
}

/** `apply`: the file takes its place, and what is stored follows. Else nothing is touched. */
export async function importRoster(
  settings: OneProgram,
  file: string | undefined,
  options: ImportOptions,
  apply: boolean,
  output: Output,
): Promise<void> {
  const { program: onDisk, sources } = loadProgram(settings.programFile, PLATFORMS);
  const instead = file === undefined ? undefined : placeOf(sources, file, options.as);
  // A look at a first roster needs no database.
  const place =
    apply || isDatabaseThere(settings.database) ? settings : { ...settings, database: ":memory:" };
  await using db = await openDatabase(place);
  await sayKind(db, settings.database, output);
  const store = db.store(onDisk.id);
  const program = await withItsPeople(settings.programFile, onDisk, store);
  const files = filesInForce(store, []);
  await files.look();
  const read = await readPublished(program, sources, instead, options.ledger, files);
  if (instead !== undefined) refuseSilent(read, instead.called);
  const now = await timeOf(store, await foundKind(db));
  let would = await wouldChange(program, store, read, now);

  if (apply && options.confirm !== true) refuseDoubts(would);
  if (apply) {
    // The file first: it is what counts. A crash before the commit is mended by whoever reads it next.
    if (instead !== undefined) {
      putInPlace(instead.path, instead.place);
      await putInForce(store, files, instead, now);
    }
    // A running Attune may read the roster at the same moment: then this is about what it has stored.
    while (!(await applied(store, would, now))) would = await wouldChange(program, store, read, now);
  }
  output.line(
    apply
      ? `Imported into ${program.name[program.locale]}.`
      : `What the roster would change at ${program.name[program.locale]}. Nothing is applied.`,
  );
  for (const line of [...changeText(would, now), ...reportText(would.report, would)]) output.line(line);
  for (const one of unknownNames(read.notUnderstood, program.people)) {
    output.line(`  ${unknownText(one)}`);
    output.line(`    → ${aliasCall(one)}`);
  }
  if (options.ledger) for (const line of ledgerText(read.accounts, program)) output.line(line);
}

/** Where versions are kept, the file is the newest one, also when it was there before: somebody says so just now. */
async function putInForce(
  store: Store,
  files: FilesInForce,
  { source, place, called }: NonNullable<ReturnType<typeof placeOf>>,
  now: Instant,
): Promise<void> {
  const part = rosterPart(source.name);
  const kept = files.of(part);
  if (kept?.place === undefined) return;
  const bytes = readFileSync(place);
  const about = { name: basename(called), fingerprint: fingerprintOf(bytes) };
  await store.keepFile({ part, at: now, why: "file", about, bytes }, kept.place);
}

/** What would take away whole people's shifts is done when somebody says that it is so. */
function refuseDoubts({ doubts }: WouldChange): void {
  if (doubts.length === 0) return;
  const lines = doubts.map((doubt) => `In doubt: ${describeDoubt(doubt)}; ${mendDoubt(doubt)}.`);
  throw new AttuneError("config", `${lines.join("\n")}\nNothing was changed.`);
}

/** False when the stored roster is another one by now. */
async function applied(
  store: Store,
  { change, before, after, effects, version, remember }: WouldChange,
  now: Instant,
): Promise<boolean> {
  await remember();
  if (changesNothing(change, before.outlook.input.roster)) return true;
  if (!(await store.changeRoster(change, now, effects, version))) return false;
  await store.plan(after.plan(), now, { rosterVersion: version + 1 });
  return true;
}

/** Which roster of program.yaml a file is, or takes the place of. Nothing is guessed between two. */
function placeOf(sources: readonly RosterSource[], file: string, as: string | undefined) {
  const path = resolve(file);
  if (!existsSync(path)) throw new AttuneError("config", `${file}: there is no such file; check the path.`);
  const files = sources.filter((source) => source.path !== undefined);
  const named = sources.find((source) => source.name === as);
  const own = files.find((source) => source.path === path);
  const alike = files.filter((source) => basename(source.name) === basename(file));
  const source = as === undefined ? (own ?? only(alike) ?? only(files)) : named;
  if (source?.path !== undefined) return { source, path, called: file, place: source.path };
  const list = files.map(({ name }) => name).join(" or ");
  throw new AttuneError(
    "config",
    `Which roster is ${file}? Say --as ${list === "" ? "FILE" : list}, as program.yaml names it.`,
  );
}

const only = (all: readonly RosterSource[]): RosterSource | undefined =>
  all.length === 1 ? all[0] : undefined;

/** A file that says nothing is another file than was meant: it takes nobody's place. */
function refuseSilent({ silent, notUnderstood }: ReadRoster, file: string): void {
  if (!silent.includes(file)) return;
  const reasons = notUnderstood.filter((one) => one.file === file).map(describeProblem);
  const none = `${file}: no shift was found; check that it is the right file`;
  throw new AttuneError(
    "config",
    `${(reasons.length === 0 ? [none] : reasons).join("\n")}\nNothing was changed.`,
  );
}
