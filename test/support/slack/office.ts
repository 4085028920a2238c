import { givenRoster } from "#src/simulation/given-roster.ts";
import type { PaceClock } from "#adapters/slack/pace.ts";
import { handClock, type HandClock } from "#adapters/memory/hand-clock.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Program } from "#src/domain/program.ts";
import { personId, usualOnShift } from "#src/domain/person.ts";
import type { Roster } from "#src/domain/roster.ts";
import { later, SECOND } from "#src/domain/time.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Platform } from "#src/ports/platform.ts";
import type { Store } from "#src/ports/store.ts";
import { agreed } from "#test/support/agreed.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf, rosterOf, someone } from "#test/support/programs.ts";
import { member, type Member } from "./member.ts";
import { joined, settle, type Mode } from "./joined.ts";
import { standIn, type StandIn, type StandInWish } from "./stand-in.ts";

/** Somebody's Slack user id: r1 is UR1. */
export const accountOf = (id: string): string => `U${id.toUpperCase()}`;

/** A hospital whose people are in Slack: the real Bolt app over real HTTP and WebSocket, and a hand-moved clock. */
export interface Office extends AsyncDisposable {
  readonly slack: StandIn;
  readonly platform: Platform;
  readonly running: RunningProgram;
  readonly store: Store;
  readonly clock: HandClock;
  /** What reached the core. */
  readonly received: readonly Inbound[];
  /** What the core is asked goes wrong this way from now on; undefined when it works. */
  trouble: (() => Promise<BotResponse>) | undefined;
  member(id: string): Member;
  until(text: string): Promise<void>;
  beat(): Promise<void>;
  /** Waits until this holds. */
  eventually(holds: () => boolean, what: string): Promise<void>;
}

export interface OfficeWish {
  readonly mode?: Mode;
  readonly program?: Program;
  readonly roster?: Roster;
  readonly start?: string;
  readonly slack?: StandInWish;
  readonly pace?: PaceClock;
  /** Makes Slack what the test needs, before Attune asks it anything. */
  readonly prepare?: (slack: StandIn) => void;
  readonly log?: Log;
  readonly others?: readonly Messenger[];
}

/** A program whose people have Slack accounts in people.csv. */
export const slackProgram = (people: readonly string[], locale: "en" | "ja" = "en"): Program => ({
  ...programOf({ people, locale }),
  people: people.map((id) =>
    someone(id, { locale, accounts: { slack: accountOf(id) }, email: `${id}@example.org` }),
  ),
});

export async function office(wish: OfficeWish = {}): Promise<Office> {
  const { mode = "socket", program = slackProgram(["r1", "a1"]), log = SILENT } = wish;
  const slack = await standIn({ patience: 1_500, ...wish.slack });
  const accounts = new Map<string, string | undefined>(
    program.people.map(({ id, accounts: { slack: named } }) => [id, named]),
  );
  const accountIn = (id: string): string => accounts.get(id) ?? accountOf(id);
  for (const person of program.people)
    slack.workspace.add({
      id: accountIn(person.id),
      ...(person.email === undefined ? {} : { email: person.email }),
    });
  wish.prepare?.(slack);
  const roster =
    wish.roster ??
    rosterOf(
      program.people
        .filter((person) => usualOnShift(person) !== undefined)
        .map(({ id }) => `${id} 2026-12-01T08:00 2026-12-01T17:00`),
      program.timeZone,
    );
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store(program.id);
  const at = (text: string) => local(text, program.timeZone);
  const clock = handClock(at(wish.start ?? "2026-12-01T00:00"));
  // The hand-moved clock stands still while people act: what stands in a chat was posted before.
  slack.workspace.now = () => later(clock.now(), -SECOND);
  const received: Inbound[] = [];

  const self = { trouble: undefined as Office["trouble"] };
  const receive = (inbound: Inbound): Promise<BotResponse> => {
    if (self.trouble !== undefined) return self.trouble();
    received.push(inbound);
    return running.bot.receive(inbound);
  };
  const { platform, close } = await joined(slack, {
    mode,
    receive,
    log,
    ...(wish.pace === undefined ? {} : { pace: wish.pace }),
  });
  // Where Slack asks for patience, the engine's clock goes on by as much.
  const sleep = async (wait: number): Promise<void> => {
    await wish.pace?.sleep(wait);
    await clock.set(later(clock.now(), wait));
  };
  const running = runProgram({
    program,
    store,
    clock: { now: () => clock.now(), sleep },
    messengers: [platform.messenger, ...(wish.others ?? [])],
    owner: "test",
    log,
    meters: NO_METERS,
    findRosterUpdate: givenRoster(roster),
    wake() {},
  });
  await running.beat();

  await platform.start();

  return Object.assign(self, {
    slack,
    platform,
    running,
    store,
    clock,
    received,
    member: (id: string) => settled(member(slack, accountIn(id)), running),
    until: (text: string) => running.liveUntil(at(text), (to) => clock.set(to)),
    beat: () => running.beat(),
    eventually,
    async [Symbol.asyncDispose]() {
      await close();
      await slack[Symbol.asyncDispose]();
      await db.close();
    },
  });
}

/** r1 has agreed, and is asked for a goal. */
export async function atGoal(wish: OfficeWish = {}): Promise<Office> {
  const slack = await office(wish);
  await agreed(slack.store, [{ id: personId("r1") }], slack.clock.now());
  await slack.until("2026-12-01T07:45");
  return slack;
}

const ACTS = [
  "taps",
  "tapsAtHome",
  "tapsInModal",
  "submits",
  "says",
  "opensHome",
  "commands",
  "shortcut",
] as const satisfies readonly (keyof Member)[];

/** Everything is shown, and the engine has beaten, before the test goes on. */
function settled(one: Member, running: RunningProgram): Member {
  const acts = ACTS.map((name) => [
    name,
    async (...given: string[]) => {
      const act: (...given: string[]) => ReturnType<Member["taps"]> = one[name];
      const delivered = await act.apply(one, given);
      await settle(one);
      await running.beat();
      return delivered;
    },
  ]);
  return { ...one, ...(Object.fromEntries(acts) as Pick<Member, (typeof ACTS)[number]>) };
}

async function eventually(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error(`It never came about: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
