import { setTimeout as sleep } from "node:timers/promises";
import type { RosterTrouble } from "../domain/roster-report.ts";
import { utc, type Instant } from "../domain/time.ts";

/** The answer of /healthz, for supervisors and load balancers. */
export interface Health {
  readonly status: "ok" | "failing";
  readonly database: "ok" | "failing";
  /** Seconds since the last completed beat; null before the first. */
  readonly lastTick: number | null;
  /** Each platform, and whether people's acts arrive from it. */
  readonly platforms: Readonly<Record<string, "ok" | "failing">>;
  /**
   * A jump of the clock that is not believed yet: by how many seconds (negative: behind), and what the clock said when it was first
   * seen. Nothing is sent meanwhile. A restart would not help.
   */
  readonly clock?: { readonly heldSince: string; readonly seconds: number };
  /**
   * Rosters that cannot be read, since when, and when each was last read. Attune goes on with what they said before, so the status
   * stays ok. With several programs, see `programs`.
   */
  readonly rosters?: Rosters;
  /** With several programs: those in trouble, by id. The status stays ok, since the others work. */
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
  /** Seconds since its last completed beat; undefined before the first. */
  readonly lastBeat: number | undefined;
  readonly troubles: readonly RosterTrouble[];
  /** Whether all its rotations are over, so that nobody is asked anything. */
  readonly isOver?: boolean;
  /** Seconds since the feed that was had longest ago was had; undefined without feeds. */
  readonly feedAge?: number;
}

export interface HealthDeps {
  readonly programs?: () => readonly ProgramStanding[];
  readonly heldJump?: () => { readonly by: number; readonly since: Instant } | undefined;
  /** Rejects when the database cannot be read or written. */
  readonly db: { check(): Promise<void> };
  /** When the last round of beats ended without an error, on the steady clock; undefined before the first. */
  readonly beats: { lastFinished(): number | undefined };
  readonly platforms: () => Health["platforms"];
  /** Milliseconds on the clock that never steps. */
  readonly steady?: () => number;
  /** Milliseconds without an answer after which the database counts as failing. */
  readonly patience?: number;
}

/** Milliseconds. Supervisors wait only a few seconds for us. */
const PATIENCE = 3_000;

/** Seconds without a completed beat after which the status is failing. A beat should run every minute. */
const SILENCE = 180;

export const isSilent = (lastBeat: number | null | undefined): boolean =>
  lastBeat === null || lastBeat === undefined || lastBeat > SILENCE;

/** Checks the database and the last beat. */
export async function health({
  db,
  beats,
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
  const finished = beats.lastFinished();
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
