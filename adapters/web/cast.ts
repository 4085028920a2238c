import type { Locale } from "#src/domain/locale.ts";
import type { Role } from "#src/domain/person.ts";
import type { CastMember, Strip } from "#src/ports/stage.ts";
import type { PersonId } from "#src/domain/person.ts";

export const ROLES_IN_ORDER: readonly Role[] = ["resident", "attending", "coordinator"];

/** Two letters of a Latin name ("Haruka Tanaka" → "HT"), the first sign of any other. */
export function initials(name: string): string {
  const words = name
    .replace(/^(dr|prof)\.?\s+/i, "")
    .trim()
    .split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "";
  if (!isLatin(first)) return first;
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase("en");
}

/**
 * The people at the three phones at first: those named in the page's address. Otherwise the resident and the attending who are next on
 * duty together (if several are, two who read the page's language), and a coordinator (or anybody else).
 */
export function seatPeople(
  cast: readonly CastMember[],
  strip: Strip,
  asked: readonly string[],
  locale: Locale,
): readonly CastMember[] {
  const readers = ({ resident, attending }: Strip["overlaps"][number]): number =>
    [resident, attending].filter((id) => byId(cast, id)?.locale === locale).length;
  const next = strip.overlaps
    .filter((overlap) => overlap.end > strip.now)
    .toSorted(
      (a, b) =>
        Math.max(a.start, strip.now) - Math.max(b.start, strip.now) ||
        readers(b) - readers(a) ||
        a.start - b.start,
    )[0];
  const seats: (CastMember | undefined)[] = [0, 1, 2].map((index) => byId(cast, asked[index]));
  const taken = (): Set<PersonId> => new Set(seats.flatMap((member) => member?.id ?? []));
  const fit: readonly (readonly [PersonId | undefined, Role])[] = [
    [next?.resident, "resident"],
    [next?.attending, "attending"],
    [undefined, "coordinator"],
  ];
  fit.forEach(([wanted, role], index) => {
    if (seats[index] !== undefined) return;
    const free = cast.filter((member) => !taken().has(member.id));
    seats[index] = byId(free, wanted) ?? free.find((member) => member.roles[0] === role) ?? free[0];
  });
  return seats.filter((member) => member !== undefined);
}

const isLatin = (text: string): boolean => /\p{Script=Latin}/u.test(text);

export const byId = (cast: readonly CastMember[], id: string | undefined): CastMember | undefined =>
  id === undefined ? undefined : cast.find((member) => member.id === id);
