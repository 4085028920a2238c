import { itemsOf, type ItemId } from "#src/domain/forms.ts";
import type { AskKind } from "#src/domain/nudge.ts";

/** What a script may call an item, beside its id: the words that domain.md uses for it. */
const NAMES: Readonly<Record<AskKind, Readonly<Record<string, ItemId>>>> = {
  "shift-goal": { text: "line" },
  "shift-plan": { goal: "counter", proposal: "counter" },
  "shift-debrief": { goal: "outcome", worked: "outcome", help: "happened", line: "note", text: "note" },
  "pair-check-in": {
    goal: "week-goal",
    strategy: "week-strategy",
    trust: "week-trust",
    line: "next",
    try: "next",
    text: "next",
  },
};

const VALUES: Readonly<Partial<Record<ItemId, Readonly<Record<string, string>>>>> = {
  feedback: { "in the moment": "moment", "after the case": "after", "at the end of the shift": "end" },
  outcome: { "no chance": "no-chance", none: "no-chance" },
  "feedback-given": { "not yet": "not-yet", "not needed": "not-needed" },
  share: { all: "full", goal: "full", none: "private", no: "private" },
  safety: { true: "yes" },
  same: { true: "all", yes: "all", unfinished: "goal" },
  none: { true: "yes" },
};

/** The item that a script means by this name in answering this kind of ask; undefined where it asks no such thing. */
export function itemNamed(kind: AskKind, name: string): ItemId | undefined {
  const id = Object.hasOwn(NAMES[kind], name) ? NAMES[kind][name] : name;
  return itemsOf(kind).find((item) => item.id === id)?.id;
}

/** A script's answers by item id, in the order that the form asks them; what is offered beside it comes first. */
export function answersInOrder(
  kind: AskKind,
  answers: Readonly<Record<string, string>>,
): readonly (readonly [item: ItemId, value: string])[] {
  const named = Object.entries(answers).flatMap(([name, value]) => {
    const item = itemNamed(kind, name);
    return item === undefined ? [] : [[item, VALUES[item]?.[value.toLowerCase()] ?? value] as const];
  });
  const items = itemsOf(kind);
  const order = (id: ItemId) => {
    const index = items.findIndex((item) => item.id === id);
    return items[index]?.asked === false ? index - items.length : index;
  };
  return named.toSorted(([a], [b]) => order(a) - order(b));
}
