import type { Locale } from "#src/domain/locale.ts";
import { ITEMS, itemsSideBySide, type Item, type ItemId } from "#src/domain/forms.ts";
import type { Gap } from "#src/domain/gap.ts";
import { type Ask, readPairWeek, isOver as isNudgeOver } from "#src/domain/nudge.ts";
import { usualOnShift, type Person, type PersonId, type ShiftRole } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import {
  goalChangedAt,
  haveBothAnswered,
  visibleTo,
  withThoseWhoAnswered,
  type Circle,
} from "#src/domain/visibility.ts";
import { wordsFor, type Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { absentFrom, bothAnswered } from "./absent.ts";
import { gapsWith, lastTimes, type Between } from "./between.ts";
import { circlesOfWeek } from "./week.ts";
import { earlierGoals, type EarlierGoals } from "./earlier-goals.ts";

/** A circle as one reader sees it: only the replies that this reader may see are in it. */
export interface Seen {
  readonly circle: Circle;
  /** The reader's partners here: the attendings for a resident, the resident for an attending. */
  readonly partners: readonly Person[];
  readonly replies: readonly Reply[];
  /** When the goal took the place of another that the reader had seen. */
  readonly changedAt?: Instant;
  /** For a debrief: partners who are not asked for theirs. They have stopped, or are on the shift no more. */
  readonly absent?: ReadonlySet<PersonId>;
}

/** Everything that a nudge's card is made of. The reader may see all of it. */
export interface View {
  readonly context: Context;
  readonly nudge: Ask;
  readonly reader: Person;
  /** What the reader is in this ask: on its shift. In a week with each partner it is what `roleWith` says. */
  readonly role: ShiftRole;
  readonly words: Words;
  /** The reader's shift, for a nudge about a shift. */
  readonly shift?: Assignment;
  readonly seen: readonly Seen[];
  /** The gaps with each partner who has answered too, by `${occasion} ${partner}`; the weightiest first. */
  readonly gaps: ReadonlyMap<string, ReadonlyMap<ItemId, Gap>>;
  /** For a goal and a plan: what stands between the reader and each partner from before this shift. */
  readonly between: ReadonlyMap<PersonId, Between>;
  /** What a resident's earlier goals offer, where a goal is to be chosen. */
  readonly earlier?: EarlierGoals;
}

/** The view of a nudge for the person who got it. */
export async function viewOf(context: Context, nudge: Ask, reader: Person, locale: Locale): Promise<View> {
  const words = wordsFor(locale, context.program);
  const shift = context.roster.assignment(nudge.subject);
  const role = roleIn(nudge, reader, shift);
  const seen: Seen[] = [];
  for (const circle of await circlesOf(context, nudge, reader, shift)) {
    const replies = await context.store.replies(circle.occasion);
    const one = seenBy(context, reader, circle, replies);
    // Nobody is asked about whoever is no longer in the program.
    if (one.partners.length === 0 && (role === "attending" || nudge.kind === "pair-check-in")) continue;
    const changedAt = goalChangedAt(nudge, one.circle, replies);
    seen.push({
      ...one,
      ...(nudge.kind === "shift-debrief" && { absent: absentFrom(circle, one.circle, replies) }),
      ...(changedAt === undefined ? {} : { changedAt }),
    });
  }
  const view: View = {
    context,
    nudge,
    reader,
    role,
    words,
    seen,
    gaps: new Map(),
    between: await lastTimes(context, nudge.kind, reader.id, seen),
    ...(shift === undefined ? {} : { shift }),
  };
  return withGaps(ownAnswer(view, "goal") === undefined ? await withEarlier(view) : view);
}

/** What somebody is in an ask of theirs. */
export function roleIn(nudge: Ask, reader: Person, shift: Assignment | undefined): ShiftRole {
  const { kind } = nudge;
  switch (kind) {
    case "shift-goal":
      return "resident";
    case "shift-plan":
      return "attending";
    case "shift-debrief":
      return shift?.role ?? usualOnShift(reader) ?? "resident";
    case "pair-check-in": {
      const pair = readPairWeek(nudge.subject);
      if (pair === undefined) return usualOnShift(reader) ?? "resident";
      return pair.attending === reader.id ? "attending" : "resident";
    }
    default:
      return kind satisfies never;
  }
}

/** What the reader is with the partners of a circle. Who supervises on some days may be either in one week. */
export const roleWith = ({ reader }: Pick<View, "reader">, { circle }: Seen): ShiftRole =>
  circle.resident === reader.id ? "resident" : "attending";

/** The view of a shift goal with what earlier ones offer. Who has a goal is shown it only to choose another. */
export async function withEarlier(view: View): Promise<View> {
  const { context, nudge, reader, shift } = view;
  if (nudge.kind !== "shift-goal" || shift === undefined) return view;
  return { ...view, earlier: await earlierGoals(context, reader, shift) };
}

/** Whether both the reader and this partner have answered what is shown side by side. */
export function hasBoth(view: View, seen: Seen, partner: PersonId): boolean {
  const [first] = itemsSideBySide(view.nudge.kind);
  return first !== undefined && haveBothAnswered(seen.replies, view.reader.id, partner, first);
}

/** The view with its gaps. What both answered before the shift can be settled until their debrief of it closes, and stands there too. */
async function withGaps(view: View): Promise<View> {
  const { context, nudge, reader } = view;
  const compared = ITEMS[nudge.kind === "pair-check-in" ? "week-goal" : "help"];
  const gaps = new Map<string, ReadonlyMap<ItemId, Gap>>();
  for (const seen of view.seen) {
    const { circle, partners, replies } = seen;
    for (const partner of partners) {
      if (!haveBothAnswered(replies, reader.id, partner.id, compared)) continue;
      const [resident, attending] =
        roleWith(view, seen) === "resident" ? [reader.id, partner.id] : [partner.id, reader.id];
      const found = await gapsWith(context, { resident, attending }, { circle, replies });
      gaps.set(`${circle.occasion} ${partner.id}`, found);
    }
  }
  return { ...view, gaps };
}

/** A circle as this reader sees it. `replies`: all to its occasion. */
export function seenBy(context: Context, reader: Person, given: Circle, replies: readonly Reply[]): Seen {
  const circle = withThoseWhoAnswered(given, replies);
  return {
    circle,
    partners: partnersOf(context, reader, circle),
    replies: visibleTo(reader.id, circle, replies),
  };
}

function partnersOf(context: Context, reader: Person, circle: Circle): readonly Person[] {
  const ids = reader.id === circle.resident ? circle.attendings : [circle.resident];
  return ids.flatMap((id) => context.person(id) ?? []);
}

async function circlesOf(
  context: Context,
  nudge: Ask,
  reader: Person,
  shift: Assignment | undefined,
): Promise<readonly Circle[]> {
  if (nudge.kind === "pair-check-in") return circlesOfWeek(context, nudge.subject, reader.id);
  if (shift === undefined) return [];
  if (roleIn(nudge, reader, shift) === "resident") return [circleOf(context, shift)];
  const { outlook, partnersOf: everybody } = context.roster;
  const residents = outlook.overlapsOf(shift).map((overlap) => overlap.resident);
  // Who has stopped since both had answered: what the two read stays, and can be settled. Nobody is asked anything about them.
  const absent = everybody(shift).filter(({ id }) => !residents.some((one) => one.id === id));
  const gone =
    absent.length === 0 || nudge.kind !== "shift-plan" ? [] : await bothAnswered(context, reader, absent);
  return [...residents, ...gone].map((resident) => circleOf(context, resident));
}

/** The attendings who share a resident's shift. */
export function circleOf(context: Context, shift: Assignment): Circle {
  const overlaps = context.roster.outlook.overlapsOf(shift);
  const attendings = [...new Set(overlaps.map((overlap) => overlap.attending.person))];
  return { occasion: shift.id, resident: shift.person, attendings };
}

/** What an answer is about. */
export interface Target {
  readonly seen: Seen;
  readonly about: PersonId | undefined;
}

/** One question of an ask. An answer for several residents at once has several targets. */
export interface Step<Id extends ItemId = ItemId> {
  readonly item: Item<Id>;
  /** The partner that the tap names; undefined if the answer is for the whole ask. */
  readonly about: PersonId | undefined;
  readonly targets: readonly Target[];
}

/** Shows a certain question instead of the next one, with a typed text that was refused there. */
export interface Opened {
  readonly step: Step;
  readonly value?: string;
  readonly problem?: string;
}

/** The reader's own answer to this step, if there is one. */
export function replyTo(view: View, step: Step): Reply | undefined {
  const [target] = step.targets;
  return target?.seen.replies.find((reply) => isAnswerTo(view, step.item, target, reply));
}

/** The reader's own answer to an item that names no partner. */
export const ownReply = (view: View, item: ItemId): Reply | undefined =>
  view.seen
    .flatMap((seen) => seen.replies)
    .find((one) => one.person === view.reader.id && one.item === item && one.about === undefined);

/** What was answered there; undefined if nothing was, or it was taken back. */
export const ownAnswer = (view: View, item: ItemId): string | undefined =>
  ownReply(view, item)?.value ?? undefined;

/** Whether a resident shares less of their goal than all: the line is their own. */
export const isSharedLess = (view: View): boolean => (ownAnswer(view, "share") ?? "full") !== "full";

/** Whether "no goal this shift" stands. */
export const isWithoutGoal = (view: View): boolean => ownAnswer(view, "none") !== undefined;

/** Whether an attending suggests another goal. */
export const hasSuggestion = ({ replies }: Seen): boolean =>
  replies.some(({ item, value }) => item === "counter" && value !== null);

const isAnswerTo = (view: View, item: Item, target: Target, reply: Reply): boolean =>
  reply.person === view.reader.id && reply.item === item.id && reply.about === target.about;

/**
 * Whether an answer can no longer be changed: a partner has answered too, and so both were shown. The goal itself, and how much of it is
 * shared, can be changed until the shift ends, and so can why another was suggested: none of these was compared.
 */
export function isLocked(view: View, step: Step): boolean {
  const isCompared = step.item.id === "safety" || itemsSideBySide(view.nudge.kind).includes(step.item);
  if (!isCompared && (view.nudge.kind === "shift-goal" || step.item.id === "why")) return false;
  const wasGiven = (target: Target) =>
    target.seen.replies.some((reply) => isAnswerTo(view, step.item, target, reply));
  return step.targets.some(
    (target) =>
      (isCompared || wasGiven(target)) &&
      target.seen.partners.some((partner) => hasBoth(view, target.seen, partner.id)),
  );
}

/** Whether the nudge takes no more answers. A goal whose shift is gone takes none. */
export const isOver = ({ nudge, shift, context }: View): boolean =>
  isNudgeOver(nudge, context.now) || (nudge.kind === "shift-goal" && shift === undefined);
