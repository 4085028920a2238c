import { tapsOf, type Meaning } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { personId } from "#src/domain/person.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Outcome } from "./life.ts";
import type { Standing } from "./far-side.ts";

/** What somebody answered, on which nudge. */
export interface Answer {
  readonly person: string;
  readonly meaning: Extract<Meaning, { nudge: unknown }>;
  readonly text?: string;
}

/** People who answer what they are asked, and do not give up: what was not acknowledged comes again. */
export interface Crowd {
  /** Everybody who has something to answer does so, some sooner and some later. */
  act(messages: readonly Standing[], send: (inbound: Inbound) => Promise<Outcome>): Promise<void>;
  /** What was given, whatever became of it: each once. */
  readonly given: readonly Answer[];
  /** What the process said it has. */
  readonly acknowledged: readonly Answer[];
  /** Why answers were turned away, and how often. */
  readonly refusals: ReadonlyMap<string, number>;
}

interface Tried {
  readonly inbound: Inbound;
  readonly what: Answer;
}

/** How the key of a message ends that was posted in the place of one that is gone. */
export const AGAIN = "-again";

export function crowd(random: () => number): Crowd {
  const given: Answer[] = [];
  const acknowledged: Answer[] = [];
  const refusals = new Map<string, number>();
  /** Events that may or may not have been kept, by message. */
  const open = new Map<string, Tried>();
  /** Cards that ask nothing. */
  const silent = new WeakSet<Card>();
  let events = 0;

  const tries = async (message: Standing, send: (inbound: Inbound) => Promise<Outcome>): Promise<boolean> => {
    const tried = open.get(message.ref) ?? wish(message, random, `e${(events += 1)}`);
    if (tried === undefined) {
      silent.add(message.card);
      return false;
    }
    if (!open.has(message.ref)) given.push(tried.what);
    open.set(message.ref, tried);
    const outcome = await send(tried.inbound);
    if (outcome.type !== "done" || outcome.reply === undefined) return false;
    const { reply } = outcome;
    if (reply.kind === "refused") refusals.set(reply.reason, (refusals.get(reply.reason) ?? 0) + 1);
    if (reply.kind === "refused" && reply.reason === "not-saved") return false;
    open.delete(message.ref);
    if (isKept(reply)) acknowledged.push(tried.what);
    if (reply.kind !== "none" && reply.card !== undefined) message.card = reply.card;
    return true;
  };

  // A reminder shows the same questions once more: everybody answers on the first message, or on what was posted in its place.
  const isOpen = ({ key, card, isGone }: Standing) =>
    (key.endsWith("-0") || key.endsWith(AGAIN)) && isGone !== true && !silent.has(card);

  return {
    given,
    acknowledged,
    refusals,
    async act(messages, send) {
      await Promise.all(
        messages.filter(isOpen).map(async (message) => {
          while (random() < 0.7) if (!(await tries(message, send))) return;
        }),
      );
    },
  };
}

/** What says that an answer is on disk: the next card, or that it had come before. */
const isKept = (reply: BotResponse): boolean =>
  reply.kind !== "refused" || reply.reason === "already-received";

/** What this person does next on this message; nothing when it asks nothing. */
function wish({ card, ref, to }: Standing, random: () => number, event: string): Tried | undefined {
  const sender = { platform: "memory", account: to, address: to };
  const input = card.blocks.find((block) => block.type === "input");
  const taps = tapsOf(card).filter(({ tap, meaning }) => isAnswer(card, tap.act, meaning));
  const chosen = taps[Math.floor(random() * taps.length)];
  if (chosen === undefined) return undefined;
  const { tap, meaning } = chosen;
  const what = { person: personId(to), meaning: meaning as Answer["meaning"] };
  if (meaning.verb !== "write")
    return { inbound: { type: "pressed", event, sender, act: tap.act, message: ref }, what };
  const text = `a line of its own, ${letters(random)}`;
  const values = { [input!.name]: text };
  return {
    inbound: { type: "submitted", event, sender, act: tap.act, message: ref, values },
    what: { ...what, text },
  };
}

/** Consent or an answer to the open question; never a way back. */
function isAnswer(card: Card, act: string, { verb }: Meaning): boolean {
  if (["agree", "write", "skip"].includes(verb)) return true;
  const question = card.blocks.find((block) => block.type === "question");
  return verb === "answer" && question?.choices.some((choice) => choice.act === act) === true;
}

const letters = (random: () => number): string =>
  Array.from({ length: 12 }, () => String.fromCodePoint(97 + Math.floor(random() * 26))).join("");
