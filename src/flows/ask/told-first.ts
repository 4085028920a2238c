import { act } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { itemsSideBySide } from "#src/domain/forms.ts";
import { isAsk, readRevealed, revealed, type Ask, type Nudge, type PlannedNudge } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { mismatchesBetween } from "../view/between.ts";
import { besideEachOther } from "../view/reveal.ts";
import { hasBoth, viewOf, type Seen, type View } from "../view/view.ts";

/* The short message to whoever answered first, that both have answered: whether and when it comes, and what it says. */

/**
 * One short new message to whoever of two partners had answered first, where there is something to talk about: by now both have
 * answered, and the card of the first stands further up. None once their time together has run for a while (domain.md, "When
 * Attune speaks": no message mid-shift): then the card changes in place, silently.
 *
 * @param before the reader's view as they answered
 * @param after the same with the answer in it, and what others have answered at the same moment
 */
export function toldFirst(before: View, after: View): readonly PlannedNudge[] {
  const { kind } = after.nudge;
  if (kind !== "shift-goal" && kind !== "shift-plan") return [];
  return after.seen.flatMap((seen) =>
    seen.partners
      .filter(({ id }) => hasBoth(after, seen, id) && !hadBoth(before, seen, id))
      .filter(({ id }) => (after.gaps.get(`${seen.circle.occasion} ${id}`)?.size ?? 0) > 0)
      .flatMap(({ id }) => noticeTo(after, seen, id) ?? []),
  );
}

function hadBoth(before: View, { circle }: Seen, partner: PersonId): boolean {
  const seen = before.seen.find((one) => one.circle.occasion === circle.occasion);
  return seen !== undefined && hasBoth(before, seen, partner);
}

function noticeTo(
  { context, reader, role, nudge }: View,
  { circle, replies }: Seen,
  partner: PersonId,
): PlannedNudge | undefined {
  const { program, roster, now } = context;
  const shift = roster.assignment(circle.occasion);
  if (shift === undefined) return undefined;
  const attending = role === "resident" ? partner : reader.id;
  const together = roster.outlook.overlapsOf(shift).find((one) => one.attending.person === attending);
  if (together === undefined) return undefined;
  // Replies stand in the order in which they were kept: two who answer at the same moment find the same one first.
  const compared = [...itemsSideBySide(nudge.kind).map(({ id }) => id), "safety"];
  const lastOf = (one: PersonId, other: PersonId) =>
    replies.findLastIndex(
      ({ person, item, about }) => person === one && (about ?? other) === other && compared.includes(item),
    );
  const isReaders = lastOf(reader.id, partner) < lastOf(partner, reader.id);
  const [first, second] = isReaders ? [reader.id, partner] : [partner, reader.id];
  const expiresAt = later(together.start, program.policy.revealWindow + 1);
  // Who works later is not told before their own shift is near.
  const own = first === attending ? together.attending : together.resident;
  const near = later(own.start, -program.policy.goalLead);
  const dueAt = near > now ? near : now;
  return dueAt < expiresAt
    ? { kind: "shift-reveal", person: first, subject: revealed(shift.id, second), dueAt, expiresAt }
    : undefined;
}

/**
 * What it says: that the partner has answered too, the weightiest difference with its starter, and the way to all answers. Undefined where there is nothing to talk about any more, or it was settled before this was sent.
 */
export async function revealedCard(
  context: Context,
  nudge: Nudge,
  person: Person,
  words: Words,
): Promise<Card | undefined> {
  const about = readRevealed(nudge.subject);
  const partner = about && context.person(about.partner);
  const ask = about && (await askAbout(context, about.shift, person));
  if (about === undefined || partner === undefined || ask === undefined) return undefined;
  const view = await viewOf(context, ask, person, words.locale);
  const seen = view.seen.find(({ circle }) => circle.occasion === about.shift);
  const [resident, attending] = view.role === "resident" ? [person, partner] : [partner, person];
  const open = (await mismatchesBetween(context, resident.id, attending.id)).filter(
    ({ state, occasion }) => state === "open" && occasion === about.shift,
  );
  const isNews = nudge.sentAt === undefined;
  if (seen === undefined || !hasBoth(view, seen, partner.id) || (isNews && open.length === 0))
    return undefined;
  const rows = besideEachOther(view, seen, partner).filter(({ gap }) => gap !== undefined);
  if (rows.length === 0) return undefined;
  const { reveal } = words.say;
  return {
    locale: words.locale,
    notification: reveal.bothWithGap,
    blocks: [
      { type: "text", text: reveal.told(words.called(partner)), tone: "strong" },
      { type: "compare", mine: words.say.you, theirs: words.called(partner), rows: rows.slice(0, 1) },
      {
        type: "actions",
        actions: [{ label: reveal.open, act: act({ verb: "show", nudge: ask.id }), style: "primary" }],
      },
    ],
  };
}

/** The person's own ask about a resident's shift: its goal, or the plan of their own shift beside it. */
async function askAbout(
  { roster, store }: Context,
  shiftId: string,
  person: Person,
): Promise<Ask | undefined> {
  const shift = roster.assignment(shiftId);
  if (shift === undefined) return undefined;
  const isOwn = shift.person === person.id;
  const own = isOwn
    ? shift
    : roster.outlook.overlapsOf(shift).find(({ attending }) => attending.person === person.id)?.attending;
  if (own === undefined) return undefined;
  const ask = await store.nudgeAbout(isOwn ? "shift-goal" : "shift-plan", person.id, own.id);
  return ask !== undefined && isAsk(ask) ? ask : undefined;
}
