import { readAct, type Meaning, tapsOf } from "#src/card/act.ts";
import type { Act, Card } from "#src/card/card.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { personId, type Address } from "#src/domain/person.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Flow } from "./attune.ts";
import type { Deed, Ledger } from "./privacy-ledger.ts";
import { SAYINGS, type Turn } from "./random-histories.ts";

/** One person's answers to some items; when it is on, they are others, and nothing else is. */
export interface Twist {
  readonly of: string;
  readonly items: ReadonlySet<string>;
  readonly isOn: boolean;
}

/** Does what it is somebody's turn to do, and writes in the ledger what they answered. */
export async function take(
  attune: Flow,
  ledger: Ledger,
  id: string,
  turn: Turn,
  twist: Twist,
): Promise<void> {
  const keep = async (meaning: Meaning | undefined, text?: string) => {
    if (meaning === undefined || !("item" in meaning) || meaning.verb === "ask") return;
    const nudge = (await attune.store.nudge(meaning.nudge))!;
    if (COPYING.has(meaning.item)) return keepAll(attune, ledger, id, nudge);
    const value = meaning.verb === "answer" ? meaning.value : (text ?? null);
    ledger.note({
      person: id,
      kind: nudge.kind,
      subject: nudge.subject,
      about: meaning.about,
      item: meaning.item,
      value,
    } satisfies Deed);
  };
  const answer = async (seed: number, times: number) => {
    for (let i = 0; i < times; i++) await answerNext(attune, id, seed + i, twist, keep);
  };
  const opens = async (wanted: (item: string) => boolean) => {
    await press(
      attune,
      id,
      (meaning) => meaning.verb === "ask" && wanted(meaning.item) && !isSettling(meaning),
    );
    return answer(turn.seed, 1);
  };
  const isAnswer = (meaning: Meaning, item: string): meaning is Extract<Meaning, { verb: "answer" }> =>
    meaning.verb === "answer" && meaning.item === item;
  const safety = async () => keep(await press(attune, id, (meaning) => isAnswer(meaning, "safety")));
  const share = () => opens((item) => item === "share");
  const counter = () => opens((item) => item === "counter");
  const suggested = async () => {
    const takes = turn.seed % 2 === 0 ? "taken" : "kept";
    const isMeant = (meaning: Meaning) => isAnswer(meaning, "suggestion") && meaning.value.startsWith(takes);
    await keep(await press(attune, id, isMeant));
  };
  // A goal that is chosen anew is what most follows from.
  const change = () =>
    opens((item) => (turn.seed % 2 === 0 ? item === "goal" : !["counter", "share"].includes(item)));
  switch (turn.does) {
    case "answers":
      return answer(turn.seed, turn.times);
    case "weighs":
      return id.startsWith("a") ? safety() : share();
    case "suggests":
      return id.startsWith("a") ? counter() : suggested();
    case "change":
      return change();
    case "settles":
      return settles(attune, id, turn.seed, keep);
    case "says":
      await attune.phone(id).says(SAYINGS[turn.seed % SAYINGS.length]!);
      return undefined;
    default:
      return turn.does satisfies never;
  }
}

/** One tap on these answers several questions: with what was said last time, or what an attending has suggested. */
const COPYING = new Set(["same", "suggestion"]);

/** All that somebody has answered to an ask, as they would find it in their export. */
async function keepAll(attune: Flow, ledger: Ledger, person: string, nudge: Nudge): Promise<void> {
  const { replies } = await attune.store.export(personId(person));
  for (const { about, item, value } of replies.filter((one) => one.nudge === nudge.id))
    ledger.note({ person, kind: nudge.kind, subject: nudge.subject, about, item, value });
}

/** Whether a tap is about what the two settled on: there are such only where both answered, and differ. */
const isSettling = (meaning: Meaning): boolean => "item" in meaning && meaning.item.startsWith("settled-");

/** Says what the two settled on: by a choice, or in words that nobody else writes. */
async function settles(attune: Flow, id: string, seed: number, keep: Keep): Promise<void> {
  const verb = seed % 2 === 0 ? "answer" : "ask";
  const tapped = await press(attune, id, (meaning) => meaning.verb === verb && isSettling(meaning));
  if (verb === "answer" || tapped === undefined) return keep(tapped);
  for (const { ref, card } of attune.cloud.chat(id as Address)) {
    const input = card.blocks.find((block) => block.type === "input");
    if (input?.name.startsWith("settled-") !== true) continue;
    const text = wordsOf(seed);
    const reply = await attune.phone(id).submits(ref, input.submit.act, { [input.name]: text });
    return reply.kind === "refused" ? undefined : keep(readAct(input.submit.act), text);
  }
}

type Keep = (meaning: Meaning | undefined, text?: string) => Promise<void>;

/** Answers the question that stands on the newest message: with a tap, or in words that nobody else writes. */
async function answerNext(attune: Flow, id: string, seed: number, twist: Twist, keep: Keep): Promise<void> {
  for (const { ref, card } of attune.cloud.chat(id as Address).toReversed()) {
    const input = card.blocks.find((block) => block.type === "input" && !block.name.startsWith("settled-"));
    if (input?.type === "input") {
      const act: Act = seed % 4 === 0 && input.skip !== undefined ? input.skip.act : input.submit.act;
      const text = wordsOf(seed);
      const reply = await (act === input.submit.act
        ? attune.phone(id).submits(ref, act, { [input.name]: text })
        : attune.phone(id).presses(ref, act));
      return reply.kind === "refused"
        ? undefined
        : keep(readAct(act), act === input.submit.act ? text : undefined);
    }
    // That a goal changed asks for more: where an outcome is twisted, it is left out, so that all else stays as it is.
    const isSame = ({ item, value }: { item: string; value: string }) =>
      id !== twist.of || !twist.items.has(item) || item !== "outcome" || value !== "changed";
    const choices = choicesOf(card).filter(isSame);
    const [first] = choices;
    if (first === undefined) continue;
    const isTwisted = twist.isOn && id === twist.of && twist.items.has(first.item);
    const wanted = choices[(seed + (isTwisted ? 1 + (seed % (choices.length - 1)) : 0)) % choices.length]!;
    return keep(await pressOn(attune, id, ref, wanted.act));
  }
}

/** Always in the same order, whatever the card puts first. */
const choicesOf = (card: Card) =>
  card.blocks
    .flatMap((block) => (block.type === "question" ? block.choices : []))
    .flatMap(({ act }) => {
      const meaning = readAct(act);
      return meaning?.verb === "answer" && !isSettling(meaning)
        ? [{ act, item: meaning.item, value: meaning.value }]
        : [];
    })
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));

const LETTERS = "bcdfghjkmn";
/** A word that stands for this answer alone, and for nothing in either language. */
const wordsOf = (seed: number): string =>
  `zq${[...String(seed + 100_000)].map((digit) => LETTERS[Number(digit)]).join("")}`;

export async function press(
  attune: Flow,
  id: string,
  wanted: (meaning: Meaning) => boolean,
): Promise<Meaning | undefined> {
  for (const { ref, card } of attune.cloud.chat(id as Address).toReversed()) {
    const found = tapsOf(card).find(({ meaning }) => wanted(meaning));
    if (found !== undefined) return pressOn(attune, id, ref, found.tap.act);
  }
  return undefined;
}

async function pressOn(
  attune: Flow,
  id: string,
  message: MessageRef,
  act: Act,
): Promise<Meaning | undefined> {
  const reply = await attune.phone(id).presses(message, act);
  return reply.kind === "refused" ? undefined : readAct(act);
}
