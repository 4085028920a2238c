import type { ItemId } from "#src/domain/forms.ts";
import type { Direction } from "#src/domain/gap.ts";
import type { Mismatch } from "#src/domain/mismatch.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Context } from "#src/flows/context.ts";
import { mismatchesBetween } from "#src/flows/view/between.ts";

/** Something that happened to a mismatch. */
export interface MismatchEvent {
  readonly event: "opened" | "settled" | "closed" | "lapsed";
  readonly resident: PersonId;
  readonly attending: PersonId;
  readonly item: ItemId;
  readonly direction: Direction;
}

const EVENTS = { open: "opened", settled: "settled", closed: "closed", lapsed: "lapsed" } as const;

/** Reports how every pair's mismatches have changed since the last call. */
export function watchMismatches(): (context: Context, about?: PersonId) => Promise<readonly MismatchEvent[]> {
  const known = new Map<string, Mismatch>();
  return async (context, about) => {
    const events: MismatchEvent[] = [];
    for (const [resident, attending] of pairsOf(context, about)) {
      for (const now of await mismatchesBetween(context, resident, attending)) {
        const key = `${resident} ${attending} ${now.item} ${now.openedAt}`;
        const before = known.get(key);
        if (before?.state === now.state && before.since === now.since) continue;
        known.set(key, now);
        events.push({
          event: EVENTS[now.state],
          resident,
          attending,
          item: now.item,
          direction: now.direction,
        });
      }
    }
    return events;
  };
}

function pairsOf(context: Context, about: PersonId | undefined): readonly (readonly [PersonId, PersonId])[] {
  const pairs = new Map(
    context.roster.outlook.overlaps.map(({ resident, attending }) => [
      `${resident.person}+${attending.person}`,
      [resident.person, attending.person] as const,
    ]),
  );
  return [...pairs.values()].filter((pair) => about === undefined || pair.includes(about));
}
