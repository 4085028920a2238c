import { act } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { isAsk, readRevealed, type Ask, type Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import { NO_ANSWER } from "#src/ports/store.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { mismatchesBetween } from "../view/between.ts";
import { besideEachOther } from "../view/reveal.ts";
import { toldFirst } from "./effects.ts";
import { hasBoth, viewOf, type View } from "../view/view.ts";

/* The short message to whoever answered first, that both have answered: what it says. Whether and when it comes: effects.ts. */

/**
 * Two who answer at the same moment both look before the other has answered, so neither sees that there is something to talk about.
 * Whoever is kept second sees it then. True if that has made a message due.
 */
export async function tellWhoWasFirst(before: View, stored: View, { event }: Inbound): Promise<boolean> {
  const notices = toldFirst(before, stored);
  if (notices.length === 0) return false;
  const { context, nudge, reader } = stored;
  await context.store.record({
    event: `${event}/told`,
    person: reader.id,
    now: context.now,
    nudge: nudge.id,
    ...NO_ANSWER,
    notices,
  });
  return true;
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
  if (about === undefined) return undefined;
  const partner = context.person(about.partner);
  const ask = await askAbout(context, about.shift, person);
  if (partner === undefined || ask === undefined) return undefined;
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
