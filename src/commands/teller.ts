import type { PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { later, zoneOf, type Instant } from "#src/domain/time.ts";
import { formatOf } from "#src/words/words.ts";

interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

/** Names and times as the command line's texts have them, in the program's zone. */
export interface Teller {
  name(id: PersonId): string;
  /** "Thu, Dec 3 08:00–17:00 Day" */
  shift(shift: Span & { readonly label?: string }): string;
  /** "08:00–17:00" */
  hours(span: Span): string;
  date(at: Instant): string;
  moment(at: Instant): string;
  /** Whole days without their midnights, the last one included. */
  days(span: Span): string;
}

export function tellerOf(program: Program): Teller {
  const format = formatOf("en", program.timeZone);
  const zone = zoneOf(program.timeZone);
  const names = new Map(program.people.map((person) => [person.id, person.name]));
  const isMidnight = (at: Instant) => zone.at(zone.dayOf(at), 0) === at;
  return {
    name: (id) => names.get(id) ?? id,
    shift: ({ start, end, label }) =>
      [`${format.date(start)} ${format.span(start, end)}`, label].filter(Boolean).join(" "),
    hours: ({ start, end }) => format.span(start, end),
    date: format.date,
    moment: format.moment,
    days({ start, end }) {
      if (!isMidnight(start) || !isMidnight(end)) return `${format.moment(start)} to ${format.moment(end)}`;
      const [first, last] = [format.date(start), format.date(later(end, -1))];
      return first === last ? first : `${first} to ${last}`;
    },
  };
}
