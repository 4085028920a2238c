import { HOUR, later, MINUTE } from "#src/domain/time.ts";
import type { PersonId } from "#src/domain/person.ts";
import { benchFolder, newDatabase, rawClient } from "./support/databases.ts";
import { median, percentile, perSecond, timed, type Found } from "./support/measure.ts";
import { answering } from "./support/answering.ts";
import { atWork, FIRST, oneShift, staffedProgram } from "./support/program.ts";

const PROGRAMS = 50;
const RESIDENTS = 20;

/** People who answer at the same moment, as at a change of shifts. */
const AT_ONCE = 20;

/** Three answers of 1,000 different people each, from the inbound event to the next card, against bare commits. */
export async function answers(): Promise<Found> {
  using folder = benchFolder();
  await using db = newDatabase(folder.path("ours.db"));
  const people: { readonly person: PersonId; answer(): Promise<void> }[] = [];
  for (let i = 0; i < PROGRAMS; i += 1) {
    const program = staffedProgram(`program-${i}`, RESIDENTS, 2);
    const start = later(FIRST, 8 * HOUR - 15 * MINUTE);
    const started = atWork(program, oneShift(program), db.store(program.id), start);
    await started.running.beat();
    for (const { id, roles } of program.people) {
      if (roles[0] === "resident") people.push({ person: id, answer: await answering(started, id) });
    }
  }
  const bare = rawClient(folder.path("bare.db"));
  bare.exec("create table kept (id integer primary key, value text not null) strict");
  const commit = bare.prepare("insert into kept (value) values (?)");
  const cost = { together: [] as number[], alone: [] as number[], bare: [] as number[] };
  const groups = Array.from({ length: people.length / AT_ONCE }, (_, i) =>
    people.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
  for (let round = 0; round < 2; round += 1) {
    for (const group of groups) {
      const each = (await timed(() => Promise.all(group.map(({ answer }) => answer())))) / AT_ONCE;
      cost.together.push(each);
      for (const { person } of group) cost.bare.push(await timed(() => commit.run(person)));
    }
  }
  for (const { answer } of people) cost.alone.push(await timed(answer));
  bare.close();
  return {
    what: `An answer, from the inbound event to the next card (1,000 people, ${AT_ONCE} at once, 2 each)`,
    ours: perSecond(1, median(cost.together)),
    baseline: `${perSecond(1, median(cost.bare))} bare one-row commits`,
    ratio: median(cost.bare) / median(cost.together),
    target: { atLeast: 0.5 },
    note: `one after another ${perSecond(1, median(cost.alone))} (ratio ${(median(cost.bare) / median(cost.alone)).toFixed(2)}), 99th percentile ${percentile(cost.alone, 0.99).toFixed(2)} ms, of bare commits ${percentile(cost.bare, 0.99).toFixed(2)} ms`,
  };
}
