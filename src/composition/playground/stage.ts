import type { CastMember, Jump, Stage } from "#src/ports/stage.ts";
import { calledIn, nameIn } from "#src/domain/person.ts";
import {
  HOUR,
  MINUTE,
  instant,
  later,
  DAYS_A_WEEK,
  dayNumber,
  mondayOf,
  weekOf,
  type Instant,
  type Zone,
} from "#src/domain/time.ts";
import type { Program } from "#src/domain/program.ts";
import { localeOf } from "#src/flows/ask/nudge-card.ts";
import type { RunningProgram } from "#src/engine.ts";
import type { StageClock } from "#src/runtime/stage-time.ts";

export interface StageDeps {
  program(): Program;
  readonly running: () => RunningProgram;
  /** Absent when time is real. */
  readonly clock?: StageClock;
  /** Runs one beat or one move of the clock at a time. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  now(): Instant;
  /** How many messages this process has sent. */
  sent(): number;
  /** Deletes what is stored about the program, and begins anew at its first moment. */
  reset(): Promise<void>;
}

/** Where the demo begins: this long before its first message, which is due at dawn of its first day or later. */
const BEFORE_FIRST = 10 * MINUTE;
const DAWN = 7;

/** The first moment of a program: shortly before the first message of its first rotation. */
export async function openingMoment(
  program: Program,
  zone: Zone,
  nextDue: Instant | undefined,
): Promise<Instant> {
  const from = Math.min(...program.rotations.map((one) => zone.at(dayNumber(one.from), DAWN)));
  return nextDue === undefined || nextDue < from ? instant(from) : later(nextDue, -BEFORE_FIRST);
}

/** A program that waits for Start is set up a week before its first rotation, at an hour at which its coordinators are greeted. */
export const setUpMoment = ({ rotations, policy }: Program, zone: Zone): Instant =>
  zone.at(Math.min(...rotations.map(({ from }) => dayNumber(from))) - DAYS_A_WEEK, policy.civilHour);

/** What the playground's page can do with the process. */
export function createStage(deps: StageDeps): Stage {
  const { clock } = deps;
  const { name, timeZone } = deps.program();
  return {
    programName: name,
    timeZone,
    travels: clock !== undefined,
    now: deps.now,
    cast: () => castOf(deps.program(), deps.running()),
    async strip(from, to) {
      const program = deps.program();
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
        duties: duties.map(({ person, start, end, label, role }) => {
          const known = program.labels.get(label) ?? { en: label, ja: label };
          return { person, start, end, label: known, role };
        }),
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

async function castOf(program: Program, running: RunningProgram): Promise<readonly CastMember[]> {
  const standings = await running.context().store.standings();
  const [inEnglish, inJapanese] = [calledIn("en", program.people), calledIn("ja", program.people)];
  return program.people.map((person) => {
    const standing = standings.get(person.id);
    return {
      id: person.id,
      name: { en: nameIn("en", person), ja: nameIn("ja", person) },
      called: { en: inEnglish(person), ja: inJapanese(person) },
      roles: person.roles,
      locale: standing === undefined ? person.locale : localeOf(person, standing),
    };
  });
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

/** How many due moments are tried until one sends something. */
const LOOK_AHEAD = 200;

/** Moves to the next message. A nudge may be due and send nothing (a debrief without a goal): then it goes on to the next. */
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

/** One hour after the digests of the next calendar week, which are about the current week. */
function nextDigests(running: RunningProgram, now: Instant): Instant {
  const { zone, program } = running.context();
  const { day, hour } = program.policy.digest;
  const monday = mondayOf(weekOf(zone.dayOf(now)) + 1);
  return later(zone.at(monday + day - 1, hour), HOUR);
}

/** The end of a current shift, or of the next one. */
function endOfShift(running: RunningProgram, now: Instant): Instant {
  const { roster, program } = running.context();
  const ends = program.people
    .flatMap(({ id }) => roster.outlook.daysOf(id).assignments)
    .filter((one) => one.end > now);
  return instant(Math.min(later(now, 24 * HOUR), ...ends.map((one) => one.end)));
}
