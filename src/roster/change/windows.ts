import type { PersonId } from "#src/domain/person.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import type { RosterReading } from "../text/reader.ts";
import type { ReadingWindow } from "./merge.ts";

/** One roster of several, as it was read. */
export interface PartOfRoster {
  readonly reading: RosterReading;
  /** Everything in it is about this person. */
  readonly person: PersonId | undefined;
}

/**
 * Each roster speaks about the people it names. Who is in none of them has no shifts any more where every roster of
 * the site speaks: next month's table beside a feed of three months says nothing about this month's. If a roster
 * could not be read, nothing is known about the people that it may have named.
 */
export function windowsOf(
  people: readonly PersonId[],
  parts: readonly PartOfRoster[],
): readonly ReadingWindow[] {
  const named = new Set(parts.flatMap(({ reading }) => reading.entries.map((entry) => entry.person)));
  const unknown = parts.filter(({ reading }) => reading.unreadable ?? reading.incomplete ?? false);
  const unnamed = unknown.length > 0 ? [] : people.filter((id) => !named.has(id));
  // Somebody's own calendar that cannot be read may have what the other rosters lack.
  const silent = new Set(unknown.map(({ person }) => person));
  const windows = parts.flatMap(({ reading, person }): readonly ReadingWindow[] => {
    const span = spanOf(reading);
    if (span === undefined || reading.incomplete === true) return [];
    const own = new Set(reading.entries.map((entry) => entry.person));
    for (const id of own) if (silent.has(id)) own.delete(id);
    return [{ people: own, ...span, ...(person === undefined ? {} : { personal: true as const }) }];
  });
  const shared = windows.filter(({ personal }) => personal === undefined);
  if (shared.length === 0 || unnamed.length === 0) return windows;
  const everywhere = {
    start: instant(Math.max(...shared.map(({ start }) => start))),
    end: instant(Math.min(...shared.map(({ end }) => end))),
    ...(shared.some(({ isWholeDays }) => isWholeDays) && { isWholeDays: true as const }),
  };
  return [...windows, { ...everywhere, people: new Set(unnamed) }];
}

/** From when to when a roster speaks: the days that it has by itself, else from its first to its last shift. */
function spanOf({ entries, covers }: RosterReading): Omit<ReadingWindow, "people"> | undefined {
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
