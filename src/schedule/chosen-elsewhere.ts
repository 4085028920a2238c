import { mayStandFor, type Person } from "#src/domain/person.ts";
import { elsewhereOf, type Context, type Elsewhere } from "#src/flows/context.ts";

/**
 * Whoever works in two programs chooses nothing twice: what they have decided in one before the other had them counts there from its
 * first beat on. What they choose afterwards is kept in both at once.
 *
 * @returns whether anything was taken over
 */
export async function takeOverChoices(context: Context): Promise<boolean> {
  let isTaken = false;
  for (const person of context.program.people) {
    const others = elsewhereOf(context, person);
    if (others.length === 0 || (await context.store.standing(person.id)).consent !== "unasked") continue;
    for (const one of others) {
      if (!(await takeOver(context, person, one))) continue;
      isTaken = true;
      break;
    }
  }
  return isTaken;
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
