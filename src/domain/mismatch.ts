import {
  exchangesOf,
  lookingsBack,
  settlementsOf,
  talkAs,
  type Exchange,
  type Settlement,
} from "./exchange.ts";
import { agree, gapsIn, happenedGap, wentAsSettled, type Gap } from "./gap.ts";
import type { PersonId } from "./person.ts";
import type { Policy } from "./program.ts";
import type { Reply } from "./reply.ts";
import type { Instant } from "./time.ts";

export type MismatchState = "open" | "settled" | "closed" | "lapsed";

/** A gap and what became of it. */
export type Mismatch = Gap & {
  /** The newest occasion that shows it. */
  readonly occasion: string;
  readonly openedAt: Instant;
  readonly state: MismatchState;
  /** When it came into this state. */
  readonly since: Instant;
  /** What the two settled on about that occasion. */
  readonly settlement?: Settlement;
};

/**
 * Whether what happened on a shift lies too far from what the two had settled, or both had wanted, as they looked back on it.
 *
 * @param replies to this shift, as one of the two sees them
 */
export function gapInWhatHappened(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
  policy: Policy["mismatch"],
): Gap | undefined {
  const [happened] = lookingsBack(resident, attending, replies);
  if (happened === undefined) return undefined;
  const [planned] = exchangesOf(resident, attending, replies);
  return happenedGap(happened, planned, settlementsOf(resident, attending, replies), policy);
}

/** Something that a pair did, which may change the state of their mismatches. */
type PairEvent = { readonly at: Instant } & (
  | { readonly type: "answered"; readonly exchange: Exchange; readonly history: readonly Exchange[] }
  | { readonly type: "settled"; readonly settlement: Settlement }
  | { readonly type: "talked"; readonly reply: Reply }
  | { readonly type: "looked-back"; readonly happened: Exchange }
);

/** A pair's mismatches, as far as the events have been followed. */
interface Course {
  readonly current: Map<Gap["item"], Mismatch>;
  readonly past: Mismatch[];
  readonly policy: Policy["mismatch"];
}

/**
 * Every mismatch of a pair with its history: open → settled (either says what on) → closed (what happened, or their next
 * answers, agree) or lapsed (the rotation ended). If the gap shows again after that, the mismatch is open again.
 *
 * @param replies the replies of both, settlements included
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
  const settlements = settlementsOf(resident, attending, replies);
  const course: Course = { current: new Map(), past: [], policy };
  const before: PairEvent[] = [];
  for (const event of eventsOf(exchanges, settlements, lookingsBack(resident, attending, replies), replies)) {
    // The end of a rotation ends its open mismatches. In the next rotation the pair begins anew.
    lapse(course, event.at, rotationEnd);
    before.push(event);
    follow(course, event, before);
  }
  lapse(course, now, rotationEnd);
  return [...course.past, ...course.current.values()].toSorted((a, b) => a.openedAt - b.openedAt);
}

function eventsOf(
  exchanges: readonly Exchange[],
  settlements: readonly Settlement[],
  lookedBack: readonly Exchange[],
  replies: readonly Reply[],
): readonly PairEvent[] {
  const events: PairEvent[] = [
    ...exchanges.map((exchange, i): PairEvent => {
      const history = exchanges.slice(0, i + 1);
      return { type: "answered", at: exchange.at, exchange, history };
    }),
    ...settlements.map((settlement): PairEvent => ({ type: "settled", at: settlement.at, settlement })),
    ...replies
      .filter(({ item }) => item === "talked")
      .map((reply): PairEvent => ({ type: "talked", at: reply.at, reply })),
    ...lookedBack.map((happened): PairEvent => ({ type: "looked-back", at: happened.at, happened })),
  ];
  return events.toSorted((a, b) => a.at - b.at);
}

function lapse(
  { current, past }: Course,
  at: Instant,
  rotationEnd: (at: Instant) => Instant | undefined,
): void {
  for (const [item, one] of current) {
    const end = rotationEnd(one.openedAt);
    if (end === undefined || end > at) continue;
    past.push({ ...one, state: "lapsed", since: end });
    current.delete(item);
  }
}

function follow(course: Course, event: PairEvent, before: readonly PairEvent[]): void {
  const { current, policy } = course;
  switch (event.type) {
    case "answered": {
      const { exchange, history } = event;
      const gaps = gapsIn(history, policy);
      for (const gap of gaps.values()) open(course, gap, exchange);
      for (const [item, one] of current)
        if ((item === "happened" || !gaps.has(item)) && agree(exchange, item))
          close(course, one, exchange.at);
      return;
    }
    case "settled": {
      const { settlement, at } = event;
      const one = current.get(settlement.item);
      if (one?.occasion !== settlement.occasion) return;
      current.set(one.item, { ...one, state: "settled", since: at, settlement });
      return lookBack(course, settlement.occasion, at, before);
    }
    case "talked": {
      const { at, reply } = event;
      for (const [item, one] of current)
        if (one.state === "open" && isSettleable(one))
          current.set(item, { ...one, state: "settled", since: at, settlement: talkAs(reply, one.item) });
      return undefined;
    }
    case "looked-back":
      return lookBack(course, event.happened.occasion, event.at, before);
    default:
      return event satisfies never;
  }
}

type Settleable = Mismatch & { readonly item: Settlement["item"] };

/** What happened cannot be settled any more: it opens the next plan. */
const isSettleable = (one: Mismatch): one is Settleable => one.item !== "happened";

/** The gap shows: for the first time, again after a settlement, or still. */
function open({ current }: Course, gap: Gap, { occasion, at }: Exchange): void {
  const before = current.get(gap.item);
  const openedAt = before?.openedAt ?? at;
  const since = before?.state === "open" ? before.since : at;
  current.set(gap.item, { ...gap, occasion, openedAt, state: "open", since });
}

function close({ current, past }: Course, one: Mismatch, at: Instant): void {
  past.push({ ...one, state: "closed", since: at });
  current.delete(one.item);
}

/** Compares what happened with what stands settled, or was wanted, by the events so far; both can come first. */
function lookBack(course: Course, occasion: string, at: Instant, before: readonly PairEvent[]): void {
  const { current, policy } = course;
  const happened = before.flatMap((one) => (one.type === "looked-back" ? [one.happened] : []));
  const here = happened.find((one) => one.occasion === occasion);
  if (here === undefined) return;
  const settled = before.flatMap((one) =>
    one.type === "settled" && one.settlement.occasion === occasion ? [one.settlement] : [],
  );
  const planned = before.flatMap((one) =>
    one.type === "answered" && one.exchange.occasion === occasion ? [one.exchange] : [],
  );
  const gap = happenedGap(here, planned[0], settled, policy);
  const standing = current.get("happened");
  if (gap !== undefined) open(course, gap, { ...here, at });
  else if (standing?.occasion === occasion) current.delete("happened");
  else if (standing !== undefined) close(course, standing, at);
  for (const item of ["help", "safety"] as const) {
    const one = current.get(item);
    if (one?.occasion === occasion && one.settlement !== undefined && wentAsSettled(here, one.settlement))
      close(course, one, at);
  }
}
