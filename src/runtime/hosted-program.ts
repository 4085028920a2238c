import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Database } from "#db/store/database.ts";
import { addressOfFeed } from "#src/config.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterTrouble } from "#src/domain/roster-report.ts";
import type { Instant } from "#src/domain/time.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import type { Context } from "#src/flows/context.ts";
import { watchFeeds } from "#src/roster/watch/feed-watch.ts";
import type { Metrics } from "#src/ops/metrics.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Feed } from "#src/ports/feed.ts";
import type { Log } from "#src/ports/log.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import type { Store } from "#src/ports/store.ts";
import { sharedRosterState } from "#src/roster/watch/roster-state.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import { stageTime, type StageTime } from "./stage-clock.ts";

/** What the installation lends to each of its programs. */
export interface HostedProgramDeps {
  readonly db: Pick<Database, "store">;
  readonly metrics: Pick<Metrics, "meters" | "counting">;
  readonly clock: Clock;
  readonly log: Log;
  /** Where rosters are fetched from, for all programs. */
  readonly feed: Feed;
  /** Where rosters are read, for all programs; without it, a room of its own. */
  readonly room?: ReadingRoom;
  /** Milliseconds that a beat waits for its rosters to be read; without it, until they are. */
  readonly patience?: number;
  /** Aborts when the process closes. */
  readonly shutdown: AbortSignal;
  /** Where this program's people are reached. @param now the program's time, which the playground moves */
  messengers(now: () => Instant): readonly Messenger[];
  /** Something may be due at this program at once. */
  wake(): void;
}

/** One program at work in a process: its store, its time, its rosters, and what answers its people. */
export interface HostedProgram {
  readonly program: Program;
  readonly store: Store;
  readonly time: StageTime;
  /** Names the program in every line. */
  readonly log: Log;
  readonly running: () => RunningProgram;
  context(): Context;
  receive(inbound: Inbound): Promise<BotResponse>;
  notSaved(inbound: Inbound): BotResponse;
  /** Rosters that cannot be had just now. */
  readonly troubles: () => readonly RosterTrouble[];
  /** Forgets what was read, as if it were started anew: for a demo whose store was emptied. */
  reopen(): void;
}

/** Puts one program to work. Nothing is read or sent before its first beat or the first act of its people. */
export function hostProgram({ program, sources }: LoadedProgram, deps: HostedProgramDeps): HostedProgram {
  const { db, metrics, feed, room, patience, shutdown, wake } = deps;
  const log = named(deps.log, program.id);
  const kept = db.store(program.id);
  const store = metrics.counting(kept);
  const time = stageTime(store, deps.clock);
  const messengers = deps.messengers(() => time.now());
  const feeds = sources.some((source) => source.feed !== undefined)
    ? watchFeeds({ sources, feed, addressOf: addressOfFeed, log, notes: kept, wake })
    : undefined;
  const options = { wake, ...(room && { room }), ...(patience === undefined ? {} : { patience }) };
  const watched = () => sharedRosterState(watchRoster(program, sources, log, feeds, options), kept);
  let rosters = watched();
  // In containers every process is number 1, and two may have one host name: the name is for whoever reads the database.
  const owner = `${hostname()}-${randomUUID()}`;
  const open = (): RunningProgram =>
    runProgram({
      program,
      store,
      clock: time,
      messengers,
      owner,
      log,
      meters: metrics.meters,
      rosterChange: (before, now) => rosters.change(before, now),
      readElsewhere: () => rosters.readElsewhere(),
      rosterState: () => rosters.state(),
      wake,
      shutdown,
    });
  let running = open();
  return {
    program,
    store,
    time,
    log,
    running: () => running,
    context: () => running.context(),
    receive: (inbound) => running.bot.receive(inbound),
    notSaved: (inbound) => running.bot.notSaved(inbound),
    troubles: () => rosters.state().troubles,
    reopen() {
      rosters = watched();
      running = open();
    },
  };
}

/** Every line says which program it is about. */
const named = (log: Log, program: string): Log => ({
  debug: (fields, message) => log.debug({ program, ...fields }, message),
  info: (fields, message) => log.info({ program, ...fields }, message),
  warn: (fields, message) => log.warn({ program, ...fields }, message),
  error: (fields, message) => log.error({ program, ...fields }, message),
});
