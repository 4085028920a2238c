import type { Action, Block, Card, Loss, Rendered } from "#src/card/card.ts";
import { escaped, plainText, rich, richText, type Run, type SlackBlock } from "./blocks.ts";
import { cutTo, formLosses, formOf, formView, packForm } from "./form.ts";
import { LIMITS, MOST_BUTTONS } from "./limits.ts";
import { textsIn } from "./texts.ts";

type Of<Type extends Block["type"]> = Extract<Block, { type: Type }>;

/** A card as Slack takes it: a message's text and blocks, and the dialogs that its buttons open. */
export interface SlackCard {
  /** What a notification and a screen reader say; escaped, since Slack reads it as markup. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly dialogs: readonly SlackBlock[];
}

/** Ids of what can be tapped begin with one of these. */
export const ACT = "act";
export const OPEN = "open";

/** What one block of a card becomes. */
interface Drawing {
  readonly losses: Loss[];
  readonly dialogs: SlackBlock[];
  readonly card: Card;
  readonly block: number;
  /** Ids are unique within a message. */
  id(kind: typeof ACT | typeof OPEN): string;
}

/** Renders a card for a message, or for a view (a modal, a home tab), which holds more. Nothing is dropped unsaid. */
export function renderCard(card: Card, surface: "message" | "view" = "message"): Rendered<SlackCard> {
  const limits = LIMITS[surface];
  const losses: Loss[] = [];
  const dialogs: SlackBlock[] = [];
  const blocks: SlackBlock[] = [];
  let ids = 0;
  let size = 2;
  card.blocks.forEach((one, block) => {
    const drawing: Drawing = { losses: [], dialogs: [], card, block, id: (kind) => `${kind}-${++ids}` };
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
  const text = cutTo(escaped(card.notification), LIMITS.message.text);
  return { payload: { text, blocks, dialogs }, losses };
}

function draw(to: Drawing, block: Block): readonly SlackBlock[] {
  switch (block.type) {
    case "title":
      return [
        { type: "header", text: plainText(cut(to, block.text, LIMITS.header, "title")) },
        ...(block.note === undefined ? [] : quiet(to, block.note)),
      ];
    case "text":
      return block.tone === "quiet"
        ? quiet(to, block.text)
        : lines(to, [run(block.text, block.tone === "strong")]);
    case "quote":
      return richText(rich(fit(to, [run(block.by, true)])), rich(fit(to, [run(block.text)]), "quote"));
    case "question":
      return [...lines(to, [...step(block), run(block.text, true)]), ...choices(to, block)];
    case "input":
      return input(to, block);
    case "answers":
      return block.rows.flatMap((row) => answer(to, row));
    case "compare":
      return block.rows.flatMap((row) => comparison(to, block, row));
    case "facts":
      return lines(to, between(block.rows.map((row) => [run(`${row.label}: `, true), run(row.value)])));
    case "visibility":
      return quiet(to, block.text);
    case "actions":
      return rows(block.actions.map((action) => button(to, action)));
    case "divider":
      return [{ type: "divider" }];
    default:
      return block satisfies never;
  }
}

const run = (text: string, bold = false): Run => ({ text, bold });

/** Lines of runs, one below the other. */
const between = (rows: readonly (readonly Run[])[]): readonly Run[] =>
  rows.flatMap((row, index) => (index === 0 ? row : [run("\n"), ...row]));

const step = ({ step: at }: Of<"question"> | Of<"input">): readonly Run[] =>
  at === undefined ? [] : [run(`${at.now}/${at.of} `)];

function cut(to: Drawing, text: string, limit: number, what: string): string {
  if (text.length > limit)
    to.losses.push({ block: to.block, what: `${what} cut from ${text.length} to ${limit} characters` });
  return cutTo(text, limit);
}

const fit = (to: Drawing, runs: readonly Run[]): readonly Run[] =>
  runs.map((one) => ({ ...one, text: cut(to, one.text, LIMITS.text, "text") }));

const lines = (to: Drawing, runs: readonly Run[]): readonly SlackBlock[] => richText(rich(fit(to, runs)));

const quiet = (to: Drawing, text: string): readonly SlackBlock[] =>
  text === "" ? [] : [{ type: "context", elements: [plainText(cut(to, text, LIMITS.text, "text"))] }];

const COLOUR: Readonly<Partial<Record<NonNullable<Action["style"]>, string>>> = {
  primary: "primary",
  danger: "danger",
};

function button(to: Drawing, action: Action): SlackBlock {
  const { label, act, style } = action;
  if (act.length > LIMITS.button.value)
    to.losses.push({ block: to.block, what: `the button "${label}" does nothing: its act is too long` });
  const colour = style === undefined ? undefined : COLOUR[style];
  return {
    type: "button",
    action_id: to.id(ACT),
    text: plainText(cut(to, label, LIMITS.button.label, "label")),
    value: act.length > LIMITS.button.value ? "" : act,
    ...(colour === undefined ? {} : { style: colour }),
  };
}

function rows(all: readonly SlackBlock[]): readonly SlackBlock[] {
  return inGroups(all, LIMITS.actions).map((elements) => ({ type: "actions", elements }));
}

/** A few choices are buttons; more are a menu, where their acts fit into one. */
function choices(to: Drawing, { choices: all }: Of<"question">): readonly SlackBlock[] {
  const isMenu = all.length > MOST_BUTTONS && all.every(({ act }) => act.length <= LIMITS.select.value);
  if (!isMenu) {
    const drawn = all.map(({ label, act, chosen }) =>
      button(to, {
        label: chosen === true ? `✓ ${label}` : label,
        act,
        ...(chosen === true ? { style: "primary" } : {}),
      }),
    );
    return rows(drawn);
  }
  const options = all.map(({ label, act, chosen }) => ({
    isChosen: chosen === true,
    option: { text: plainText(cut(to, label, LIMITS.select.label, "label")), value: act },
  }));
  const menus = inGroups(options, LIMITS.select.options).map((some): SlackBlock => {
    const chosen = some.find(({ isChosen }) => isChosen);
    return {
      type: "static_select",
      action_id: to.id(ACT),
      placeholder: plainText(textsIn(to.card.locale).choose),
      options: some.map(({ option }) => option),
      ...(chosen === undefined ? {} : { initial_option: chosen.option }),
    };
  });
  return rows(menus);
}

function input(to: Drawing, block: Of<"input">): readonly SlackBlock[] {
  const { value, form, cut: left } = packForm(formOf(to.card, block));
  to.losses.push(...left.map((what) => ({ block: to.block, what })), ...formLosses(to.block, form));
  to.dialogs.push(formView(form, {}));
  const write: SlackBlock = {
    type: "button",
    action_id: to.id(OPEN),
    text: plainText(textsIn(to.card.locale).write),
    value,
    style: "primary",
  };
  return [
    ...lines(to, [...step(block), run(block.text, true)]),
    ...(block.value === undefined ? [] : richText(rich(fit(to, [run(block.value)]), "quote"))),
    ...(block.problem === undefined ? [] : lines(to, [run(block.problem)])),
    ...rows([write, ...(block.skip === undefined ? [] : [button(to, block.skip)])]),
  ];
}

/** An answer stands with its way back, where there is one. */
function answer(to: Drawing, row: Of<"answers">["rows"][number]): readonly SlackBlock[] {
  if (row.change === undefined) return lines(to, [run(`${row.label}: `, true), run(row.value)]);
  const text = plainText(cut(to, `${row.label}: ${row.value}`, LIMITS.text, "answer"));
  return [{ type: "section", text, accessory: button(to, row.change) }];
}

function comparison(
  to: Drawing,
  { mine, theirs }: Of<"compare">,
  row: Of<"compare">["rows"][number],
): readonly SlackBlock[] {
  const gap = row.gap === undefined ? [] : [[run(row.gap.direction, true)], [run(row.gap.starter)]];
  return lines(
    to,
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
