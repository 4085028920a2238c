import type { Action, Block, Card, Choice, Confirm, Loss, Rendered } from "#src/card/card.ts";
import { cutToWidth, widthOf } from "#src/card/width.ts";
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

/** A menu option's label. If it has to be cut, the full label is written above the menu. */
function labelled(to: Drawing, text: string, limit: number) {
  if (text.length > limit) to.spelled.push(text);
  return plainText(cutTo(text, limit));
}

/** Buttons and menus in rows, below the labels that are too long for them. */
const controls = (to: Drawing, all: readonly SlackBlock[]): readonly SlackBlock[] => [
  ...lines(between(to.spelled.splice(0).map((text) => [run(`• ${text}`)]))),
  ...inRows(all),
];

const inRows = (all: readonly SlackBlock[]): readonly SlackBlock[] =>
  inGroups(all, LIMITS.actions).map((elements) => ({ type: "actions", elements }));

const COLOUR: Readonly<Partial<Record<NonNullable<Action["style"]>, string>>> = {
  primary: "primary",
  danger: "danger",
};

/** A button. A label that a phone would cut is cut here, and written above in full. */
function button(to: Drawing, { label, act, style, confirm }: Action): SlackBlock {
  const { value, width } = LIMITS.button;
  const fits = act.length <= value;
  if (!fits) to.losses.push({ block: to.block, what: "a button does nothing: its act is too long" });
  if (widthOf(label) > width) to.spelled.push(label);
  const colour = style === undefined ? undefined : COLOUR[style];
  return {
    type: "button",
    action_id: to.id(ACT),
    text: plainText(cutToWidth(label, width)),
    value: fits ? act : "",
    ...(colour === undefined ? {} : { style: colour }),
    ...(confirm === undefined ? {} : { confirm: dialog(to, label, confirm, style) }),
  };
}

/** Slack's own dialog before a tap counts. */
function dialog(to: Drawing, label: string, { text, yes, no }: Confirm, style: Action["style"]) {
  const { title, text: most, button: longest } = LIMITS.confirm;
  if (text.length > most || yes.length > longest || no.length > longest)
    to.losses.push({ block: to.block, what: "the question before a tap is cut" });
  return {
    title: plainText(cutTo(label, title)),
    text: plainText(cutTo(text, most)),
    confirm: plainText(cutTo(yes, longest)),
    deny: plainText(cutTo(no, longest)),
    ...(style === "danger" ? { style } : {}),
  };
}

/**
 * Few choices become buttons. If one of them has no room on a button, all stand above it in full with a number, and the
 * buttons have the number and a few words. More choices become a menu, if their acts fit into one.
 */
function choices(to: Drawing, { choices: all }: Of<"question">): readonly SlackBlock[] {
  const isMenu = all.length > MOST_BUTTONS && all.every(({ act }) => act.length <= LIMITS.select.value);
  if (isMenu) return menus(to, all);
  const marked = (text: string, { chosen }: Choice): string => (chosen === true ? `✓ ${text}` : text);
  const drawn = (one: Choice, label: string): SlackBlock => {
    const { act, chosen } = one;
    return button(to, { label: marked(label, one), act, ...(chosen === true ? { style: "primary" } : {}) });
  };
  const { width } = LIMITS.button;
  if (all.every((one) => widthOf(marked(one.label, one)) <= width))
    return inRows(all.map((one) => drawn(one, one.label)));
  const numbered = all.map((one, index) => {
    const number = `${index + 1}. `;
    const room = width - widthOf(marked(number, one));
    return {
      above: number + one.label,
      button: drawn(one, number + cutToWidth(one.short ?? one.label, room)),
    };
  });
  return [
    ...lines(between(numbered.map(({ above }) => [run(above)]))),
    ...inRows(numbered.map((one) => one.button)),
  ];
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
