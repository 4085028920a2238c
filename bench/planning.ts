import { outlookOf } from "#src/domain/outlook.ts";
import type { PlannedNudge } from "#src/domain/nudge.ts";
import { zoneOf } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { benchFolder, newDatabase, rawClient } from "./support/databases.ts";
import { median, perSecond, timed, type Found } from "./support/measure.ts";
import { eightWeeks, FIRST, staffedProgram } from "./support/program.ts";

const TURNS = 10;
const PROGRAMS_A_TURN = 50;

type Planned = ReadonlyMap<string, readonly PlannedNudge[]>;

/**
 * Eight weeks of 500 programs of 20 people, from rosters to stored nudges, against inserting the same rows: by turns,
 * 50 programs at a time. Each program is a commit of ours; a turn of the baseline is one transaction.
 */
export async function planning(): Promise<Found> {
  using folder = benchFolder();
  await using db = newDatabase(folder.path("ours.db"));
  await newDatabase(folder.path("bare.db")).close();
  const ours: number[] = [];
  const bare: number[] = [];
  let count = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const programs = Array.from({ length: PROGRAMS_A_TURN }, (_, i) =>
      staffedProgram(`program-${turn}-${i}`, 14, 6),
    );
    const rosters = programs.map(eightWeeks);
    const planned = new Map<string, readonly PlannedNudge[]>();
    const took = await timed(async () => {
      for (const [i, program] of programs.entries()) {
        const zone = zoneOf(program.timeZone);
        const wanted = planNudges(outlookOf({ program, zone, roster: rosters[i]!, wishes: new Map() }));
        planned.set(program.id, wanted);
        await db.store(program.id).plan(wanted, FIRST);
      }
    });
    const rows = [...planned.values()].reduce((sum, list) => sum + list.length, 0);
    count += rows;
    ours.push(took / rows);
    bare.push((await timed(() => inserted(folder.path("bare.db"), planned))) / rows);
  }
  return {
    what: `Planning eight weeks for 10,000 people (${count.toLocaleString("en")} nudges)`,
    ours: perSecond(1, median(ours)),
    baseline: `${perSecond(1, median(bare))} inserted by a prepared statement in one transaction`,
    ratio: median(bare.map((cost, turn) => cost / ours[turn]!)),
    target: { atLeast: 0.5 },
  };
}

/** The same rows into the same table. */
function inserted(file: string, planned: Planned): void {
  const client = rawClient(file);
  const insert = client.prepare(
    "insert into nudge (program, kind, person, subject, due_at, planned_due, expires_at, state) values (?, ?, ?, ?, ?, ?, ?, 'planned')",
  );
  client
    .transaction(() => {
      for (const [program, list] of planned) {
        for (const { kind, person, subject, dueAt, expiresAt } of list)
          insert.run(program, kind, person, subject, dueAt, dueAt, expiresAt);
      }
    })
    .immediate();
  client.close();
}
