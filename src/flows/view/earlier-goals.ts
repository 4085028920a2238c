import { STRATEGY_ITEMS, type ItemId, type StrategyId } from "#src/domain/forms.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import type { Person } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { rotationStart } from "#src/domain/outlook.ts";
import { HOUR, later, type Instant } from "#src/domain/time.ts";
import type { Context } from "../context.ts";
import { isKeptPrivate } from "#src/domain/visibility.ts";

/** A goal of an earlier shift, as it was when the shift ended, with all that was answered around it. */
export interface EarlierGoal {
  readonly goal: string;
  readonly line: string | undefined;
  /** How much of it was shared, where the resident said so. */
  readonly share: string | undefined;
  readonly strategy: ReadonlyMap<StrategyId, string>;
}

/** What a resident's goals of the rotation offer for the next one. */
export interface EarlierGoals {
  /** Of the last shift with a goal. */
  readonly last: EarlierGoal | undefined;
  /** The one looked back on last, where it was only partly worked on, or had no chance. */
  readonly unfinished: EarlierGoal | undefined;
  /** The categories that this resident has chosen, most often first. "Something else" is none: it says nothing by itself. */
  readonly used: readonly string[];
}

/** The earlier goal that one tap takes up again. */
export const earlierGoalNamed = (
  earlier: EarlierGoals | undefined,
  value: string | null,
): EarlierGoal | undefined =>
  value === "all" ? earlier?.last : value === "goal" ? earlier?.unfinished : undefined;

const UNFINISHED: ReadonlySet<string | null> = new Set(["partly", "no-chance"]);

/** The goals that a resident set on earlier shifts of the rotation that this shift belongs to. */
export async function earlierGoals(
  context: Context,
  resident: Person,
  shift: Assignment,
): Promise<EarlierGoals> {
  const { program, zone } = context;
  const since = rotationStart(program, zone, resident.id, shift.start);
  const shifts = (await shiftsAnswered(context, resident, since)).filter(
    ([first]) => first?.occasion !== shift.id,
  );
  const isListed = (id: string) => program.goals.some((goal) => goal.id === id);
  const goals = shifts.flatMap((replies) => {
    const first = valueOf(replies, "goal");
    const set = replies.find((reply) => reply.item === "goal");
    if (first === undefined) return [];
    const chosen = [...new Set([changedTo(replies) ?? first, first])].filter(isListed);
    return chosen.slice(0, 1).map((goal) => ({ at: set!.at, replies, goal, chosen }));
  });
  const newestFirst = goals.toSorted((a, b) => b.at - a.at);
  const lookedBack = newestFirst
    .flatMap((one) => {
      const outcome = one.replies.find((reply) => reply.item === "outcome");
      return outcome === undefined ? [] : [{ ...one, outcome }];
    })
    .toSorted((a, b) => b.outcome.at - a.outcome.at)[0];
  return {
    last: newestFirst[0] && earlierGoal(newestFirst[0]),
    unfinished:
      lookedBack !== undefined && UNFINISHED.has(lookedBack.outcome.value)
        ? earlierGoal(lookedBack)
        : undefined,
    used: byUse(newestFirst.flatMap(({ chosen }) => chosen)),
  };
}

/** Milliseconds before a shift from which its goal can be set without being asked. */
export const GOAL_AHEAD = 18 * HOUR;

/** What a person has answered, shift by shift, about shifts that began at `since` or later. */
export async function shiftsAnswered(
  { store, roster, now }: Context,
  person: Person,
  since: Instant,
): Promise<readonly (readonly Reply[])[]> {
  const replies = await store.repliesOf(person.id, later(since, -GOAL_AHEAD), later(now, 1));
  return [...Map.groupBy(replies, ({ occasion }) => occasion).values()].filter(
    ([first]) => first !== undefined && (roster.assignment(first.occasion)?.start ?? first.at) >= since,
  );
}

function earlierGoal({ goal, replies }: { goal: string; replies: readonly Reply[] }): EarlierGoal {
  const strategy = STRATEGY_ITEMS.flatMap(({ id }) => {
    const value = valueOf(replies, id);
    return value === undefined ? [] : [[id, value] as const];
  });
  const share = valueOf(replies, "share");
  return {
    goal,
    // A new category never keeps the old line.
    line: valueOf(replies, goal === changedTo(replies) ? "to-line" : "line"),
    // What nobody has read goes to nobody by taking it up again.
    share: isKeptPrivate(share) ? "private" : share,
    strategy: new Map(strategy),
  };
}

/** What the resident says that their goal changed to: the next shift begins there, and not with the goal that was given up. */
const changedTo = (replies: readonly Reply[]): string | undefined =>
  valueOf(replies, "outcome") === "changed" ? valueOf(replies, "to") : undefined;

const valueOf = (replies: readonly Reply[], item: ItemId): string | undefined =>
  replies.find((reply) => reply.item === item)?.value ?? undefined;

/** Most often first; of those used equally often, the one used last. */
function byUse(newestFirst: readonly string[]): readonly string[] {
  const counts = Map.groupBy(
    newestFirst.filter((id) => id !== OTHER_GOAL),
    (id) => id,
  );
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([id]) => id);
}
