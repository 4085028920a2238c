import { isOfNudge, readAct } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { isAsk, type Ask, type Nudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { readTyped, type Offered, type Typed } from "#src/domain/typed-text.ts";
import { HOUR, instant, later, type Instant } from "#src/domain/time.ts";
import type { Said } from "#src/flows/said.ts";
import { rolesOf, asFound, type Context } from "../context.ts";
import { helpCard } from "#src/flows/commands/help.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { wordsFor, LOCALES } from "#src/words/words.ts";
import { answer } from "../ask/answer.ts";
import { askCard, beneathStep, conversationOf, mayBeSkipped, nextStep } from "../ask/ask-card.ts";
import { settledByTyping } from "./settled-by-typing.ts";
import { goalToSet } from "../ask/goal-to-set.ts";
import { headed, notice } from "../notice.ts";
import { shown, type Handled } from "../responses.ts";
import { isOver, replyTo, viewOf, withEarlier, type Step, type View } from "../view/view.ts";
import { courtesy } from "./courtesies.ts";
import { EVERY_LABEL, labelsOf, tapNamed } from "./labels.ts";
import { onlySettlement, ownWordsMeant, type OwnWords } from "./own-words.ts";
import { tapped } from "./tapped.ts";
import { undoNewest } from "./taken-back.ts";

/** What somebody who takes part types, and what is no command, at the ask that it belongs to. */
export async function typedAtAsk(said: Said, text: string, under: string | undefined): Promise<Handled> {
  const { context, words } = said;
  const nudge = await askMeant(said, under);
  const view = nudge && (await viewOfAsk(said, nudge));
  const step = view === undefined || isOver(view) ? undefined : stepAt(view, under !== undefined);
  const card = view && askCard(view);
  const offered = {
    buttons: card === undefined ? [] : labelsOf(card),
    ...(view === undefined || step === undefined ? { choices: [] } : choicesIn(view, chosenAt(view, step))),
    labels: EVERY_LABEL,
    hasResearch: context.program.research !== undefined,
  };
  const today = context.zone.dayOf(context.now);
  const meant = readTyped(text, offered, today);
  if (meant.is === "courtesy") return courtesy(said, text);
  if (nudge === undefined || meant.is === "elsewhere") {
    const settled = await settledByTyping(said, text, today);
    if (settled !== undefined) return settled;
  }
  const own = meant.is === "words" ? await ownWords(said, under === undefined ? undefined : view) : undefined;
  if (own !== undefined)
    return answer(
      own.view,
      said.inbound,
      { verb: "write", item: own.step.item.id, about: own.step.about },
      text,
    );
  if (meant.is !== "words" || view === undefined || card === undefined)
    return meant.is === "words" ? nowhere(said) : small(said, meant, view, step, card);
  if (isOver(view)) return told(said, closedText(said, view.nudge.expiresAt));
  if (step === undefined) return nowhere(said);
  if (step.item.scale.type !== "text") return shown(headed(card, words.say.typed.choose));
  return answer(view, said.inbound, { verb: "write", item: step.item.id, about: step.about }, text);
}

/**
 * The settlement that words are for: of the card that they are typed under, unless a line is asked for there; else the one whose field
 * was opened just before.
 */
async function ownWords(said: Said, under: View | undefined): Promise<OwnWords | undefined> {
  const meant = await ownWordsMeant(said);
  if (under === undefined || meant?.view.nudge.id === under.nudge.id) return meant;
  return nextStep(under)?.item.scale.type === "text" ? undefined : onlySettlement(under);
}

/** The ask that a person replies under, else the newest one that is open, or the goal that they are changing. */
async function askMeant(said: Said, under: string | undefined): Promise<Ask | undefined> {
  const { context, person, inbound } = said;
  if (under !== undefined) {
    const { platform } = inbound.sender;
    const shown = await context.store.nudgeShownIn(platform, under as MessageRef);
    if (shown !== undefined && shown.person === person.id && isAsk(shown)) return shown;
  }
  const open = await context.store.openNudges(person.id, context.now);
  return (await goalTakenUp(said, open)) ?? open[0];
}

/**
 * The goal whose question stands open though its ask is over or was answered: its person has chosen another, or set one by themselves.
 * What they did last is what they write about.
 */
const goalTakenUp = async (said: Said, open: readonly Ask[]): Promise<Ask | undefined> =>
  (await takenUp(said, open))?.goal;

async function takenUp(
  said: Said,
  open: readonly Ask[],
): Promise<{ readonly goal: Ask; readonly at: Instant } | undefined> {
  const goal = await goalToSet(said.context, said.person.id);
  if (goal === undefined || open.some(({ id }) => id === goal.id)) return undefined;
  const view = await viewOfAsk(said, goal);
  const own = view.seen.flatMap(({ replies }) => replies.filter((one) => one.person === said.person.id));
  const last = own.reduce((latest, { at }) => Math.max(latest, at), 0);
  const isTakenUp = last > 0 && nextStep(view) !== undefined;
  return isTakenUp && open.every(({ sentAt = 0 }) => sentAt <= last)
    ? { goal, at: instant(last) }
    : undefined;
}

/** Since when the ask is there to which typed words go; undefined where none is. */
export async function newestAsk(said: Said): Promise<Instant | undefined> {
  const { context, person } = said;
  const open = await context.store.openNudges(person.id, context.now);
  return (await takenUp(said, open))?.at ?? open[0]?.sentAt ?? open[0]?.dueAt;
}

const viewOfAsk = async ({ context, person, words }: Said, nudge: Ask): Promise<View> =>
  withEarlier(await viewOf(asFound(context), nudge, person, words.locale));

/** The question that stands open; in an ask that is replied under, also a line that was left out before. */
function stepAt(view: View, isUnder: boolean): Step | undefined {
  const next = nextStep(view);
  if (next !== undefined || !isUnder) return next;
  return conversationOf(view.nudge.kind)
    .steps(view)
    .find((step) => step.item.scale.type === "text" && replyTo(view, step)?.value === null);
}

/** The question whose choices can be typed: this one, or the one beneath a line. */
const chosenAt = (view: View, step: Step): Step => beneathStep(view, step) ?? step;

/** The answers as they are shown, and what else they are called: in the other language, and on their buttons. */
function choicesIn(view: View, step: Step): Required<Pick<Offered, "choices" | "alsoCalled">> {
  const named = (words: View["words"]) =>
    conversationOf(view.nudge.kind)
      .question({ ...view, words }, step)
      .choices.map(([value, label, short]) => ({ value, label, short }));
  const own = named(view.words);
  const others = LOCALES.filter((one) => one !== view.words.locale).flatMap((one) =>
    named(wordsFor(one, view.context.program)),
  );
  // What stands there may be another question's answer: it is known by its tap.
  const offered = conversationOf(view.nudge.kind)
    .offers?.(view, step, false)
    ?.map(({ act, ...labels }) => ({ value: act, ...labels }));
  const shown = offered ?? own;
  const further = offered === undefined ? others : [...own, ...others];
  return {
    choices: shown.map(({ value, label }) => [value, label] as const),
    alsoCalled: [
      ...further.map(({ value, label }) => [value, label] as const),
      ...[...shown, ...further].flatMap(({ value, short }) =>
        short === undefined ? [] : [[value, short] as const],
      ),
    ],
  };
}

type Small = Exclude<Typed, { is: "words" | "courtesy" }>;

/** What is never stored: a button, a choice, a small word. */
async function small(
  said: Said,
  meant: Small,
  view: View | undefined,
  step: Step | undefined,
  card: Card | undefined,
): Promise<Handled> {
  const { typed } = said.words.say;
  switch (meant.is) {
    case "command":
      return nowhere(said);
    case "button": {
      const meaning = card && tapNamed(card, meant.label);
      if (card === undefined) return nowhere(said);
      if (meaning === undefined || !isOfNudge(meaning) || meaning.verb === "write")
        return shown(headed(card, typed.several(meant.label)));
      return tapped(said, meaning);
    }
    case "choice": {
      const meaning = readAct(meant.value);
      if (meaning !== undefined && isOfNudge(meaning)) return tapped(said, meaning);
      return view === undefined || step === undefined
        ? nowhere(said)
        : answer(view, said.inbound, {
            verb: "answer",
            nudge: view.nudge.id,
            item: chosenAt(view, step).item.id,
            about: step.about,
            value: meant.value,
          });
    }
    case "undo":
      return undoNewest(said);
    case "skip":
      if (view === undefined || step === undefined) return told(said, typed.nothingKept);
      if (step.item.scale.type === "text" && mayBeSkipped(view, step))
        return answer(view, said.inbound, { verb: "skip", item: step.item.id, about: step.about });
      return shown(headed(askCard(view), typed.nothingKept));
    case "elsewhere":
      return told(said, typed.elsewhere(meant.label));
    default:
      return meant satisfies never;
  }
}

/** How long ago a question may have closed for its end to be named. */
const LATELY = 48 * HOUR;

/** What somebody was sent that may have closed lately: it was due as long before as a check-in, which is open longest, takes answers. */
export const sentLately = ({ store, program, now }: Context, person: PersonId): Promise<readonly Nudge[]> =>
  store.nudgesOf(person, later(now, -LATELY - program.policy.checkInWindow), now);

/** When a question closed: the time, with the date where that was on another day. */
function closedText({ context, words }: Said, at: Instant): string {
  const { zone, now } = context;
  const { typed } = words.say;
  return zone.dayOf(at) === zone.dayOf(now)
    ? typed.closedAt(words.format.time(at))
    : typed.closedOn(words.format.moment(at));
}

/** Words that no open question takes: what closed lately says when, else there is help. */
async function nowhere(said: Said): Promise<Handled> {
  const { context, person, words } = said;
  const lately = await sentLately(context, person.id);
  const since = later(context.now, -LATELY);
  const closed = lately
    .filter((one) => isAsk(one) && one.sentAt !== undefined)
    .filter(({ expiresAt }) => since <= expiresAt && expiresAt <= context.now)
    .toSorted((a, b) => b.expiresAt - a.expiresAt)[0];
  if (closed !== undefined) {
    // Whoever has answered something since does not mean what closed before.
    const answered = await context.store.repliesOf(person.id, closed.expiresAt, later(context.now, 1));
    return told(said, answered.length > 0 ? words.say.typed.notOpen : closedText(said, closed.expiresAt));
  }
  const help = helpCard(words, rolesOf(context, person), context.program.research !== undefined);
  const text = words.say.commands.unknownText;
  return shown({ ...help, blocks: [{ type: "text", text }, ...help.blocks] });
}

const told = ({ words }: Said, text: string): Handled => shown(notice(words, text));
