import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { Logger, run as runGraphile } from "graphile-worker";
import { passingKey } from "#db/keys.ts";
import { openPostgres } from "#db/open-postgres.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { HOUR, later } from "#src/domain/time.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import type { PostgresServer } from "#test/support/postgres.ts";
import { onServer } from "./support/databases.ts";
import { median, perSecond, timed, type Found } from "./support/measure.ts";
import { FIRST } from "./support/site.ts";

const JOBS = 4_000;
const WORKERS = 4;
/** Jobs that one worker has under way, as the engine has sends. */
const AT_ONCE = 8;
/** Jobs that are handed out in one go, as the engine asks for. The next ones are asked for while these are worked on. */
const BATCH = 50;
const TURNS = Number(process.env["TURNS"] ?? 3);

/**
 * As many jobs on one PostgreSQL with fsync: our outbox, a bare loop of one UPDATE for each job, and two queues that are
 * made for PostgreSQL. Whoever completes a job waits until that is on disk before the next one, eight at a time in each
 * worker, and connections are open before the clock runs. graphile-worker can also complete in the background, behind a
 * job that counts as done before it is on disk: printed beside it, as is what a message costs (handed out, about to
 * leave, sent: two commits, that a queue does not make), and what more replicas bring.
 */
export async function queue(): Promise<readonly Found[]> {
  return onServer(async (server) => {
    const runs = {
      bare: () => bare(server),
      ours: () => ours(server, WORKERS, complete),
      boss: () => boss(server),
      graphile: () => graphile(server, false),
      batched: () => graphile(server, true),
      sends: () => ours(server, WORKERS, send),
      alone: () => ours(server, 1, send),
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
        note: "all in this one process beside the server, which share the machine's processors",
      },
    ];
  });
}

const each = <Result>(count: number, work: (i: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)));

type Handle = (store: Store, claim: Claim) => Promise<boolean>;

const complete: Handle = (store, claim) => store.close(claim, "withdrawn", "done", FIRST);

const send: Handle = async (store, claim) => {
  const { id, person } = claim.nudge;
  const identity = { platform: "bench", account: person, address: person as string as Address };
  return (
    (await store.intend(claim, FIRST)) && (await store.sent(claim, identity, `m${id}` as MessageRef, FIRST))
  );
};

async function ours(server: PostgresServer, workers: number, handle: Handle): Promise<number> {
  const url = await server.database();
  const keys = passingKey();
  const houses = await each(workers, () => openPostgres({ url, keys, connections: AT_ONCE }));
  const stores = houses.map((house) => house.store("bench"));
  await stores[0]!.plan(
    Array.from({ length: JOBS }, (_, i) => ({
      kind: "shift-goal" as const,
      person: personId(`r${i}`),
      subject: `shift ${i}`,
      dueAt: FIRST,
      expiresAt: later(FIRST, 3 * HOUR),
    })),
    later(FIRST, -HOUR),
  );
  await each(workers * AT_ONCE, (i) => houses[i % workers]!.check());
  let done = 0;
  const work = async (store: Store, owner: string): Promise<void> => {
    const claim = () => store.claimDue({ owner, now: FIRST, length: HOUR }, BATCH);
    let next = claim();
    for (let claims = await next; claims.length > 0; claims = await next) {
      next = claim();
      const left = claims.values();
      await each(AT_ONCE, async () => {
        for (const claim of left) if (await handle(store, claim)) done += 1;
      });
    }
  };
  const spent = await timed(() => each(workers, (i) => work(stores[i]!, `worker ${i}`)));
  if (done !== JOBS) throw new Error(`${done} of ${JOBS} were done.`);
  await each(workers, (i) => houses[i]!.close());
  return spent;
}

async function bare(server: PostgresServer): Promise<number> {
  const pool = new Pool({ connectionString: await server.database(), max: WORKERS * AT_ONCE });
  await pool.query(
    "create table job (id bigserial primary key, state text not null, due_at bigint not null, owner text)",
  );
  await pool.query("create index on job (state, due_at)");
  await pool.query(
    "insert into job (state, due_at) select 'planned', i from generate_series(1, $1::int) as i",
    [JOBS],
  );
  const take = {
    name: "take",
    text: `update job set state = 'done', owner = $1 where id = (
      select id from job where state = 'planned' and due_at <= $2 order by due_at for update skip locked limit 1
    ) returning id`,
  };
  await each(WORKERS * AT_ONCE, () => pool.query("select pg_sleep(0.1)"));
  const spent = await timed(() =>
    each(WORKERS * AT_ONCE, async (i) => {
      while (((await pool.query({ ...take, values: [`worker ${i}`, JOBS] })).rowCount ?? 0) > 0);
    }),
  );
  await pool.end();
  return spent;
}

async function boss(server: PostgresServer): Promise<number> {
  const connectionString = await server.database();
  const workers = await each(WORKERS, async () => {
    const one = new PgBoss({ connectionString, max: AT_ONCE, supervise: false, schedule: false });
    one.on("error", () => undefined);
    return one;
  });
  for (const one of workers) await one.start();
  await workers[0]!.createQueue("bench", { partition: true });
  await each(WORKERS * AT_ONCE, (i) => workers[i % WORKERS]!.fetch("bench"));
  await workers[0]!.insert(
    "bench",
    Array.from({ length: JOBS }, (_, i) => ({ data: { i } })),
  );
  const spent = await timed(() =>
    each(WORKERS, async (i) => {
      const fetch = () => workers[i]!.fetch("bench", { batchSize: BATCH });
      let next = fetch();
      for (let jobs = await next; jobs.length > 0; jobs = await next) {
        next = fetch();
        const left = jobs.values();
        await each(AT_ONCE, async () => {
          for (const { id } of left) await workers[i]!.complete("bench", id);
        });
      }
    }),
  );
  for (const one of workers) await one.stop({ graceful: false });
  return spent;
}

async function graphile(server: PostgresServer, inBackground: boolean): Promise<number> {
  const connectionString = await server.database();
  const pool = new Pool({ connectionString, max: WORKERS * AT_ONCE + WORKERS });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  let done = 0;
  const finished = Promise.withResolvers<void>();
  const start = () =>
    runGraphile({
      pgPool: pool,
      concurrency: AT_ONCE,
      noHandleSignals: true,
      logger: new Logger(() => () => undefined),
      preset: { worker: { localQueue: { size: BATCH }, completeJobBatchDelay: inBackground ? 0 : -1 } },
      taskList: {
        bench: () => {
          done += 1;
          if (done === JOBS) finished.resolve();
        },
      },
    });
  const runners = [await start(), ...(await each(WORKERS - 1, start))];
  await each(WORKERS * AT_ONCE, () => pool.query("select pg_sleep(0.1)"));
  const adding = await pool.connect();
  await adding.query("begin");
  await adding.query(
    "select graphile_worker.add_jobs(array(select row('bench', '{}', null, null, null, null, null, null)::graphile_worker.job_spec from generate_series(1, $1::int)))",
    [JOBS],
  );
  const spent = await timed(async () => {
    // Its workers are told of the jobs by the commit.
    await adding.query("commit");
    await finished.promise;
    // The last of them are completed, too.
    for (;;) {
      const { rows } = await pool.query<{ left: string }>(
        "select count(*) as left from graphile_worker._private_jobs",
      );
      if (rows[0]!.left === "0") return;
    }
  });
  adding.release();
  for (const one of runners) await one.stop();
  await pool.end();
  return spent;
}
