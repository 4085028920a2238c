import { HOUR, MINUTE, SECOND, later, utc, type Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import type { SharedClock } from "./shared-clock.ts";

/** Milliseconds that the database's clock may differ from a monotonic clock, because of slewing and rounding. */
const BELIEVED = MINUTE;
/** Milliseconds that a jump must last before it is believed: longer than NTP needs to correct a clock after a boot. */
export const HOLD = 10 * MINUTE;
/** Milliseconds. A start so long after the last beat, or so far from the machine's own clock, is checked. */
const STILL = HOUR;
/** Milliseconds between two notes of the time. */
const NOTED = MINUTE;

const SEEN = "clock seen";
const HELD = "clock held";

/** A jump of the clock that is not believed yet. */
export interface HeldJump {
  /** Milliseconds that the clock is ahead of what is possible; negative if it is behind. */
  readonly by: number;
  /** What the clock said when the jump was first seen. */
  readonly since: Instant;
}

/** The database's time. A jump is not believed at once. */
export interface GuardedClock extends SharedClock {
  /** The jump that is not believed yet. Meanwhile nothing may be sent, withdrawn or expire. */
  held(): HeldJump | undefined;
  /** Grows each time that a new time is believed: at the start, and after a jump. */
  steps(): number;
}

export interface GuardedClockDeps {
  readonly database: { now(): Promise<Instant> };
  readonly host: Clock;
  /** The database's notes, where the time is stored for the next start. */
  readonly notes: Pick<Store, "note" | "setNote">;
  readonly log: Log;
  /** Milliseconds on a monotonic clock. */
  readonly steady?: () => number;
}

/** A moment, and what the monotonic clock said at that moment (`at`). */
interface Known {
  readonly time: Instant;
  readonly at: number;
}

/**
 * Protects against a clock that is wrong for a short time (a machine that has just booted, an NTP failure): it must not make
 * everything expire. While Attune runs, the database's time is compared with a monotonic clock. At the start, it is compared
 * with the last time that was stored. A jump beyond what is possible is believed only after it has lasted for HOLD; until
 * then the old time goes on. After a machine was suspended its time looks wrong for that long, too, and is then believed.
 */
export function guardedClock({
  database,
  host,
  notes,
  log,
  steady = () => performance.now(),
}: GuardedClockDeps): GuardedClock {
  /** The time that is believed. Before any is, the last time that was stored. */
  let known: Known | undefined;
  let said: Known | undefined;
  let before: Before["before"];
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

  return {
    now: () => {
      const base = known ?? said;
      return base === undefined ? host.now() : extrapolated(base);
    },
    sleep: (milliseconds, signal) => host.sleep(milliseconds, signal),
    held: () => held && { by: held.by, since: held.since },
    steps: () => steps,
    async align() {
      const { reading, doubt } = await measured(database, steady);
      before ??= await keptOf(notes, reading.at);
      // If the process was frozen while it waited, nobody knows when the answer was right.
      if (doubt > BELIEVED && said !== undefined) return;
      said = reading;
      const by = off(reading, doubt, host.now(), { known, before });
      if (by === undefined) await believe(reading, known === undefined);
      else if (held === undefined || Math.abs(by - held.by) > BELIEVED) await hold(reading, by);
      else if (reading.at - held.at >= HOLD) await believe(reading, true);
    },
  };
}

/** What the database's clock says. The answer was right about halfway between question and answer. */
async function measured(database: GuardedClockDeps["database"], steady: () => number) {
  const asked = steady();
  const time = await database.now();
  const answered = steady();
  return { reading: { time, at: (asked + answered) / 2 }, doubt: (answered - asked) / 2 };
}

/** What is known of the time from before: in this process, and in an earlier one. */
interface Before {
  readonly known: Known | undefined;
  readonly before: { readonly seen: Known | undefined; readonly wasHeld: boolean } | undefined;
}

/** How far a measured time is from what is possible; undefined if it is possible. */
function off(
  { time, at }: Known,
  doubt: number,
  host: Instant,
  { known, before }: Before,
): number | undefined {
  const base = known ?? before?.seen;
  const by = base === undefined ? 0 : Math.round(time - later(base.time, at - base.at));
  if (known !== undefined) return Math.abs(by) <= BELIEVED + doubt ? undefined : by;
  const isFarFromHost = Math.abs(time - host) > STILL;
  if (before?.wasHeld === true || isFarFromHost) return by;
  return by >= -BELIEVED - doubt && by <= STILL ? undefined : by;
}

const HOLDING =
  "the clock jumped beyond what could be true: nothing is sent or expires until that has lasted";
const LASTED = "the clock's jump has lasted, and counts from now on";
const OVER = "the clock is back: its jump did not count";

const seconds = (milliseconds: number): number => Math.round(milliseconds / SECOND);

/** What an earlier process has stored: its last time, and whether it doubted a jump. */
async function keptOf(notes: GuardedClockDeps["notes"], at: number) {
  const { seen, held } = await storedClock(notes);
  return { seen: seen === undefined ? undefined : { time: seen, at }, wasHeld: held !== undefined };
}

/** What a running Attune has stored about its time, for `attune doctor`. */
export async function storedClock(
  notes: Pick<Store, "note">,
): Promise<{ readonly seen?: Instant; readonly held?: HeldJump }> {
  const [seen, held] = [Number(await notes.note(SEEN)), await notes.note(HELD)];
  return {
    ...(Number.isFinite(seen) ? { seen: seen as Instant } : {}),
    ...(held === undefined || held === "" ? {} : { held: JSON.parse(held) as HeldJump }),
  };
}
