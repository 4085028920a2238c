import { lookingsBack } from "./exchange.ts";
import { byWeight } from "./gap.ts";
import type { Mismatch } from "./mismatch.ts";
import type { PersonId } from "./person.ts";
import type { Reply } from "./reply.ts";
import type { Instant } from "./time.ts";

/** What stands between two partners from their last time together: where their next goal and plan begin. */
export interface Between {
  /** The open difference, the weightiest of the newest first; else what was settled last, also if it went so. */
  readonly mismatch: Mismatch | undefined;
  /** The help that happened on the last shift that both looked back on. */
  readonly happened: Happened | undefined;
  /** The last "one thing to try next time" of each. */
  readonly wishes: readonly Wish[];
}

export interface Happened {
  readonly occasion: string;
  readonly at: Instant;
  /** Steps of the help scale, as each of the two told it. */
  readonly resident: string;
  readonly attending: string;
}

export interface Wish {
  readonly by: PersonId;
  readonly text: string;
  readonly at: Instant;
}

/**
 * What stands between a resident and an attending. All of it may be shown to both, and to nobody else: differences and what
 * happened are there only once both have answered, settlements and wishes are told at once.
 *
 * @param replies the replies of both about each other, without those that were superseded
 * @param mismatches of the pair
 */
export function standingBetween(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
  mismatches: readonly Mismatch[],
): Between {
  const last = lookingsBack(resident, attending, replies).at(-1);
  const told = {
    resident: last?.resident.get("happened"),
    attending: last?.attending.get("happened"),
  };
  const isTold = last !== undefined && told.resident !== undefined && told.attending !== undefined;
  return {
    mismatch: newest(mismatches),
    happened: isTold
      ? { occasion: last.occasion, at: last.at, resident: told.resident!, attending: told.attending! }
      : undefined,
    wishes: [wishOf(resident, attending, replies), wishOf(attending, resident, replies)].flatMap(
      (wish) => wish ?? [],
    ),
  };
}

function newest(mismatches: readonly Mismatch[]): Mismatch | undefined {
  const newestFirst = mismatches.toSorted((a, b) => b.since - a.since);
  const open = newestFirst.filter(({ state }) => state === "open");
  // Differences of one shift come up at the same moment.
  const together = open.filter(({ since }) => since === open[0]?.since).toSorted(byWeight);
  const settled = newestFirst.find(
    ({ state, settlement }) => settlement !== undefined && (state === "settled" || state === "closed"),
  );
  return together[0] ?? settled;
}

function wishOf(by: PersonId, partner: PersonId, replies: readonly Reply[]): Wish | undefined {
  const wishes = replies
    .filter(({ item, person, about }) => item === "next" && person === by && (about ?? partner) === partner)
    .toSorted((a, b) => a.at - b.at);
  const last = wishes.at(-1);
  return last === undefined || last.value === null ? undefined : { by, text: last.value, at: last.at };
}
