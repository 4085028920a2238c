import pLimit from "p-limit";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import { codeOf } from "#src/errors.ts";
import pTimeout from "p-timeout";
import { createSingleFlight, type Beaten, type SingleFlight } from "./single-flight.ts";

/** A program that the scheduler beats, once in each round. */
export interface ScheduledProgram {
  readonly program: string;
  readonly log: Log;
  beat(): Promise<void>;
  /** Edits what people wait for, beside a beat that is under way. */
  edit(): Promise<void>;
}

export interface SchedulerDeps {
  readonly hostedPrograms: readonly ScheduledProgram[];
  /** Counts beats that failed. */
  readonly meters: Pick<Meters, "failed">;
  /** Before a round, and before a beat between rounds: asks what time it is. */
  align(): Promise<void>;
  /** Whether that cannot be believed yet: then no program beats. */
  readonly isHeld?: () => boolean;
  /** Milliseconds on a clock that never steps. */
  readonly steady?: () => number;
  /** Programs that beat at the same time. */
  readonly atATime?: number;
  /** Milliseconds after which a program that still beats lets the next one begin. */
  readonly patience?: number;
  /** Milliseconds after which a beat that never comes back is left behind. */
  readonly deadline?: number;
}

/** The beats of all programs of an installation. */
export interface Scheduler {
  /**
   * One beat of each program, a few at a time. A program that fails, hangs or takes long holds up no other: it is logged,
   * and the round ends without it.
   * @throws what the first one threw, when no program could beat
   */
  beat(): Promise<void>;
  /**
   * Something may be due at this program at once: it beats now, and no other with it. What is to be edited does not wait
   * for a beat that is under way.
   */
  wake(program: string): void;
  /** Takes no new beat, and waits for those under way. */
  stop(): Promise<void>;
  /** Seconds since each program's last beat that finished; undefined before its first. */
  lastBeats(): ReadonlyMap<string, number | undefined>;
}

/** Eight programs with eight sends each are as many as a workspace takes anyhow, and within ten connections to a server. */
const AT_A_TIME = 8;
const PATIENCE = 10_000;
/** Below the ticker's own: when that begins the next round, the beat that hangs has been left behind. */
const DEADLINE = 290_000;

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { hostedPrograms, meters, align, isHeld = () => false, steady = () => performance.now() } = deps;
  const { atATime = AT_A_TIME, patience = PATIENCE, deadline = DEADLINE } = deps;
  const flights = new Map<string, { readonly hosted: ScheduledProgram; readonly flight: SingleFlight }>(
    hostedPrograms.map((hosted) => [
      hosted.program,
      { hosted, flight: createSingleFlight({ log: hosted.log, meters, steady, deadline }) },
    ]),
  );
  const edits = new Set<Promise<void>>();
  let state: "not-begun" | "open" | "over" = "not-begun";

  return {
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
    wake(program) {
      const woken = flights.get(program);
      if (woken === undefined || state !== "open") return;
      const isBeating = woken.flight.kick(async () => {
        await align();
        if (isHeld()) return;
        await woken.hosted.beat();
      });
      if (isBeating || isHeld()) return;
      const edit = editBeside(woken.hosted, meters).finally(() => edits.delete(edit));
      edits.add(edit);
    },
    async stop() {
      state = "over";
      await Promise.all([...[...flights.values()].map(({ flight }) => flight.stop()), ...edits]);
    },
    lastBeats: () =>
      new Map(
        [...flights].map(([program, { flight }]) => [program, secondsSince(flight.lastFinished(), steady)]),
      ),
  };
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

/** Resolves as soon as one beat has succeeded; a process of which nobody beats is in trouble as a whole. */
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
