import { DAY, later, MINUTE, weekOf, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import { publishFigures } from "#src/flows/digests/publish-figures.ts";
import { planned, tap } from "../test/contract/store/case.ts";
import { benchFolder, newDatabase, rawClient } from "./support/databases.ts";
import { median, timed, type Found } from "./support/measure.ts";
import { atWork, eightWeeks, FIRST, staffedProgram } from "./support/program.ts";

const FEW = 10_000;
const MANY = 1_000_000;
const TURNS = 15;
/** The Monday after the fourth week: of the three before it all is published. */
const NOW = later(FIRST, 28 * DAY + MINUTE);
const KINDS = ["shifts", "exchanges", "differences", "goals", "check-ins"];

/** What a week adds to the program's figures, with 1,000,000 replies of weeks that are published already, and with 10,000. */
export async function publish(): Promise<Found> {
  using folder = benchFolder();
  const few = await filled(folder.path("few.db"), FEW);
  const many = await filled(folder.path("many.db"), MANY);
  const cost = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    cost.few.push(await onceMore(few.context));
    cost.many.push(await onceMore(many.context));
  }
  await Promise.all([few.db.close(), many.db.close()]);
  const inWords = (milliseconds: number) => `${milliseconds.toFixed(1)} ms`;
  return {
    what: "Publishing a week's figures, 1,000,000 older replies",
    ours: inWords(median(cost.many)),
    baseline: `${inWords(median(cost.few))} with 10,000`,
    ratio: median(cost.many) / median(cost.few),
    target: { atMost: 1.5 },
  };
}

/** How long the same week takes to publish again. */
async function onceMore(context: Context): Promise<number> {
  const { store, zone } = context;
  const since = weekOf(zone.dayOf(NOW)) - 2;
  const tallies = Object.fromEntries(KINDS.map((kind) => [kind, { parts: [], since }]));
  await store.changeNote(KEY, await store.note(KEY), JSON.stringify({ tallies }));
  const took = await timed(() => publishFigures(context));
  const { tallies: after } = JSON.parse((await store.note(KEY))!) as {
    tallies: Record<string, { parts: readonly unknown[] }>;
  };
  if (after["shifts"]?.parts.length !== 1) throw new Error("The week was not published.");
  return took;
}

/** Where the published figures are kept. */
const KEY = "program-figures";

/** A program whose last week both sides have answered about, after so many replies of the three years before. */
async function filled(file: string, count: number) {
  const db = newDatabase(file);
  const program = staffedProgram("program", 14, 6);
  const store = db.store(program.id);
  const roster = eightWeeks(program);
  const { running, clock } = atWork(program, roster, store, FIRST);
  await running.beat();
  older(file, count);
  for (const { resident, attending } of running.context().roster.outlook.overlaps) {
    const at = later(resident.start, MINUTE);
    if (at < later(NOW, -9 * DAY) || resident.end > later(NOW, -DAY)) continue;
    const occasion: string = resident.id;
    for (const { person, help, about } of [
      { person: resident.person, help: "3" },
      { person: attending.person, help: "1", about: resident.person },
    ] as const) {
      const ask = await planned(store, { person, subject: occasion, dueAt: at, expiresAt: later(at, DAY) });
      const said = { occasion, text: false, ...(about === undefined ? {} : { about }) };
      const answers = [
        { ...said, item: "help", value: help },
        { ...said, item: "call", value: "2" },
        { ...said, item: "feedback", value: "after" },
      ] as const;
      await store.record(tap(ask, { now: at, replies: answers }));
    }
  }
  await clock.set(NOW);
  return { db, context: running.context() };
}

/** Replies of three years, by hand: what they say is never read. */
function older(file: string, count: number): void {
  const client = rawClient(file);
  const insert = client.prepare(
    "insert into reply (program, person, nudge, occasion, item, text, at) values ('program', ?, ?, ?, 'help', 0, ?)",
  );
  const from: Instant = later(FIRST, -3 * 365 * DAY);
  client
    .transaction(() => {
      for (let i = 0; i < count; i += 1)
        insert.run(
          `r${(i % 14) + 1}`,
          1_000_000 + i,
          `older ${Math.floor(i / 9)}`,
          Math.floor(from + ((3 * 365 * DAY) / count) * i),
        );
    })
    .immediate();
  client.close();
}
