import { COMPARED_ITEMS, ITEMS, STRATEGY_ITEMS, type ItemId } from "./forms.ts";
import { readPairWeek } from "./nudge.ts";
import type { PersonId } from "./person.ts";
import type { Reply } from "./reply.ts";
import type { Instant } from "./time.ts";
import { hasAnswered, inForce } from "./visibility.ts";

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
    const answered = COMPARED_ITEMS.filter(
      (item) => hasAnswered(here, resident, attending, item) && hasAnswered(here, attending, resident, item),
    ).map((item) => item.id);
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
      return (
        hasAnswered(here, resident, attending, happened) && hasAnswered(here, attending, resident, happened)
      );
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
