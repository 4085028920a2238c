import { later, mondayOf, type Instant, type WeekNumber } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";

/** The start and the end of a local week. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

export const spanOf = ({ zone }: Pick<Context, "zone">, week: WeekNumber): Span => ({
  from: zone.at(mondayOf(week), 0),
  to: zone.at(mondayOf(week + 1), 0),
});

/** "Nov 30 – Dec 6" */
export const weekNote = (words: Words, { from, to }: Span): string =>
  words.say.digest.week(words.format.date(from), words.format.date(later(to, -1)));
