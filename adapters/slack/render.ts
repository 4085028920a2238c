import type { Block, Card, Loss, Rendered } from "#src/card/card.ts";
import { chartRows } from "#src/card/chart.ts";
import { widthOf } from "#src/card/width.ts";
import type { Log } from "#src/ports/log.ts";
import { escaped, headed, plainText, rich, richText, type Run, type SlackBlock } from "./blocks.ts";
import { pictureOf } from "./chart.ts";
import { cutTo } from "./cut.ts";
import { button, choices, controls, OPEN, type Drawing } from "./controls.ts";
import { formOf, formView, packForm } from "./form.ts";
import { LIMITS } from "./limits.ts";
import { between, inRuns, lines, run } from "./lines.ts";
import { textsIn } from "./texts.ts";

type Of<Type extends Block["type"]> = Extract<Block, { type: Type }>;

/** A card in Slack's format: a message's text and blocks, and the dialogs of its buttons. */
export interface SlackCard {
  /** The text for notifications and screen readers. Escaped, since Slack reads it as markup. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly dialogs: readonly SlackBlock[];
}

/**
 * Renders a card for a message or for a view (a modal or home tab), which may be larger. Labels that are too long for their
 * control are written above it. What does not fit at all is reported in the losses.
 */
export function renderCard(card: Card, surface: "message" | "view" = "message"): Rendered<SlackCard> {
  const limits = LIMITS[surface];
  const losses: Loss[] = [];
  const dialogs: SlackBlock[] = [];
  const blocks: SlackBlock[] = [];
  let ids = 0;
  let size = 2;
  card.blocks.forEach((one, block) => {
    const id = (kind: string): string => `${kind}-${++ids}`;
    const drawing: Drawing = { losses: [], dialogs: [], spelled: [], card, surface, block, id };
    const drawn = draw(drawing, one);
    const added = JSON.stringify(drawn).length;
    if (blocks.length + drawn.length > limits.blocks || size + added > limits.json) {
      losses.push({ block, what: `${one.type} left out: the ${surface} is full` });
      return;
    }
    size += added;
    blocks.push(...drawn);
    losses.push(...drawing.losses);
    dialogs.push(...drawing.dialogs);
  });
  const text = escaped(cutTo(card.notification, LIMITS.message.text / 5));
  return { payload: { text, blocks, dialogs }, losses };
}

/** Renders a card for a place, and logs what had to be left out (never the text itself). */
export function drawn(log: Log, card: Card, surface: "message" | "view" = "message"): SlackCard {
  const { payload, losses: all } = renderCard(card, surface);
  const losses = all.filter(({ inWords }) => inWords !== true);
  if (losses.length > 0)
    log.warn(
      { losses: losses.length, blocks: losses.map(({ block }) => block) },
      "Slack does not show all of a card",
    );
  return payload;
}

function draw(to: Drawing, block: Block): readonly SlackBlock[] {
  switch (block.type) {
    case "title":
      return [
        ...(block.text.length > LIMITS.header
          ? lines([run(block.text, true)])
          : [{ type: "header", text: plainText(block.text) }]),
        ...(block.note === undefined ? [] : quiet(block.note)),
      ];
    case "text":
      return block.tone === "quiet" ? quiet(block.text) : lines([run(block.text, block.tone === "strong")]);
    case "quote":
      return richText(rich(inRuns([run(block.by, true)])), rich(inRuns([run(block.text)]), "quote"));
    case "question":
      return [...lines([...step(block), run(block.text, true)]), ...choices(to, block.choices)];
    case "input":
      return input(to, block);
    case "answers":
      return block.rows.flatMap((row) => answer(to, row));
    case "compare":
      return block.rows.flatMap((row) => comparison(block, row));
    case "facts":
      return facts(block);
    case "chart":
      return chart(to, block);
    case "visibility":
      return quiet(block.text);
    case "actions":
      return controls(
        to,
        block.actions.map((action) => button(to, action)),
      );
    case "divider":
      return [{ type: "divider" }];
    default:
      return block satisfies never;
  }
}

const step = ({ step: at }: Of<"question"> | Of<"input">): readonly Run[] =>
  at === undefined ? [] : [run(`${at.now}/${at.of} `)];

const quiet = (text: string): readonly SlackBlock[] =>
  text === ""
    ? []
    : text.length > LIMITS.text
      ? lines([run(text)])
      : [{ type: "context", elements: [plainText(text)] }];

function input(to: Drawing, block: Of<"input">): readonly SlackBlock[] {
  const { value, form, lost } = packForm(formOf(to.card, block));
  to.losses.push(...lost.map((what) => ({ block: to.block, what })));
  to.dialogs.push(formView(form, {}));
  const write: SlackBlock = {
    type: "button",
    action_id: to.id(OPEN),
    text: plainText(textsIn(to.card.locale).write),
    value,
    style: "primary",
  };
  const skip = block.skip === undefined ? [] : [button(to, block.skip)];
  return [
    ...lines([...step(block), run(block.text, true)]),
    ...(block.value === undefined ? [] : richText(rich(inRuns([run(block.value)]), "quote"))),
    ...(block.problem === undefined ? [] : lines([run(block.problem)])),
    ...(block.note === undefined ? [] : quiet(block.note)),
    ...controls(to, [write, ...skip]),
  ];
}

/** Facts, each in a line or two of a phone. Where one needs more, all have their label above and room between them. */
function facts({ rows }: Of<"facts">): readonly SlackBlock[] {
  if (rows.every((row) => roomOf(row) <= ROOM.facts))
    return lines(between(rows.map((row) => [run(`${row.label}: `, true), run(row.value)])));
  return lines(
    between(
      rows.flatMap((row, index) => [...(index === 0 ? [] : [[]]), [run(row.label, true)], [run(row.value)]]),
    ),
  );
}

/** The picture, as far as Slack draws it, and below it the same in words, all of it. */
function chart(to: Drawing, block: Of<"chart">): readonly SlackBlock[] {
  const before = to.card.blocks.slice(0, to.block).filter(({ type }) => type === "chart").length;
  const { block: picture, lost } = pictureOf(block, to.surface, before);
  if (lost !== undefined) to.losses.push({ block: to.block, what: lost, inWords: true });
  const titled = picture !== undefined && block.title.length <= LIMITS.chart.title;
  return [
    ...(titled ? [] : lines([run(block.title, true)])),
    ...(picture === undefined ? [] : [picture]),
    // Without bold: twenty points in two looks would take a third of a message.
    ...lines(between(chartRows(block).map(({ label, value }) => [run(`${label}: ${value}`)]))),
  ];
}

/** The letters that a phone has room for: in two lines, and in one beside a button. */
const ROOM = { facts: 60, besideButton: 30 };

const roomOf = ({ label, value }: { readonly label: string; readonly value: string }): number =>
  widthOf(`${label}: ${value}`);

/** A given answer, with a button to change it if that is possible. */
function answer(to: Drawing, row: Of<"answers">["rows"][number]): readonly SlackBlock[] {
  const words = [run(`${row.label}: `, true), run(row.value)];
  if (row.change === undefined) return lines(words);
  const change = button(to, row.change);
  const text = `${row.label}${roomOf(row) > ROOM.besideButton ? "\n" : ": "}${row.value}`;
  const isShort = to.spelled.length === 0 && text.length <= LIMITS.text;
  return isShort
    ? [{ type: "section", text: plainText(text), accessory: change }]
    : [...lines(words), ...controls(to, [change])];
}

/**
 * Both answers as a section's fields, which Slack shows in two columns; each has its name above it, so that they read as well one
 * below the other. (A table would scroll on a phone, and a message may have one.) What is too long for a field stands in lines.
 */
function comparison(
  { mine, theirs }: Of<"compare">,
  row: Of<"compare">["rows"][number],
): readonly SlackBlock[] {
  const gap = row.gap === undefined ? [] : [[run(row.gap.direction, true)], [run(row.gap.starter)]];
  const label = headed(row.label);
  const fields = [headed(mine, row.mine), headed(theirs, row.theirs)];
  if (label.text.length <= LIMITS.text && fields.every(({ text }) => text.length <= LIMITS.field))
    return [{ type: "section", text: label, fields }, ...lines(between(gap))];
  const sides = [
    [run(`${mine}: `), run(row.mine)],
    [run(`${theirs}: `), run(row.theirs)],
  ];
  return lines(between([[run(row.label, true)], ...sides, ...gap]));
}
