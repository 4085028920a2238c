import type { Card } from "#src/card/card.ts";
import type { Nudge, NudgeId } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { IfMoved, Store } from "#src/ports/store.ts";
import { cardOf } from "./nudge-card.ts";
import type { Context } from "../context.ts";
import { newest, type View } from "../view/view.ts";
import { partnersNudges } from "./effects.ts";

/** Which messages an act makes say something else. */
export interface Refreshes {
  readonly changed: readonly NudgeId[];
  readonly ifMoved?: IfMoved;
}

/**
 * The partners' asks whose cards read otherwise once these replies are in. An edit that changes nothing would tell its
 * reader that something was answered, so each card is made as it is and as it will be, and only what differs is edited.
 * Partners who answer at the same moment each look before the other has: the store looks again (`ifMoved`).
 *
 * @param view with the replies in it
 */
export async function refreshesOf(view: View, replies: readonly Reply[]): Promise<Refreshes> {
  const { context, nudge } = view;
  const partners = await partnersNudges(view, replies);
  if (partners.length === 0) return { changed: [] };
  const known = readingOnce(context.store);
  const before: Context = { ...context, store: known };
  const after: Context = { ...context, store: storeWith(known, replies) };
  const changed: NudgeId[] = [];
  for (const theirs of partners) {
    const cards = [await cardFor(before, theirs), await cardFor(after, theirs)];
    if (JSON.stringify(cards[0]) !== JSON.stringify(cards[1])) changed.push(theirs.id);
  }
  const occasions = [...new Set(replies.map(({ occasion }) => occasion))];
  const seen = await Promise.all(
    occasions.map(async (occasion) => ({ occasion, replies: (await known.replies(occasion)).length })),
  );
  const left = partners.map(({ id }) => id).filter((id) => !changed.includes(id));
  // The own card may have been made without what the other has said meanwhile.
  return { changed, ifMoved: { occasions: seen, refresh: [...left, nudge.id] } };
}

async function cardFor(context: Context, nudge: Nudge): Promise<Card | undefined> {
  const person = context.person(nudge.person);
  return person && cardOf(context, nudge, person, await context.store.standing(person.id));
}

/** The same store, as it was when it was asked first: what two cards of one moment are made of. */
function readingOnce(store: Store): Store {
  const known = new Map<string, Promise<unknown>>();
  const once = <Found>(key: string, read: () => Promise<Found>): Promise<Found> => {
    const found = (known.get(key) as Promise<Found> | undefined) ?? read();
    known.set(key, found);
    return found;
  };
  return {
    ...store,
    standing: (person) => once(`standing ${person}`, () => store.standing(person)),
    replies: (occasion) => once(`replies ${occasion}`, () => store.replies(occasion)),
    repliesOfPair: (resident, attending) =>
      once(`pair ${resident} ${attending}`, () => store.repliesOfPair(resident, attending)),
  };
}

/** What the store will give once these replies are kept. */
function storeWith(store: Store, fresh: readonly Reply[]): Store {
  const occasions = [...new Set(fresh.map(({ occasion }) => occasion))];
  const replies = async (occasion: string) =>
    newest(
      await store.replies(occasion),
      fresh.filter((one) => one.occasion === occasion),
    );
  const between = (one: Reply, pair: readonly PersonId[]) =>
    pair.includes(one.person) && (one.about === undefined || pair.includes(one.about));
  return {
    ...store,
    replies,
    async repliesOfPair(resident, attending) {
      const kept = await store.repliesOfPair(resident, attending);
      const here = (await Promise.all(occasions.map(replies))).flat();
      return [
        ...kept.filter((one) => !occasions.includes(one.occasion)),
        ...here.filter((one) => between(one, [resident, attending])),
      ];
    },
  };
}
