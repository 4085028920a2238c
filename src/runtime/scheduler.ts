import pLimit from "p-limit";
import type { Due } from "#src/bot.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import { codeOf } from "#src/errors.ts";
import pTimeout from "p-timeout";
import { createSingleFlight, type Beaten, type SingleFlight } from "./single-flight.ts";

/** A program whose beat the scheduler runs, once in each round. */
export interface ScheduledProgram {
  readonly program: string;
  readonly log: Log;
  beat(): Promise<void>;
  /** Edits what people wait for, beside a beat that is under way. */
  edit(): Promise<void>;
}

export interface SchedulerDeps {
  readonly hostedPrograms: readonly ScheduledProgram[];
  readonly log: Log;
  /** Counts beats that failed. */
  readonly meters: Pick<Meters, "failed">;
  /** Asks the database for the time. Called before each round, and before each beat between rounds. */
  align(): Promise<void>;
  /** Whether that time is not believed yet. Then no beat runs. */
  readonly isHeld?: () => boolean;
  /** Milliseconds on a monotonic clock. */
  readonly steady?: () => number;
  /** How many beats run at the same time. */
  readonly atATime?: number;
  /** Milliseconds after which the next program's beat begins although this one still runs. */
  readonly patience?: number;
  /** Milliseconds after which a beat that hangs no longer counts as running. */
  readonly deadline?: number;
}

/** Runs the beats of all programs of a process. */
export interface Scheduler {
  /** Begins a round, unless one is under way that is not over its deadline. What goes wrong is logged. */
  beginRound(): void;
  /** When the last round that did not fail ended, in milliseconds on the steady clock. Undefined before the first. */
  lastFinished(): number | undefined;
  /**
   * One round: a beat of each program, a few at a time. A program whose beat fails, hangs or takes long delays no other. It
   * is logged, and the round ends without it.
   * @throws the first error, if every beat failed
   */
  beat(): Promise<void>;
  /**
   * Something may be due at this program at once: it beats now, and no other with it. Where messages are only to be
   * edited there is no beat, and no waiting for one that is under way.
   */
  wake(program: string, due?: Due): void;
  /** Takes no new beat, and waits for those under way. */
  stop(): Promise<void>;
  /** Seconds since each program's last completed beat; undefined before its first. */
  lastBeats(): ReadonlyMap<string, number | undefined>;
}

/** Eight programs with eight sends each: a workspace admits no more anyway, and ten connections to a database are enough. */
const AT_A_TIME = 8;
const PATIENCE = 10_000;
/** A round that runs longer no longer holds up the next one. */
const ROUND = 300_000;
/** Less than a round's: when the next round begins, a beat that hangs no longer counts. */
const DEADLINE = 290_000;

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { hostedPrograms, log, meters, align, isHeld = () => false, steady = () => performance.now() } = deps;
  const { atATime = AT_A_TIME, patience = PATIENCE, deadline = DEADLINE } = deps;
  const flights = new Map<string, { readonly hosted: ScheduledProgram; readonly flight: SingleFlight }>(
    hostedPrograms.map((hosted) => [
      hosted.program,
      { hosted, flight: createSingleFlight({ log: hosted.log, meters, steady, deadline }) },
    ]),
  );
  const edits = new Set<Promise<void>>();
  let state: "not-begun" | "open" | "over" = "not-begun";

  // What fails in a round is counted where it fails.
  const rounds = createSingleFlight({ log, meters: { failed() {} }, steady, deadline: ROUND });
  const scheduler: Scheduler = {
    beginRound: () => void rounds.beat(() => scheduler.beat()),
    lastFinished: () => rounds.lastFinished(),
    async beat() {
      await align().catch((error: unknown) => {
        meters.failed(codeOf(error));
        throw error;
      });
      if (isHeld()) return;
      if (state === "not-begun") state = "open";
      const begun: Promise<Beaten>[] = [];
      await pLimit(atATime).map(flights.values(), async ({ hosted, flight }) => {
        if (state === "over") return;
        const beaten = flight.beat(() => hosted.beat());
        begun.push(beaten);
        await pTimeout(beaten, { milliseconds: patience, message: false });
      });
      await oneOf(begun);
    },
    wake(program, due = "asks") {
      const woken = flights.get(program);
      if (woken === undefined || state !== "open") return;
      const beats = () =>
        woken.flight.kick(async () => {
          await align();
          if (isHeld()) return;
          await woken.hosted.beat();
        });
      if ((due === "asks" && beats()) || isHeld()) return;
      const edit = editBeside(woken.hosted, meters).finally(() => edits.delete(edit));
      edits.add(edit);
    },
    async stop() {
      state = "over";
      const beats = [...flights.values()].map(({ flight }) => flight.stop());
      await Promise.all([rounds.stop(), ...beats, ...edits]);
    },
    lastBeats: () =>
      new Map(
        [...flights].map(([program, { flight }]) => [program, secondsSince(flight.lastFinished(), steady)]),
      ),
  };
  return scheduler;
}

async function editBeside({ log, edit }: ScheduledProgram, meters: SchedulerDeps["meters"]): Promise<void> {
  try {
    await edit();
  } catch (error) {
    const code = codeOf(error);
    meters.failed(code);
    log.error({ code, error }, "messages could not be edited; the next beat goes on from what is stored");
  }
}

const secondsSince = (at: number | undefined, steady: () => number): number | undefined =>
  at === undefined ? undefined : Math.round((steady() - at) / 1_000);

/** Resolves as soon as one beat has succeeded. If every beat fails, the process itself is in trouble. */
async function oneOf(begun: readonly Promise<Beaten>[]): Promise<void> {
  const succeeded = begun.map(async (one) => {
    const beaten = await one;
    if (!beaten.ok) throw beaten.error;
  });
  if (begun.length === 0) return;
  await Promise.any(succeeded).catch((failed: AggregateError) => {
    throw failed.errors[0];
  });
}
