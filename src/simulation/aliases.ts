import { formOf } from "#src/domain/forms.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";

/** What a script may call an item, beside its id: the words that domain.md uses for it. */
const ITEMS: Readonly<Partial<Record<NudgeKind, Readonly<Record<string, string>>>>> = {
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

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  feedback: { "in the moment": "moment", "after the case": "after", "at the end of the shift": "end" },
  outcome: { "no chance": "no-chance", none: "no-chance" },
  share: { all: "full", goal: "full", none: "private", no: "private" },
  safety: { true: "yes" },
};

/** A script's answers by item id, in the order that the form asks them; what is offered beside it comes first. */
export function answersInOrder(
  kind: NudgeKind,
  answers: Readonly<Record<string, string>>,
): readonly (readonly [item: string, value: string])[] {
  const named = Object.entries(answers).map(([name, value]) => {
    const item = ITEMS[kind]?.[name] ?? name;
    return [item, VALUES[item]?.[value.toLowerCase()] ?? value] as const;
  });
  const items = formOf(kind)?.items ?? [];
  const order = (id: string) => {
    const index = items.findIndex((item) => item.id === id);
    return items[index]?.asked === false ? index - items.length : index;
  };
  return named.toSorted(([a], [b]) => order(a) - order(b));
}
