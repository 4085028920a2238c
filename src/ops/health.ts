import type { RosterTrouble } from "../domain/roster-report.ts";
import { utc } from "../domain/time.ts";
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
   * Rosters that cannot be had, since when, and when each was last read. Attune goes on with what they said last, so
   * that they make nothing fail. Absent where no roster is a feed.
   */
  readonly rosters?: Readonly<
    Record<
      string,
      { readonly failingSince: string; readonly lastRead: string | null; readonly reason: string }
    >
  >;
}

export interface HealthDeps {
  readonly rosters?: () => readonly RosterTrouble[];
  /** Rejects when the database cannot be read or written. */
  readonly house: { check(): Promise<void> };
  readonly ticker: Pick<Ticker, "lastFinished">;
  readonly platforms: () => Health["platforms"];
  /** Milliseconds on a clock that never steps; the ticker's. */
  readonly steady?: () => number;
}

/** A beat comes every minute: without one for this many seconds nobody is being asked anything. */
const SILENCE = 180;

/** Looks at the database and the last beat. */
export async function health({
  house,
  ticker,
  platforms,
  rosters,
  steady = () => performance.now(),
}: HealthDeps): Promise<Health> {
  const database = await house.check().then(
    () => "ok" as const,
    () => "failing" as const,
  );
  const finished = ticker.lastFinished();
  const lastTick = finished === undefined ? null : Math.round((steady() - finished) / 1_000);
  const isBeating = lastTick !== null && lastTick <= SILENCE;
  return {
    status: database === "ok" && isBeating ? "ok" : "failing",
    database,
    lastTick,
    platforms: platforms(),
    ...(rosters === undefined ? {} : { rosters: Object.fromEntries(rosters().map(troubleOf)) }),
  };
}

const troubleOf = ({ name, since, lastGood, reason }: RosterTrouble) => [
  name,
  { failingSince: utc(since), lastRead: lastGood === undefined ? null : utc(lastGood), reason },
];
