import { SECOND } from "#src/domain/time.ts";
import { weekOf, type WeekNumber } from "#src/domain/zone.ts";
import type { Desk } from "#src/flows/context.ts";
import { publishFigures } from "#src/flows/digests/program-figures.ts";

/** One process publishes for all: long enough to count a program's replies. */
const COUNTING = 90 * SECOND;

/** Publishes the program's figures once a week, before any digest shows them. At every other beat it costs nothing. */
export function createPublishing(owner: string): (desk: Desk) => Promise<void> {
  let publishedIn: WeekNumber | undefined;
  return async (desk) => {
    const week = weekOf(desk.zone.dayOf(desk.now));
    if (week === publishedIn) return;
    if (!(await desk.store.hold("figures", { owner, now: desk.now, length: COUNTING }))) return;
    await publishFigures(desk);
    publishedIn = week;
  };
}
