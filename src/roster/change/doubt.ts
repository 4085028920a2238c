import type { PersonId } from "#src/domain/person.ts";
import type { RosterDoubt } from "#src/domain/roster-report.ts";
import type { Absence, Assignment, Roster } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import type { RosterChange } from "#src/ports/store.ts";
import type { RosterReading } from "../text/reader.ts";
import { classified } from "./swaps.ts";

/** Fewer shifts than these are a sick call or two; a roster that is read wrong loses more. */
const HANDFUL = 5;
/** More than this share of all coming shifts does not go in one day. */
const SHARE = 1 / 4;
/** So many shifts of one person, with as many lines that name nobody, are the same shifts under a wrong name. */
const SEVERAL = 3;

/**
 * Why a reading is not followed in all it takes away: shifts to come that are off the roster while lines of it name
 * nobody (a name was written differently, a column is another one), or so many at once that the roster was more likely
 * read wrong. Whoever is on leave, has swapped or was replaced loses nothing in this sense, and a person who is only
 * in fewer lines than before is no doubt where every line names somebody.
 */
export function doubtOf(
  stored: Roster,
  change: RosterChange,
  { entries, notUnderstood }: Pick<RosterReading, "entries" | "notUnderstood">,
  now: Instant,
): RosterDoubt | undefined {
  const coming = stored.assignments.filter((one) => one.start > now);
  const lost = lostOf(change, now);
  const lostBy = Map.groupBy(lost, (one) => one.person);
  if (lost.length >= HANDFUL && lost.length > coming.length * SHARE && lostBy.size > 1)
    return { why: "many", people: [...lostBy.keys()].toSorted(), shifts: lost.length, coming: coming.length };
  const nameless = notUnderstood.filter(({ why }) => NAMELESS.has(why.code)).length;
  if (nameless === 0) return undefined;
  const has = new Set(
    entries.filter(({ kind, end }) => kind === "duty" && end > now).map(({ person }) => person),
  );
  const held = [...lostBy].filter(
    ([person, own]) => !has.has(person) || (own.length >= SEVERAL && nameless >= own.length),
  );
  if (held.length === 0) return undefined;
  return {
    why: "names",
    people: held.map(([person]) => person).toSorted(),
    shifts: held.reduce((sum, [, own]) => sum + own.length, 0),
    coming: coming.length,
  };
}

/** Lines that would have named somebody. */
const NAMELESS: ReadonlySet<string> = new Set([
  "nobody",
  "ambiguous",
  "letters",
  "column",
  "no-column",
  "not-a-roster",
  "two-tables",
  "which-sheet",
]);

/** Shifts to come that nobody works any more, and not for a leave. */
function lostOf(change: RosterChange, now: Instant): readonly Assignment[] {
  if (change.removed.length === 0) return [];
  const removed = new Set(change.removed);
  const leave = Map.groupBy(change.absences, (one) => one.person);
  return classified(change).removed.filter(
    (one) =>
      one.start > now && removed.has(one) && !(leave.get(one.person) ?? []).some((away) => meet(one, away)),
  );
}

const meet = (one: Assignment, away: Absence): boolean => one.start < away.end && away.start < one.end;

/**
 * What is followed of a change in spite of a doubt: nothing, or all but what it takes away from those whom the doubt is
 * about.
 */
export function followed(
  stored: Roster,
  change: RosterChange,
  doubt: RosterDoubt | undefined,
  now: Instant,
): RosterChange {
  if (doubt === undefined) return change;
  if (doubt.why === "many") return { added: [], moved: [], removed: [], absences: stored.absences };
  const people = new Set(doubt.people);
  const held = new Set(lostOf(change, now).filter((one) => people.has(one.person)));
  const known = new Set(change.absences.map((one) => `${one.person} ${one.start} ${one.end}`));
  const away = stored.absences.filter(
    (one) => people.has(one.person) && !known.has(`${one.person} ${one.start} ${one.end}`),
  );
  return {
    ...change,
    removed: change.removed.filter((one) => !held.has(one)),
    absences: [...change.absences, ...away],
  };
}

/** Who has shifts to come and is in people.csv no more: a row that was lost, or somebody who has left. */
export function missingFrom(
  people: readonly { readonly id: PersonId }[],
  stored: Roster,
  now: Instant,
): RosterDoubt | undefined {
  const lost = missingShifts(people, stored, now);
  if (lost.length === 0) return undefined;
  const missing = [...new Set(lost.map((one) => one.person))].toSorted();
  const coming = stored.assignments.filter((one) => one.start > now).length;
  return { why: "people", people: missing, shifts: lost.length, coming };
}

/** The shifts to come of those who are in people.csv no more. */
export function missingShifts(
  people: readonly { readonly id: PersonId }[],
  stored: Roster,
  now: Instant,
): readonly Assignment[] {
  const known = new Set(people.map(({ id }) => id));
  return stored.assignments.filter((one) => one.start > now && !known.has(one.person));
}

/** What a doubt is, for operators: what would go, and why it has not. */
export function describeDoubt({ why, people, shifts, coming }: RosterDoubt): string {
  const whose = `${shifts} of ${coming} coming shifts, of ${some(people)},`;
  switch (why) {
    case "names":
      return `${whose} are off the roster while lines of it name nobody in people.csv: they stay as they were`;
    case "many":
      return `${whose} would be off the roster at once: nothing of this reading is followed`;
    case "people":
      return `${whose} are of people who are in people.csv no more: their plan stays as it was`;
    default:
      return why satisfies never;
  }
}

/** What to do about it. */
export const mendDoubt = ({ why }: RosterDoubt): string =>
  why === "people"
    ? "put their rows back; or, if they have left, confirm it: attune import --confirm"
    : "mend the names in the roster, in people.csv or as `aliases`; or, if it is so, confirm it: attune import --confirm";

const SHOWN = 8;

const some = (people: readonly PersonId[]): string =>
  people.length <= SHOWN
    ? people.join(", ")
    : `${people.slice(0, SHOWN).join(", ")} and ${people.length - SHOWN} more`;
