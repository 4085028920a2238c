import type { PersonId } from "#src/domain/person.ts";
import type { Absence, Assignment } from "#src/domain/roster.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import type { RosterEntry, RosterReading } from "../text/reader.ts";
import { entryKey, type SourceEntries, type Provenance } from "./provenance.ts";

/* Whom and which days a roster speaks about: whether it takes back what it does not say. */

/** From when to when a roster speaks. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
  /** The file says itself which days it is about: a shift belongs to the day on which it starts. */
  readonly isWholeDays?: true;
  /** Days in between of which it says nothing: a table that has no column for them. */
  readonly without?: NonNullable<RosterReading["covers"]>["without"];
}

/** What one reading can speak about: these people, and these days. */
export interface ReadingWindow extends Span {
  readonly people: ReadonlySet<PersonId>;
  /** One person's own calendar. */
  readonly personal?: true;
}

/** One roster of several, as it was read. */
interface PartOfRoster {
  readonly reading: RosterReading;
  /** Everything in it is about this person. */
  readonly person: PersonId | undefined;
}

/**
 * Whom and which days what was read speaks about, where nobody knows which roster a stored shift is from: each person
 * on the days on which every roster that names them speaks, and who is in none on those of every roster of the site. So
 * next month's table takes nothing of this month. If a roster could not be read, nothing is known about the people
 * that it may have named.
 */
export function windowsOf(
  people: readonly PersonId[],
  parts: readonly PartOfRoster[],
): readonly ReadingWindow[] {
  const isUnknown = ({ reading }: PartOfRoster) => reading.unreadable ?? reading.incomplete ?? false;
  const unknown = parts.filter(isUnknown);
  if (unknown.some(({ person }) => person === undefined)) return [];
  // Somebody's own calendar that cannot be read may have what the other rosters lack.
  const silent = new Set(unknown.map(({ person }) => person));
  const naming = new Map<PersonId, PartOfRoster[]>();
  for (const part of parts) {
    if (spanOf(part.reading) === undefined) continue;
    for (const id of new Set(part.reading.entries.map(({ person }) => person))) {
      if (silent.has(id)) continue;
      if (!naming.has(id)) naming.set(id, []);
      naming.get(id)!.push(part);
    }
  }
  const shared = parts.filter(({ person, reading }) => person === undefined && spanOf(reading) !== undefined);
  if (unknown.length === 0) for (const id of people) if (!naming.has(id)) naming.set(id, shared);
  const groups = Map.groupBy([...naming], ([, own]) => own.map((part) => parts.indexOf(part)).join(" "));
  return [...groups.values()].flatMap((group): readonly ReadingWindow[] => {
    const own = group[0]![1];
    const span = commonSpan(own.map(({ reading }) => spanOf(reading)!));
    if (span === undefined) return [];
    const personal = own.every(({ person }) => person !== undefined) && { personal: true as const };
    return [{ people: new Set(group.map(([id]) => id)), ...span, ...personal }];
  });
}

/** When all of these speak; undefined for none of them, or where they never do at once. */
function commonSpan(spans: readonly Span[]): Span | undefined {
  if (spans.length === 0) return undefined;
  const start = instant(Math.max(...spans.map((one) => one.start)));
  const end = instant(Math.min(...spans.map((one) => one.end)));
  if (end <= start) return undefined;
  const without = spans.flatMap((one) => one.without ?? []);
  const isWholeDays = spans.some((one) => one.isWholeDays) && { isWholeDays: true as const };
  return { start, end, ...isWholeDays, ...(without.length > 0 && { without }) };
}

/** From when to when a roster speaks: the days that it has by itself, else from its first to its last shift. */
export function spanOf({ entries, covers, unreadable, incomplete }: RosterReading): Span | undefined {
  if (unreadable === true || incomplete === true) return undefined;
  const duties = entries.filter((entry) => entry.kind === "duty");
  if (duties.length === 0) return undefined;
  if (covers !== undefined) {
    const { from: start, to: end, without } = covers;
    return { start, end, isWholeDays: true, ...(without && { without }) };
  }
  let start: Instant = instant(Number.MAX_SAFE_INTEGER);
  let end: Instant = instant(Number.MIN_SAFE_INTEGER);
  for (const duty of duties) {
    if (duty.start < start) start = duty.start;
    if (duty.end > end) end = duty.end;
  }
  return { start, end };
}

/** One roster as it was read now. */
export interface SourceReading extends SourceEntries {
  /** Undefined where it says nothing: it cannot be read, was cut short, or has no shift. */
  readonly span: Span | undefined;
  /** It may be read again at any time and goes on by itself: what comes before its first shift is gone from it. */
  readonly isFeed: boolean;
  readonly personal: boolean;
}

export const sourceReadingOf = (
  name: string,
  reading: RosterReading,
  { isFeed, personal }: Pick<SourceReading, "isFeed" | "personal">,
): SourceReading => ({
  name,
  entries: reading.entries,
  span: spanOf(reading),
  isUnknown: reading.unreadable ?? reading.incomplete ?? false,
  isFeed,
  personal,
});

/** What is known beside the reading itself: what each roster said before, and says now. */
export interface Sources {
  readonly provenance: Provenance;
  readonly bySource: readonly SourceReading[];
}

export const NO_SOURCES: Sources = { provenance: new Map(), bySource: [] };

/** Whether what was read, and lacks these shifts and absences, says that they are off. */
export interface TakesBack {
  /** @param continues the person has another shift to come that is still the same */
  shift(one: Assignment, continues: boolean): boolean;
  absence(one: Absence): boolean;
}

/**
 * A roster takes back what it said itself and says no more, also after its last shift: it has dropped its last day.
 * What lies before its first one may have left it, as this month leaves a file that next month's takes the place of.
 * Where no roster that is there said it, `windows` decide.
 */
export function takesBack(windows: readonly ReadingWindow[], sources: Sources, now: Instant): TakesBack {
  const { provenance, bySource } = sources;
  const names = [...provenance.keys()];
  const spans = bySource.filter(({ personal }) => !personal).map(({ span }) => span);
  // Who said it is in program.yaml no more: it is off where all that are left speak and none says it.
  const left = spans.every((span) => span !== undefined) ? commonSpan(spans) : undefined;

  const decided = (one: Assignment | Absence, kind: RosterEntry["kind"], continues: boolean) => {
    const key = entryKey(one, kind);
    const by = names.filter((name) => provenance.get(name)!.has(key));
    if (by.length === 0) return undefined;
    const there = bySource.filter(({ name }) => by.includes(name));
    if (there.length === 0) return left !== undefined && isIn(one, left, now);
    if (there.some(({ isUnknown }) => isUnknown)) return false;
    return there.some((source) => isOff(one, source, now, continues));
  };

  return {
    shift(one, continues) {
      if (one.end <= now) return false;
      return (
        decided(one, "duty", continues) ?? windows.some((window) => isAbout(one, window, now, continues))
      );
    },
    absence(one) {
      if (one.end <= now) return false;
      return decided(one, "absence", false) ?? isWithin(one, windows);
    },
  };
}

/** What is under way may have left a feed; what is to come has not. */
function isOff(
  one: Assignment | Absence,
  { span, isFeed, personal }: SourceReading,
  now: Instant,
  continues: boolean,
): boolean {
  if (span === undefined || isBetween(one, span)) return false;
  if (one.start <= now) return span.start <= one.start && (span.isWholeDays || one.end <= span.end);
  const from = isFeed || (personal && continues) ? Math.min(span.start, now) : span.start;
  return span.isWholeDays ? one.start >= from : one.end > from;
}

const isWithin = (one: Assignment | Absence, windows: readonly ReadingWindow[]): boolean =>
  windows.some(
    (window) => window.people.has(one.person) && window.start <= one.start && one.end <= window.end,
  );

/**
 * What is under way counts only when the reading begins before it and ends after it, since a feed may drop what has
 * begun. What is still to come counts when it shares any time with the reading; in a person's own calendar also before
 * its first event, if a later shift is still the same.
 */
function isAbout(one: Assignment, window: ReadingWindow, now: Instant, continues: boolean): boolean {
  if (!window.people.has(one.person)) return false;
  if (one.start <= now) return window.start <= one.start && one.end <= window.end;
  const from = window.personal && continues ? Math.min(window.start, now) : window.start;
  return isIn(one, { ...window, start: from as Instant }, now);
}

const isBetween = ({ start }: Assignment | Absence, { without = [] }: Span): boolean =>
  without.some(({ from, to }) => from <= start && start < to);

const isIn = (one: Assignment | Absence, span: Span, now: Instant): boolean => {
  if (isBetween(one, span)) return false;
  if (span.isWholeDays || one.start <= now) return span.start <= one.start && one.start < span.end;
  return one.end > span.start && one.start < span.end;
};
