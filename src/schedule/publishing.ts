import { SECOND } from "#src/domain/time.ts";
import { weekOf, type WeekNumber } from "#src/domain/zone.ts";
import type { Context } from "#src/flows/context.ts";
import { publishFigures } from "#src/flows/digests/program-figures.ts";

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
