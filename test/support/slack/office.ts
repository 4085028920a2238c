import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { slackPlatform } from "#adapters/slack/index.ts";
import type { PaceClock } from "#adapters/slack/pace.ts";
import { handClock, type HandClock } from "#adapters/memory/hand-clock.ts";
import { passingKey } from "#db/keys.ts";
import { openSqlite } from "#db/open.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { runProgram, type Running } from "#src/engine.ts";
import { mountPlatforms } from "#src/platforms.ts";
import type { Inbound, Reply } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Platform } from "#src/ports/platform.ts";
import type { Store } from "#src/ports/store.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf, rosterOf, someone } from "#test/support/programs.ts";
import { member, type Member } from "./member.ts";
import { APP_TOKEN, BOT_TOKEN, SECRET, standIn, type StandIn, type StandInWish } from "./stand-in.ts";

export type Mode = "socket" | "http";

/** Somebody's Slack user id: r1 is UR1. */
export const accountOf = (id: string): string => `U${id.toUpperCase()}`;

/** A hospital whose people are in Slack: the real Bolt app over real HTTP and WebSocket, and a hand-moved clock. */
export interface Office extends AsyncDisposable {
  readonly slack: StandIn;
  readonly platform: Platform;
  readonly running: Running;
  readonly store: Store;
  readonly clock: HandClock;
  /** What reached the core. */
  readonly received: readonly Inbound[];
  /** What the core is asked goes wrong this way from now on; undefined when it works. */
  trouble: (() => Promise<Reply>) | undefined;
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

/** A clock whose waiting takes no time, so that a test need not wait for Slack's rates. */
export const HURRIED: PaceClock = { now: () => performance.now() * 1_000, sleep: async () => {} };

export async function office(wish: OfficeWish = {}): Promise<Office> {
  const { mode = "socket", program = slackProgram(["r1", "a1"]), log = SILENT } = wish;
  const slack = await standIn({ patience: 1_500, ...wish.slack });
  for (const person of program.people)
    slack.workspace.add({
      id: accountOf(person.id),
      ...(person.email === undefined ? {} : { email: person.email }),
    });
  const roster =
    wish.roster ??
    rosterOf(
      program.people.map(({ id }) => `${id} 2026-12-01T08:00 2026-12-01T17:00`),
      program.timeZone,
    );
  const house = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = house.store(program.id);
  const at = (text: string) => local(text, program.timeZone);
  const clock = handClock(at(wish.start ?? "2026-12-01T00:00"));
  const received: Inbound[] = [];

  const self = { trouble: undefined as Office["trouble"] };
  const receive = (inbound: Inbound): Promise<Reply> => {
    if (self.trouble !== undefined) return self.trouble();
    received.push(inbound);
    return running.bot.receive(inbound);
  };
  const way =
    mode === "socket" ? ({ mode, appToken: APP_TOKEN } as const) : ({ mode, signingSecret: SECRET } as const);
  const platform = slackPlatform(
    { botToken: BOT_TOKEN, way, apiUrl: slack.apiUrl },
    { receive, log },
    wish.pace ?? HURRIED,
  );
  let isRead = false;
  const running = runProgram({
    program,
    store,
    clock,
    messengers: [platform.messenger, ...(wish.others ?? [])],
    owner: "test",
    log,
    meters: NO_METERS,
    rosterChange: async () => {
      if (isRead) return undefined;
      isRead = true;
      return { added: roster.assignments, moved: [], removed: [], absences: roster.absences };
    },
    wake() {},
  });
  await running.tick();

  let server: ServerType | undefined;
  if (mode === "http") {
    const app = new Hono();
    mountPlatforms(app, [platform]);
    await new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
        slack.callAt(`http://127.0.0.1:${port}/slack/events`);
        resolve();
      });
    });
  }
  await platform.start();

  return Object.assign(self, {
    slack,
    platform,
    running,
    store,
    clock,
    received,
    member: (id: string) => settled(member(slack, accountOf(id)), running),
    until: (text: string) => running.liveUntil(at(text), (to) => clock.set(to)),
    beat: () => running.tick(),
    eventually,
    async [Symbol.asyncDispose]() {
      await platform.stop();
      await new Promise<void>((resolve) =>
        server === undefined ? resolve() : server.close(() => resolve()),
      );
      await slack[Symbol.asyncDispose]();
      await house.close();
    },
  });
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

/** Slack is acknowledged before the answer is shown: here everything is shown, and the engine has beaten, before the test goes on. */
function settled(one: Member, running: Running): Member {
  const acts = ACTS.map((name) => [
    name,
    async (...given: string[]) => {
      const act: (...given: string[]) => ReturnType<Member["taps"]> = one[name];
      const delivered = await act.apply(one, given);
      await quiet(one);
      await running.tick();
      return delivered;
    },
  ]);
  return { ...one, ...(Object.fromEntries(acts) as Pick<Member, (typeof ACTS)[number]>) };
}

/** Resolves once nothing has changed for a moment. */
async function quiet(one: Member): Promise<void> {
  let before = "";
  for (let still = 0; still < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 12));
    const now = JSON.stringify([one.messages(), one.home()]);
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

async function eventually(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error(`It never came about: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
