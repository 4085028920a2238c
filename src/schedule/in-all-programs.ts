import { ASKED_ELSEWHERE, type HoldReason } from "#src/domain/nudge-life.ts";
import { rulesOf, type Nudge } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import { isQuiet, nextMoment } from "#src/domain/quiet.ts";
import type { Instant } from "#src/domain/time.ts";
import { elsewhereOf, type Context } from "#src/flows/context.ts";
import type { Claim } from "#src/ports/outbox.ts";

/* Who works in several programs is one person: what is looked at in all of them before a message of one is sent. */

/** Who asks somebody who works in several programs whether they take part: kept once, in the program whose id comes first. */
const asker = (person: PersonId): string => `asks ${person} whether they take part`;

/** Who works in several programs is asked once whether they take part, by whichever would ask first. */
export async function askedElsewhere(context: Context, { nudge }: Claim): Promise<HoldReason | undefined> {
  const others = elsewhereOf(context, { id: nudge.person });
  if (others.length === 0 || nudge.kind !== "consent") return undefined;
  const own = context.program.id;
  const places = [{ id: own, store: context.store, person: nudge.person }].concat(
    others.map((one) => ({ id: one.context.program.id, store: one.context.store, person: one.person.id })),
  );
  const { store, person } = places.reduce((least, one) => (one.id < least.id ? one : least));
  for (;;) {
    const asks = await store.note(asker(person));
    if (asks === own) return undefined;
    if (asks !== undefined && places.some(({ id }) => id === asks)) return ASKED_ELSEWHERE;
    // Nobody does yet, or a program that they are in no more.
    if (await store.changeNote(asker(person), asks, own)) return undefined;
  }
}

/** Somebody's nudges due in [from, to), of all the programs that they work in: limits are a person's. */
export async function everyNudge(
  context: Context,
  person: PersonId,
  from: Instant,
  to: Instant,
): Promise<readonly Nudge[]> {
  const nudges = [...(await context.store.nudgesOf(person, from, to))];
  for (const one of elsewhereOf(context, { id: person }))
    nudges.push(...(await one.context.store.nudgesOf(one.person.id, from, to)));
  return nudges;
}

/** When a message that belongs to no shift may be sent to somebody who is on duty, resting or away elsewhere; undefined if that is now. */
export function quietElsewhere(context: Context, { nudge }: Claim, person: Person): Instant | undefined {
  const { now } = context;
  if (rulesOf(nudge.kind).shiftBound) return undefined;
  for (const there of elsewhereOf(context, person)) {
    const { roster, zone, program } = there.context;
    const days = roster.outlook.daysOf(there.person.id);
    if (isQuiet(days, now, zone, program.policy))
      return nextMoment(days, now, nudge.expiresAt, zone, program.policy) ?? nudge.expiresAt;
  }
  return undefined;
}
