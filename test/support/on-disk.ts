import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { plain } from "#src/card/plain.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { watchPeople } from "#src/config/people-watch.ts";
import type { Address } from "#src/domain/person.ts";
import { MINUTE, later } from "#src/domain/time.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import type { Log } from "#src/ports/log.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import { createRouter } from "#src/runtime/router.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { hostProgram } from "#src/runtime/hosted-program.ts";
import { emailsBy } from "#src/composition/platforms.ts";
import { agreed } from "./agreed.ts";
import { local } from "./programs.ts";

/** The platform in memory has a column in people.csv, as every platform has. */
export const COLUMNS = [{ name: "memory" }];

/**
 * A process on the files of a folder, each program.yaml in it a program, with a messenger in memory and everybody agreed. `start` is in UTC. Files
 * that are written anew are read at the next beat.
 */
export async function onDisk(files: readonly string[], start: string) {
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const clock = handClock(local(start, "UTC"));
  const cloud = memoryCloud();
  const lines: { readonly level: string; readonly fields: object; readonly message: string }[] = [];
  const line = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  const log: Log = { debug() {}, info: line("info"), warn: line("warn"), error: line("error") };
  const programs = loadPrograms(files, COLUMNS);
  const people = watchPeople(
    programs.map(({ checked }) => checked),
    COLUMNS,
  );
  const messenger = memoryMessenger({ now: () => clock.now(), cloud });
  const hosted = programs.map((program) =>
    hostProgram(program, {
      db,
      metrics: createMetrics({ nudgeCounts: async () => [], programs: () => [] }),
      clock,
      log,
      people,
      // In this thread: what is tested is small, and its own.
      room: { read: carryOut },
      feed: { fetch: () => Promise.reject(new Error("There is no feed.")) },
      shutdown: new AbortController().signal,
      messengers: () => [messenger],
      wake() {},
    }),
  );
  for (const { store, program } of hosted) await agreed(store, program.people, clock.now());
  const receive = createRouter({
    hostedPrograms: hosted,
    emailsOf: emailsBy([messenger]),
    meters: NO_METERS,
    log,
  });
  let events = 0;
  return {
    hosted,
    clock,
    lines,
    db,
    /** The next minute's beat of every program. */
    async beat() {
      await clock.set(later(clock.now(), MINUTE));
      for (const one of hosted) await one.beat();
    },
    chat: (account: string) => cloud.chat(account as Address).map(({ card }) => plain(card)),
    /** What an account reads when it types this. */
    async says(account: string, text: string): Promise<string> {
      const sender = { platform: "memory", account, address: account as Address };
      const response = await receive({ type: "said", event: `e${(events += 1)}`, sender, text });
      if (response.kind === "none") return "";
      return response.kind === "refused" ? response.text : plain(response.card);
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}
