import fc from "fast-check";
import { readAct, type Meaning } from "#src/card/act.ts";
import type { Act, Card, Locale } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import { tapsOf } from "#src/card/taps.ts";
import type { Address } from "#src/domain/person.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { flow, type Flow } from "./attune.ts";
import { ledgerOf, type Deed, type Ledger } from "./privacy-ledger.ts";
import { programOf, rosterOf, someone } from "./programs.ts";

/** What somebody does when it is their turn; `seed` chooses the answers. */
interface Turn {
  readonly who: number;
  readonly does: "answers" | "safety" | "counter" | "share" | "change" | "adopt" | "talked";
  readonly seed: number;
  readonly times: number;
}

/** A program's people and duties, and what they do at each of the moments, as chance has it. */
export interface History {
  readonly people: readonly { readonly id: string; readonly locale: Locale }[];
  readonly duties: readonly string[];
  readonly rounds: readonly { readonly at: string; readonly turns: readonly Turn[] }[];
}

const MOMENTS = [
  "01T07:50",
  "01T08:05",
  "01T13:05",
  "01T17:10",
  "02T07:50",
  "02T08:05",
  "02T17:10",
  "02T22:10",
  "07T09:05",
  "08T09:05",
  "09T09:05",
];
const SPANS = [(day: string) => `${day}T08:00 ${day}T17:00`, (day: string) => `${day}T13:00 ${day}T22:00`];
const locales = fc.constantFrom<Locale>("en", "ja");

export const randomHistory: fc.Arbitrary<History> = fc
  .record({ residents: fc.integer({ min: 2, max: 4 }), attendings: fc.integer({ min: 2, max: 3 }) })
  .chain(({ residents, attendings }) => {
    const ids = [...ones("r", residents), ...ones("a", attendings), "c1"];
    const turn = fc.record<Turn>({
      who: fc.nat({ max: ids.length - 2 }),
      does: fc.constantFrom(
        "answers",
        "answers",
        "answers",
        "safety",
        "counter",
        "share",
        "change",
        "adopt",
        "talked",
      ),
      seed: fc.nat({ max: 10_000 }),
      times: fc.integer({ min: 1, max: 7 }),
    });
    return fc.record({
      people: fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), locale: locales }))),
      duties: fc
        .tuple(
          ...ids
            .slice(0, -1)
            .flatMap((id) =>
              ["01", "02"].map((day) => fc.nat({ max: 5 }).map((n) => duty(id, `2026-12-${day}`, n))),
            ),
        )
        .map((all) => all.flat()),
      rounds: fc.tuple(
        ...MOMENTS.map((at) =>
          fc.record({
            at: fc.constant(`2026-12-${at}`),
            turns: fc.array(turn, { minLength: 2, maxLength: 6, size: "max" }),
          }),
        ),
      ),
    });
  });

const ones = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
const duty = (id: string, day: string, n: number): readonly string[] =>
  n === 5 ? [] : [`${id} ${SPANS[n === 4 ? 1 : 0]!(day)}`];

/** One person's answers to some items; when it is on, they are others, and nothing else is. */
export interface Twist {
  readonly of: string;
  readonly items: ReadonlySet<string>;
  readonly isOn: boolean;
}

/** What everybody could read at one moment. */
export interface Moment {
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly ledger: Pick<Ledger, "mayRead">;
  /** Who may by now have seen something of what the twist changes. */
  readonly knowing: ReadonlySet<string>;
  readonly contributors: { readonly one: number; readonly both: number };
}

/** Lives through a history with the real bot and engine, and calls back after every turn and every round. */
export async function live(history: History, twist: Twist, look: (moment: Moment) => void): Promise<void> {
  const ids = history.people.map(({ id }) => id);
  const program = {
    ...programOf({ people: ids }),
    people: history.people.map(({ id, locale }) => someone(id, { locale })),
  };
  const roster = rosterOf(history.duties);
  const ledger = ledgerOf(roster.assignments);
  await using attune = await flow({ program, roster, start: "2026-12-01T06:00" });
  const knowing = new Set<string>([twist.of]);
  const show = async (withPages: boolean) => {
    const texts = new Map<string, readonly string[]>();
    for (const id of ids) {
      texts.set(id, [...attune.phone(id).chat(), ...(withPages ? await pages(attune, id) : [])]);
      if (ledger.isShown(twist.of, id, twist.items)) knowing.add(id);
    }
    const contributors = { one: ledger.contributors("one"), both: ledger.contributors("both") };
    if (contributors.one >= 5 || contributors.both >= 5) knowing.add("c1");
    look({ texts, ledger, knowing, contributors });
  };
  for (const id of ids) {
    await attune.phone(id).says("home");
    await press(attune, id, (meaning) => meaning.verb === "agree");
  }
  for (const { at, turns } of history.rounds) {
    await attune.until(at);
    for (const turn of turns) {
      await take(attune, ledger, ids[turn.who]!, turn, twist);
      await show(false);
    }
    await show(true);
  }
}

/** What a person can open at any time: their home, and what is kept of them. */
async function pages(attune: Flow, id: string): Promise<readonly string[]> {
  const sender = { platform: "memory", account: id, address: id as Address };
  const home = await attune.running.bot.receive({ type: "opened", event: "look", sender });
  const kept = await attune.running.bot.receive({ type: "said", event: "look", sender, text: "my data" });
  return [home, kept].map((reply) => (reply.kind === "card" ? plain(reply.card) : reply.kind));
}

async function take(attune: Flow, ledger: Ledger, id: string, turn: Turn, twist: Twist): Promise<void> {
  const keep = async (meaning: Meaning | undefined, text?: string) => {
    if (meaning === undefined || !("item" in meaning) || meaning.verb === "ask") return;
    const nudge = (await attune.store.nudge(meaning.nudge))!;
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
  switch (turn.does) {
    case "answers":
      return answer(turn.seed, turn.times);
    case "safety":
      return keep(
        await press(attune, id, (meaning) => meaning.verb === "answer" && meaning.item === "safety"),
      );
    case "counter":
    case "share":
      await press(attune, id, (meaning) => meaning.verb === "ask" && meaning.item === turn.does);
      return answer(turn.seed, 1);
    case "change":
      await press(
        attune,
        id,
        (meaning) => meaning.verb === "ask" && !["counter", "share"].includes(meaning.item),
      );
      return answer(turn.seed, 1);
    case "adopt":
    case "talked":
      await press(attune, id, (meaning) => meaning.verb === turn.does);
      return undefined;
    default:
      return turn.does satisfies never;
  }
}

type Keep = (meaning: Meaning | undefined, text?: string) => Promise<void>;

/** Answers the question that stands on the newest message: with a tap, or in words that nobody else writes. */
async function answerNext(attune: Flow, id: string, seed: number, twist: Twist, keep: Keep): Promise<void> {
  for (const { ref, card } of attune.cloud.chat(id as Address).toReversed()) {
    const input = card.blocks.find((block) => block.type === "input");
    if (input !== undefined) {
      const act: Act = seed % 4 === 0 && input.skip !== undefined ? input.skip.act : input.submit.act;
      const text = wordsOf(seed);
      const reply = await (act === input.submit.act
        ? attune.phone(id).submits(ref, act, { [input.name]: text })
        : attune.phone(id).presses(ref, act));
      return reply.kind === "refused"
        ? undefined
        : keep(readAct(act), act === input.submit.act ? text : undefined);
    }
    const choices = choicesOf(card);
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
      return meaning?.verb === "answer" ? [{ act, item: meaning.item, value: meaning.value }] : [];
    })
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));

const LETTERS = "bcdfghjkmn";
/** A word that stands for this answer alone, and for nothing in either language. */
const wordsOf = (seed: number): string =>
  `zq${[...String(seed + 100_000)].map((digit) => LETTERS[Number(digit)]).join("")}`;

async function press(
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
