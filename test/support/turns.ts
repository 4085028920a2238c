import { readAct, type Meaning, tapsOf } from "#src/card/act.ts";
import type { Act, Card } from "#src/card/card.ts";
import type { Nudge, NudgeId } from "#src/domain/nudge.ts";
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
    for (let i = 0; i < times; i++) {
      const asked = await answerNext(attune, id, seed + i, twist, keep);
      // Whom a check-in asks about first follows from what the two of a pair have both answered. So that nothing else does, whoever
      // begins one about several partners ends it.
      if (asked === undefined || !(await isAboutSeveral(attune, id, asked))) continue;
      for (let more = true; more;)
        more = (await answerNext(attune, id, seed + i, twist, keep, asked)) !== undefined;
    }
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
      return settles(attune, id, turn.seed, twist, keep);
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

/**
 * Says what the two settled on: by a choice, or in words that nobody else writes. There is something to settle where answers differ, so
 * nobody settles what a twisted answer is part of: what people do with what they may read is not what others are told of it.
 */
async function settles(attune: Flow, id: string, seed: number, twist: Twist, keep: Keep): Promise<void> {
  if (id === twist.of) return;
  const verb = seed % 2 === 0 ? "answer" : "ask";
  const isMeant = (meaning: Meaning): boolean =>
    isSettling(meaning) && "about" in meaning && meaning.about !== twist.of;
  const tapped = await press(attune, id, (meaning) => meaning.verb === verb && isMeant(meaning));
  if (verb === "answer" || tapped === undefined) return keep(tapped);
  for (const { ref, card } of attune.cloud.chat(id as Address)) {
    const input = card.blocks.find((block) => block.type === "input");
    if (input === undefined) continue;
    const meaning = readAct(input.submit.act);
    if (meaning === undefined || !isMeant(meaning)) continue;
    const text = wordsOf(seed);
    const reply = await attune.phone(id).submits(ref, input.submit.act, { [input.name]: text });
    return reply.kind === "refused" ? undefined : keep(meaning, text);
  }
}

type Keep = (meaning: Meaning | undefined, text?: string) => Promise<void>;

async function isAboutSeveral(attune: Flow, id: string, asked: NudgeId): Promise<boolean> {
  const { kind } = (await attune.store.nudge(asked))!;
  if (kind !== "pair-check-in") return false;
  const weeks = await attune.store.checkInWeeks(0);
  return weeks.some(
    ({ pairs }) =>
      pairs.filter(({ resident, attending }) => [resident, attending].includes(personId(id))).length > 1,
  );
}

/** Whether a tap is about a check-in's question. */
const isWeekly = (meaning: Meaning | undefined): boolean =>
  meaning !== undefined && "item" in meaning && /^(?:settled-)?week-|^next$/u.test(meaning.item);

/** What somebody answers in a check-in about each of several partners, whichever comes first: another seed for each question. */
function seedOf(seed: number, meaning: Meaning | undefined): number {
  if (meaning === undefined || !isWeekly(meaning) || !("item" in meaning)) return seed;
  const [letter = "a", digit = "0"] = meaning.about ?? "";
  return seed + 10_007 * (Number(digit) + (letter === "r" ? 4 : 0)) + meaning.item.length;
}

/**
 * Answers the question that stands on the newest message, or on that of one nudge: with a tap, or in words that nobody else writes.
 * Resolves to the nudge that asked.
 */
async function answerNext(
  attune: Flow,
  id: string,
  given: number,
  twist: Twist,
  keep: Keep,
  only?: NudgeId,
): Promise<NudgeId | undefined> {
  for (const { ref, card } of attune.cloud.chat(id as Address).toReversed()) {
    const input = card.blocks.find((block) => block.type === "input" && !block.name.startsWith("settled-"));
    if (input?.type === "input") {
      const asks = readAct(input.submit.act);
      if (only !== undefined && nudgeOf(asks) !== only) continue;
      const seed = seedOf(given, asks);
      const act: Act = seed % 4 === 0 && input.skip !== undefined ? input.skip.act : input.submit.act;
      const text = wordsOf(seed);
      const reply = await (act === input.submit.act
        ? attune.phone(id).submits(ref, act, { [input.name]: text })
        : attune.phone(id).presses(ref, act));
      if (reply.kind === "refused") return undefined;
      await keep(readAct(act), act === input.submit.act ? text : undefined);
      return nudgeOf(asks);
    }
    // That a goal changed asks for more, and one that has not come to its end is offered again with all that was said around it: where
    // an outcome is twisted, both are such, so that all else stays as it is.
    const isSame = ({ item, value }: { item: string; value: string }) =>
      id !== twist.of || !twist.items.has(item) || item !== "outcome" || UNFINISHED.has(value);
    const choices = choicesOf(card).filter(isSame);
    const [first] = choices;
    if (first === undefined) continue;
    const asks = readAct(first.act);
    if (only !== undefined && nudgeOf(asks) !== only) continue;
    const seed = seedOf(given, asks);
    const isTwisted = twist.isOn && id === twist.of && twist.items.has(first.item);
    const chosen = seed + (isTwisted ? 1 + (seed % (choices.length - 1)) : 0);
    const wanted = choices[chosen % choices.length]!;
    const tapped = await pressOn(attune, id, ref, wanted.act);
    await keep(tapped);
    return nudgeOf(tapped);
  }
  return undefined;
}

const nudgeOf = (meaning: Meaning | undefined): NudgeId | undefined =>
  meaning !== undefined && "nudge" in meaning ? meaning.nudge : undefined;

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

const UNFINISHED = new Set(["partly", "no-chance"]);

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
    const fitting = tapsOf(card).filter(({ meaning }) => wanted(meaning));
    // Of a check-in always the same one, whoever comes first in it.
    const found = isWeekly(fitting[0]?.meaning)
      ? fitting.toSorted((a, b) => (a.tap.act < b.tap.act ? -1 : 1))[0]
      : fitting[0];
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
