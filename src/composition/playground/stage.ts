import type { Jump, Stage } from "#src/ports/stage.ts";
import { HOUR, MINUTE, instant, later, type Instant } from "#src/domain/time.ts";
import { dayNumber, mondayOf, weekOf, type Zone } from "#src/domain/zone.ts";
import type { Program } from "#src/domain/program.ts";
import { localeOf } from "#src/flows/ask/nudge-card.ts";
import type { RunningProgram } from "#src/engine.ts";
import type { StageClock } from "#src/runtime/stage-clock.ts";

export interface StageDeps {
  readonly program: Program;
  readonly running: () => RunningProgram;
  /** Absent when time is real. */
  readonly clock?: StageClock;
  /** One beat or jump at a time. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  now(): Instant;
  /** How many messages have gone out in this process. */
  sent(): number;
  /** Empties what is stored of the program, and starts it anew at its first moment. */
  reset(): Promise<void>;
}

/** Where the demo begins: ten minutes before the first goal of its first day. */
const BEFORE_FIRST = 10 * MINUTE;
const DAWN = 7;

/** The first moment of a program: shortly before the first message of its first rotation. */
export async function firstMoment(
  program: Program,
  zone: Zone,
  nextDue: Instant | undefined,
): Promise<Instant> {
  const from = Math.min(...program.rotations.map((one) => zone.at(dayNumber(one.from), DAWN)));
  return nextDue === undefined || nextDue < from ? instant(from) : later(nextDue, -BEFORE_FIRST);
}

/** The local playground's hold on the process: its clock, its cast, its roster strip. */
export function createStage(deps: StageDeps): Stage {
  const { program, clock } = deps;
  return {
    programName: program.name,
    timeZone: program.timeZone,
    travels: clock !== undefined,
    now: deps.now,
    async cast() {
      const standings = await deps.running().context().store.standings();
      return program.people.map((person) => {
        const standing = standings.get(person.id);
        const locale = standing === undefined ? person.locale : localeOf(person, standing);
        return { id: person.id, name: person.name, role: person.role, locale };
      });
    },
    async strip(from, to) {
      const { roster, store } = deps.running().context();
      const touches = (one: { start: Instant; end: Instant }) => one.start < to && one.end > from;
      const duties = program.people.flatMap(({ id }) =>
        roster.outlook.daysOf(id).assignments.filter(touches),
      );
      const nudges = await store.nudgesDuring(from, to);
      return {
        from,
        to,
        now: deps.now(),
        duties: duties.map(({ person, start, end, label }) => ({ person, start, end, label })),
        overlaps: roster.outlook.overlaps.filter(touches).map((one) => ({
          resident: one.resident.person,
          attending: one.attending.person,
          start: one.start,
          end: one.end,
        })),
        nudges: nudges
          .filter((one) => one.state !== "withdrawn")
          .map(({ person, kind, dueAt, state }) => ({ person, kind, at: dueAt, state })),
      };
    },
    jump: (jump) =>
      deps.inTurn(async () => {
        if (clock === undefined) return deps.now();
        await travel(deps, clock, jump);
        return clock.now();
      }),
    startOver: () =>
      deps.inTurn(async () => {
        await deps.reset();
        return deps.now();
      }),
  };
}

async function travel(
  { running: runningNow, sent }: StageDeps,
  clock: StageClock,
  jump: Jump,
): Promise<void> {
  const running = runningNow();
  const now = clock.now();
  if (jump === "next-message") return travelToNextMessage(running, clock, sent);
  const to =
    jump === "hour"
      ? later(now, HOUR)
      : jump === "week"
        ? nextDigests(running, now)
        : endOfShift(running, now);
  await running.liveUntil(to, (at) => clock.set(at));
}

/** How many due moments are looked at for one that sends something: most of a quiet roster's weeks. */
const LOOK_AHEAD = 200;

/** A nudge may be due and have nothing to ask (a debrief without a goal): then the next one is looked for. */
async function travelToNextMessage(
  running: RunningProgram,
  clock: StageClock,
  sent: () => number,
): Promise<void> {
  const { store } = running.context();
  const before = sent();
  for (let i = 0; i < LOOK_AHEAD; i++) {
    const next = await store.nextDue();
    if (next === undefined) return;
    await running.liveUntil(next > clock.now() ? next : later(clock.now(), MINUTE), (at) => clock.set(at));
    if (sent() !== before) return;
  }
}

/** An hour after the digests of the calendar week to come: they tell of the week that is on now. */
function nextDigests(running: RunningProgram, now: Instant): Instant {
  const { zone, program } = running.context();
  const { day, hour } = program.policy.digest;
  const monday = mondayOf(weekOf(zone.dayOf(now)) + 1);
  return later(zone.at(monday + day - 1, hour), HOUR);
}

/** The end of a shift that is on just now, or the next one to end. */
function endOfShift(running: RunningProgram, now: Instant): Instant {
  const { roster, program } = running.context();
  const ends = program.people
    .flatMap(({ id }) => roster.outlook.daysOf(id).assignments)
    .filter((one) => one.end > now);
  return instant(Math.min(later(now, 24 * HOUR), ...ends.map((one) => one.end)));
}
