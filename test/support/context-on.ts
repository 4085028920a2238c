import type { Program } from "#src/domain/program.ts";
import type { Reply } from "#src/domain/reply.ts";
import { later, zoneOf, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import type { Store } from "#src/ports/store.ts";
import { outlookOn } from "#test/support/plans.ts";
import { duty, rosterOf } from "#test/support/programs.ts";
import { said } from "#test/support/replies.ts";

export interface Standing {
  readonly program: Program;
  readonly duties: readonly string[];
  readonly now: Instant;
  /** All of them in force, oldest first. */
  readonly replies?: readonly Reply[];
  /** What else is kept. */
  readonly kept?: Partial<Store>;
}

/** What cards and digests are made of, where these answers stand: for rules about moments that nobody comes to by taps. */
export function contextOn({ program, duties, now, replies = [], kept = {} }: Standing): Context {
  const outlook = outlookOn(program, rosterOf(duties, program.timeZone));
  const among = (wanted: (one: Reply) => boolean) => async () => replies.filter(wanted);
  const store: Partial<Store> = {
    replies: (occasion) => among((one) => one.occasion === occasion)(),
    repliesOfPair: (...pair) => among(({ person }) => pair.includes(person))(),
    repliesOf: (id, from, to) => among(({ person, at }) => person === id && from <= at && at < to)(),
    repliesDuring: (from, to) => among(({ at }) => from <= at && at < to)(),
    checkInWeeks: async () => [],
    nudgesOf: async () => [],
    nudgesDuring: async () => [],
    ...kept,
  };
  return {
    program,
    zone: zoneOf(program.timeZone),
    now,
    store: store as Store,
    roster: {
      outlook,
      assignment: (id) => outlook.input.roster.assignments.find((one) => one.id === id),
      partnersOf: () => [],
    },
    person: (id) => program.people.find((one) => one.id === id),
    keptOut: [],
    hasLeft: () => false,
    isNamed: () => false,
  };
}

/** What answers about the shift of a resident are about, by its local start: "r1 2026-12-01T08:00". */
export const shiftOf = (text: string): string => duty(`${text} ${text.split(" ")[1]}`).id;

/** The goal that a resident set right before their shift, with a line in their own words. */
export function goalFor(text: string, words: string, over: Partial<Reply> = {}): readonly Reply[] {
  const { id: occasion, start, person } = duty(`${text} ${text.split(" ")[1]}`);
  const here = { occasion, at: later(start, -1), ...over };
  return [said(person, "goal", "procedures", here), said(person, "line", words, { ...here, text: true })];
}
