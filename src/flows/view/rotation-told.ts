import type { ItemId } from "#src/domain/forms.ts";
import { pairWeek, readPairWeek } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import type { Rotation } from "#src/domain/program.ts";
import type { Reply } from "#src/domain/reply.ts";
import { helpSettledOn, settlementsOf } from "#src/domain/exchange.ts";
import { later, dayNumber, mondayOf, weekOf, type Instant } from "#src/domain/time.ts";
import { inForce, visibleTo } from "#src/domain/visibility.ts";
import type { Context } from "../context.ts";
import { GOAL_AHEAD, shiftsAnswered } from "./earlier-goals.ts";
import { circleOf, seenBy, type Seen } from "./view.ts";

/** A shift of a resident's rotation, as they may see it themselves. */
export interface ShiftTold {
  readonly start: Instant;
  readonly isOver: boolean;
  /** The resident's own answers. */
  readonly own: ReadonlyMap<ItemId, string>;
  /** The step of help that was settled on; with several attendings, the one said last. */
  readonly settled: number | undefined;
}

/** A line that a partner wrote to the resident. */
export interface LineTold {
  readonly by: Person;
  /** When the shift began that it is about; a week's, when it was written. */
  readonly at: Instant;
  readonly text: string;
}

/** One answer of the resident about how easy it was to ask for help. */
export interface TrustTold {
  readonly about: Person | undefined;
  readonly at: Instant;
  readonly value: string;
}

/** Everything that a resident may see of their own rotation, each by time. */
export interface RotationTold {
  readonly shifts: readonly ShiftTold[];
  readonly lines: readonly LineTold[];
  readonly trust: readonly TrustTold[];
}

/** Lines that an attending writes for the resident: why another goal, after the shift, for the next time. */
const LINES: ReadonlySet<ItemId> = new Set(["why", "note", "next"]);

export async function rotationTold(
  context: Context,
  reader: Person,
  rotation: Rotation,
): Promise<RotationTold> {
  const from = context.zone.at(dayNumber(rotation.from), 0);
  const to = context.zone.at(dayNumber(rotation.to) + 1, 0);
  const answered = await shiftsAnswered(context, reader, from);
  const shifts = await shiftsIn(context, reader, answered, { from, to });
  const weeks = await weeksIn(context, reader, { from, to });
  return {
    shifts: shifts.map(({ start, end, seen }) => ({
      start,
      isOver: end <= context.now,
      own: ownAnswers(seen.replies, reader),
      settled: settledIn(seen, reader),
    })),
    lines: [
      ...shifts.flatMap(({ seen, start }) => linesIn(context, seen.replies, reader, start)),
      ...weeks.flatMap(({ seen }) => linesIn(context, seen.replies, reader)),
    ].toSorted((a, b) => a.at - b.at),
    trust: weeks
      .flatMap(({ seen }) => trustIn(context, seen.replies, reader))
      .toSorted((a, b) => a.at - b.at),
  };
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** What the resident sees of one shift or week. */
interface AnswersSeen {
  readonly seen: Pick<Seen, "partners" | "replies">;
}

interface ShiftAnswersSeen extends AnswersSeen {
  readonly start: Instant;
  readonly end: Instant;
}

/** The resident's shifts that began in the rotation, and those that the roster has lost since they had a goal for them. */
async function shiftsIn(
  context: Context,
  reader: Person,
  answered: readonly (readonly Reply[])[],
  { from, to }: Span,
): Promise<readonly ShiftAnswersSeen[]> {
  // The next shift is among them once its goal can be set.
  const until = later(context.now, GOAL_AHEAD);
  const duties = context.roster.outlook.everybody
    .dutyOf(reader.id)
    .filter(({ role, start }) => role === "resident" && from <= start && start < to && start <= until);
  const lost = answered.flatMap((own) => {
    const goal = own.find(({ item }) => item === "goal");
    const isLost = goal !== undefined && context.roster.assignment(goal.occasion) === undefined;
    return isLost && goal.at < to ? [goal] : [];
  });
  const circles = [
    ...duties.map((shift) => ({ start: shift.start, end: shift.end, circle: circleOf(context, shift) })),
    ...lost.map(({ occasion, at }) => ({
      start: at,
      end: at,
      circle: { occasion, resident: reader.id, attendings: [] },
    })),
  ];
  const told = await Promise.all(
    circles.map(async ({ start, end, circle }) => ({
      start,
      end,
      seen: seenBy(context, reader, circle, await context.store.replies(circle.occasion)),
    })),
  );
  return told.filter(({ seen }) => seen.replies.length > 0).toSorted((a, b) => a.start - b.start);
}

/** The check-ins about weeks of the rotation, also those that only one of the two has answered. */
async function weeksIn(
  { store, zone, person, now }: Context,
  reader: Person,
  { from, to }: Span,
): Promise<readonly AnswersSeen[]> {
  const own = await store.repliesOf(reader.id, from, later(now, 1));
  const asked = (await store.checkInWeeks(weekOf(zone.dayOf(from)))).flatMap(({ week, pairs }) =>
    pairs.map(({ resident, attending }) => pairWeek(resident, attending, week)),
  );
  const found: AnswersSeen[] = [];
  for (const occasion of new Set([...own.map((one) => one.occasion), ...asked])) {
    const about = readPairWeek(occasion);
    if (about?.resident !== reader.id) continue;
    const isBefore = zone.at(mondayOf(about.week + 1), 0) <= from;
    if (isBefore || zone.at(mondayOf(about.week), 0) >= to) continue;
    const partner = person(about.attending);
    const circle = { occasion, resident: reader.id, attendings: [about.attending] };
    found.push({
      seen: {
        partners: partner === undefined ? [] : [partner],
        replies: visibleTo(reader.id, circle, await store.replies(occasion)),
      },
    });
  }
  return found;
}

const ownAnswers = (replies: readonly Reply[], reader: Person): ReadonlyMap<ItemId, string> =>
  new Map(
    inForce(replies).flatMap(({ person, item, value }) =>
      person === reader.id && value !== null ? [[item, value] as const] : [],
    ),
  );

function settledIn({ partners, replies }: AnswersSeen["seen"], reader: Person): number | undefined {
  const settled = partners
    .flatMap(({ id }) => settlementsOf(reader.id, id, replies))
    .filter((one) => helpSettledOn(one) !== undefined)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
  return settled && helpSettledOn(settled);
}

/** Of whoever is no longer in the program nothing is told: nobody is left to name. */
const linesIn = (
  context: Context,
  replies: readonly Reply[],
  reader: Person,
  start?: Instant,
): readonly LineTold[] =>
  replies.flatMap(({ person, item, value, at }) => {
    const by = person === reader.id ? undefined : context.person(person);
    return by === undefined || value === null || !LINES.has(item)
      ? []
      : [{ by, at: start ?? at, text: value }];
  });

const trustIn = (context: Context, replies: readonly Reply[], reader: Person): readonly TrustTold[] =>
  replies.flatMap(({ person, item, value, at, about, occasion }) =>
    person !== reader.id || item !== "week-trust" || value === null
      ? []
      : [{ at, value, about: context.person(about ?? readPairWeek(occasion)!.attending) }],
  );
