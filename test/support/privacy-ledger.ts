import type { NudgeKind } from "#src/domain/nudge.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { HOUR } from "#src/domain/time.ts";

/** One answer, as the test saw it given. */
export interface Deed {
  readonly person: string;
  readonly kind: NudgeKind;
  readonly subject: string;
  readonly about: string | undefined;
  readonly item: string;
  readonly value: string | null;
}

/**
 * Who may see what, kept by the test itself from what people did, straight from domain.md's table: it shares
 * no code with the rules that it checks.
 */
export interface Ledger {
  note(deed: Deed): void;
  /** All that was answered so far, in order. */
  deeds(): readonly Deed[];
  /** The hospital's roster is another one from now on. Whoever was a partner by an earlier one may have read by then. */
  learn(assignments: readonly Assignment[]): void;
  /** Who may read a text in somebody's own words, by the words. */
  mayRead(reader: string, words: string): boolean;
  /** Who may have read it before its author shared less, and still has it in a chat until the platform takes the edit. */
  mayHaveRead(reader: string, words: string): boolean;
  /** Whether one of these answers of `author` may have been shown to `reader` by now. */
  isShown(author: string, reader: string, items: ReadonlySet<string>): boolean;
  /** Different people of the pairs of whom at least one, or both, have answered about a shift. */
  contributors(needed: "one" | "both"): number;
}

const STRATEGY = ["help", "call", "feedback"];
const OUTCOME = ["outcome", "happened"];
const SETS = [STRATEGY, OUTCOME, ["week-goal", "week-strategy"]];
/** Shown once both have answered what came of the goal; nothing waits for them. */
const WITH_OUTCOME = ["to", "to-line", "feedback-given"];
const WORDS = new Set(["line", "why", "to-line", "note", "next"]);

/** What two settled on is for these two alone. */
const isSettled = ({ item }: Deed): boolean => item.startsWith("settled-");

interface Couple {
  readonly resident: Assignment;
  readonly attending: Assignment;
}

export function ledgerOf(first: readonly Assignment[]): Ledger {
  const deeds: Deed[] = [];
  const couples: Couple[] = couplesOf(first);

  /** The resident's shift or the pair's week that an answer is about, with each partner whom it tells of it. */
  const places = ({ person, kind, subject, about }: Deed): readonly (readonly [string, string])[] => {
    if (kind === "pair-check-in") return [[subject, about!]];
    return couples.flatMap(({ resident, attending }) => {
      if (resident.id === subject)
        return (about ?? attending.person) === attending.person ? [[subject, attending.person] as const] : [];
      const isMeant = attending.id === subject && (about ?? resident.person) === resident.person;
      return isMeant && attending.person === person ? [[resident.id, resident.person] as const] : [];
    });
  };
  /** What an author has told, told to a partner, by `occasion item`: every value that ever stood. */
  const told = (author: string, partner: string): ReadonlySet<string> =>
    new Set(
      deeds
        .filter((one) => one.person === author && one.value !== null)
        .flatMap((one) =>
          places(one)
            .filter(([, reader]) => reader === partner)
            .map(([occasion]) => `${occasion} ${one.item}`),
        ),
    );
  const hasSet = (answers: ReadonlySet<string>, occasion: string, set: readonly string[]) =>
    set.every((item) => answers.has(`${occasion} ${item}`)) ||
    (set === STRATEGY && answers.has(`${occasion} safety`));
  const shareOf = (resident: string, shift: string) =>
    deeds.findLast((one) => one.person === resident && one.subject === shift && one.item === "share")
      ?.value ?? "full";

  /** Whether a line was shared in full at any time while it stood. */
  const wasShared = (line: Deed): boolean => {
    const shares = deeds.filter(
      (one) => one.person === line.person && one.subject === line.subject && one.item === "share",
    );
    const before = shares.findLast((one) => deeds.indexOf(one) < deeds.indexOf(line))?.value ?? "full";
    return (
      before === "full" ||
      shares.some((one) => one.value === "full" && deeds.indexOf(one) > deeds.indexOf(line))
    );
  };
  const isFor = (reader: string, words: string, isShared: (line: Deed) => boolean): boolean =>
    deeds
      .filter((one) => (WORDS.has(one.item) || isSettled(one)) && one.value === words)
      .some(
        (one) =>
          one.person === reader ||
          (isSettled(one) && one.about === reader) ||
          (!isSettled(one) &&
            places(one).some(([, partner]) => partner === reader) &&
            (one.item !== "line" || isShared(one)) &&
            (one.item !== "to-line" || isShown(one.person, reader, new Set(["to-line"])))),
      );
  const isShown: Ledger["isShown"] = (author, reader, items) => {
    const [theirs, own] = [told(author, reader), told(reader, author)];
    return [...theirs].some((known) => {
      const [occasion, item] = known.split(" ") as [string, string];
      const set = WITH_OUTCOME.includes(item) ? OUTCOME : SETS.find((some) => some.includes(item));
      if (set === undefined || !items.has(item)) return false;
      return hasSet(theirs, occasion, set) && hasSet(own, occasion, set);
    });
  };

  return {
    note: (deed) => void deeds.push(deed),
    deeds: () => deeds,
    learn: (assignments) => void couples.push(...couplesOf(assignments)),
    mayRead: (reader, words) => isFor(reader, words, (line) => shareOf(line.person, line.subject) === "full"),
    mayHaveRead: (reader, words) => isFor(reader, words, wasShared),
    isShown,
    contributors(needed) {
      const people = couples.flatMap(({ resident, attending }) => {
        const sides = [
          hasSet(told(resident.person, attending.person), resident.id, STRATEGY),
          hasSet(told(attending.person, resident.person), resident.id, STRATEGY),
        ];
        const counts = needed === "both" ? sides.every(Boolean) : sides.some(Boolean);
        return counts ? [resident.person, attending.person] : [];
      });
      return new Set(people).size;
    },
  };
}

/** Residents with the attendings who share an hour of their shift. */
const couplesOf = (all: readonly Assignment[]): Couple[] =>
  all
    .filter((one) => one.person.startsWith("r"))
    .flatMap((resident) =>
      all
        .filter(
          (one) =>
            one.person.startsWith("a") &&
            Math.min(one.end, resident.end) - Math.max(one.start, resident.start) >= HOUR,
        )
        .map((attending) => ({ resident, attending })),
    );
