import type { PersonId } from "#src/domain/person.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import type { RosterReading } from "../text/reader.ts";

/** From when to when a roster speaks. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
  /** The file says itself which days it is about: a shift belongs to the day on which it starts. */
  readonly isWholeDays?: true;
}

/** What one reading can speak about: these people, and these days. */
export interface ReadingWindow extends Span {
  readonly people: ReadonlySet<PersonId>;
  /** One person's own calendar. */
  readonly personal?: true;
}

/** One roster of several, as it was read. */
export interface PartOfRoster {
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
export function commonSpan(spans: readonly Span[]): Span | undefined {
  if (spans.length === 0) return undefined;
  const start = instant(Math.max(...spans.map((one) => one.start)));
  const end = instant(Math.min(...spans.map((one) => one.end)));
  if (end <= start) return undefined;
  return { start, end, ...(spans.some(({ isWholeDays }) => isWholeDays) && { isWholeDays: true as const }) };
}

/** From when to when a roster speaks: the days that it has by itself, else from its first to its last shift. */
export function spanOf({ entries, covers, unreadable, incomplete }: RosterReading): Span | undefined {
  if (unreadable === true || incomplete === true) return undefined;
  const duties = entries.filter((entry) => entry.kind === "duty");
  if (duties.length === 0) return undefined;
  if (covers !== undefined) return { start: covers.from, end: covers.to, isWholeDays: true };
  let start: Instant = instant(Number.MAX_SAFE_INTEGER);
  let end: Instant = instant(Number.MIN_SAFE_INTEGER);
  for (const duty of duties) {
    if (duty.start < start) start = duty.start;
    if (duty.end > end) end = duty.end;
  }
  return { start, end };
}
