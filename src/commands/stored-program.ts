import { systemClock } from "#adapters/cron/system-clock.ts";
import { PEOPLE } from "#src/domain/files.ts";
import { checkProgram } from "#src/config/load-program.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import type { Settings } from "#src/config.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import { foundKind, type FoundKind } from "#src/composition/database-kind.ts";
import {
  isDatabaseThere,
  noDatabase,
  openExistingDatabase,
  openToLook,
} from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { usualRoles } from "#src/flows/acts/people.ts";
import type { Store } from "#src/ports/store.ts";
import { stageTime } from "#src/runtime/stage-time.ts";
import { sayKind } from "./kind-line.ts";
import type { Output } from "./output.ts";

/** The settings of a command that works on one program. */
export interface OneProgram extends Settings {
  /** The path of its program.yaml. */
  readonly programFile: string;
}

/** A program with what is stored for it: what a command on one program works with. */
export interface StoredProgram {
  readonly program: Program;
  readonly store: Store;
  /** The program's time. In the playground's database this is the playground's time, which can be moved. */
  readonly now: Instant;
}

/** The time to read stored moments by: the playground's time, which may have been moved, or the machine's. */
export async function timeOf(store: Store, kind: FoundKind): Promise<Instant> {
  const time = stageTime(store, systemClock());
  if (kind === "playground") await time.restore();
  return time.now();
}

/** The same for a command that only reads: it makes, migrates and writes nothing. */
export async function withProgramToLook<Result>(
  settings: OneProgram,
  output: Output,
  work: (stored: StoredProgram) => Promise<Result>,
): Promise<Result> {
  const { program } = loadProgram(settings.programFile, PLATFORMS);
  if (!isDatabaseThere(settings.database)) throw noDatabase(settings.database);
  await using db = await openToLook(settings);
  await sayKind(db, settings.database, output);
  const store = db.store(program.id);
  return await work({
    program: await withItsPeople(settings.programFile, program, store),
    store,
    now: await timeOf(store, await foundKind(db)),
  });
}

/** Runs `work` on what is stored for one program. A server may go on working on the same database. */
export async function withStoredProgram<Result>(
  settings: OneProgram,
  output: Output,
  work: (stored: StoredProgram) => Promise<Result>,
): Promise<Result> {
  const { program: onDisk } = loadProgram(settings.programFile, PLATFORMS);
  await using db = await openExistingDatabase(settings);
  const store = db.store(onDisk.id);
  const program = await withItsPeople(settings.programFile, onDisk, store);
  await store.giveRoles(await usualRoles(program, store));
  await sayKind(db, settings.database, output);
  const kind = await foundKind(db);
  return await work({ program, store, now: await timeOf(store, kind) });
}

/** The program with the people who are in force, where a version of them is. One with a mistake is not followed. */
export async function withItsPeople(file: string, program: Program, store: Store): Promise<Program> {
  const inForce = (await store.filesInForce()).find(({ part }) => part === PEOPLE);
  if (inForce === undefined) return program;
  const bytes = await store.fileBytes(inForce.id);
  const { program: found, problems } = checkProgram(file, PLATFORMS, { about: inForce.about, bytes });
  return found === undefined || problems.length > 0 ? program : found;
}
