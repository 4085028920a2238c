import { usualOnShift, type PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { dateText, zoneOf, type Instant } from "#src/domain/time.ts";
import type { RosterEntry } from "#src/roster/text/reader.ts";

/** Nobody reads more names, or dates, in one line. */
const SHOWN = 8;
const FIRST_DATES = 3;

/**
 * "roster.csv speaks for r1, r2 and a1, 2026-11-30 to 2027-01-24": whose shifts it may take back, and on which days.
 *
 * @param last a moment of the last day
 */
export function speaksFor(
  name: string,
  people: ReadonlySet<PersonId>,
  { first, last }: { readonly first: Instant; readonly last: Instant },
  program: Program,
): string {
  const known = program.people.filter(({ id }) => people.has(id)).map(({ id }) => id);
  const shown = known.slice(0, SHOWN).join(", ");
  const more = known.length > SHOWN ? ` and ${known.length - SHOWN} more` : "";
  const date = dateIn(program);
  return `${name} speaks for ${shown}${more}, ${date(first)} to ${date(last)}`;
}

/** Who works shifts in another role than usual: how many, and when first. The duty of all rosters, copies once. */
export function unusualRoles(entries: readonly RosterEntry[], program: Program): readonly string[] {
  const date = dateIn(program);
  return program.people.flatMap((person) => {
    const usual = usualOnShift(person);
    const starts = entries.flatMap((one) =>
      one.kind === "duty" && one.person === person.id && one.role !== usual ? [one.start] : [],
    );
    const days = [...new Set(starts.toSorted((a, b) => a - b))];
    const role = person.roles.find((one) => one !== usual && one !== "coordinator");
    if (days.length === 0 || role === undefined || usual === undefined) return [];
    const first = days.slice(0, FIRST_DATES).map(date).join(", ");
    const shifts = days.length === 1 ? "1 shift" : `${days.length} shifts, the first`;
    return [`${person.id} acts as ${role}, and not as ${usual} as usual, on ${shifts}: ${first}`];
  });
}

/** "2026-11-30", in the program's zone. */
function dateIn({ timeZone }: Program): (at: Instant) => string {
  const zone = zoneOf(timeZone);
  return (at) => dateText(zone.dayOf(at));
}
