import { inTheseRoles } from "#src/domain/exchange.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Store } from "#src/ports/store.ts";
import type { Context } from "../context.ts";

/**
 * The context with its store as one act finds it: what was read once is not read again, so all that is made of it is of one moment.
 * That moment ends when the act is recorded.
 */
export const asFound = (context: Context): Context => ({ ...context, store: snapshotOf(context.store) });

function snapshotOf(store: Store): Store {
  const known = new Map<string, Promise<unknown>>();
  const once = <Found>(key: string, read: () => Promise<Found>): Promise<Found> => {
    const found = (known.get(key) as Promise<Found> | undefined) ?? read();
    known.set(key, found);
    return found;
  };
  return {
    ...store,
    async record(act) {
      const done = await store.record(act);
      known.clear();
      return done;
    },
    standing: (person) => once(`standing ${person}`, () => store.standing(person)),
    identities: (person) => once(`identities ${person}`, () => store.identities(person)),
    replies: (occasion) => once(`replies ${occasion}`, () => store.replies(occasion)),
    checkInWeeks: (from) => once(`check-ins ${from}`, () => store.checkInWeeks(from)),
    repliesOf: (person, from, to) => once(`of ${person} ${from}`, () => store.repliesOf(person, from, to)),
    repliesOfPair: (resident, attending) =>
      once(`pair ${resident} ${attending}`, () => store.repliesOfPair(resident, attending)),
  };
}

/** What the store will give of occasions and pairs once these replies are kept. */
export function withReplies(store: Store, fresh: readonly Reply[]): Store {
  const occasions = [...new Set(fresh.map(({ occasion }) => occasion))];
  const replies = async (occasion: string) =>
    inForceWith(
      await store.replies(occasion),
      fresh.filter((one) => one.occasion === occasion),
    );
  const between = (one: Reply, pair: readonly PersonId[]) =>
    pair.includes(one.person) && (one.about === undefined || pair.includes(one.about));
  return {
    ...store,
    replies,
    async repliesOfPair(resident, attending) {
      const stored = await store.repliesOfPair(resident, attending);
      const here = (await Promise.all(occasions.map(replies))).flat();
      return inTheseRoles(resident, attending, [
        ...stored.filter((one) => !occasions.includes(one.occasion)),
        ...here.filter((one) => between(one, [resident, attending])),
      ]);
    },
  };
}

/** What is in force once `fresh` has superseded what it answers anew. */
function inForceWith(old: readonly Reply[], fresh: readonly Reply[]): readonly Reply[] {
  const isReplaced = (one: Reply, other: Reply) =>
    other.occasion === one.occasion &&
    other.person === one.person &&
    other.item === one.item &&
    other.about === one.about;
  const replacing = fresh.map((one) => {
    const before = old.find((other) => isReplaced(other, one));
    return before === undefined ? one : { ...one, before: { value: before.value, text: before.text } };
  });
  return [...old.filter((one) => !fresh.some((other) => isReplaced(one, other))), ...replacing];
}
