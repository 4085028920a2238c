import type { Contribution } from "#src/domain/aggregate.ts";
import { exchangesOf, settlementsOf, type Exchange } from "#src/domain/exchange.ts";
import { STRATEGY_ITEMS, isOrdered, type ItemId, type OrderedId } from "#src/domain/forms.ts";
import { readPairWeek } from "#src/domain/nudge.ts";
import { outlookOf, type Overlap } from "#src/domain/outlook.ts";
import type { Program } from "#src/domain/program.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { DAY, instant, later, mondayOf, weekOf, type Instant, type WeekNumber } from "#src/domain/time.ts";
import { hasAnswered, isKeptPrivate } from "#src/domain/visibility.ts";
import type { Context } from "../context.ts";

/* What people's replies contribute to the program's figures. Nobody's single answer leaves this file but in a figure. */

/** What figures count: shifts with an answer about strategy, those that both answered, their gaps, goals, check-ins. */
export type Counted = (typeof COUNTED)[number];

/** Each after what it is part of. */
export const COUNTED = ["shifts", "exchanges", "differences", "goals", "check-ins"] as const;

export const ORDERED: readonly OrderedId[] = STRATEGY_ITEMS.filter(isOrdered).map((item) => item.id);

/** The figure of a goal of the list. */
export const categoryOf = (goal: string): string => `${CATEGORY}${goal}`;
const isCategory = (figure: string): boolean => figure.startsWith(CATEGORY);
const CATEGORY = "goal:";

/** The figure of shifts that only one has answered and that begin in this local hour. */
export const singleAt = (hour: number): string => `${SINGLE}${hour}`;
const SINGLE = "single:";
export const HOURS: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour);

/** Whether a figure is one choice of many: that nobody has made it in a while tells of nobody. */
export const isChoice = (figure: string): boolean => isCategory(figure) || figure.startsWith(SINGLE);

/** The figures of each kind of case. */
export const figuresOf = ({ goals }: Program): Readonly<Record<Counted, readonly string[]>> => ({
  shifts: ["both", ...HOURS.map(singleAt)],
  exchanges: ORDERED,
  differences: ["settled"],
  goals: ["closed", "partly", "feedback", ...goals.map(({ id }) => categoryOf(id))],
  "check-ins": ["easy"],
});

export type Contributions = Readonly<Record<Counted, readonly Contribution[]>>;

/** Whoever agrees as far as this finds it easy to ask for help (1 disagree … 5 agree). */
const EASY = 4;

/**
 * What the weeks after `since` (all, where it is undefined) and before this one contribute. They are read week by week: all replies of
 * a program at once would be more than a statement may take.
 */
export async function contributionsAfter(
  context: Context,
  since: WeekNumber | undefined,
): Promise<Contributions> {
  const { store, zone, now, program } = context;
  const found = { shifts: [], exchanges: [], differences: [], goals: [], "check-ins": [] } as Record<
    Counted,
    Contribution[]
  >;
  const byWeek = Map.groupBy(await everyOverlap(context), ({ resident }) => settledIn(context, resident));
  if (byWeek.size === 0) return found;
  const first = Math.max(Math.min(...byWeek.keys()), (since ?? -Infinity) + 1);
  // Only weeks that are over are counted: today's figure minus yesterday's would tell of one day's few people.
  for (let week = first; week < weekOf(zone.dayOf(now)); week += 1) {
    const overlaps = byWeek.get(week) ?? [];
    const monday = zone.at(mondayOf(week), 0);
    // A goal can be set some hours before its shift.
    const starts = overlaps.map(({ resident }) => later(resident.start, -DAY));
    const from = instant(Math.min(later(monday, -program.policy.checkInWindow), ...starts));
    const replies = await store.repliesDuring(from, zone.at(mondayOf(week + 1), 0));
    if (replies.length === 0) continue;
    const byOccasion = Map.groupBy(replies, (reply) => reply.occasion);
    for (const [occasion, together] of Map.groupBy(overlaps, ({ resident }) => resident.id)) {
      const here = byOccasion.get(occasion);
      if (here === undefined) continue;
      const shift: Shift = { week, resident: together[0]!.resident, together, here };
      countStrategy(context, shift, found);
      countGoal(shift, found.goals);
    }
    found["check-ins"].push(...checkInsOf(context, week, replies));
  }
  return found;
}

/**
 * Also of people who have stopped since, and of days that turned into leave: whether somebody's part is counted must
 * not hang on what happened to them between the shift and the end of its week.
 */
async function everyOverlap({ program, zone, store, now }: Context): Promise<readonly Overlap[]> {
  const assignments = (await store.roster()).assignments.filter(({ start }) => start < now);
  if (assignments.length === 0) return [];
  return outlookOf({ program, zone, roster: { assignments, absences: [] }, wishes: new Map() }).overlaps;
}

/**
 * The week in which the last ask about a shift has closed. A shift is counted from then on, when nothing about
 * it can change any more: so a figure that was shown never moves by one late answer.
 */
const settledIn = (context: Context, shift: Assignment): WeekNumber =>
  weekIn(context, later(shift.end, context.program.policy.debriefWindow));

const weekIn = ({ zone }: Context, at: Instant): WeekNumber => weekOf(zone.dayOf(at));

/** A resident's shift, whom it brought them together with, and what all answered about it. */
interface Shift {
  readonly week: WeekNumber;
  readonly resident: Assignment;
  readonly together: readonly Overlap[];
  readonly here: readonly Reply[];
}

function countStrategy(
  context: Context,
  { week, resident, together, here }: Shift,
  found: Pick<Record<Counted, Contribution[]>, "shifts" | "exchanges" | "differences">,
): void {
  const [first] = STRATEGY_ITEMS;
  for (const { attending } of together) {
    const people = { week, residents: [resident.person], attendings: [attending.person] };
    const [exchange] = exchangesOf(resident.person, attending.person, here);
    const isAnswered =
      hasAnswered(here, resident.person, attending.person, first!) ||
      hasAnswered(here, attending.person, resident.person, first!);
    const hit = exchange === undefined ? singleAt(context.zone.hourOf(resident.start)) : "both";
    if (isAnswered) found.shifts.push({ ...people, hits: [hit] });
    if (exchange === undefined) continue;
    const apart = ORDERED.filter((id) => isFar(context, exchange, id));
    found.exchanges.push({ ...people, hits: apart });
    for (const id of apart)
      found.differences.push({
        ...people,
        hits: isSettled(here, resident, attending, id) ? ["settled"] : [],
      });
  }
}

/** "Patient safety first" has no step, and is not far from anything. */
const isFar = ({ program }: Context, { resident, attending }: Exchange, id: OrderedId): boolean =>
  Math.abs(Number(attending.get(id)) - Number(resident.get(id))) >= program.policy.mismatch.ordinalSteps;

/** Whether either said what the two settled on or, in older versions, that they talked about it. */
const isSettled = (
  here: readonly Reply[],
  resident: Assignment,
  attending: Assignment,
  item: OrderedId,
): boolean =>
  settlementsOf(resident.person, attending.person, here).some((one) => one.item === item) ||
  here.some(
    (one) =>
      one.item === "talked" &&
      [resident.person, attending.person].includes(one.person) &&
      [resident.person, attending.person].includes(one.about ?? one.person),
  );

/** A goal that its resident has looked back on. Where only residents answer, the attendings are those of their shifts. */
function countGoal({ week, resident, together, here }: Shift, goals: Contribution[]): void {
  const told = (item: ItemId) =>
    here.find((reply) => reply.item === item && reply.person === resident.person)?.value ?? undefined;
  const outcome = told("outcome");
  // A private goal looks like none, in figures too.
  if (outcome === undefined || isKeptPrivate(told("share"))) return;
  const goal = told("goal");
  goals.push({
    week,
    residents: [resident.person],
    attendings: together.map(({ attending }) => attending.person),
    hits: [
      ...(outcome === "yes" ? ["closed"] : []),
      ...(outcome === "partly" ? ["partly"] : []),
      ...(told("feedback-given") === "yes" ? ["feedback"] : []),
      ...(goal === undefined ? [] : [categoryOf(goal)]),
    ],
  });
}

/**
 * Answers about trust, from the week on in which they can change no more. Here those count as residents and attendings who answered: each
 * answer is about the one who gave it.
 */
function checkInsOf(context: Context, week: WeekNumber, replies: readonly Reply[]): readonly Contribution[] {
  const { checkInWindow } = context.program.policy;
  return replies.flatMap(({ item, value, person, occasion, at }): readonly Contribution[] => {
    if (item !== "week-trust" || value === null || weekIn(context, later(at, checkInWindow)) !== week)
      return [];
    const isResident = readPairWeek(occasion)?.resident === person;
    return [
      {
        week,
        residents: isResident ? [person] : [],
        attendings: isResident ? [] : [person],
        hits: Number(value) >= EASY ? ["easy"] : [],
      },
    ];
  });
}
