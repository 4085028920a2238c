import type { Action, Block, Card, Loss, Rendered } from "#src/card/card.ts";
import { escaped, plainText, rich, richText, type Run, type SlackBlock } from "./blocks.ts";
import { cutTo } from "./cut.ts";
import { formOf, formView, packForm } from "./form.ts";
import { LIMITS, MOST_BUTTONS } from "./limits.ts";
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

/** The ids of elements that can be tapped begin with one of these. */
export const ACT = "act";
export const OPEN = "open";

/** The rendering of one block of a card. */
interface Drawing {
  readonly losses: Loss[];
  readonly dialogs: SlackBlock[];
  readonly card: Card;
  readonly block: number;
  /** Labels that are too long for their control. They are written above it in full. */
  readonly spelled: string[];
  /** Ids are unique within a message. */
  id(kind: typeof ACT | typeof OPEN): string;
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
    const drawing: Drawing = { losses: [], dialogs: [], spelled: [], card, block, id };
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
      return [...lines([...step(block), run(block.text, true)]), ...choices(to, block)];
    case "input":
      return input(to, block);
    case "answers":
      return block.rows.flatMap((row) => answer(to, row));
    case "compare":
      return block.rows.flatMap((row) => comparison(block, row));
    case "facts":
      return lines(between(block.rows.map((row) => [run(`${row.label}: `, true), run(row.value)])));
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

/** A control's label. If it has to be cut, the full label is written above the control. */
function labelled(to: Drawing, text: string, limit: number) {
  if (text.length > limit) to.spelled.push(text);
  return plainText(cutTo(text, limit));
}

/** Buttons and menus in rows, below the labels that are too long for them. */
const controls = (to: Drawing, all: readonly SlackBlock[]): readonly SlackBlock[] => [
  ...lines(between(to.spelled.splice(0).map((text) => [run(`• ${text}`)]))),
  ...inGroups(all, LIMITS.actions).map((elements) => ({ type: "actions", elements })),
];

const COLOUR: Readonly<Partial<Record<NonNullable<Action["style"]>, string>>> = {
  primary: "primary",
  danger: "danger",
};

function button(to: Drawing, { label, act, style }: Action): SlackBlock {
  const fits = act.length <= LIMITS.button.value;
  if (!fits) to.losses.push({ block: to.block, what: "a button does nothing: its act is too long" });
  const colour = style === undefined ? undefined : COLOUR[style];
  return {
    type: "button",
    action_id: to.id(ACT),
    text: labelled(to, label, LIMITS.button.label),
    value: fits ? act : "",
    ...(colour === undefined ? {} : { style: colour }),
  };
}

/** Few choices become buttons. More become a menu, if their acts fit into one. */
function choices(to: Drawing, { choices: all }: Of<"question">): readonly SlackBlock[] {
  const isMenu = all.length > MOST_BUTTONS && all.every(({ act }) => act.length <= LIMITS.select.value);
  if (isMenu) return menus(to, all);
  const drawn = all.map(({ label, act, chosen }) =>
    chosen === true ? button(to, { label: `✓ ${label}`, act, style: "primary" }) : button(to, { label, act }),
  );
  return controls(to, drawn);
}

function menus(to: Drawing, all: Of<"question">["choices"]): readonly SlackBlock[] {
  const options = all.map(({ label, act, chosen }) => ({
    isChosen: chosen === true,
    option: { text: labelled(to, label, LIMITS.select.label), value: act },
  }));
  const drawn = inGroups(options, LIMITS.select.options).map((some): SlackBlock => {
    const chosen = some.find(({ isChosen }) => isChosen);
    return {
      type: "static_select",
      action_id: to.id(ACT),
      placeholder: plainText(textsIn(to.card.locale).choose),
      options: some.map(({ option }) => option),
      ...(chosen === undefined ? {} : { initial_option: chosen.option }),
    };
  });
  return controls(to, drawn);
}

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
    ...controls(to, [write, ...skip]),
  ];
}

/** A given answer, with a button to change it if that is possible. */
function answer(to: Drawing, row: Of<"answers">["rows"][number]): readonly SlackBlock[] {
  const words = [run(`${row.label}: `, true), run(row.value)];
  if (row.change === undefined) return lines(words);
  const change = button(to, row.change);
  const text = `${row.label}: ${row.value}`;
  const isShort = to.spelled.length === 0 && text.length <= LIMITS.text;
  return isShort
    ? [{ type: "section", text: plainText(text), accessory: change }]
    : [...lines(words), ...controls(to, [change])];
}

function comparison(
  { mine, theirs }: Of<"compare">,
  row: Of<"compare">["rows"][number],
): readonly SlackBlock[] {
  const gap = row.gap === undefined ? [] : [[run(row.gap.direction, true)], [run(row.gap.starter)]];
  return lines(
    between([
      [run(row.label, true)],
      [run(`${mine}: `), run(row.mine)],
      [run(`${theirs}: `), run(row.theirs)],
      ...gap,
    ]),
  );
}

function inGroups<One>(all: readonly One[], size: number): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
