import type { ItemId } from "#src/domain/forms.ts";
import fc from "fast-check";
import { act } from "#src/card/act.ts";
import type { Act, Action, Block, Card, Chart, Choice } from "#src/card/card.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";

/** What people and rosters may write, and what some platform would take for something else. */
const HOSTILE = [
  "<b>bold</b>",
  "<script>alert(1)</script>",
  "\"quoted'",
  "a<b&c>d",
  "&amp;",
  "&lt;",
  "*star*",
  "_under_",
  "`code`",
  "~gone~",
  "[link](https://example.org)",
  "<https://example.org|here>",
  "<!channel>",
  "<@U012345>",
  "@here",
  "<at>Somebody</at>",
  ":tada:",
  "# head",
  "1.",
  "-",
  "> said",
  "${x}",
  "{{DATE(2026-01-01T00:00:00Z)}}",
  "\\*",
  "👩🏽‍⚕️🫀",
  "é̀",
  "مرحبا",
  "\u202eabc\u202c",
  "蘇生と安定化",
  "葛󠄀城",
];

const PLAIN = ["Mimosa", "Aralia", "Camellia", "Kerria", "Nandina", "Deutzia", "椿", "紫陽花"];

/** Numbers every plain word, so that a card never says one twice and a word that got lost is missed. */
export const PLAIN_WORD = /(?:Mimosa|Aralia|Camellia|Kerria|Nandina|Deutzia|椿|紫陽花)\d+·/gu;

const MARK = "#";

interface Sizes {
  /** How many words a text has at most, and how many a person may have typed. */
  readonly words: number;
  readonly choices: number;
  readonly rows: number;
  readonly blocks: number;
}

const ORDINARY: Sizes = { words: 8, choices: 5, rows: 4, blocks: 6 };
/** A sentence or two: what is asked before a tap counts. */
const BRIEF: Sizes = { ...ORDINARY, words: 4 };
const EXTREME: Sizes = { words: 700, choices: 40, rows: 25, blocks: 60 };

/** A card of the size that Attune's own flows build: no platform has a reason to drop any of it. */
export const ordinaryCard: fc.Arbitrary<Card> = cardOf(ORDINARY);

/** Any card at all: every kind of block, texts of several thousand characters, more choices than anybody reads. */
export const anyCard: fc.Arbitrary<Card> = fc.oneof(
  { weight: 3, arbitrary: ordinaryCard },
  { weight: 2, arbitrary: cardOf(EXTREME) },
);

function cardOf(sizes: Sizes): fc.Arbitrary<Card> {
  return fc
    .record({
      locale: fc.constantFrom("en" as const, "ja" as const),
      notification: text(ORDINARY),
      blocks: fc.array(block(sizes), { minLength: 1, maxLength: sizes.blocks, size: "max" }),
    })
    .map((card) => numbered(sizes === ORDINARY ? withFewCharts(card) : card));
}

/** A platform may draw two charts in one message, so Attune's flows build no more. */
function withFewCharts(card: Card): Card {
  const charts = card.blocks.filter(({ type }) => type === "chart").slice(2);
  return { ...card, blocks: card.blocks.filter((block) => !charts.includes(block)) };
}

/** A text of words between single spaces or line ends; plain words carry a mark in place of their number. */
function text({ words }: Sizes): fc.Arbitrary<string> {
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...PLAIN).map((plain) => `${plain}${MARK}·`) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  );
  const many = fc.oneof(
    { weight: 4, arbitrary: fc.array(word, { minLength: 1, maxLength: Math.min(words, 8) }) },
    { weight: 1, arbitrary: fc.array(word, { minLength: 1, maxLength: words, size: "max" }) },
  );
  return fc
    .tuple(many, fc.constantFrom(" ", " ", " ", "\n"))
    .map(([parts, between]) => [`Mimosa${MARK}·`, ...parts].join(between));
}

type Step = { readonly now: number; readonly of: number };

function anAct(): fc.Arbitrary<Act> {
  return fc
    .record({
      verb: fc.constantFrom("answer" as const, "write" as const, "skip" as const),
      nudge: fc.nat().map((id) => id as NudgeId),
      item: fc.constantFrom<ItemId>("help", "goal", "week-goal", "line"),
      about: fc.option(fc.constantFrom("r1", "a.tanaka@example.org", "研修医").map(personId), {
        nil: undefined,
      }),
      value: fc.constantFrom("1", "after", "a/b%\"<&>'", "蘇生"),
    })
    .map(act);
}

function action(sizes: Sizes): fc.Arbitrary<Action> {
  // One button for a file has its whole dialog in it: of more, no message has room for the rest of the card.
  const file = fc.record({ text: text(BRIEF), note: text(BRIEF), submit: fewWords() });
  return fc.record(
    {
      label: text(sizes),
      act: anAct(),
      style: fc.constantFrom("primary" as const, "quiet" as const, "danger" as const),
      confirm: fc.record({ text: text(BRIEF), yes: fewWords(), no: fewWords() }),
      ...(sizes === EXTREME ? { file } : {}),
    },
    { requiredKeys: ["label", "act"] },
  );
}

/** The words of a button that every platform has room for. */
function fewWords(): fc.Arbitrary<string> {
  return fc.constantFrom(...PLAIN).map((plain) => `${plain}${MARK}·`);
}

function choice(sizes: Sizes): fc.Arbitrary<Choice> {
  return fc.record(
    { label: text(sizes), act: anAct(), chosen: fc.boolean(), short: fewWords() },
    { requiredKeys: ["label", "act"] },
  );
}

function step(): fc.Arbitrary<Step> {
  return fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 8 }))
    .map(([now, more]) => ({ now, of: now + more }));
}

/** Of ordinary size it is one that every platform draws as a whole: short names, no gaps. */
function chart(sizes: Sizes): fc.Arbitrary<Chart> {
  const isOrdinary = sizes.words <= ORDINARY.words;
  const name = isOrdinary ? fewWords() : text({ ...sizes, words: 6 });
  const value = fc.record({ value: fc.integer({ min: 0, max: 4 }), text: fewWords() });
  const shape = fc.record({
    points: fc.integer({ min: 1, max: isOrdinary ? 8 : 24 }),
    series: fc.integer({ min: 1, max: isOrdinary ? 3 : 8 }),
  });
  return shape.chain(({ points, series }) =>
    fc.record(
      {
        type: fc.constant("chart" as const),
        title: name,
        points: fc.array(
          fc.record(
            { label: name, day: fc.constantFrom("2026-03-28", "2026-11-30") },
            { requiredKeys: ["label"] },
          ),
          { minLength: points, maxLength: points },
        ),
        series: fc.array(
          fc.record({
            name,
            values: fc
              .array(isOrdinary ? value : fc.option(value, { nil: undefined, freq: 3 }), {
                minLength: points,
                maxLength: points,
              })
              .filter((values) => values.some((one) => one !== undefined)),
          }),
          { minLength: series, maxLength: series },
        ),
        scale: fc.constant([
          { value: 0, text: "0" },
          { value: 4, text: "4" },
        ]),
        key: name,
      },
      { requiredKeys: ["type", "title", "points", "series", "scale"] },
    ),
  );
}

function block(sizes: Sizes): fc.Arbitrary<Block> {
  // A label is a few words, whatever its size elsewhere; what is said or typed may be long.
  const label = text({ ...sizes, words: Math.min(sizes.words, 60) });
  const long = text(sizes);
  const rowsOf = <Row>(row: fc.Arbitrary<Row>) =>
    fc.array(row, { minLength: 1, maxLength: sizes.rows, size: "max" });
  const short = { ...sizes, words: Math.min(sizes.words, 40) };
  return fc.oneof(
    fc.record(
      { type: fc.constant("title" as const), text: label, note: label },
      { requiredKeys: ["type", "text"] },
    ),
    fc.record(
      {
        type: fc.constant("text" as const),
        text: long,
        tone: fc.constantFrom("quiet" as const, "strong" as const),
      },
      { requiredKeys: ["type", "text"] },
    ),
    fc.record({ type: fc.constant("quote" as const), by: label, text: long }),
    fc.record(
      {
        type: fc.constant("question" as const),
        text: label,
        step: step(),
        choices: fc.array(choice(short), { minLength: 1, maxLength: sizes.choices, size: "max" }),
      },
      { requiredKeys: ["type", "text", "choices"] },
    ),
    fc.record(
      {
        type: fc.constant("input" as const),
        text: label,
        step: step(),
        name: fc.constantFrom("line", "next-week", "goalText"),
        placeholder: label,
        value: long,
        maximum: fc.integer({ min: 1, max: 140 }),
        note: label,
        problem: label,
        submit: action(short),
        skip: action(short),
      },
      { requiredKeys: ["type", "text", "name", "maximum", "submit"] },
    ),
    fc.record({
      type: fc.constant("answers" as const),
      rows: rowsOf(
        fc.record({ label, value: label, change: action(short) }, { requiredKeys: ["label", "value"] }),
      ),
    }),
    fc.record({
      type: fc.constant("compare" as const),
      mine: label,
      theirs: label,
      rows: rowsOf(
        fc.record(
          { label, mine: label, theirs: label, gap: fc.record({ direction: label, starter: label }) },
          { requiredKeys: ["label", "mine", "theirs"] },
        ),
      ),
    }),
    fc.record({ type: fc.constant("facts" as const), rows: rowsOf(fc.record({ label, value: label })) }),
    chart(sizes),
    fc.record({ type: fc.constant("visibility" as const), text: label }),
    fc.record({
      type: fc.constant("actions" as const),
      actions: fc.array(action(short), { minLength: 1, maxLength: Math.min(sizes.choices, 25) }),
    }),
    fc.record({ type: fc.constant("divider" as const) }),
  );
}

/** Gives every plain word and every act of a card a number of its own. */
function numbered(card: Card): Card {
  let count = 0;
  const walk = (value: unknown, field: string): unknown => {
    if (typeof value === "string") {
      if (field === "act") return value.replace(/^(\w+)\/\d+/, (_, verb: string) => `${verb}/${++count}`);
      return value.replaceAll(`${MARK}·`, () => `${++count}·`);
    }
    if (Array.isArray(value)) return value.map((each) => walk(each, field));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name)]));
    return value;
  };
  return walk(card, "") as Card;
}
