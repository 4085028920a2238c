import { MINUTE, SECOND } from "#src/domain/time.ts";
import { codeOf } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import type { EngineDeps } from "./deliver.ts";
import { weekOf, type WeekNumber } from "#src/domain/zone.ts";
import { publishFigures } from "#src/flows/digests/program-figures.ts";

/** Another process may have left something to do: it is looked for this often. */
const LOOK = 5 * MINUTE;

/**
 * Clears the database's files of what was erased while somebody was still reading it, at the first beat after they
 * are gone. Its trouble is its own: the beat has done everything else.
 */
export function createFinishing({
  log,
  meters,
}: Pick<EngineDeps, "log" | "meters">): (context: Context) => Promise<void> {
  let last: { readonly at: number; readonly isDone: boolean } | undefined;

  const isDone = async ({ store }: Context): Promise<boolean> => {
    try {
      const isFinished = await store.finishErasing();
      if (!isFinished && last?.isDone !== false)
        log.warn(
          {},
          "what was erased is still in the database's files: somebody has been reading since before",
        );
      return isFinished;
    } catch (error) {
      const code = codeOf(error);
      meters.failed(code);
      log.error({ code, error }, "the database's files could not be cleared of what was erased");
      return false;
    }
  };

  return async (context) => {
    // Either way: a clock may step back.
    if (last !== undefined && Math.abs(context.now - last.at) < (last.isDone ? LOOK : MINUTE)) return;
    last = { at: context.now, isDone: await isDone(context) };
  };
}

/** One process publishes for all: long enough to count a program's replies. */
const COUNTING = 90 * SECOND;

/** Publishes the program's figures once a week, before any digest shows them. At every other beat it costs nothing. */
export function createPublishing(owner: string): (context: Context) => Promise<void> {
  let publishedIn: WeekNumber | undefined;
  return async (context) => {
    const week = weekOf(context.zone.dayOf(context.now));
    if (week === publishedIn) return;
    if (!(await context.store.hold("figures", { owner, now: context.now, length: COUNTING }))) return;
    await publishFigures(context);
    publishedIn = week;
  };
}
