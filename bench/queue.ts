import { fork } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { keyOf, newSecret, passingKey, type Key } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { personId } from "#src/domain/person.ts";
import { HOUR, later } from "#src/domain/time.ts";
import type { PostgresServer } from "#test/support/postgres.ts";
import { onServer } from "./support/databases.ts";
import { median, perSecond, timed, type Found } from "./support/measure.ts";
import { bare, boss, graphile, JOBS, WORKERS } from "./support/rivals.ts";
import { FIRST } from "./support/program.ts";
import { AT_ONCE, complete, each, workOff } from "./support/work-off.ts";

const TURNS = 3;

/**
 * As many jobs on one PostgreSQL with fsync: our outbox, a bare loop of one UPDATE for each job, and two queues that are
 * made for PostgreSQL. Whoever completes a job waits until that is on disk before the next one, eight at a time in each
 * worker, and connections are open before the clock runs. graphile-worker can also complete in the background, behind a
 * job that counts as done before it is on disk: printed beside it, as is what a message costs (handed out, about to
 * leave, sent: two commits, that a queue does not make), and what more replicas bring.
 */
export async function queue(): Promise<readonly Found[]> {
  return onServer(async (server) => {
    const busy = new Map<number, number[]>();
    const runs = {
      bare: () => bare(server),
      ours: () => ours(server),
      boss: () => boss(server),
      graphile: () => graphile(server, false),
      batched: () => graphile(server, true),
      sends: () => replicas(server, WORKERS, busy),
      alone: () => replicas(server, 1, busy),
    };
    const cost = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const [name, run] of Object.entries(runs)) cost.get(name)!.push(await run());
    const spent = (name: keyof typeof runs) => median(cost.get(name)!);
    const rate = (name: keyof typeof runs) => perSecond(JOBS, spent(name));
    const against = (name: keyof typeof runs, baseline: string, atLeast: number): Found => ({
      what: `Claim and complete, ${WORKERS} workers on PostgreSQL, against ${baseline}`,
      ours: rate("ours"),
      baseline: rate(name),
      ratio: spent(name) / spent("ours"),
      target: { atLeast },
    });
    return [
      against("bare", "a bare loop of UPDATE … SKIP LOCKED … RETURNING", 0.5),
      against("boss", "pg-boss", 1),
      against("graphile", "graphile-worker", 1),
      {
        what: "The same against graphile-worker with completeJobBatchDelay 0",
        ours: rate("ours"),
        baseline: rate("batched"),
        ratio: spent("batched") / spent("ours"),
        note: "its workers go on before a completion is on disk",
      },
      {
        what: `Messages handed out, about to leave, and sent, ${WORKERS} replicas on PostgreSQL`,
        ours: rate("sends"),
        baseline: `${rate("alone")} by one replica`,
        ratio: spent("alone") / spent("sends"),
        note: `each replica a process, beside the server, which share ${cpus().length} processors; a replica's own was busy ${share(busy, 1)} of the time alone, ${share(busy, WORKERS)} as one of ${WORKERS}: the rest it waits for the server`,
      },
    ];
  });
}

/** A database with as many jobs in it, all due. */
async function full(server: PostgresServer, keys: Key): Promise<string> {
  const url = await server.database();
  await using db = await openPostgres({ url, keys, connections: 1 });
  await db.store("bench").plan(
    Array.from({ length: JOBS }, (_, i) => ({
      kind: "shift-goal" as const,
      person: personId(`r${i}`),
      subject: `shift ${i}`,
      dueAt: FIRST,
      expiresAt: later(FIRST, 3 * HOUR),
    })),
    later(FIRST, -HOUR),
  );
  return url;
}

async function ours(server: PostgresServer): Promise<number> {
  const keys = passingKey();
  const url = await full(server, keys);
  const databases = await each(WORKERS, () => openPostgres({ url, keys, connections: AT_ONCE }));
  await each(WORKERS * AT_ONCE, (i) => databases[i % WORKERS]!.check());
  let done: readonly number[] = [];
  const spent = await timed(async () => {
    done = await each(WORKERS, (i) => workOff(databases[i]!.store("bench"), `worker ${i}`, complete));
  });
  allOf(done);
  await each(WORKERS, (i) => databases[i]!.close());
  return spent;
}

/** Sends with replicas that are processes of their own, and notes for what share of the time each was busy. */
async function replicas(server: PostgresServer, count: number, busy: Map<number, number[]>): Promise<number> {
  const secret = newSecret();
  const url = await full(server, keyOf(secret));
  const file = fileURLToPath(new URL("support/sending-replica.ts", import.meta.url));
  const processes = await each(count, async (i) => {
    const replica = fork(file, [url, secret.toString("hex"), `replica ${i}`]);
    await once(replica, "message");
    return replica;
  });
  let ends: readonly { readonly sent: number; readonly busy: number }[] = [];
  const spent = await timed(async () => {
    ends = await each(count, async (i) => {
      processes[i]!.send("go");
      const [end] = (await once(processes[i]!, "message")) as [(typeof ends)[number]];
      return end;
    });
  });
  allOf(ends.map(({ sent }) => sent));
  const shares = ends.map((end) => end.busy / spent);
  busy.set(count, [...(busy.get(count) ?? []), ...shares]);
  return spent;
}

const share = (busy: ReadonlyMap<number, readonly number[]>, count: number): string =>
  `${Math.round(median(busy.get(count) ?? []) * 100)} %`;

function allOf(done: readonly number[]): void {
  const sum = done.reduce((all, one) => all + one, 0);
  if (sum !== JOBS) throw new Error(`${sum} of ${JOBS} were done.`);
}
