import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { Logger, run as runGraphile } from "graphile-worker";
import type { PostgresServer } from "#test/support/postgres.ts";
import { timed } from "./measure.ts";
import { AT_ONCE, BATCH, each } from "./work-off.ts";

/** How many jobs, and who works on them. */
export const JOBS = 4_000;
export const WORKERS = 4;

/** One UPDATE for each job, as fast as the server makes them. */
export async function bare(server: PostgresServer): Promise<number> {
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

/** pg-boss, with a table of its own for the queue. */
export async function boss(server: PostgresServer): Promise<number> {
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

/** graphile-worker; `inBackground` its workers go on before a completion is on disk. */
export async function graphile(server: PostgresServer, inBackground: boolean): Promise<number> {
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
