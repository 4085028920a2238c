import { createHash } from "node:crypto";
import { type Meaning, tapsOf } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { settledBy } from "#src/domain/exchange.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Standing } from "#test/support/kill/far-side.ts";

/** Carries an act to some replica, again and again under the same key, until one says what became of it. */
export type Carry = (inbound: Inbound) => Promise<BotResponse>;

/**
 * People who answer every ask at the moment they are asked to, always the same: what they say follows from who
 * they are and what they are asked, and not from what else happens. Some asks they leave unanswered.
 */
export async function answerAll(
  messages: readonly { readonly message: Standing; readonly nudge: Nudge }[],
  carry: Carry,
): Promise<number> {
  const byPerson = Map.groupBy(messages, ({ nudge }) => nudge.person);
  const counts = await Promise.all([...byPerson.values()].map((theirs) => answerInTurn(theirs, carry)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function answerInTurn(
  messages: readonly { readonly message: Standing; readonly nudge: Nudge }[],
  carry: Carry,
): Promise<number> {
  let answers = 0;
  for (const { message, nudge } of messages) {
    const about = `${nudge.person} ${nudge.kind} ${nudge.subject}`;
    if (chance(`${about} answers`, 10) < 2) continue;
    for (let step = 0; step < 30; step += 1) {
      const inbound = next(message, about, `${about} ${step}`);
      if (inbound === undefined) break;
      const reply = await carry(inbound);
      answers += 1;
      if (reply.kind !== "none" && reply.card !== undefined) message.card = reply.card;
      if (reply.kind === "refused" && reply.reason !== "already-received") break;
    }
  }
  return answers;
}

/** The next thing this person does on this message; undefined when nothing is open on it. */
function next({ card, ref, to }: Standing, about: string, event: string): Inbound | undefined {
  const sender = { platform: "memory", account: to, address: to };
  const taps = tapsOf(card).filter(({ tap, meaning }) => isAnswer(card, tap.act, meaning));
  if (taps.length === 0) return undefined;
  const question = taps.map(({ meaning }) => wordOf(meaning)).join();
  const { tap, meaning } = taps[chance(`${about} ${question}`, taps.length)]!;
  if (meaning.verb !== "write") return { type: "pressed", event, sender, act: tap.act, message: ref };
  const input = card.blocks.find((block) => block.type === "input")!;
  const values = { [input.name]: `about ${chance(`${about} ${question} words`, 1_000)} words` };
  return { type: "submitted", event, sender, act: tap.act, message: ref, values };
}

/**
 * An answer to the open question; never a way back, and never what two settled on: of that the last word of either stands, and
 * who of two comes last is chance.
 */
function isAnswer(card: Card, act: string, meaning: Meaning): boolean {
  if ("item" in meaning && settledBy(meaning.item) !== undefined) return false;
  if (meaning.verb === "write" || meaning.verb === "skip") return true;
  const question = card.blocks.find((block) => block.type === "question");
  return meaning.verb === "answer" && question?.choices.some((choice) => choice.act === act) === true;
}

/** A meaning without the nudge's number, which another run may have given otherwise. */
const wordOf = (meaning: Meaning): string => JSON.stringify({ ...meaning, nudge: undefined });

/** A number below `sides`, the same for the same words. */
const chance = (words: string, sides: number): number =>
  createHash("sha256").update(words).digest().readUInt32BE() % sides;
