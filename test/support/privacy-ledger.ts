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
  /** Who may read a text in somebody's own words, by the words. */
  mayRead(reader: string, words: string): boolean;
  /** Whether one of these answers of `author` has been shown to `reader`. */
  isShown(author: string, reader: string, items: ReadonlySet<string>): boolean;
  /** Whether a goal that `author` once kept to themselves has been shared since. */
  hasOpened(author: string): boolean;
  /** Different people of the pairs of whom at least one, or both, have answered about a shift. */
  contributors(needed: "one" | "both"): number;
}

const STRATEGY = ["help", "call", "feedback"];
const SETS = [STRATEGY, ["outcome", "happened"], ["week-goal", "week-strategy"]];

export function ledgerOf(assignments: readonly Assignment[]): Ledger {
  const answers = new Map<string, string | null>();
  const words: { text: string; author: string; readers: readonly string[]; goalOf: string | undefined }[] =
    [];
  const byId = new Map<string, Assignment>(assignments.map((one) => [one.id, one]));
  const couples = assignments
    .filter((one) => one.person.startsWith("r"))
    .flatMap((shift) => partnersOn(assignments, shift).map((attending) => ({ shift, attending })));
  /** Where an answer counts: the resident's shift, or the pair's week; and whom it is about. */
  const places = ({
    person,
    kind,
    subject,
    about,
  }: Deed): { occasion: string; partners: readonly string[] }[] => {
    if (kind === "pair-check-in") return [{ occasion: subject, partners: [about!] }];
    const shift = byId.get(subject)!;
    if (person.startsWith("r"))
      return [{ occasion: subject, partners: partnersOn(assignments, shift).map((one) => one.person) }];
    const residents = couples.filter(
      (one) => one.attending.id === subject && (about ?? one.shift.person) === one.shift.person,
    );
    return residents.map(({ shift: { id, person: resident } }) => ({ occasion: id, partners: [resident] }));
  };
  const key = (author: string, partner: string, occasion: string, item: string) =>
    `${author} ${partner} ${occasion} ${item}`;
  const has = (author: string, partner: string, occasion: string, item: string) =>
    (answers.get(key(author, partner, occasion, item)) ?? null) !== null;
  const hasSet = (author: string, partner: string, occasion: string, set: readonly string[]) =>
    set.every((item) => has(author, partner, occasion, item)) ||
    (set === STRATEGY && has(author, partner, occasion, "safety"));
  const shareOf = (resident: string, occasion: string) =>
    answers.get(`${resident} share ${occasion}`) ?? "full";
  const opened = new Set<string>();

  return {
    note(deed) {
      for (const { occasion, partners } of places(deed)) {
        if (deed.item === "share") {
          const isFirst = !answers.has(`${deed.person} share ${occasion}`);
          if (!isFirst && deed.value !== "private") opened.add(deed.person);
          answers.set(`${deed.person} share ${occasion}`, deed.value);
        }
        for (const partner of partners) {
          answers.set(key(deed.person, partner, occasion, deed.item), deed.value);
          if (STRATEGY.includes(deed.item)) answers.delete(key(deed.person, partner, occasion, "safety"));
        }
        const isWords = ["line", "note", "next"].includes(deed.item) && deed.value !== null;
        if (isWords)
          words.push({
            text: deed.value,
            author: deed.person,
            readers: partners,
            goalOf: deed.item === "line" ? occasion : undefined,
          });
      }
    },
    mayRead: (reader, text) =>
      words
        .filter((one) => one.text === text)
        .some(
          (one) =>
            one.author === reader ||
            (one.readers.includes(reader) &&
              (one.goalOf === undefined || shareOf(one.author, one.goalOf) === "full")),
        ),
    isShown: (author, reader, items) =>
      [...answers.keys()].some((known) => {
        const [by, partner, occasion, item] = known.split(" ");
        if (by !== author || partner !== reader || !items.has(item!)) return false;
        const set = SETS.find((some) => some.includes(item!));
        return (
          set !== undefined &&
          hasSet(author, reader, occasion!, set) &&
          hasSet(reader, author, occasion!, set)
        );
      }),
    hasOpened: (author) => opened.has(author),
    contributors(needed) {
      const people = couples.flatMap(({ shift, attending }) => {
        const sides = [
          hasSet(shift.person, attending.person, shift.id, STRATEGY),
          hasSet(attending.person, shift.person, shift.id, STRATEGY),
        ];
        const counts = needed === "both" ? sides.every(Boolean) : sides.some(Boolean);
        return counts ? [shift.person, attending.person] : [];
      });
      return new Set(people).size;
    },
  };
}

const partnersOn = (all: readonly Assignment[], shift: Assignment): readonly Assignment[] =>
  all.filter(
    (one) =>
      one.person.startsWith("a") && Math.min(one.end, shift.end) - Math.max(one.start, shift.start) >= HOUR,
  );
