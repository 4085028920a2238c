import type { ItemId } from "#src/domain/forms.ts";
import type { Block, Card } from "#src/card/card.ts";
import { byWeight } from "#src/domain/gap.ts";
import type { Mismatch } from "#src/domain/mismatch.ts";
import type { Overlap } from "#src/domain/outlook.ts";
import type { Person } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { visibleTo } from "#src/domain/visibility.ts";
import { weekFromLabel } from "#src/domain/zone.ts";
import { isAsk } from "#src/domain/nudge.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { gapLabel, goalNamed, outcomeInWords, settledOn } from "../view/in-words.ts";
import { mismatchesBetween } from "../view/between.ts";
import { circleOf, roleIn } from "../view/view.ts";
import { spanOf, weekNote, type Span } from "./week-span.ts";

/**
 * An attending's weekly digest: for each resident of last and next week, what was shared and what both answered. Nothing about trust,
 * and nothing that a resident did not share.
 */
export async function attendingDigest(
  context: Context,
  reader: Person,
  words: Words,
  label: string,
): Promise<Card> {
  const { say } = words;
  const span = spanOf(context, weekFromLabel(label)!);
  const blocks: Block[] = [{ type: "title", text: say.digest.title, note: weekNote(words, span) }];
  const sections: Section[] = [];
  for (const resident of residentsAround(context, reader, span))
    sections.push(await residentSection(context, reader, words, span, resident));
  // Residents with something to read come first; the rest in the order in which they met.
  const ordered = sections.toSorted((a, b) => Number(a.isQuiet) - Number(b.isQuiet));
  blocks.push(
    ...ordered.flatMap((section): Block[] => [{ type: "divider" }, ...section.blocks]),
    { type: "divider" },
    { type: "text", text: await replyRate(context, reader, words, span), tone: "quiet" },
  );
  blocks.push({ type: "visibility", text: say.digest.visible });
  return { locale: words.locale, notification: say.digest.notification, blocks };
}

/** The residents with whom an attending overlaps in this week or the next. */
function residentsAround(context: Context, reader: Person, { from, to }: Span): readonly Person[] {
  const next = to + (to - from);
  const ids = overlapsWith(context, reader)
    .filter((one) => one.start < next && one.end > from)
    .map((one) => one.resident.person);
  return [...new Set(ids)].flatMap((id) => context.person(id) ?? []);
}

export const overlapsWith = (context: Context, attending: Person): readonly Overlap[] =>
  context.roster.outlook
    .shiftsOf(attending.id)
    .filter(({ role }) => role === "attending")
    .flatMap((shift) => context.roster.outlook.overlapsOf(shift));

interface Section {
  readonly blocks: readonly Block[];
  /** Nothing was shared, and no answers differ. */
  readonly isQuiet: boolean;
}

async function residentSection(
  context: Context,
  reader: Person,
  words: Words,
  span: Span,
  resident: Person,
): Promise<Section> {
  const { say } = words;
  const overlaps = overlapsWith(context, reader).filter((one) => one.resident.person === resident.id);
  const goals: { goal: string; outcome?: string }[] = [];
  for (const overlap of overlaps.filter((one) => one.start < span.to && one.end > span.from)) {
    const circle = circleOf(context, overlap.resident);
    const seen = visibleTo(reader.id, circle, await context.store.replies(circle.occasion));
    const goal = theirs(seen, resident, "goal");
    const outcome = theirs(seen, resident, "outcome");
    if (goal !== undefined)
      goals.push({
        goal: goalNamed(words, goal, theirs(seen, resident, "line")),
        ...(outcome === undefined ? {} : { outcome }),
      });
  }
  const mismatches = await mismatchesBetween(context, resident.id, reader.id);
  const next = overlaps.find((one) => one.start > context.now);
  const open = openIn(words, mismatches);
  const differences = [...(open === "" ? [] : [say.digest.open(open)]), ...settledIn(words, mismatches)];
  const told = goals.map(({ goal, outcome }) =>
    say.digest.goalWith(goal, outcome === undefined ? say.digest.noOutcome : outcomeInWords(words, outcome)),
  );
  const blocks: readonly Block[] = [
    { type: "text", text: words.called(resident), tone: "strong" },
    {
      type: "facts",
      rows: [
        { label: say.digest.goals, value: told.length === 0 ? say.digest.noGoals : told.join("\n") },
        {
          label: say.digest.differences,
          value: differences.length === 0 ? say.digest.none : differences.join("\n"),
        },
        {
          label: say.digest.nextShift,
          value: next === undefined ? say.digest.noNextShift : words.format.moment(next.start),
        },
      ],
    },
    { type: "text", text: suggestion(words, resident, next !== undefined, mismatches, goals) },
  ];
  return { blocks, isQuiet: told.length === 0 && differences.length === 0 };
}

/**
 * One suggestion, for what matters most: an open difference, a goal that had no chance, or a first goal. It mentions a next shift
 * together only if the roster has one.
 */
function suggestion(
  words: Words,
  resident: Person,
  isMeeting: boolean,
  mismatches: readonly Mismatch[],
  goals: readonly { goal: string; outcome?: string }[],
): string {
  const { digest } = words.say;
  const name = words.called(resident);
  if (!isMeeting) return digest.actionLater(name);
  const open = mismatches.filter((one) => one.state === "open");
  const first = open.toSorted(byWeight)[0];
  if (first !== undefined) return digest.action(name, gapLabel(words, first.item));
  const unfinished = goals.findLast((one) => one.outcome === "partly" || one.outcome === "no-chance");
  return unfinished === undefined ? digest.actionNext(name) : digest.actionGoal(name, unfinished.goal);
}

/** What is settled, and on what, in a line; nothing where nothing is. */
export function settledIn(words: Words, mismatches: readonly Mismatch[]): readonly string[] {
  const settled = mismatches.filter((one) => one.state === "settled").toSorted(byWeight);
  const named = settled.map(({ item, settlement }) => {
    const label = gapLabel(words, item);
    const on = settlement && settledOn(words, settlement);
    return on === undefined ? label : words.say.labelled(label, on);
  });
  return named.length === 0 ? [] : [words.say.digest.settled(words.format.list(named))];
}

/** What is open, by item; the weightiest first. */
export function openIn(words: Words, mismatches: readonly Mismatch[]): string {
  const open = mismatches.filter((one) => one.state === "open").toSorted(byWeight);
  return words.format.list(open.map((one) => gapLabel(words, one.item)));
}

async function replyRate(
  context: Context,
  reader: Person,
  words: Words,
  { from, to }: Span,
): Promise<string> {
  const nudges = await context.store.nudgesOf(reader.id, from, to);
  const asks = nudges.filter(
    (one) =>
      isAsk(one) &&
      roleIn(one, reader, context.roster.assignment(one.subject)) === "attending" &&
      ["sent", "uncertain", "answered", "expired"].includes(one.state) &&
      one.sentAt !== undefined,
  );
  const answered = asks.filter((one) => one.state === "answered").length;
  return asks.length === 0 ? words.say.digest.noAsks : words.say.digest.rate(answered, asks.length);
}

const theirs = (replies: readonly Reply[], person: Person, item: ItemId): string | undefined =>
  replies.find((reply) => reply.person === person.id && reply.item === item)?.value ?? undefined;
