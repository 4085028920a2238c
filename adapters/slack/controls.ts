import type { Action, Card, Choice, Confirm, Loss } from "#src/card/card.ts";
import { cutToWidth, widthOf } from "#src/card/width.ts";
import { plainText, type SlackBlock } from "./blocks.ts";
import { cutTo } from "./cut.ts";
import { fileForm, formView, packForm } from "./form.ts";
import { LIMITS, MOST_BUTTONS } from "./limits.ts";
import { between, lines, run } from "./lines.ts";
import { textsIn } from "./texts.ts";

/** The ids of elements that can be tapped begin with one of these. */
export const ACT = "act";
export const OPEN = "open";

/** The rendering of one block of a card. */
export interface Drawing {
  readonly losses: Loss[];
  readonly dialogs: SlackBlock[];
  readonly card: Card;
  readonly surface: "message" | "view";
  readonly block: number;
  /** Labels that are too long for their control. They are written above it in full. */
  readonly spelled: string[];
  /** Ids are unique within a message. */
  id(kind: typeof ACT | typeof OPEN): string;
}

/** A menu option's label. If it has to be cut, the full label is written above the menu. */
function labelled(to: Drawing, text: string, limit: number) {
  if (text.length > limit) to.spelled.push(text);
  return plainText(cutTo(text, limit));
}

/** Buttons and menus in rows, below the labels that are too long for them. */
export const controls = (to: Drawing, all: readonly SlackBlock[]): readonly SlackBlock[] => [
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
export function button(to: Drawing, { label, act, style, confirm, file }: Action): SlackBlock {
  const { value, width } = LIMITS.button;
  const packed = file && packForm(fileForm(to.card, act, file));
  if (packed !== undefined) {
    to.losses.push(...packed.lost.map((what) => ({ block: to.block, what })));
    to.dialogs.push(formView(packed.form, {}));
  }
  const fits = packed !== undefined || act.length <= value;
  if (!fits) to.losses.push({ block: to.block, what: "a button does nothing: its act is too long" });
  if (widthOf(label) > width) to.spelled.push(label);
  const colour = style === undefined ? undefined : COLOUR[style];
  return {
    type: "button",
    action_id: to.id(packed === undefined ? ACT : OPEN),
    text: plainText(cutToWidth(label, width)),
    value: packed?.value ?? (fits ? act : ""),
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
export function choices(to: Drawing, all: readonly Choice[]): readonly SlackBlock[] {
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

function menus(to: Drawing, all: readonly Choice[]): readonly SlackBlock[] {
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

function inGroups<One>(all: readonly One[], size: number): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
