import type { Block, Card } from "#src/card/card.ts";
import { TAKING_PART, type Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { DAYS_A_WEEK, weekFromLabel, weekOf, DAY, later } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { deliveryDuring, lossOf, type Delivery } from "./delivery.ts";
import { figureBlocks } from "./figure-rows.ts";
import { rosterBlocks } from "./roster-card.ts";
import { spanOf, weekNote, type Span } from "./week-span.ts";

/** The coordinators' weekly digest: messages that did not arrive, and aggregates over all rotations. */
export async function coordinatorDigest(context: Context, words: Words, label: string): Promise<Card> {
  const { coordinator } = words.say;
  const span = spanOf(context, weekFromLabel(label)!);
  return {
    locale: words.locale,
    notification: coordinator.notification,
    blocks: [
      { type: "title", text: coordinator.title, note: words.program },
      ...(await programBlocks(context, words, span)),
      { type: "visibility", text: coordinator.visible },
    ],
  };
}

/**
 * Two parts that are never mixed: what came of a week's messages, and the figures up to its end. The coordinator's home page shows
 * them too.
 */
export async function programBlocks(context: Context, words: Words, span: Span): Promise<readonly Block[]> {
  const { coordinator } = words.say;
  const delivery = await deliveryDuring(context, span);
  return [
    { type: "text", text: coordinator.week(weekNote(words, span)), tone: "strong" },
    { type: "facts", rows: await weekRows(context, words, span, delivery) },
    ...rosterBlocks(context, words),
    { type: "divider" },
    { type: "text", text: coordinator.sinceStart, tone: "strong" },
    ...(await figureBlocks(context, words, weekOf(context.zone.dayOf(span.from)), delivery)),
  ];
}

async function weekRows(context: Context, words: Words, span: Span, { due, lost }: Delivery) {
  const { coordinator } = words.say;
  const { open, unreached } = await notTakingPart(context, span);
  const named = (people: readonly Person[]) =>
    people.length === 0 ? coordinator.nobody : words.format.list(people.map(words.called));
  return [
    { label: coordinator.arrived, value: coordinator.arrivedOf(due - lost.length, due) },
    { label: coordinator.failures, value: failures(context, words, lost) },
    { label: coordinator.notAgreed, value: named(open) },
    { label: coordinator.unreached, value: named(unreached) },
    ...(context.keptOut.length === 0
      ? []
      : [{ label: words.say.people.areKeptOut, value: named(context.keptOut) }]),
  ];
}

/** For each reason: how many messages, and whose. A message that may have arrived is listed as one that did not. */
function failures(context: Context, { say, called, format }: Words, lost: readonly Nudge[]): string {
  const { coordinator } = say;
  const reasonOf = (one: Nudge) => coordinator.reasons[lossOf(one)] ?? coordinator.otherReason;
  const lines = [...Map.groupBy(lost, reasonOf)].map(([reason, nudges]) => {
    const ids = [...new Set(nudges.map((one) => one.person))];
    const names = ids.map((id) => {
      const person = context.person(id);
      return person === undefined ? id : called(person);
    });
    return coordinator.failure(reason, nudges.length, format.list(names));
  });
  return lines.length === 0 ? coordinator.noFailures : lines.join("\n");
}

/**
 * Who has shifts in this week or the next and has not agreed to take part: those whom the question did not reach, and those who have
 * not said yes. That somebody said no is not told apart from no answer. Whom the question was not yet due for is not named.
 */
async function notTakingPart(
  { store, program, roster, now }: Context,
  { from, to }: Span,
): Promise<{ readonly open: readonly Person[]; readonly unreached: readonly Person[] }> {
  const standings = await store.standings();
  const until = later(to, DAYS_A_WEEK * DAY);
  const open: Person[] = [];
  const unreached: Person[] = [];
  for (const person of program.people) {
    const shifts = roster.outlook.everybody.dutyOf(person.id);
    const isOnDuty = shifts.some((shift) => shift.start < until && shift.end > from);
    const consent = standings.get(person.id)?.consent ?? "unasked";
    if (!isOnDuty || consent === "given") continue;
    const asked = await store.nudgeAbout("consent", person.id, TAKING_PART);
    if (asked?.state === "failed" && consent === "unasked") unreached.push(person);
    else if (consent === "declined" || (asked !== undefined && asked.firstDue <= now)) open.push(person);
  }
  return { open, unreached };
}
