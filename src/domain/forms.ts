import { isAskKind, type AskKind, type NudgeKind } from "./nudge.ts";

/**
 * What an item is about: a part of the educational alliance (Telio, Ajjawi & Regehr 2015), or something that only serves
 * the conversation.
 */
export type Component = "goal" | "strategy" | "trust" | "outcome" | "own-words" | "settlement" | "setting";

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
  /** One of the partners by their id, "all" of them, or "nobody". */
  | { readonly type: "partner" }
  | { readonly type: "text" }
  /** What two partners settled on (exchange.ts). */
  | { readonly type: "settlement" };

/** What an item asks and how. Its words are in src/words. */
interface Definition {
  readonly component: Component;
  readonly scale: Scale;
  readonly visibility: Visibility;
  /** Asked as a question of its own. Otherwise it is offered beside another question. */
  readonly asked: boolean;
  /** May be skipped with a tap. */
  readonly optional?: boolean;
  /** The answers of two partners are compared. "ordered": one answer can be more than the other. */
  readonly compared?: "ordered" | "unordered";
  /** Shown with the answers to this item, as soon as both have given those: nothing waits for this one. */
  readonly shownWith?: "outcome";
}

const FOUR_STEPS = { type: "ordinal", steps: 4 } as const;
/** Agreement from 1 to 5. The wording is ours and not validated; every card that asks these items says so. */
const AGREEMENT = { type: "agreement", steps: 5 } as const;
const PAIR = { visibility: "pair", asked: true } as const;
const OWN_WORDS = {
  component: "own-words",
  scale: { type: "text" },
  visibility: "shared",
  asked: true,
  optional: true,
} as const;
const OFFERED = { visibility: "self", asked: false } as const;
const SETTING = { ...OFFERED, component: "setting" } as const;
/** Not a question of a form: either partner says it of a difference, and the other sees it at once. */
const SETTLED = {
  component: "settlement",
  scale: { type: "settlement" },
  visibility: "shared",
  asked: false,
} as const;

/** The strategy items: the same question to both, blind, and side by side afterwards. */
const STRATEGY = {
  help: { ...PAIR, component: "strategy", scale: FOUR_STEPS, compared: "ordered" },
  call: { ...PAIR, component: "strategy", scale: FOUR_STEPS, compared: "ordered" },
  feedback: {
    ...PAIR,
    component: "strategy",
    scale: { type: "nominal", choices: ["moment", "after", "end"] },
    compared: "unordered",
  },
} as const satisfies Readonly<Record<string, Definition>>;

const DEFINITIONS = {
  goal: { component: "goal", scale: { type: "goal" }, visibility: "shared", asked: true },
  line: OWN_WORDS,
  ...STRATEGY,
  share: { ...SETTING, scale: { type: "nominal", choices: ["full", "category", "private", "alone"] } },
  /** "Patient safety first" can always be answered instead of the three questions. */
  safety: { ...PAIR, asked: false, component: "strategy", scale: { type: "nominal", choices: ["yes"] } },
  /** One tap for what was answered before: all of the last shift with a goal, or the goal that was left unfinished. Only what it stands for is kept. */
  same: { ...SETTING, scale: { type: "nominal", choices: ["all", "goal"] } },
  /** "No goal this shift" is a full answer. */
  none: { ...OFFERED, component: "goal", scale: { type: "nominal", choices: ["yes"] } },
  counter: { component: "goal", scale: { type: "goal" }, visibility: "shared", asked: false },
  /** Why an attending suggests another goal, in a line. */
  why: { ...OWN_WORDS, asked: false },
  /** What the resident makes of that. Whoever keeps their goal to themselves keeps this to themselves, too. */
  suggestion: {
    component: "goal",
    scale: { type: "nominal", choices: ["taken", "kept"] },
    visibility: "shared",
    asked: false,
  },
  scope: { ...SETTING, scale: { type: "nominal", choices: ["all", "each"] } },
  outcome: {
    ...PAIR,
    component: "outcome",
    scale: { type: "nominal", choices: ["yes", "partly", "no-chance", "changed"] },
  },
  /** What a goal that changed has changed to: a category, and a line of the writer's own. */
  to: { ...PAIR, component: "outcome", scale: { type: "goal" }, shownWith: "outcome" },
  "to-line": { ...OWN_WORDS, visibility: "pair", shownWith: "outcome" },
  "feedback-given": {
    ...PAIR,
    component: "outcome",
    scale: { type: "nominal", choices: ["yes", "not-yet", "not-needed"] },
    shownWith: "outcome",
  },
  happened: { ...PAIR, component: "outcome", scale: FOUR_STEPS },
  /** Where there are several partners: whom the line goes to. Nobody else sees it. */
  whom: { ...SETTING, scale: { type: "partner" } },
  note: OWN_WORDS,
  "debrief-scope": { ...SETTING, scale: { type: "nominal", choices: ["all", "each"] } },
  "week-goal": { ...PAIR, component: "goal", scale: AGREEMENT, compared: "unordered" },
  "week-strategy": { ...PAIR, component: "strategy", scale: AGREEMENT, compared: "unordered" },
  "week-trust": { component: "trust", scale: AGREEMENT, visibility: "self", asked: true },
  next: OWN_WORDS,
  "settled-safety": SETTLED,
  "settled-help": SETTLED,
  "settled-call": SETTLED,
  "settled-feedback": SETTLED,
  "settled-week-goal": SETTLED,
  "settled-week-strategy": SETTLED,
  /** Whether somebody takes part in the study that program.yaml names, and whether with answers about trust (research.ts). */
  research: { ...SETTING, scale: { type: "nominal", choices: ["yes", "no"] } },
  "research-trust": { ...SETTING, scale: { type: "nominal", choices: ["yes", "no"] } },
  /** Asked before version 0.2: "we talked about it". It reads as settled, with nothing said of what on. */
  talked: {
    component: "setting",
    scale: { type: "nominal", choices: ["yes"] },
    visibility: "shared",
    asked: false,
  },
} as const satisfies Readonly<Record<string, Definition>>;

type Definitions = typeof DEFINITIONS;
export type ItemId = keyof Definitions;
export type StrategyId = keyof typeof STRATEGY;

/** The ids of items whose definition has this property. */
type IdWith<Part> = { [Id in ItemId]: Definitions[Id] extends Part ? Id : never }[ItemId];
/** Items whose mismatch has a direction (less or more), and items whose mismatch has none. */
export type OrderedId = IdWith<{ readonly compared: "ordered" }>;
export type UnorderedId = IdWith<{ readonly compared: "unordered" }>;
export type ComparedId = OrderedId | UnorderedId;
/** Items whose answers are ratings of agreement, and compared. */
export type AgreementId = UnorderedId & IdWith<{ readonly scale: { readonly type: "agreement" } }>;

/** The values of an item that is answered by choosing. */
export type ValueOf<Id extends ItemId> = ValueOn<Definitions[Id]["scale"]>;
type ValueOn<Of> = Of extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Of extends { readonly type: "ordinal" }
    ? 1 | 2 | 3 | 4
    : Of extends { readonly type: "agreement" }
      ? 1 | 2 | 3 | 4 | 5
      : never;

export interface Item<Id extends ItemId = ItemId> extends Definition {
  readonly id: Id;
}

/** An object's own names, as its type has them. */
const namesOf = <Of extends object>(of: Of) => Object.keys(of) as (keyof Of)[];

/** Every item by its id. Residents and attendings share the strategy items. Every other item belongs to one form. */
export const ITEMS = Object.fromEntries(
  Object.entries(DEFINITIONS).map(([id, definition]) => [id, { id, ...definition }]),
) as { readonly [Id in ItemId]: Item<Id> };

/** The item with an id from outside; undefined if there is none. */
export const itemOf = (id: string): Item | undefined =>
  Object.hasOwn(ITEMS, id) ? ITEMS[id as ItemId] : undefined;

export const STRATEGY_ITEMS: readonly Item<StrategyId>[] = namesOf(STRATEGY).map((id) => ITEMS[id]);

export const isStrategy = (one: Item): one is Item<StrategyId> => one.id in STRATEGY;

/** The items that are compared: strategy on a shift, goal and strategy in the week. Never trust. */
export const COMPARED_ITEMS: readonly (Item<OrderedId> | Item<UnorderedId>)[] =
  Object.values(ITEMS).filter(isCompared);

function isCompared(one: Item): one is Item<OrderedId> | Item<UnorderedId> {
  return one.compared !== undefined;
}

export const isAgreement = (one: Item<ComparedId>): one is Item<AgreementId> =>
  one.scale.type === "agreement";

export const AGREEMENT_ITEMS: readonly Item<AgreementId>[] = COMPARED_ITEMS.filter(isAgreement);

export const isOrdered = (one: Item): one is Item<OrderedId> => one.compared === "ordered";

/** The items that a nudge asks. */
interface Form<Id extends ItemId> {
  readonly items: readonly Item<Id>[];
}

const form = <Id extends ItemId>(...ids: readonly Id[]): Form<Id> => ({ items: ids.map((id) => ITEMS[id]) });
const STRATEGY_IDS = namesOf(STRATEGY);

/** What each kind of ask asks, in this order. */
export const FORMS = {
  "shift-goal": form("goal", "line", ...STRATEGY_IDS, "share", "same", "none", "suggestion"),
  "shift-plan": form(...STRATEGY_IDS, "safety", "counter", "why", "scope"),
  "shift-debrief": form(
    "debrief-scope",
    "outcome",
    "to",
    "to-line",
    "feedback-given",
    "happened",
    "whom",
    "note",
  ),
  "pair-check-in": form("week-goal", "week-strategy", "week-trust", "next"),
} as const satisfies Readonly<Record<AskKind, Form<ItemId>>>;

/** The ids of the items of one kind of ask. */
export type ItemIdOf<Kind extends AskKind> = (typeof FORMS)[Kind]["items"][number]["id"];

/** The items that a kind of nudge asks. None for a notice. */
export const itemsOf = (kind: NudgeKind): readonly Item[] => (isAskKind(kind) ? FORMS[kind].items : []);

/** The items of a kind of ask whose answers the partners see side by side. */
export const itemsSideBySide = (kind: NudgeKind): readonly Item[] =>
  itemsOf(kind).filter((one) => one.visibility === "pair" && one.asked);

/** The values an answer to this item may have; undefined for text, the program's goal list, partners and settlements. */
export function valuesOf({ scale }: Item): readonly string[] | undefined {
  switch (scale.type) {
    case "ordinal":
    case "agreement":
      return Array.from({ length: scale.steps }, (_, i) => String(i + 1));
    case "nominal":
      return scale.choices;
    case "goal":
    case "partner":
    case "text":
    case "settlement":
      return undefined;
    default:
      return scale satisfies never;
  }
}
