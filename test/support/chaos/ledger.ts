import { readAct } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Program } from "#src/domain/program.ts";
import type { Store } from "#src/ports/store.ts";
import type { FarSide, Standing } from "#test/support/kill/far-side.ts";

/** What a run has left behind, in lines that do not depend on what it was numbered. */
export interface Ledger {
  readonly nudges: readonly string[];
  readonly replies: readonly string[];
  /** What stands in the chats, with its last wording. */
  readonly messages: readonly string[];
}

/** Writes a run's ledger from what is stored and from what stands on the far side. */
export async function ledgerOf(program: Program, store: Store, far: FarSide): Promise<Ledger> {
  const nudges: string[] = [];
  const replies: string[] = [];
  const byId = new Map<number, Nudge>();
  for (const { id: person } of program.people) {
    const record = await store.export(person);
    for (const nudge of record.nudges) {
      byId.set(nudge.id, nudge);
      if (!isFollowed(nudge)) continue;
      nudges.push([nameOf(nudge), nudge.expiresAt, nudge.state, nudge.reason ?? ""].join(" | "));
    }
    for (const { nudge, occasion, item, about = "", value, superseded } of record.replies)
      replies.push([nameOf(byId.get(nudge)!), occasion, item, about, value, superseded].join(" | "));
  }
  const messages = far.messages.flatMap((message) => {
    const { nudge: id, round } = deliveryOf(message);
    const nudge = byId.get(id)!;
    return isFollowed(nudge) ? [[nameOf(nudge), round, plain(withoutEcho(message.card))].join(" | ")] : [];
  });
  return { nudges: nudges.toSorted(), replies: replies.toSorted(), messages: messages.toSorted() };
}

/** Who of two answers first, and is told of it, is chance: two runs need not agree on that. */
const isFollowed = ({ kind }: Nudge): boolean => kind !== "shift-reveal";

/**
 * A line that was just kept is echoed on the card, with its Undo below, until the card is made anew. Whoever was told twice of one
 * act, or was edited since, has the card alone.
 */
function withoutEcho(card: Card): Card {
  const undo = card.blocks.findIndex(
    (one) => one.type === "actions" && one.actions.some((tap) => readAct(tap.act)?.verb === "undo"),
  );
  return undo < 0 ? card : { ...card, blocks: card.blocks.toSpliced(undo - 1, 2) };
}

/** Which nudge a message carries, and the how many'th time. */
export function deliveryOf({ key }: Pick<Standing, "key">): {
  readonly nudge: number;
  readonly round: number;
} {
  const [nudge, round] = key.split("-").slice(-2).map(Number);
  return { nudge: nudge!, round: round! };
}

const nameOf = ({ person, kind, subject }: Nudge): string => `${person} ${kind} ${subject}`;
