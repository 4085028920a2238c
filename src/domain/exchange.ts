import { COMPARED_ITEMS, ITEMS, STRATEGY_ITEMS, valuesOf, type ItemId, type ComparedId } from "./forms.ts";
import { readPairWeek } from "./nudge.ts";
import type { PersonId } from "./person.ts";
import type { Reply } from "./reply.ts";
import type { Instant } from "./time.ts";
import { haveBothAnswered, inForce } from "./visibility.ts";

/* What passed between two partners on one occasion: what both answered, and what they settled on. */

/** The answers of two partners on one occasion, once both have answered. */
export interface Exchange {
  readonly occasion: string;
  /** When the second of them answered. */
  readonly at: Instant;
  readonly resident: ReadonlyMap<ItemId, string>;
  readonly attending: ReadonlyMap<ItemId, string>;
}

/** What a resident answers about the shift, and an attending about its resident. */
const OF_THE_SHIFT: ReadonlySet<ItemId> = new Set([
  ...STRATEGY_ITEMS.map(({ id }) => id),
  ITEMS.safety.id,
  ITEMS.outcome.id,
  ITEMS.happened.id,
]);

/**
 * Of two people's replies, those on occasions on which they were this resident and this attending. Two who each supervise
 * on some days are two pairs, and nothing of the one is compared with, or carried on to, the other.
 */
export function inTheseRoles(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
): readonly Reply[] {
  const isOtherWay = ({ occasion, person, about, item }: Reply): boolean => {
    const week = readPairWeek(occasion);
    if (week !== undefined) return week.resident === attending;
    return person === resident && about === attending && OF_THE_SHIFT.has(item);
  };
  const others = new Set(replies.filter(isOtherWay).map(({ occasion }) => occasion));
  return others.size === 0 ? replies : replies.filter(({ occasion }) => !others.has(occasion));
}

/** The exchanges of one pair, oldest first. */
export function exchangesOf(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
): readonly Exchange[] {
  const occasions = Map.groupBy(inForce(replies), (reply) => reply.occasion);
  const found: Exchange[] = [];
  for (const [occasion, here] of occasions) {
    const answered = COMPARED_ITEMS.filter((item) => haveBothAnswered(here, resident, attending, item)).map(
      (item) => item.id,
    );
    if (answered.length === 0) continue;
    const counted = here.filter(
      (reply) => reply.item === "safety" || answered.some((id) => id === reply.item),
    );
    found.push(exchangeOf(occasion, resident, attending, counted));
  }
  return found.toSorted((a, b) => a.at - b.at);
}

/** The same for what the two answered about the help that happened, once both have looked back. */
export function lookingsBack(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
): readonly Exchange[] {
  const { happened } = ITEMS;
  const told = replies.filter(({ item }) => item === happened.id);
  return [...Map.groupBy(told, (reply) => reply.occasion)]
    .filter(([occasion]) => {
      const here = replies.filter((reply) => reply.occasion === occasion);
      return haveBothAnswered(here, resident, attending, happened);
    })
    .map(([occasion, here]) => exchangeOf(occasion, resident, attending, here))
    .toSorted((a, b) => a.at - b.at);
}

function exchangeOf(
  occasion: string,
  resident: PersonId,
  attending: PersonId,
  counted: readonly Reply[],
): Exchange {
  const by = (person: PersonId, partner: PersonId) =>
    counted.filter((one) => one.person === person && (one.about ?? partner) === partner);
  const ours = [...by(resident, attending), ...by(attending, resident)];
  return {
    occasion,
    at: ours.reduce((latest, one) => (one.at > latest ? one.at : latest), 0 as Instant),
    resident: values(by(resident, attending)),
    attending: values(by(attending, resident)),
  };
}

const values = (replies: readonly Reply[]): ReadonlyMap<ItemId, string> =>
  new Map(replies.flatMap((reply) => (reply.value === null ? [] : [[reply.item, reply.value] as const])));

/** What can be settled: two answers that differ, or "safety first" against a resident who wanted to lead. */
export type SettleableId = ComparedId | "safety";
/** The item by which a partner says what the two settled on. */
export type SettledId = Extract<ItemId, `settled-${string}`>;

/** What two partners settled on about one difference. Either says it, and the last word of the two stands. */
export interface Settlement {
  readonly item: SettleableId;
  /** A value of the item (of "help", against "safety first"), `APART`, or own words; undefined where only a talk is known. */
  readonly value: string | undefined;
  /** The value is a line in somebody's own words. */
  readonly text: boolean;
  readonly by: PersonId;
  readonly at: Instant;
  readonly occasion: string;
}

/** Settled: each does as they had answered. */
export const APART = "apart";

const SETTLED: Readonly<Record<SettleableId, SettledId>> = {
  safety: "settled-safety",
  help: "settled-help",
  call: "settled-call",
  feedback: "settled-feedback",
  "week-goal": "settled-week-goal",
  "week-strategy": "settled-week-strategy",
};

export const SETTLEABLE = Object.keys(SETTLED) as readonly SettleableId[];

export const settledId = (item: SettleableId): SettledId => SETTLED[item];

/** What this item settles; undefined for any other item. */
export const settledBy = (id: ItemId): SettleableId | undefined =>
  SETTLEABLE.find((item) => SETTLED[item] === id);

/** The values that a settlement about this item may have, besides own words. */
export const settlingValues = (item: SettleableId): readonly string[] => [
  ...valuesOf(ITEMS[item])!,
  ...(item === "safety" ? valuesOf(ITEMS.help)! : []),
  APART,
];

/**
 * What is offered to settle on: the resident's answer, the attending's, the step between if there is one, each as they were. How far
 * somebody agrees with a statement about a week is nothing that two can settle on: there, it is each as they were, or a line.
 *
 * @param resident what the resident answered; about help, where the attending answered "safety first"
 */
export function settlingChoices(
  item: SettleableId,
  resident: string | undefined,
  attending: string | undefined,
): readonly string[] {
  if (ITEMS[item].scale.type === "agreement") return [APART];
  const answers = [resident, attending].filter((one) => one !== undefined);
  return [...new Set(answers), ...stepsBetween(item, answers.map(Number)), APART];
}

/** The middle of two answers on a scale; three steps apart, the two that lie in the middle. */
function stepsBetween(item: SettleableId, answers: readonly number[]): readonly string[] {
  if (item === "safety" || ITEMS[item].scale.type === "nominal" || answers.length < 2) return [];
  const middle = (Math.min(...answers) + Math.max(...answers)) / 2;
  const steps = [...new Set([Math.ceil(middle), Math.floor(middle)])];
  return steps.filter((step) => !answers.includes(step)).map(String);
}

/** What stands between two people, by occasion and item: of each their last word, and of the two the later one. */
export function settlementsOf(
  one: PersonId,
  other: PersonId,
  replies: readonly Reply[],
): readonly Settlement[] {
  const said = replies
    .filter(
      ({ item, person, about }) =>
        settledBy(item) !== undefined &&
        ((person === one && about === other) || (person === other && about === one)),
    )
    .toSorted((a, b) => a.at - b.at);
  const lastWords = new Map(said.map((reply) => [`${reply.occasion} ${reply.item} ${reply.person}`, reply]));
  const standing = new Map(
    said
      .filter((reply) => [...lastWords.values()].includes(reply) && reply.value !== null)
      .map((reply) => [`${reply.occasion} ${reply.item}`, reply]),
  );
  return [...standing.values()].map(({ item, value, text, person: by, at, occasion }) => ({
    item: settledBy(item)!,
    value: value ?? undefined,
    text,
    by,
    at,
    occasion,
  }));
}

/** "We talked about it", as versions before 0.2 asked: settled, and nothing is known of what on. */
export const talkAs = ({ person, at, occasion }: Reply, item: SettleableId): Settlement => ({
  item,
  value: undefined,
  text: false,
  by: person,
  at,
  occasion,
});

/** The step of the help scale that was settled on; undefined where it was none. */
export const helpSettledOn = ({ item, value, text }: Settlement): number | undefined =>
  (item === "help" || item === "safety") && !text && valuesOf(ITEMS.help)!.includes(value ?? "")
    ? Number(value)
    : undefined;
