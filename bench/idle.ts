import { later, DAY, HOUR, MINUTE } from "#src/domain/time.ts";
import { benchFolder, newDatabase, rawClient } from "./support/databases.ts";
import { median, timed, type Found } from "./support/measure.ts";
import { atWork, eightWeeks, FIRST, staffedProgram } from "./support/program.ts";

const FEW = 10_000;
const MANY = 1_000_000;
const TURNS = 15;
const BEATS = 20;

/** Beats of the engine a minute apart with nothing due, in a database of 1,000,000 nudges and in one of 10,000. */
export async function idle(): Promise<Found> {
  using folder = benchFolder();
  const few = await filled(folder.path("few.db"), FEW);
  const many = await filled(folder.path("many.db"), MANY);
  const cost = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    cost.few.push((await timed(few.beats)) / BEATS);
    cost.many.push((await timed(many.beats)) / BEATS);
  }
  await Promise.all([few.db.close(), many.db.close()]);
  const micro = (milliseconds: number) => `${(milliseconds * 1_000).toFixed(0)} µs`;
  return {
    what: "A beat each minute with nothing due, 1,000,000 stored nudges",
    ours: micro(median(cost.many)),
    baseline: `${micro(median(cost.few))} with 10,000`,
    ratio: median(cost.many) / median(cost.few),
    target: { atMost: 1.5 },
  };
}

/** A program's plan, and as many nudges of the past (its own) and of the future (another's) as fill the table. */
async function filled(file: string, count: number) {
  const db = newDatabase(file);
  const program = staffedProgram("program", 14, 6);
  const started = atWork(program, eightWeeks(program), db.store(program.id), FIRST);
  await started.running.beat();
  const client = rawClient(file);
  const has = client.prepare<[], number>("select count(*) from nudge").pluck().get()!;
  const insert = client.prepare(
    "insert into nudge (program, kind, person, subject, due_at, planned_due, expires_at, sent_at, state) values (?, 'shift-goal', ?, ?, ?, ?, ?, ?, ?)",
  );
  client
    .transaction(() => {
      for (let i = has; i < count; i += 1) {
        const isPast = i % 2 === 0;
        const dueAt = later(FIRST, (isPast ? -1 : 1) * (DAY + i * 1_000));
        const state = isPast ? (i % 4 === 0 ? "answered" : "expired") : "planned";
        const at = isPast ? dueAt : null;
        insert.run(
          isPast ? "program" : "other",
          `r${i % 14}`,
          `${i}`,
          dueAt,
          dueAt,
          dueAt + 3 * HOUR,
          at,
          state,
        );
      }
    })
    .immediate();
  client.close();
  const { running, clock } = started;
  return {
    db,
    async beats() {
      for (let i = 0; i < BEATS; i += 1) {
        await clock.set(later(clock.now(), MINUTE));
        await running.beat();
      }
    },
  };
}
