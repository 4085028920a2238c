import type { ItemId } from "#src/domain/forms.ts";
import { byWeight } from "#src/domain/gap.ts";
import type { Mismatch } from "#src/domain/mismatch.ts";
import { rotationStart, type Overlap } from "#src/domain/outlook.ts";
import type { Person } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Instant } from "#src/domain/time.ts";
import { visibleTo } from "#src/domain/visibility.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../view/in-words.ts";
import {
  mismatchesIn,
  seenOfPair,
  standingBetween,
  type Between,
  type Pair,
  type Wish,
} from "../view/between.ts";
import { circleOf } from "../view/view.ts";
import type { Span } from "./week-span.ts";

/** A goal that a resident shared for a shift together, and what came of it once both had looked back. */
export interface GoalTold {
  readonly goal: string;
  readonly line?: string;
  readonly outcome?: Outcome;
}

/** What there is to tell an attending about a resident at a moment. */
export interface PairTold {
  /** The goals of the shifts together since the week that is told of, of those that are over, oldest first. */
  readonly goals: readonly GoalTold[];
  /** What else is open between the two than what they begin with, the weightiest first. */
  readonly alsoOpen: readonly Mismatch[];
  /** What to begin with: the open difference, or what was settled and how it went; and the resident's wish that no shift has followed yet. */
  readonly between: Between;
}

/** Everything of this rotation that an attending may see about a resident, to be told as it stood at a moment. */
export interface PairHistory {
  readonly told: (span: Span, at: Instant) => PairTold;
  /** Since when there is anything. */
  readonly since: Instant;
}

interface ShiftSeen {
  readonly overlap: Overlap;
  readonly replies: readonly Reply[];
}

/** Reads what an attending may see about a resident up to a moment: what was shared with them, and what both have answered. */
export async function pairHistory(
  context: Context,
  reader: Person,
  resident: Person,
  overlaps: readonly Overlap[],
  at: Instant,
): Promise<PairHistory> {
  const since = rotationStart(context.program, context.zone, resident.id, at);
  const past = overlaps.filter(({ end }) => end > since && end <= at);
  const shifts: ShiftSeen[] = [];
  for (const overlap of past) {
    const circle = circleOf(context, overlap.resident);
    const replies = visibleTo(reader.id, circle, await context.store.replies(circle.occasion));
    shifts.push({ overlap, replies });
  }
  const pair = { resident: resident.id, attending: reader.id };
  const between = await seenOfPair(context, reader.id, pair, at);
  return {
    since,
    told(span, at) {
      const before = shifts.filter(({ overlap }) => overlap.end <= at);
      const last = before.at(-1)?.overlap;
      // What was closed before that week, or that rotation, was told before.
      const closedSince = span.from > since ? span.from : since;
      const stood = stoodBetween(context, pair, between, { at, closedSince, last: last?.resident.id });
      return {
        goals: before
          .filter(({ overlap }) => overlap.end > span.from)
          .flatMap(({ replies }) => goalIn(replies, resident, at)),
        alsoOpen: stood.mismatches
          .filter((one) => one.state === "open" && one !== stood.between.mismatch)
          .toSorted(byWeight),
        between: { ...stood.between, wishes: fresh(stood.between.wishes, resident, last?.start ?? since) },
      };
    },
  };
}

function goalIn(replies: readonly Reply[], resident: Person, at: Instant): readonly GoalTold[] {
  const told = (item: ItemId) =>
    replies.find((reply) => reply.person === resident.id && reply.item === item && reply.at <= at)?.value ??
    undefined;
  const goal = told("goal");
  if (goal === undefined) return [];
  const [line, value] = [told("line"), told("outcome")];
  const outcome = value === undefined ? {} : { outcome: { value, to: told("to"), line: told("to-line") } };
  return [{ goal, ...(line === undefined ? {} : { line }), ...outcome }];
}

/** The resident's wishes. What was wished for a shift that has been since was told before. */
const fresh = (wishes: readonly Wish[], resident: Person, last: Instant): readonly Wish[] =>
  wishes.filter(({ by, at }) => by === resident.id && at > last);

/** A moment to be told of: what was closed since `closedSince` is still news then, and `last` was their last shift together. */
interface Moment {
  readonly at: Instant;
  readonly closedSince: Instant;
  readonly last: string | undefined;
}

/** How it stood between a resident and an attending at a moment, of the replies that a reader may see. */
function stoodBetween(
  context: Context,
  { resident, attending }: Pair,
  replies: readonly Reply[],
  { at, closedSince, last }: Moment,
): { readonly mismatches: readonly Mismatch[]; readonly between: Between } {
  const then = replies.filter((one) => one.at <= at);
  const mismatches = mismatchesIn({ ...context, now: at }, { resident, attending }, then);
  const news = mismatches.filter(({ state, since }) => state !== "closed" || since >= closedSince);
  return { mismatches, between: standingBetween(resident, attending, then, news, last) };
}
