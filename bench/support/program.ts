import { givenRoster } from "#src/simulation/given-roster.ts";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { personId, usualOnShift, type Person, type Role } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment, Roster } from "#src/domain/roster.ts";
import { mintAssignmentId } from "#src/roster/change/merge.ts";
import { DAY, HOUR, instant, later, type Instant } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";

/** The rotation's first midnight in Tokyo, a Monday. */
export const FIRST = instant(Date.parse("2026-11-29T15:00:00Z"));
const WEEKS = 8;

/** A program of this many people, all reached in memory. */
export function staffedProgram(id: string, residents: number, attendings: number): Program {
  const some = (role: Role, count: number): readonly Person[] =>
    Array.from({ length: count }, (_, i) => {
      const person = personId(`${role[0]}${i + 1}`);
      return {
        id: person,
        name: `${role} ${i + 1}`,
        roles: [role],
        locale: "ja",
        accounts: { memory: person },
      };
    });
  return {
    id,
    name: { en: id, ja: id },
    timeZone: "Asia/Tokyo",
    locale: "ja",
    rotations: [{ name: "ER", from: "2026-11-30", to: "2027-01-24" }],
    people: [...some("resident", residents), ...some("attending", attendings)],
    goals: DEFAULT_GOALS,
    labels: new Map(),
    policy: DEFAULT_POLICY,
  };
}

/** Four shifts a week for everybody: a week of days, one of evenings, one of nights, and so on. */
export function eightWeeks({ people }: Program): Roster {
  const assignments = people.flatMap(({ id, roles }, i) =>
    Array.from({ length: WEEKS * 7 }, (_, day) => day)
      .filter((day) => (i + day) % 7 < 4)
      .map((day) => {
        const start = later(FIRST, day * DAY + (8 + 8 * ((i + Math.floor(day / 7)) % 3)) * HOUR);
        const end = later(start, 9 * HOUR);
        return {
          id: mintAssignmentId(id, start),
          person: id,
          start,
          end,
          label: "",
          role: usualOnShift({ roles })!,
        };
      }),
  );
  return { assignments, absences: [] };
}

/** One shift, on the first day from 8 to 17 o'clock, with everybody on it. */
export function oneShift({ people }: Program): Roster {
  const start = later(FIRST, 8 * HOUR);
  const assignments = people.map(({ id, roles }): Assignment => ({
    id: mintAssignmentId(id, start),
    person: id,
    start,
    end: later(start, 9 * HOUR),
    label: "",
    role: usualOnShift({ roles })!,
  }));
  return { assignments, absences: [] };
}

/** A program at work on a clock that stands still, on a platform in memory that admits so many messages a second. */
export function atWork(program: Program, roster: Roster, store: Store, start: Instant, admit?: number) {
  const clock = handClock(start);
  const cloud = memoryCloud();
  const running = runProgram({
    program,
    store,
    clock,
    messengers: [
      memoryMessenger({ now: () => clock.now(), cloud, ...(admit === undefined ? {} : { admit }) }),
    ],
    owner: "bench",
    log: { debug() {}, info() {}, warn() {}, error: (fields) => console.error(fields) },
    meters: NO_METERS,
    findRosterUpdate: givenRoster(roster),
    wake() {},
  });
  return { clock, cloud, running };
}
