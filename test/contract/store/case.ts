import { nudgeId, type Nudge, type PlannedNudge } from "#src/domain/nudge.ts";
import { personId, type Address, type PersonId } from "#src/domain/person.ts";
import type { Assignment, AssignmentId } from "#src/domain/roster.ts";
import { HOUR, instant, later, MINUTE, type Instant } from "#src/domain/time.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Identity, Claim, Lease } from "#src/ports/outbox.ts";
import type { Recording, Store } from "#src/ports/store.ts";

/** An opened database, as a contract needs it. */
export interface OpenStores extends AsyncDisposable {
  store(program: string): Store;
  /** The same database as another process opens it; where there is no such thing, the same stores. */
  elsewhere(program: string): Store;
  /** Closes and opens again; where nothing outlives closing, does nothing. */
  reopen(): Promise<void>;
}

export type StoreRig = () => Promise<OpenStores>;

export const NOON = instant(Date.parse("2026-03-30T12:00:00Z"));
export const LEASE = 90_000;
export const ANNA = personId("anna");
export const BEN = personId("ben");
export const DORA = personId("dora");

/** A moment so many minutes after noon. */
export const at = (minutes: number): Instant => later(NOON, minutes * MINUTE);

export const lease = (owner: string, now: Instant = NOON): Lease => ({ owner, now, length: LEASE });

/** Anna's goal ask for one shift, due at noon, open for three hours: a case changes what matters to it. */
export const wanted = (over: Partial<PlannedNudge> = {}): PlannedNudge => ({
  kind: "shift-goal",
  person: ANNA,
  subject: "anna@2026-03-30T12:15Z",
  dueAt: NOON,
  expiresAt: later(NOON, 3 * HOUR),
  ...over,
});

export const shift = (id: string, person: PersonId, start: Instant, hours: number): Assignment => ({
  id: id as AssignmentId,
  person,
  start,
  end: later(start, hours * HOUR),
  label: "Day",
  role: "resident",
});

export const account = (person: PersonId, platform = "web"): Identity => ({
  platform,
  account: person,
  address: `${platform}:${person}` as Address,
});

export const messageRef = (text: string): MessageRef => text as MessageRef;

/** Keeps that this person takes part, and where they are heard from. */
export async function heardFrom(
  store: Store,
  person: PersonId,
  identity: Identity = account(person),
  now: Instant = NOON,
): Promise<void> {
  await store.changeStanding(person, { consent: "given" }, `consent of ${person}`, now);
  await store.rememberIdentity(person, identity, now);
}

/** Plans this one nudge and returns it as stored. */
export async function planned(store: Store, over: Partial<PlannedNudge> = {}): Promise<Nudge> {
  const nudge = wanted(over);
  await store.plan([nudge], later(nudge.dueAt, -HOUR), { people: new Set([nudge.person]) });
  return stored(store, nudge);
}

export async function stored(
  store: Store,
  nudge: Pick<PlannedNudge, "kind" | "person" | "subject">,
): Promise<Nudge> {
  const found = await store.nudgeAbout(nudge.kind, nudge.person, nudge.subject);
  if (found === undefined) throw new Error("The nudge is not stored.");
  return found;
}

export async function claimed(store: Store, now: Instant = NOON, owner = "one"): Promise<Claim> {
  const [claim] = await store.claimDue(lease(owner, now), 1);
  if (claim === undefined) throw new Error("Nothing was due.");
  return claim;
}

/** Claims what is due and sends it as message "m<id>"; a reminder as "m<id>.<round>". */
export async function sentNow(store: Store, now: Instant = NOON, remindAt?: Instant): Promise<Nudge> {
  const claim = await claimed(store, now);
  await store.intend(claim, now);
  const ref = messageRef(claim.reminder ? `m${claim.nudge.id}.${claim.round}` : `m${claim.nudge.id}`);
  if (!(await store.sent(claim, account(claim.nudge.person), ref, now, remindAt)))
    throw new Error("Not sent.");
  return stored(store, claim.nudge);
}

let events = 0;
export const event = (): string => `event-${(events += 1)}`;

/** One tap on a nudge, which answers one item. */
export const tap = (
  nudge: Pick<Nudge, "id" | "person" | "subject">,
  over: Partial<Recording> = {},
): Recording => ({
  event: event(),
  person: nudge.person,
  now: at(1),
  nudge: nudge.id,
  replies: [{ occasion: nudge.subject, item: "help", value: "3", text: false }],
  complete: false,
  edit: [],
  hasten: [],
  ...over,
});

export const NOWHERE = nudgeId(999_999);
