import { setTimeout as sleep } from "node:timers/promises";
import type { RosterTrouble } from "../domain/roster-report.ts";
import { utc, type Instant } from "../domain/time.ts";
import type { Ticker } from "../ports/clock.ts";

/** Whether Attune does its work, as a supervisor or a load balancer asks. */
export interface Health {
  readonly status: "ok" | "failing";
  readonly database: "ok" | "failing";
  /** Seconds since the last beat that finished; null before the first one. */
  readonly lastTick: number | null;
  /** Where people are reached, and whether what they do there arrives just now. */
  readonly platforms: Readonly<Record<string, "ok" | "failing">>;
  /**
   * While the clock's jump beyond what could be true is held, by how many seconds (below 0: behind), and what it said
   * when it was first seen: nothing is sent meanwhile. A restart would not help.
   */
  readonly clock?: { readonly heldSince: string; readonly seconds: number };
  /**
   * Rosters that cannot be had, since when, and when each was last read. Attune goes on with what they said last, so
   * that they make nothing fail. Where several programs are served, see `programs`.
   */
  readonly rosters?: Rosters;
  /** Of several programs those in trouble, by id. They make the others' process fail no more than a roster does. */
  readonly programs?: Readonly<
    Record<string, { readonly lastTick: number | null; readonly rosters: Rosters }>
  >;
}

type Rosters = Readonly<
  Record<string, { readonly failingSince: string; readonly lastRead: string | null; readonly reason: string }>
>;

/** How one program stands. */
export interface ProgramStanding {
  readonly program: string;
  /** Seconds since its last beat that finished; undefined before the first. */
  readonly lastBeat: number | undefined;
  readonly troubles: readonly RosterTrouble[];
}

export interface HealthDeps {
  readonly programs?: () => readonly ProgramStanding[];
  readonly heldJump?: () => { readonly by: number; readonly since: Instant } | undefined;
  /** Rejects when the database cannot be read or written. */
  readonly db: { check(): Promise<void> };
  readonly ticker: Pick<Ticker, "lastFinished">;
  readonly platforms: () => Health["platforms"];
  /** Milliseconds on a clock that never steps; the ticker's. */
  readonly steady?: () => number;
  /** Milliseconds: a database that has not answered by then fails, whatever it does later. */
  readonly patience?: number;
}

/** A supervisor waits a few seconds itself. */
const PATIENCE = 3_000;

/** A beat comes every minute: without one for this many seconds nobody is being asked anything. */
const SILENCE = 180;

export const isSilent = (lastBeat: number | null | undefined): boolean =>
  lastBeat === null || lastBeat === undefined || lastBeat > SILENCE;

/** Looks at the database and the last beat. */
export async function health({
  db,
  ticker,
  platforms,
  programs,
  heldJump,
  steady = () => performance.now(),
  patience = PATIENCE,
}: HealthDeps): Promise<Health> {
  const checked = db.check().then(
    () => "ok" as const,
    () => "failing" as const,
  );
  const database = await Promise.race([checked, sleep(patience, "failing" as const, { ref: false })]);
  const finished = ticker.lastFinished();
  const lastTick = finished === undefined ? null : Math.round((steady() - finished) / 1_000);
  return {
    status: database === "ok" && !isSilent(lastTick) ? "ok" : "failing",
    database,
    lastTick,
    platforms: platforms(),
    ...clockOf(heldJump?.()),
    ...troublesOf(programs?.() ?? []),
  };
}

const clockOf = (jump: ReturnType<NonNullable<HealthDeps["heldJump"]>>): Pick<Health, "clock"> =>
  jump === undefined ? {} : { clock: { heldSince: utc(jump.since), seconds: Math.round(jump.by / 1_000) } };

function troublesOf(all: readonly ProgramStanding[]): Pick<Health, "rosters" | "programs"> {
  if (all.length === 1) return { rosters: rostersOf(all[0]!) };
  if (all.length === 0) return {};
  const inTrouble = all.filter(({ lastBeat, troubles }) => isSilent(lastBeat) || troubles.length > 0);
  return {
    programs: Object.fromEntries(
      inTrouble.map((one) => [one.program, { lastTick: one.lastBeat ?? null, rosters: rostersOf(one) }]),
    ),
  };
}

const rostersOf = ({ troubles }: ProgramStanding): Rosters => Object.fromEntries(troubles.map(troubleOf));

const troubleOf = ({ name, since, lastGood, reason }: RosterTrouble) => [
  name,
  { failingSince: utc(since), lastRead: lastGood === undefined ? null : utc(lastGood), reason },
];
