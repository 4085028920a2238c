import { givenRoster } from "#src/simulation/given-roster.ts";
import { handClock, type HandClock } from "#adapters/memory/hand-clock.ts";
import {
  memoryCloud,
  type MemoryCloud,
  memoryMessenger,
  type MemoryMessengerOptions,
} from "#adapters/memory/messenger.ts";
import type { Database } from "#db/store/database.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { Address, Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { HOUR, SECOND, instant } from "#src/domain/time.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import type { Inbound, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";
import { emailsBy } from "#src/schedule/reach.ts";
import { createRouter, type RoutedProgram } from "#src/runtime/router.ts";
import { sharedPeople } from "#src/runtime/shared-people.ts";
import { SILENT } from "./attune.ts";
import { goingAway, type Trouble } from "./away.ts";
import { local, programOf, rosterOf, someone } from "./programs.ts";

export const NORTH = "north";
export const SOUTH = "south";
export type ProgramName = typeof NORTH | typeof SOUTH;

/** A program whose people are called after it; their ids are the same everywhere. */
export const programCalled = (
  name: ProgramName,
  locale: Locale,
  people: readonly Partial<Person>[] = [{}, {}],
): Program => ({
  ...programOf({ locale }),
  id: name,
  name: { en: `${name} hospital`, ja: `${name} hospital` },
  people: ["r1", "a1"].map((id, place) =>
    someone(id, { name: `${name} ${id}`, locale, accounts: { memory: `${name}-${id}` }, ...people[place] }),
  ),
});

export interface TwoPrograms extends AsyncDisposable {
  readonly db: Database;
  readonly cloud: MemoryCloud;
  readonly clock: HandClock;
  readonly running: Readonly<Record<ProgramName, RunningProgram>>;
  readonly stores: Readonly<Record<ProgramName, Store>>;
  readonly receive: (inbound: Inbound) => Promise<BotResponse>;
  sender(account: string): Sender;
  /** Both live until this local time. */
  until(text: string): Promise<void>;
  /** Everything that is kept of a program, as text. */
  kept(name: ProgramName): Promise<string>;
}

export interface TwoProgramsOptions extends Partial<MemoryMessengerOptions> {
  /** In place of the one in memory. */
  readonly messenger?: Messenger;
  /** Another process on the same database, whose chats these are, too. */
  readonly beside?: Pick<TwoPrograms, "db" | "cloud" | "clock">;
}

/** One process, one workspace, two programs. Both have a resident r1 and an attending a1 on the same shift. */
export async function twoPrograms(
  programs: readonly [Program, Program] = [programCalled(NORTH, "en"), programCalled(SOUTH, "ja")],
  { beside, messenger: given, ...options }: TwoProgramsOptions = {},
  trouble: Trouble = { isAway: false },
  duties: Readonly<Partial<Record<ProgramName, readonly string[]>>> = {},
): Promise<TwoPrograms> {
  const db = beside?.db ?? openSqlite({ file: ":memory:", keys: passingKey() });
  const clock = beside?.clock ?? handClock(local("2026-12-01T00:00"));
  const cloud = beside?.cloud ?? memoryCloud();
  const messenger = given ?? memoryMessenger({ now: () => clock.now(), cloud, ...options });
  const usual = ["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T08:00 2026-12-01T17:00"];
  const shared = sharedPeople(() => hosted, emailsBy([messenger]));
  const open = (program: Program) => {
    return runProgram({
      program,
      store: goingAway(db.store(program.id), trouble),
      clock,
      messengers: [messenger],
      owner: beside === undefined ? "test" : "another",
      log: SILENT,
      meters: NO_METERS,
      findRosterUpdate: givenRoster(rosterOf(duties[program.id as ProgramName] ?? usual)),
      others: shared.seenFrom(program.id),
      wake() {},
    });
  };
  const running = { [NORTH]: open(programs[0]), [SOUTH]: open(programs[1]) };
  const stores = { [NORTH]: db.store(NORTH), [SOUTH]: db.store(SOUTH) };
  const hosted: readonly RoutedProgram[] = programs.map((program) => ({
    program,
    context: () => running[program.id as ProgramName].context(),
    receive: (inbound, known) => running[program.id as ProgramName].bot.receive(inbound, known),
    notSaved: (inbound) => running[program.id as ProgramName].bot.notSaved(inbound),
    asksWhose: (sender) => running[program.id as ProgramName].bot.asksWhose(sender),
  }));
  const receive = createRouter({
    hostedPrograms: hosted,
    shared,
    emailsOf: emailsBy([messenger]),
    meters: NO_METERS,
    log: SILENT,
  });
  const [start, end] = [instant(0), instant(Date.UTC(2100, 0))];
  return {
    db,
    cloud,
    clock,
    running,
    stores,
    receive,
    sender: (account) => ({ platform: "memory", account, address: account as Address }),
    async until(text) {
      // Turn by turn: what is due in one of them may hang on what the other has sent.
      const end = local(text);
      for (;;) {
        for (const name of [NORTH, SOUTH] as const) await running[name].beat();
        if (clock.now() >= end) return;
        const due = await Promise.all([NORTH, SOUTH].map((name) => db.store(name).nextDue()));
        const next = Math.min(...due.map((at) => at ?? end));
        await clock.set(instant(Math.min(Math.max(next, clock.now() + SECOND), clock.now() + HOUR, end)));
      }
    },
    async kept(name) {
      const store = stores[name];
      const people = programs.find(({ id }) => id === name)!.people;
      return JSON.stringify([
        await store.nudgesDuring(start, end),
        await store.repliesDuring(start, end),
        ...(await Promise.all(people.map(({ id }) => store.export(id)))),
      ]);
    },
    [Symbol.asyncDispose]: async () => (beside === undefined ? db.close() : undefined),
  };
}
