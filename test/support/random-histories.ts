import fc from "fast-check";
import type { Trouble } from "#adapters/memory/messenger.ts";
import type { Locale } from "#src/domain/locale.ts";

/**
 * What somebody does when it is their turn; `seed` chooses the answers. `weighs`: an attending puts safety first, a resident shares less
 * or more. `suggests`: an attending suggests a goal, a resident takes it up or keeps their own.
 */
export interface Turn {
  readonly who: number;
  readonly does: "answers" | "weighs" | "suggests" | "change" | "settles" | "says";
  readonly seed: number;
  readonly times: number;
}

/** A program's people and duties, and what they do at each of the moments, as chance has it. */
export interface History {
  readonly people: readonly { readonly id: string; readonly locale: Locale }[];
  /** The rotation's last day. What is told of it comes within the history, or after it. */
  readonly to: string;
  readonly duties: readonly string[];
  readonly scheduler: readonly Round[];
  /** What goes wrong with the n-th message to somebody. */
  readonly troubles: readonly (Trouble | undefined)[];
}

export interface Round {
  readonly at: string;
  /** Everybody first answers what stands open, to the end: the seeds of their answers, by whose turn it is. */
  readonly opening: readonly number[] | undefined;
  readonly turns: readonly Turn[];
  readonly news: News | undefined;
}

/** What the hospital publishes before a round: two people swap their duties of a day, or one goes on leave for it. */
export interface News {
  readonly day: string;
  readonly who: number;
  /** The other one of a swap; themselves for leave. */
  readonly other: number;
}

/** What people type: every command, in both languages, and what is none. */
export const SAYINGS = [
  "help",
  "home",
  "goal",
  "who sees what",
  "snooze 20",
  "pause until 2026-12-03",
  "一時停止",
  "resume",
  "再開",
  "stop",
  "language ja",
  "language en",
  "my data",
  "マイデータ",
  "my rotation",
  "私のローテーション",
  "erase me",
  "good morning",
];

const MOMENTS = [
  "01T07:50",
  "01T08:05",
  "01T13:05",
  "01T17:10",
  "02T07:50",
  "02T08:05",
  "02T17:10",
  "02T22:10",
  "07T09:05",
  "08T09:05",
  "09T09:05",
];
const SPANS = [(day: string) => `${day}T08:00 ${day}T17:00`, (day: string) => `${day}T13:00 ${day}T22:00`];
const TROUBLES = ["lost", "arrived", "unavailable", "rejected", "unreachable"] as const;
const seed = fc.nat({ max: 10_000 });
const locales = fc.constantFrom<Locale>("en", "ja");

/** In one of so many cases; what comes too often keeps the rest from coming at all. */
const rarely = <Value>(times: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: times - 1 }, { arbitrary, weight: 1 });

export const randomHistory: fc.Arbitrary<History> = fc
  .record({ residents: fc.integer({ min: 2, max: 4 }), attendings: fc.integer({ min: 2, max: 3 }) })
  .chain(({ residents, attendings }) => {
    const ids = [...ones("r", residents), ...ones("a", attendings), "c1"];
    const turn = fc.record<Turn>({
      who: fc.nat({ max: ids.length - 2 }),
      does: fc.constantFrom(
        "answers",
        "answers",
        "weighs",
        "weighs",
        "suggests",
        "suggests",
        "change",
        "change",
        "settles",
        "settles",
        "says",
      ),
      seed,
      times: fc.integer({ min: 1, max: 7 }),
    });
    return fc.record({
      to: fc.constantFrom("2026-12-06", "2027-01-24"),
      people: fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), locale: locales }))),
      duties: fc
        .tuple(
          ...ids
            .slice(0, -1)
            .flatMap((id) =>
              ["01", "02"].map((day) => fc.nat({ max: 5 }).map((n) => duty(id, `2026-12-${day}`, n))),
            ),
        )
        .map((all) => all.flat()),
      scheduler: fc.tuple(
        ...MOMENTS.map((at) =>
          fc.record({
            at: fc.constant(`2026-12-${at}`),
            opening: rarely(2, fc.array(seed, { minLength: ids.length - 1, maxLength: ids.length - 1 })),
            turns: fc.array(turn, { minLength: 2, maxLength: 6, size: "max" }),
            news: rarely(
              6,
              fc.record<News>({
                day: fc.constantFrom("2026-12-01", "2026-12-02"),
                who: fc.nat({ max: ids.length - 2 }),
                other: fc.nat({ max: ids.length - 2 }),
              }),
            ),
          }),
        ),
      ),
      troubles: fc.array(rarely(5, fc.constantFrom<Trouble>(...TROUBLES)), { maxLength: 12 }),
    });
  });

const ones = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
const duty = (id: string, day: string, n: number): readonly string[] =>
  n === 5 ? [] : [`${id} ${SPANS[n === 4 ? 1 : 0]!(day)}`];
