import { isOfNudge, readAct } from "#src/card/act.ts";
import { readCommand } from "#src/domain/command.ts";
import { NO_NUDGE, nudgeId, type Nudge } from "#src/domain/nudge.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import { readTyped } from "#src/domain/typed-text.ts";
import type { Said } from "#src/flows/said.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import type { Store } from "#src/ports/store.ts";
import { localeOf } from "../ask/nudge-card.ts";
import type { Elsewhere } from "../context.ts";
import { wordsFor } from "#src/words/words.ts";
import { goalToSet } from "../ask/goal-to-set.ts";
import { EVERY_LABEL } from "./labels.ts";
import { newestLine } from "./taken-back.ts";
import { newestAsk, sentLately } from "./typed-at-ask.ts";

/**
 * Which of somebody's programs an act belongs to that names no message of any: the one with the newest open ask. What counts in all of
 * them may go to any.
 *
 * @param places the programs that they work in, at least one
 */
export async function newestPlace(inbound: Inbound, places: readonly Elsewhere[]): Promise<Elsewhere> {
  const [first] = places as [Elsewhere];
  if (inbound.type === "opened") return first;
  const moments = await Promise.all(places.map((one) => newestMoment(inbound, one)));
  const newest = Math.max(...moments.map((at) => at ?? -Infinity));
  return places.find((_, place) => moments[place] === newest) ?? first;
}

/** Whether an act names a nudge or a message of this program, or is a coordinator's of it. */
export async function isAbout(inbound: Inbound, { context, person }: Elsewhere): Promise<boolean> {
  const { store } = context;
  if (inbound.type === "opened") return false;
  if (inbound.type === "edited" || inbound.type === "deleted")
    return (await store.recordedBy(inbound.said))?.person === person.id;
  // Files and people are a coordinator's, of the program that they coordinate.
  if (inbound.type === "file") return person.roles.includes("coordinator");
  const meaning = "act" in inbound ? readAct(inbound.act) : undefined;
  if (meaning?.verb === "file") return (await store.keptFile(meaning.file)) !== undefined;
  if (meaning?.verb === "set-up") return meaning.program === context.program.id;
  if (meaning?.verb === "people" && meaning.step === "send")
    return (await store.nudge(nudgeId(Number(meaning.value)))) !== undefined;
  if (meaning?.verb === "people" && meaning.step === "whose")
    return meaning.value.split(" ")[1] === context.program.id;
  if (meaning?.verb === "people") return person.roles.includes("coordinator");
  return (await nudgeMeant(inbound, store)) !== undefined;
}

/** The nudge of this program that was tapped, or whose message it is under. */
export async function nudgeMeant(
  inbound: Inbound,
  store: Pick<Store, "nudge" | "nudgeShownIn">,
): Promise<Nudge | undefined> {
  const meaning = "act" in inbound ? readAct(inbound.act) : undefined;
  if (meaning !== undefined && isOfNudge(meaning) && meaning.nudge !== NO_NUDGE)
    return store.nudge(meaning.nudge);
  const under = inbound.type === "said" ? inbound.under : "message" in inbound ? inbound.message : undefined;
  return under === undefined ? undefined : store.nudgeShownIn(inbound.sender.platform, under);
}

/** When this program and its person last had something to do with each other that what they say now may be about. */
async function newestMoment(inbound: Inbound, place: Elsewhere): Promise<Instant | undefined> {
  const { context, person } = place;
  const { store, now } = context;
  const text = textOf(inbound);
  const today = context.zone.dayOf(now);
  if (readTyped(text, { buttons: [], choices: [], labels: EVERY_LABEL }, today).is === "undo")
    return (await newestLine(context, person.id))?.at;
  if (readCommand(text, today)?.name === "research") return context.program.research && instant(0);
  // What a goal is set for begins next, or is on.
  if (readCommand(text, today)?.name === "goal") {
    const goal = await goalToSet(context, person.id);
    return goal && instant(-Math.abs(goal.dueAt - now));
  }
  const standing = await store.standing(person.id);
  const words = wordsFor(localeOf(person, standing), context.program);
  const said: Said = { context, person, standing, words, inbound };
  const open = await newestAsk(said);
  if (open !== undefined) return open;
  const lately = await sentLately(context, person.id);
  // Behind whatever is open.
  return lately.map(({ sentAt = 0 }) => instant(sentAt - now - 1)).toSorted((a, b) => b - a)[0];
}

function textOf(inbound: Inbound): string {
  if (inbound.type === "said" || inbound.type === "edited") return inbound.text;
  const meaning = "act" in inbound ? readAct(inbound.act) : undefined;
  return meaning?.verb === "say" ? meaning.command : "";
}
