import { helpSettledOn, type Exchange, type SettleableId, type Settlement } from "./exchange.ts";
import {
  AGREEMENT_ITEMS,
  COMPARED_ITEMS,
  isAgreement,
  isOrdered,
  type AgreementId,
  type ComparedId,
  type OrderedId,
  type UnorderedId,
} from "./forms.ts";
import type { Policy } from "./program.ts";

/**
 * `less`: less help is planned than wanted, or happened than was settled: a matter of safety. `more`: more help, a matter of
 * autonomy. `safety`: "patient safety first" against a resident who wanted to lead. `different`: there is no more or less. `low`: both
 * disagree with a statement about their week, a difficulty that both see.
 */
export type Direction = Gap["direction"];

/** That two answers to an item differ, or what happened from what was settled, and in which direction. */
export type Gap =
  | { readonly item: OrderedId | "happened"; readonly direction: "less" | "more" }
  | { readonly item: UnorderedId; readonly direction: "different" }
  | { readonly item: AgreementId; readonly direction: "low" }
  | { readonly item: "safety"; readonly direction: "safety" };

/** Which of two gaps is named first: safety before all else, then less help, a matter of safety too. */
export const byWeight = (a: Pick<Gap, "direction">, b: Pick<Gap, "direction">): number =>
  weightOf(a) - weightOf(b);

const weightOf = ({ direction }: Pick<Gap, "direction">): number =>
  direction === "safety" ? 0 : direction === "less" ? 1 : 2;

/** The pair's answers to one item, oldest first. Empty if the newest exchange does not have the item. */
function answersTo(item: ComparedId, history: readonly Exchange[]) {
  const pairs = history.flatMap((exchange) => {
    const resident = exchange.resident.get(item);
    const attending = exchange.attending.get(item);
    return resident === undefined || attending === undefined ? [] : [{ resident, attending, exchange }];
  });
  return pairs.at(-1)?.exchange === history.at(-1) ? pairs : [];
}

/** Positive if the attending's answer is higher on the scale. */
const stepsOf = ({ resident, attending }: { resident: string; attending: string }): number =>
  Number(attending) - Number(resident);

/**
 * Whether the newest exchange shows a gap on an ordered item, and in which direction.
 *
 * One step apart is normal: of 8,681 cases that two people rated, 60 % had equal ratings and 3.5 % were more than one step
 * apart (domain.md). So two steps are a gap, or one step that repeats in the same direction.
 */
function orderedGap(
  item: OrderedId,
  history: readonly Exchange[],
  policy: Policy["mismatch"],
): Gap | undefined {
  const pairs = answersTo(item, history);
  const newest = pairs.at(-1);
  const steps = newest === undefined ? 0 : stepsOf(newest);
  if (steps === 0) return undefined;
  // Both scales go from "the attending leads" to "the resident leads": a higher plan means less help.
  const gap: Gap = { item, direction: steps > 0 ? "less" : "more" };
  if (Math.abs(steps) >= policy.ordinalSteps) return gap;
  // Wider differences were a gap on their own shift. Here only single steps add up.
  const isSmall = (step: number) =>
    Math.sign(step) === Math.sign(steps) && Math.abs(step) < policy.ordinalSteps;
  const alike = pairs.slice(-policy.run.of).filter((pair) => isSmall(stepsOf(pair)));
  return alike.length >= policy.run.at ? gap : undefined;
}

/** The same for choices that differ repeatedly. */
function nominalGap(
  id: UnorderedId,
  history: readonly Exchange[],
  policy: Policy["mismatch"],
): Gap | undefined {
  const pairs = answersTo(id, history);
  const newest = pairs.at(-1);
  if (newest === undefined || newest.resident === newest.attending) return undefined;
  const apart = pairs.slice(-policy.nominal.of).filter((pair) => pair.resident !== pair.attending);
  return apart.length >= policy.nominal.at ? { item: id, direction: "different" } : undefined;
}

/** The same for ratings of agreement: far apart, or both low. */
function agreementGap(
  id: AgreementId,
  history: readonly Exchange[],
  policy: Policy["mismatch"],
): Gap | undefined {
  const newest = answersTo(id, history).at(-1);
  if (newest === undefined) return undefined;
  if (isLow(newest.resident, policy) && isLow(newest.attending, policy))
    return { item: id, direction: "low" };
  return Math.abs(stepsOf(newest)) >= policy.checkInPoints ? { item: id, direction: "different" } : undefined;
}

const isLow = (rating: string, policy: Policy["mismatch"]): boolean => Number(rating) <= policy.checkInLow;

/** Whether both rated one of these statements about their week low. */
export const areBothLow = ({ resident, attending }: Exchange, policy: Policy["mismatch"]): boolean =>
  AGREEMENT_ITEMS.some(({ id }) =>
    [resident.get(id), attending.get(id)].every((rating) => rating !== undefined && isLow(rating, policy)),
  );

/** From this step of the help scale on the resident leads. */
const RESIDENT_LEADS = 3;

/** "Patient safety first" is an answer about help: the attending leads. */
function safetyGap(newest: Exchange | undefined): Gap | undefined {
  const wanted = Number(newest?.resident.get("help"));
  return newest?.attending.has("safety") === true && wanted >= RESIDENT_LEADS
    ? { item: "safety", direction: "safety" }
    : undefined;
}

/**
 * The gaps in the last of these exchanges of a pair, the weightiest first. The earlier ones count where a gap needs
 * repetition.
 */
export function gapsIn(
  history: readonly Exchange[],
  policy: Policy["mismatch"],
): ReadonlyMap<SettleableId, Gap> {
  const compared = COMPARED_ITEMS.map((item) => {
    if (isOrdered(item)) return orderedGap(item.id, history, policy);
    return isAgreement(item) ? agreementGap(item.id, history, policy) : nominalGap(item.id, history, policy);
  });
  const gaps = [safetyGap(history.at(-1)), ...compared].filter((gap) => gap !== undefined);
  return new Map(gaps.toSorted(byWeight).map((gap) => [gap.item as SettleableId, gap]));
}

/** Whether the two answered alike. "Safety first" and a resident who wants the attending to lead are alike, too. */
export function agree({ resident, attending }: Exchange, item: SettleableId | "happened"): boolean {
  const about = item === "safety" || item === "happened" ? "help" : item;
  const wanted = resident.get(about);
  if (wanted === undefined) return false;
  if (item === "safety" && attending.has("safety")) return Number(wanted) < RESIDENT_LEADS;
  return wanted === attending.get(about);
}

/**
 * How far the help that happened lies from what had been settled, or else wanted by both, as the two told it: 0 where it lies within,
 * positive for less help (the scale goes from "the attending leads" to "the resident leads").
 */
function stepsOff(
  happened: Exchange,
  planned: Exchange | undefined,
  settled: readonly Settlement[],
): readonly [resident: number, attending: number] {
  const agreed = settled.map(helpSettledOn).filter((step) => step !== undefined);
  const wanted = [planned?.resident.get("help"), planned?.attending.get("help")];
  const among =
    agreed.length > 0 ? agreed : wanted.some((one) => one === undefined) ? [] : wanted.map(Number);
  const off = (told: string | undefined): number => {
    const step = Number(told);
    if (among.length === 0) return 0;
    return step - Math.min(Math.max(step, Math.min(...among)), Math.max(...among));
  };
  return [off(happened.resident.get("happened")), off(happened.attending.get("happened"))];
}

/**
 * Whether what happened lies two steps from what the two had settled or, where nothing was, from what both had wanted. Both
 * have to see it on the same side, and one of them that far away.
 *
 * @param settled what stands about the same occasion
 */
export function happenedGap(
  happened: Exchange,
  planned: Exchange | undefined,
  settled: readonly Settlement[],
  policy: Policy["mismatch"],
): Gap | undefined {
  const [resident, attending] = stepsOff(happened, planned, settled);
  const isAlike = Math.sign(resident) === Math.sign(attending);
  const most = Math.max(Math.abs(resident), Math.abs(attending));
  if (!isAlike || most < policy.ordinalSteps) return undefined;
  return { item: "happened", direction: resident > 0 ? "less" : "more" };
}

/** Whether both tell that it went as the two had settled. What has no step on the help scale can't be compared. */
export function wentAsSettled(happened: Exchange, settlement: Settlement): boolean {
  const told = [happened.resident.get("happened"), happened.attending.get("happened")].map(Number);
  const step = helpSettledOn(settlement);
  if (step !== undefined) return told.every((one) => one === step);
  const isSafety = settlement.item === "safety" && settlement.value === "yes" && !settlement.text;
  return isSafety && told.every((one) => one < RESIDENT_LEADS);
}
