import { handClock, type HandClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, memoryMessenger, type MemoryCloud } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import type { Database } from "#db/store/database.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { tapsOf } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { watchPeople } from "#src/config/people-watch.ts";
import type { Address } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { MINUTE, later, type Instant } from "#src/domain/time.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import type { Log } from "#src/ports/log.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import type { FileRead, Inbound } from "#src/ports/inbound.ts";
import { createRouter } from "#src/runtime/router.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { hostProgram, type HostedProgram } from "#src/runtime/hosted-program.ts";
import { sharedPeople } from "#src/runtime/shared-people.ts";
import { emailsBy } from "#src/schedule/reach.ts";
import { agreed } from "./agreed.ts";
import { local } from "./programs.ts";

/** The platform in memory, and those that a test puts beside it, have a column in people.csv, as every platform has. */
export const COLUMNS = [{ name: "memory" }, { name: "slack" }, { name: "teams" }];

/** What a process has in common with another one, or with the one before it. */
interface Shared {
  readonly db?: Database;
  readonly clock?: HandClock;
  readonly cloud?: MemoryCloud;
  /** Of a platform beside the one in memory. */
  readonly messenger?: Messenger;
  /** The program as it runs, where that is not as its files have it. */
  readonly shown?: (program: Program) => Program;
  /** Where rosters are read; in this thread without it. */
  readonly room?: ReadingRoom;
  /** Tells its events from those of others. */
  readonly name?: string;
  /** Resolves once an edit may arrive. */
  readonly underWay?: () => Promise<void>;
}

/**
 * A process on the files of a folder, each program.yaml in it a program, with a messenger in memory and everybody agreed. `start` is in UTC. Files
 * that are written anew are read at the next beat.
 */
export async function onDisk(files: readonly string[], start: string, shared: Shared = {}) {
  const {
    db = openSqlite({ file: ":memory:", keys: passingKey() }),
    clock = handClock(local(start, "UTC")),
  } = shared;
  const { cloud = memoryCloud(), name = "e", room = { read: carryOut } } = shared;
  const lines: { readonly level: string; readonly fields: object; readonly message: string }[] = [];
  const line = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  const log: Log = { debug() {}, info: line("info"), warn: line("warn"), error: line("error") };
  const programs = loadPrograms(files, COLUMNS);
  const people = watchPeople(
    programs.map(({ checked }) => checked),
    COLUMNS,
  );
  const messenger = memoryMessenger({
    now: () => clock.now(),
    cloud,
    ...(shared.underWay && { underWay: shared.underWay }),
  });
  const messengers = [messenger, ...(shared.messenger === undefined ? [] : [shared.messenger])];
  const emailsOf = emailsBy(messengers);
  const who = sharedPeople(() => hosted, emailsOf);
  const hosted: readonly HostedProgram[] = programs.map((program) =>
    hostProgram(program, {
      ...(shared.shown && { shown: shared.shown }),
      shared: who,
      db,
      metrics: createMetrics({ nudgeCounts: async () => [], programs: () => [] }),
      clock,
      log,
      people,
      room,
      feed: { fetch: () => Promise.reject(new Error("There is no feed.")) },
      shutdown: new AbortController().signal,
      messengers: () => messengers,
      wake() {},
    }),
  );
  for (const { store, program } of hosted) await agreed(store, program.people, clock.now());
  const receive = createRouter({
    hostedPrograms: hosted,
    shared: who,
    emailsOf,
    meters: NO_METERS,
    log,
  });
  const beats = async (): Promise<void> => {
    for (const one of hosted) await one.beat();
  };
  let events = 0;
  const cards = new Map<string, Card>();
  const got = new Map<string, string>();
  const does = async (account: string, act: Done): Promise<string> => {
    const sender = { platform: "memory", account, address: account as Address };
    const response = await receive({ ...act, event: `${name}${(events += 1)}`, sender });
    if (response.kind !== "none" && response.card !== undefined) cards.set(account, response.card);
    if (response.kind === "card" && response.file !== undefined)
      got.set(account, new TextDecoder().decode(response.file.bytes));
    if (response.kind === "none") return "";
    return response.kind === "refused" ? response.text : plain(response.card);
  };
  return {
    hosted,
    /** An act of a platform that a test has put beside. */
    receive,
    clock,
    lines,
    db,
    /** The next minute's beat of every program. */
    async beat() {
      await clock.set(later(clock.now(), MINUTE));
      await beats();
    },
    /** A beat of every program in this very moment. */
    beats,
    /** Lives until then, and sends everything that is due on the way. */
    async until(to: Instant) {
      await beats();
      for (const one of hosted) await one.running().liveUntil(to, (at) => clock.set(at));
    },
    chat: (account: string) => cloud.chat(account as Address).map(({ card }) => plain(card)),
    /** What an account reads when it types this. */
    says: (account: string, text: string) => does(account, { type: "said", text }),
    /** What it reads when it gives a file: its text, its bytes as they are fetched, or what is done to fetch it. */
    gives(account: string, name: string, given: string | FileRead | (() => Promise<FileRead>)) {
      const read = typeof given === "function" ? given : async () => readOf(given);
      return does(account, { type: "file", text: "", file: { name, read } });
    },
    /** It looks at the newest message that stands in its chat. */
    looks(account: string) {
      const newest = cloud.chat(account as Address).at(-1)!;
      cards.set(account, newest.card);
      return plain(newest.card);
    },
    /** What it read last. */
    shownTo: (account: string): Card => cards.get(account)!,
    /** What it reads when it taps this button of what it read last. */
    taps(account: string, label: string) {
      const found = tapsOf(cards.get(account)!).find(({ tap }) => tap.label === label);
      if (found === undefined)
        throw new Error(`${account} sees no "${label}" in:\n${plain(cards.get(account)!)}`);
      return does(account, { type: "pressed", act: found.tap.act });
    },
    /** What it reads when it types into the first input of what it read last, and sends it by this button. */
    submits(account: string, label: string, text: string) {
      const input = cards.get(account)!.blocks.find((block) => block.type === "input");
      if (input?.submit.label !== label) throw new Error(`${account} can type nothing for "${label}"`);
      return does(account, { type: "submitted", act: input.submit.act, values: { [input.name]: text } });
    },
    /** What it reads when it types into the first input of what it read last; undefined where there is none. */
    async writes(account: string, text: string): Promise<string | undefined> {
      const input = cards.get(account)?.blocks.find((block) => block.type === "input");
      if (input === undefined) return undefined;
      return does(account, { type: "submitted", act: input.submit.act, values: { [input.name]: text } });
    },
    /** The buttons of what it read last that answer something. */
    answers(account: string): readonly string[] {
      const card = cards.get(account);
      return card === undefined
        ? []
        : tapsOf(card).flatMap(({ tap, meaning }) => (meaning.verb === "answer" ? [tap.label] : []));
    },
    /** The last file that it got, as text. */
    got: (account: string) => got.get(account),
    /** The buttons of what it read last, and what is asked before one counts. */
    labels(account: string): readonly string[] {
      const card = cards.get(account);
      return card === undefined ? [] : tapsOf(card).map(({ tap }) => tap.label);
    },
    confirmOf(account: string, label: string) {
      const found = tapsOf(cards.get(account)!).find(({ tap }) => tap.label === label)?.tap;
      return found !== undefined && "confirm" in found ? found.confirm?.text : undefined;
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}

/** An act without who did it. */
type Done = {
  [Type in Inbound["type"]]: Omit<Extract<Inbound, { type: Type }>, "event" | "sender">;
}[Inbound["type"]];

const readOf = (given: string | FileRead): FileRead =>
  typeof given === "string" ? { bytes: new TextEncoder().encode(given) } : given;
