import {
  COMPARED_ITEMS,
  isOrdered,
  type ComparedId,
  type Item,
  type ItemId,
  type OrderedId,
  type UnorderedId,
} from "./forms.ts";
import type { PersonId } from "./person.ts";
import type { Policy } from "./program.ts";
import type { Reply } from "./reply.ts";
import type { Instant } from "./time.ts";
import { hasAnswered, inForce } from "./visibility.ts";

/**
 * `less`: less help is planned than wanted, a matter of safety. `more`: more help is planned than wanted, a matter of
 * autonomy. `different`: the item has no more or less.
 */
export type Direction = Gap["direction"];

/** That two answers to an item differ, and in which direction. */
export type Gap =
  | { readonly item: OrderedId; readonly direction: "less" | "more" }
  | { readonly item: UnorderedId; readonly direction: "different" };

/** The answers of two partners on one occasion, once both have answered. */
export interface Exchange {
  readonly occasion: string;
  /** When the second of them answered. */
  readonly at: Instant;
  readonly resident: ReadonlyMap<ItemId, string>;
  readonly attending: ReadonlyMap<ItemId, string>;
}

export type MismatchState = "open" | "talked" | "closed" | "lapsed";

/** A gap and what became of it. */
export type Mismatch = Gap & {
  /** The newest occasion that shows it. */
  readonly occasion: string;
  readonly openedAt: Instant;
  readonly state: MismatchState;
  /** When it came into this state. */
  readonly since: Instant;
};

/** The exchanges of one pair, oldest first. */
export function exchangesOf(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
): readonly Exchange[] {
  const occasions = Map.groupBy(inForce(replies), (reply) => reply.occasion);
  const found: Exchange[] = [];
  for (const [occasion, here] of occasions) {
    const answered = COMPARED_ITEMS.filter(
      (item) => hasAnswered(here, resident, attending, item) && hasAnswered(here, attending, resident, item),
    ).map((item) => item.id);
    if (answered.length === 0) continue;
    const counted = here.filter(
      (reply) => reply.item === "safety" || answered.some((id) => id === reply.item),
    );
    const by = (person: PersonId, partner: PersonId) =>
      counted.filter((one) => one.person === person && (one.about ?? partner) === partner);
    const ours = [...by(resident, attending), ...by(attending, resident)];
    found.push({
      occasion,
      at: ours.reduce((latest, one) => (one.at > latest ? one.at : latest), 0 as Instant),
      resident: values(by(resident, attending)),
      attending: values(by(attending, resident)),
    });
  }
  return found.toSorted((a, b) => a.at - b.at);
}

const values = (replies: readonly Reply[]): ReadonlyMap<ItemId, string> =>
  new Map(replies.flatMap((reply) => (reply.value === null ? [] : [[reply.item, reply.value] as const])));

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

/** The same for an unordered item: choices that differ repeatedly, or ratings of agreement that are far apart. */
function unorderedGap(
  { id, scale }: Item<UnorderedId>,
  history: readonly Exchange[],
  policy: Policy["mismatch"],
): Gap | undefined {
  const pairs = answersTo(id, history);
  const newest = pairs.at(-1);
  if (newest === undefined) return undefined;
  const isAgreement = scale.type === "agreement";
  const apart = pairs.slice(-policy.nominal.of).filter((pair) => pair.resident !== pair.attending);
  const isGap = isAgreement
    ? Math.abs(stepsOf(newest)) >= policy.checkInPoints
    : newest.resident !== newest.attending && apart.length >= policy.nominal.at;
  return isGap ? { item: id, direction: "different" } : undefined;
}

/** The gaps in the last of these exchanges of a pair. The earlier ones count where a gap needs repetition. */
export const gapsIn = (history: readonly Exchange[], policy: Policy["mismatch"]): ReadonlyMap<ItemId, Gap> =>
  new Map(
    COMPARED_ITEMS.flatMap((item) => {
      const gap = isOrdered(item)
        ? orderedGap(item.id, history, policy)
        : unorderedGap(item, history, policy);
      return gap === undefined ? [] : [[item.id, gap] as const];
    }),
  );

/**
 * Every mismatch of a pair with its history: open → talked about (one of them says so) → closed (their next answers are
 * equal) or lapsed (the rotation ended). If the gap shows again after a talk, the mismatch is open again.
 *
 * @param replies the replies of both, "talked" included
 * @param rotationEnd when the rotation ends that the resident was on at a moment
 */
export function mismatchesOf(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
  policy: Policy["mismatch"],
  now: Instant,
  rotationEnd: (at: Instant) => Instant | undefined,
): readonly Mismatch[] {
  const exchanges = exchangesOf(resident, attending, replies);
  const talks = replies
    .filter((reply) => reply.item === "talked")
    .map((reply) => ({ at: reply.at, exchange: undefined }));
  const events = [...exchanges.map((exchange) => ({ at: exchange.at, exchange })), ...talks].toSorted(
    (a, b) => a.at - b.at,
  );
  const current = new Map<ComparedId, Mismatch>();
  const past: Mismatch[] = [];
  let seen = 0;
  for (const { at, exchange } of events) {
    if (exchange === undefined) {
      for (const [item, one] of current)
        if (one.state === "open") current.set(item, { ...one, state: "talked", since: at });
      continue;
    }
    seen += 1;
    const gaps = gapsIn(exchanges.slice(0, seen), policy);
    for (const { id } of COMPARED_ITEMS) {
      // The end of a rotation ends its open mismatches. In the next rotation the pair begins anew.
      const left = current.get(id);
      const end = left === undefined ? undefined : rotationEnd(left.openedAt);
      const hasLapsed = left !== undefined && end !== undefined && end <= at;
      if (hasLapsed) {
        past.push({ ...left, state: "lapsed", since: end });
        current.delete(id);
      }
      const before = hasLapsed ? undefined : left;
      const gap = gaps.get(id);
      if (gap !== undefined) {
        const openedAt = before?.openedAt ?? at;
        const since = before?.state === "open" ? before.since : at;
        current.set(id, { ...gap, occasion: exchange.occasion, openedAt, state: "open", since });
      } else if (before !== undefined && agree(exchange, id)) {
        past.push({ ...before, state: "closed", since: at });
        current.delete(id);
      }
    }
  }
  const left = [...current.values()].map((one): Mismatch => {
    const end = rotationEnd(one.openedAt);
    return end === undefined || end > now ? one : { ...one, state: "lapsed", since: end };
  });
  return [...past, ...left].toSorted((a, b) => a.openedAt - b.openedAt);
}

const agree = (exchange: Exchange, item: ComparedId): boolean => {
  const resident = exchange.resident.get(item);
  return resident !== undefined && resident === exchange.attending.get(item);
};
