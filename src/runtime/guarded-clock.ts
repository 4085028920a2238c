import { HOUR, MINUTE, SECOND, later, utc, type Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import type { SharedClock } from "./shared-clock.ts";

/** Milliseconds by which the database's clock may differ from a clock that never steps: slewing and rounding. */
const BELIEVED = MINUTE;
/** Milliseconds that a jump must have lasted before it counts: longer than a daemon needs to mend a clock after a boot. */
export const HOLD = 10 * MINUTE;
/** A start so long after the last beat (in milliseconds), or so far from the machine's own clock, is looked at twice. */
const STILL = HOUR;
/** Milliseconds between two times that the time is written down. */
const NOTED = MINUTE;

const SEEN = "clock seen";
const HELD = "clock held";

/** A jump of the clock that does not count yet. */
export interface HeldJump {
  /** Milliseconds by which the clock is ahead of what could be true; below 0 it is behind. */
  readonly by: number;
  /** What the clock said when it was first seen. */
  readonly since: Instant;
}

/** The database's time, which is not believed at once when it jumps. */
export interface GuardedClock extends SharedClock {
  /** The jump that is held: nothing may be sent, planned away or expire meanwhile. */
  held(): HeldJump | undefined;
  /** Grows when time has come to be believed that does not go on from what was known: at the start, and after a jump. */
  steps(): number;
}

export interface GuardedClockDeps {
  readonly database: { now(): Promise<Instant> };
  readonly host: Clock;
  /** The database's own, in which the time is written down for the next start. */
  readonly notes: Pick<Store, "note" | "setNote">;
  readonly log: Log;
  /** Milliseconds on a clock that never steps. */
  readonly steady?: () => number;
}

/** A moment that was true when the steady clock stood at `at`. */
interface Known {
  readonly time: Instant;
  readonly at: number;
}

/**
 * A clock that is set wrong for a moment (a machine that has just booted, a daemon gone astray) must not make everything
 * expire. What the database says is compared with a clock that never steps, and at the start with what the database saw
 * last; a jump beyond what could be true is held until it has lasted, while time goes on from what was known. A machine
 * that was suspended is behind by as much for as long, and then goes on by itself.
 */
export function guardedClock({
  database,
  host,
  notes,
  log,
  steady = () => performance.now(),
}: GuardedClockDeps): GuardedClock {
  /** What is believed; before that, what the database said last. */
  let known: Known | undefined;
  let said: Known | undefined;
  let before: { readonly seen: Known | undefined; readonly wasHeld: boolean } | undefined;
  let held: (HeldJump & { readonly at: number }) | undefined;
  let [steps, notedAt] = [0, Number.NEGATIVE_INFINITY];

  const note = (key: string, value: string): Promise<void> =>
    notes.setNote(key, value).catch((error: unknown) => log.debug({ error }, "the time is not noted"));
  const extrapolated = ({ time, at }: Known): Instant => later(time, Math.round(steady() - at));

  const believe = async (reading: Known, isStep: boolean): Promise<void> => {
    if (isStep) steps += 1;
    known = reading;
    if (held !== undefined || before?.wasHeld === true) await note(HELD, "");
    if (held !== undefined) log.warn({ seconds: seconds(held.by) }, isStep ? LASTED : OVER);
    held = undefined;
    before = { seen: undefined, wasHeld: false };
    if (reading.at - notedAt < NOTED) return;
    notedAt = reading.at;
    await note(SEEN, String(reading.time));
  };

  const hold = async ({ time, at }: Known, by: number): Promise<void> => {
    held = { by, since: time, at };
    log.warn({ seconds: seconds(by), says: utc(time) }, HOLDING);
    await note(HELD, JSON.stringify({ by, since: time }));
  };

  /** How far a reading is from what could be true; undefined when it could. */
  const off = ({ time, at }: Known, doubt: number): number | undefined => {
    const base = known ?? before?.seen;
    const by = base === undefined ? 0 : Math.round(time - later(base.time, at - base.at));
    if (known !== undefined) return Math.abs(by) <= BELIEVED + doubt ? undefined : by;
    const isFarFromHost = Math.abs(time - host.now()) > STILL;
    if (before?.wasHeld === true || isFarFromHost) return by;
    return by >= -BELIEVED - doubt && by <= STILL ? undefined : by;
  };

  return {
    now: () => {
      const base = known ?? said;
      return base === undefined ? host.now() : extrapolated(base);
    },
    sleep: (milliseconds, signal) => host.sleep(milliseconds, signal),
    held: () => held && { by: held.by, since: held.since },
    steps: () => steps,
    async align() {
      const asked = steady();
      const time = await database.now();
      const answered = steady();
      // The answer was true about halfway.
      const reading = { time, at: (asked + answered) / 2 };
      const doubt = (answered - asked) / 2;
      before ??= await keptOf(notes, reading.at);
      // A process that was frozen while it waited cannot tell when the answer was true.
      if (doubt > BELIEVED && said !== undefined) return;
      said = reading;
      const by = off(reading, doubt);
      if (by === undefined) await believe(reading, known === undefined);
      else if (held === undefined || Math.abs(by - held.by) > BELIEVED) await hold(reading, by);
      else if (reading.at - held.at >= HOLD) await believe(reading, true);
    },
  };
}

const HOLDING =
  "the clock jumped beyond what could be true: nothing is sent or expires until that has lasted";
const LASTED = "the clock's jump has lasted, and counts from now on";
const OVER = "the clock is back: its jump did not count";

const seconds = (milliseconds: number): number => Math.round(milliseconds / SECOND);

/** What an earlier process has left: its last moment, and whether it held a jump. */
async function keptOf(notes: GuardedClockDeps["notes"], at: number) {
  const { seen, held } = await storedClock(notes);
  return { seen: seen === undefined ? undefined : { time: seen, at }, wasHeld: held !== undefined };
}

/** What a running Attune has written down of the time; for whoever looks at it from outside. */
export async function storedClock(
  notes: Pick<Store, "note">,
): Promise<{ readonly seen?: Instant; readonly held?: HeldJump }> {
  const [seen, held] = [Number(await notes.note(SEEN)), await notes.note(HELD)];
  return {
    ...(Number.isFinite(seen) ? { seen: seen as Instant } : {}),
    ...(held === undefined || held === "" ? {} : { held: JSON.parse(held) as HeldJump }),
  };
}
