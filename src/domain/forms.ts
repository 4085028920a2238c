import type { NudgeKind } from "./nudge.ts";
import type { Role } from "./person.ts";

/** The parts of an educational alliance (Telio, Ajjawi & Regehr 2015), and what only serves the conversation. */
export type Component = "goal" | "strategy" | "trust" | "outcome" | "own-words" | "setting";

/**
 * Who sees an answer. `pair`: the two partners, once both have answered. `shared`: the partner at once.
 * `self`: only the person who answered, and aggregates of the program.
 */
export type Visibility = "pair" | "shared" | "self";

/** How an item is answered. */
export type Scale =
  | { readonly type: "ordinal"; readonly steps: 4 }
  | { readonly type: "agreement"; readonly steps: 5 }
  | { readonly type: "nominal"; readonly choices: readonly string[] }
  /** The program's goal list. */
  | { readonly type: "goal" }
  | { readonly type: "text" };

export interface Item {
  readonly id: string;
  readonly component: Component;
  readonly scale: Scale;
  readonly visibility: Visibility;
  /** Asked in its turn; an item that is not asked is offered beside the question. */
  readonly asked: boolean;
  /** May be skipped with a tap. */
  readonly optional?: boolean;
}

/** A versioned list of items that a nudge asks. The version changes when the wording's meaning does. */
export interface Form {
  readonly kind: NudgeKind;
  readonly version: number;
  readonly items: readonly Item[];
}

const HELP: Item = {
  id: "help",
  component: "strategy",
  scale: { type: "ordinal", steps: 4 },
  visibility: "pair",
  asked: true,
};
const CALL: Item = { ...HELP, id: "call" };
const FEEDBACK: Item = {
  ...HELP,
  id: "feedback",
  scale: { type: "nominal", choices: ["moment", "after", "end"] },
};
const OWN_WORDS: Item = {
  id: "line",
  component: "own-words",
  scale: { type: "text" },
  visibility: "shared",
  asked: true,
  optional: true,
};

/** The strategy items: the same question to both, blind, and side by side afterwards. */
export const STRATEGY_ITEMS: readonly Item[] = [HELP, CALL, FEEDBACK];

const SHIFT_GOAL: Form = {
  kind: "shift-goal",
  version: 1,
  items: [
    { id: "goal", component: "goal", scale: { type: "goal" }, visibility: "shared", asked: true },
    OWN_WORDS,
    ...STRATEGY_ITEMS,
    {
      id: "share",
      component: "setting",
      scale: { type: "nominal", choices: ["full", "category", "private"] },
      visibility: "self",
      asked: false,
    },
  ],
};

const SHIFT_PLAN: Form = {
  kind: "shift-plan",
  version: 1,
  items: [
    ...STRATEGY_ITEMS,
    // "Patient safety first today" is always an answer, in place of the three.
    {
      id: "safety",
      component: "strategy",
      scale: { type: "nominal", choices: ["yes"] },
      visibility: "pair",
      asked: false,
    },
    { id: "counter", component: "goal", scale: { type: "goal" }, visibility: "shared", asked: false },
    {
      id: "scope",
      component: "setting",
      scale: { type: "nominal", choices: ["all", "each"] },
      visibility: "self",
      asked: false,
    },
  ],
};

const SHIFT_DEBRIEF: Form = {
  kind: "shift-debrief",
  version: 1,
  items: [
    {
      id: "outcome",
      component: "outcome",
      scale: { type: "nominal", choices: ["yes", "partly", "no-chance", "changed"] },
      visibility: "pair",
      asked: true,
    },
    { ...HELP, id: "happened", component: "outcome" },
    { ...OWN_WORDS, id: "note" },
  ],
};

const AGREEMENT = { type: "agreement", steps: 5 } as const;

/** Of our own wording and not validated; every card that asks them says so. */
const PAIR_CHECK_IN: Form = {
  kind: "pair-check-in",
  version: 1,
  items: [
    { id: "week-goal", component: "goal", scale: AGREEMENT, visibility: "pair", asked: true },
    { id: "week-strategy", component: "strategy", scale: AGREEMENT, visibility: "pair", asked: true },
    { id: "week-trust", component: "trust", scale: AGREEMENT, visibility: "self", asked: true },
    { ...OWN_WORDS, id: "next" },
  ],
};

const FORMS: Readonly<Partial<Record<NudgeKind, Form>>> = {
  "shift-goal": SHIFT_GOAL,
  "shift-plan": SHIFT_PLAN,
  "shift-debrief": SHIFT_DEBRIEF,
  "pair-check-in": PAIR_CHECK_IN,
};

/** The form that a kind of nudge asks; a digest asks nothing. */
export const formOf = (kind: NudgeKind): Form | undefined => FORMS[kind];

/** "talked" is no question: either partner says by one tap that they talked about a difference. */
export const TALKED: Item = {
  id: "talked",
  component: "setting",
  scale: { type: "nominal", choices: ["yes"] },
  visibility: "shared",
  asked: false,
};

const ALL = new Map(
  [...Object.values(FORMS).flatMap((form) => form.items), TALKED].map((item) => [item.id, item]),
);

/** The item of this id. Ids are unique across forms, except the strategy items, which both sides share. */
export const itemOf = (id: string): Item | undefined => ALL.get(id);

/** The items whose answers two partners see side by side, for an occasion of this kind. */
export const itemsSideBySide = (kind: NudgeKind): readonly Item[] =>
  (formOf(kind)?.items ?? []).filter((item) => item.visibility === "pair" && item.asked);

/** The values an answer to this item may have; undefined for text and for the program's goal list. */
export function valuesOf(item: Item): readonly string[] | undefined {
  switch (item.scale.type) {
    case "ordinal":
    case "agreement":
      return Array.from({ length: item.scale.steps }, (_, i) => String(i + 1));
    case "nominal":
      return item.scale.choices;
    case "goal":
    case "text":
      return undefined;
    default:
      return item.scale satisfies never;
  }
}

/** Which kinds of nudge a role can get. */
export const isAskedOf = (kind: NudgeKind, role: Role): boolean => {
  switch (kind) {
    case "shift-goal":
      return role === "resident";
    case "shift-plan":
    case "attending-digest":
      return role === "attending";
    case "coordinator-digest":
      return role === "coordinator";
    case "shift-debrief":
    case "pair-check-in":
      return role !== "coordinator";
    default:
      return kind satisfies never;
  }
};
