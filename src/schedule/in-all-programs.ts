import { ASKED_ELSEWHERE, CONSENT_OPEN, type HoldReason } from "#src/domain/nudge-life.ts";
import { TAKING_PART } from "#src/domain/nudge.ts";
import { mayStandFor, type Person, type PersonId } from "#src/domain/person.ts";
import { isQuiet, nextMoment } from "#src/domain/quiet.ts";
import type { Instant } from "#src/domain/time.ts";
import { elsewhereOf, type Context, type Elsewhere } from "#src/flows/context.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { Standing } from "#src/ports/store.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { identitiesOf, knownIdentities } from "./reach.ts";

/* Who works in several programs is one person: what is looked at in all of them before a message of one is sent. */

/** Who asks somebody who works in several programs whether they take part: kept once, in the program whose id comes first. */
const asker = (person: PersonId): string => `asks ${person} whether they take part`;

/**
 * Who works in several programs is asked once whether they take part, by whichever would ask first. A consent that went out before it was
 * known that they are in both has asked them for both: nothing goes out in place of another.
 */
export async function askedElsewhere(
  context: Context,
  { nudge, reminder }: Claim,
  { consent }: Pick<Standing, "consent">,
): Promise<HoldReason | undefined> {
  if (consent !== "unasked" || nudge.kind === "greeting") return undefined;
  const others = elsewhereOf(context, { id: nudge.person });
  for (const { context: there, person } of reminder ? [] : others) {
    const asked = await there.store.nudgeAbout("consent", person.id, TAKING_PART);
    if (asked?.sentAt !== undefined) return nudge.kind === "consent" ? ASKED_ELSEWHERE : CONSENT_OPEN;
  }
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

/** When a message that belongs to no shift may be sent to somebody who is on duty, resting or away elsewhere; undefined if that is now. */
export function quietElsewhere(context: Context, { nudge }: Claim, person: Person): Instant | undefined {
  const { now } = context;
  for (const there of elsewhereOf(context, person)) {
    const { roster, zone, program } = there.context;
    const days = roster.outlook.daysOf(there.person.id);
    if (isQuiet(days, now, zone, program.policy))
      return nextMoment(days, now, nudge.expiresAt, zone, program.policy) ?? nudge.expiresAt;
  }
  return undefined;
}

/**
 * Whoever works in two programs chooses nothing twice: what they have decided in one before the other had them counts there from its
 * first beat on. What they choose afterwards is kept in both at once.
 */
export async function takeOverChoices(context: Context): Promise<void> {
  if (context.elsewhere === undefined) return;
  for (const person of context.program.people) await takeOverChoice(context, person);
}

async function takeOverChoice(context: Context, person: Person): Promise<boolean> {
  const others = elsewhereOf(context, person);
  if (others.length === 0 || (await context.store.standing(person.id)).consent !== "unasked") return false;
  for (const one of others) if (await takeOver(context, person, one)) return true;
  return false;
}

/**
 * Right before something is sent: finds out whether the account that it goes to is somebody's in another program, too, of whom people.csv
 * does not say so. Whether they take part is asked with what their platform says of them, and not while it cannot say it.
 *
 * @returns their standing, with what they have chosen there
 */
export async function standingAnywhere(
  messengers: ReadonlyMap<string, Messenger>,
  context: Context,
  person: Person,
): Promise<Standing> {
  const { store, meet } = context;
  const standing = await store.standing(person.id);
  if (meet === undefined) return standing;
  const isAsked = standing.consent === "unasked";
  const known = await knownIdentities(messengers, context, person);
  const found = known.length > 0 || !isAsked ? known : await identitiesOf(messengers, context, person);
  for (const one of found) await meet(one, ...(isAsked ? (["by e-mail"] as const) : []));
  return isAsked && (await takeOverChoice(context, person)) ? store.standing(person.id) : standing;
}

async function takeOver(context: Context, person: Person, there: Elsewhere): Promise<boolean> {
  const { store, now, program } = context;
  const { consent, locale, pausedUntil, stopped } = await there.context.store.standing(there.person.id);
  if (consent === "unasked") return false;
  const chosen = {
    consent,
    stopped,
    ...(locale === undefined ? {} : { locale }),
    ...(pausedUntil === undefined ? {} : { pausedUntil }),
  };
  // It stands for an act of theirs, which happens once.
  const event = `chosen in ${there.context.program.id} ${there.person.id} for ${person.id}`;
  await store.changeStanding(person.id, chosen, event, now);
  for (const identity of await there.context.store.identities(there.person.id))
    if (mayStandFor(program.people, person, identity)) await store.rememberIdentity(person.id, identity, now);
  return true;
}
