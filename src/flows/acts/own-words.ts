import { isAsk } from "#src/domain/nudge.ts";
import { settledId } from "#src/domain/exchange.ts";
import { HOUR, later, type Instant } from "#src/domain/time.ts";
import type { Said } from "#src/flows/said.ts";
import { NO_ANSWER } from "#src/ports/store.ts";
import { asFound } from "../context.ts";
import {
  isMeantHere,
  mayStillSettle,
  settlementOf,
  settlingOf,
  settlingsIn,
  settlingStep,
  type Settling,
} from "../view/settling.ts";
import { viewOf, type Step, type View } from "../view/view.ts";

/* "In our own words": the field stands in the card, and many type into the chat below it instead. */

/** A difference whose field was opened, in words to come. */
export interface OwnWords {
  readonly view: View;
  readonly step: Step;
}

/** How long after the tap what is typed is still taken for the line: a talk of a minute, and whatever came between. */
const STANDS_OPEN = HOUR;
/** More often than this nobody opens one field. */
const MOST_TAPS = 50;
/** How long after its ask was sent a difference may be settled: longer than any shift and the window of its debrief. */
const LONGEST = 96 * HOUR;

/** Writes down that somebody has opened the field of a settlement. Anything else that is opened is not written down. */
export async function rememberOpened({ context, person }: Said, view: View, step: Step): Promise<void> {
  const settling = settlingOf(step);
  if (settling === undefined) return;
  const { next } = await tapsOn(view, settling);
  if (next === undefined) return;
  await context.store.record({
    ...NO_ANSWER,
    event: next,
    person: person.id,
    now: context.now,
    nudge: view.nudge.id,
    late: true,
  });
}

/**
 * The line that words typed now are meant for: the field that was opened last, if nothing was answered or asked since, and nobody has
 * settled the difference meanwhile.
 */
export async function ownWordsMeant(said: Said): Promise<OwnWords | undefined> {
  const { context, person } = said;
  const { store, now } = context;
  const opened = (await Promise.all((await openToSettle(said)).map(latestIn)))
    .flat()
    .toSorted((a, b) => b.at - a.at)[0];
  if (opened === undefined || opened.at <= later(now, -STANDS_OPEN)) return undefined;
  const [answered, [newest]] = await Promise.all([
    store.repliesOf(person.id, later(opened.at, 1), later(now, 1)),
    store.openNudges(person.id, now),
  ]);
  return answered.length > 0 || (newest?.sentAt ?? 0) > opened.at ? undefined : opened;
}

/** The one difference with a question for its settlement on the card of this ask; undefined where there is none, or several. */
export function onlySettlement(view: View): OwnWords | undefined {
  if (!mayStillSettle(view)) return undefined;
  const open = settlingsIn(view).filter((one) => settlementOf(view, one) === undefined);
  // Of one partner the weightiest is asked first, and alone.
  const [first] = open;
  if (first === undefined || new Set(open.map(({ partner }) => partner.id)).size > 1) return undefined;
  const step = settlingStep(view, settledId(first.item), first.partner.id);
  return step && { view, step };
}

/** What a person sees of the asks whose differences can still be settled, the newest first. */
export async function openToSettle({ context, person, words }: Said): Promise<readonly View[]> {
  const { store, now } = context;
  const sent = (await store.nudgesOf(person.id, later(now, -LONGEST), later(now, 1)))
    .filter(isAsk)
    .toSorted((a, b) => (b.sentAt ?? 0) - (a.sentAt ?? 0));
  const views = await Promise.all(sent.map((nudge) => viewOf(asFound(context), nudge, person, words.locale)));
  return views.filter(mayStillSettle);
}

async function latestIn(view: View): Promise<readonly (OwnWords & { readonly at: Instant })[]> {
  const asked = settlingsIn(view).filter((settling) => isMeantHere(view, settling));
  const found = await Promise.all(
    asked.map(async (settling) => {
      const { at } = await tapsOn(view, settling);
      const step = settlingStep(view, settledId(settling.item), settling.partner.id);
      return at === undefined || step === undefined ? [] : [{ view, step, at }];
    }),
  );
  return found.flat();
}

/**
 * When the field was opened last, and the event of the next tap. A word of either of the two since then has closed the field, so what
 * stands settled is part of the event.
 */
async function tapsOn(
  view: View,
  settling: Settling,
): Promise<{ readonly at: Instant | undefined; readonly next: string | undefined }> {
  const { context, nudge, reader } = view;
  const since = settlementOf(view, settling)?.at ?? 0;
  const { item, partner, seen } = settling;
  const field = `own-words ${nudge.id} ${reader.id} ${item} ${partner.id} ${seen.circle.occasion} ${since}`;
  let at: Instant | undefined;
  for (let tap = 1; tap <= MOST_TAPS; tap++) {
    const next = `${field}/${tap}`;
    const recorded = await context.store.recordedBy(next);
    if (recorded === undefined) return { at, next };
    at = recorded.at;
  }
  return { at, next: undefined };
}
