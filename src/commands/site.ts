import { systemClock } from "#adapters/cron/system-clock.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import type { Settings } from "#src/config.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import { openKeptHouse } from "#src/house/open-house.ts";
import type { Store } from "#src/ports/store.ts";
import { stageTime } from "#src/house/stage-clock.ts";

/** The settings of a command that works on one program. */
export interface OneProgram extends Settings {
  /** The path of its program.yaml. */
  readonly programFile: string;
}

/** A program with what is kept for it, as the commands on it work with. */
export interface Site {
  readonly program: Program;
  readonly store: Store;
  /** The program's time: the playground's when that is all that runs, since its clock can be moved. */
  readonly now: Instant;
}

/** Works on what is kept for one program. A server may go on working on it meanwhile. */
export async function atSite<Result>(
  settings: OneProgram,
  work: (site: Site) => Promise<Result>,
): Promise<Result> {
  const { program } = loadProgram(settings.programFile);
  await using house = await openKeptHouse(settings);
  const store = house.store(program.id);
  const time = stageTime(store, systemClock());
  if (settings.slack === undefined && settings.teams === undefined) await time.restore();
  return await work({ program, store, now: time.now() });
}
