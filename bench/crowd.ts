import { Pool } from "pg";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { HOUR, later, MINUTE } from "#src/domain/time.ts";
import type { PostgresServer } from "#test/support/postgres.ts";
import { answering } from "./support/answering.ts";
import { onServer } from "./support/databases.ts";
import { median, timed, type Found } from "./support/measure.ts";
import { atWork, FIRST, oneShift, staffedProgram } from "./support/program.ts";

const CROWD_PROGRAMS = 500;
const PEOPLE = 2_000;
/** What lies in the large database of each person: eight weeks' nudges would not add to what is measured. */
const STORED = 2;
/** The programs at work, the same in both databases. */
const PROGRAMS = 20;
const RESIDENTS = 50;
const ROUNDS = 2;
const BEATS = 40;

/**
 * On PostgreSQL, a person's answer and a beat with nothing due: in a database of 1,000,000 people of 500 programs, and
 * in one of 1,000.
 */
export async function crowd(): Promise<readonly Found[]> {
  return onServer(async (server) => {
    const few = await hospital(server, false);
    const many = await hospital(server, true);
    const answers = { few: [] as number[], many: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [i, answer] of few.people.entries()) {
        answers.few.push(await timed(answer));
        answers.many.push(await timed(many.people[i]!));
      }
    }
    const beats = { few: [] as number[], many: [] as number[] };
    for (let i = 0; i < BEATS; i += 1) {
      beats.few.push(await timed(few.beat));
      beats.many.push(await timed(many.beat));
    }
    await Promise.all([few.close(), many.close()]);
    return [compared("A person's answer", answers), compared("A beat with nothing due", beats)];
  });
}

function compared(what: string, { few, many }: { few: number[]; many: number[] }): Found {
  const shown = (numbers: number[]) => `${median(numbers).toFixed(2)} ms`;
  return {
    what: `${what} on PostgreSQL, ${(CROWD_PROGRAMS * PEOPLE).toLocaleString("en")} people of ${CROWD_PROGRAMS} programs`,
    ours: shown(many),
    baseline: `${shown(few)} with 1,000`,
    ratio: median(many) / median(few),
    target: { atMost: 1.5 },
  };
}

/** Some programs at work in the middle of a shift, alone or among everybody else. */
async function hospital(server: PostgresServer, isLarge: boolean) {
  const url = await server.database();
  const db = await openPostgres({ url, keys: passingKey(), connections: 2 });
  if (isLarge) await fill(url);
  const start = later(FIRST, 8 * HOUR - 15 * MINUTE);
  const people: (() => Promise<void>)[] = [];
  let beat = (): Promise<void> => Promise.resolve();
  for (let i = 0; i < PROGRAMS; i += 1) {
    const program = staffedProgram(`work-${i}`, RESIDENTS, 2);
    const started = atWork(program, oneShift(program), db.store(program.id), start);
    await started.running.beat();
    beat = () => started.running.beat();
    for (const { id, roles } of program.people)
      if (roles[0] === "resident") people.push(await answering(started, id));
  }
  return { people, beat: () => beat(), close: () => db.close() };
}

/** Everybody else, with what they were asked before and will be asked later. */
async function fill(connectionString: string): Promise<void> {
  const pool = new Pool({ connectionString, max: 1 });
  const counts = [CROWD_PROGRAMS, PEOPLE];
  await pool.query(
    "insert into person (program, id) select 'p' || p, 'r' || r from generate_series(1, $1::int) p, generate_series(1, $2::int) r",
    counts,
  );
  await pool.query(
    `insert into nudge (program, person, kind, subject, due_at, planned_due, expires_at, state)
      select 'p' || p, 'r' || r, 'shift-goal', 's' || n, $3::bigint + (n * 2 - 3) * 604800000::bigint, $3::bigint + (n * 2 - 3) * 604800000::bigint,
        $3::bigint + (n * 2 - 3) * 604800000::bigint + 10800000, case when n = 1 then 'expired' else 'planned' end
      from generate_series(1, $1::int) p, generate_series(1, $2::int) r, generate_series(1, ${STORED}) n`,
    [...counts, FIRST],
  );
  await pool.query("vacuum analyze");
  await pool.end();
}
