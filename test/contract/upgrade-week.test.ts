import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryMessenger } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { readPairWeek } from "#src/domain/nudge.ts";
import { DAY, later, dayNumber, weekOf } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { programFigures } from "#src/flows/digests/program-figures.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { givenRoster } from "#src/simulation/given-roster.ts";
import { databases } from "#test/support/at-rest.ts";
import { SILENT } from "#test/support/attune.ts";
import {
  asFirstVersion,
  ATTENDINGS,
  earlierMonth,
  exported,
  firstVersion,
  MONTH_END,
  RESIDENTS,
} from "#test/support/earlier-month.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { programOf } from "#test/support/programs.ts";
import { folder } from "../unit/config/folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const APRIL = weekOf(dayNumber("2026-04-06"));
/** What version 0.1 had published by the end of the month. */
const FIGURES = JSON.stringify({
  week: APRIL + 4,
  parts: {
    both: [
      { through: APRIL, hits: 6, of: 8 },
      { through: APRIL + 2, hits: 9, of: 10 },
    ],
    closed: [{ through: APRIL + 1, hits: 3, of: 6 }],
  },
  wanted: {},
});

// domain: Program aggregates are published in parts that never change
describe("a month of version 0.1, with a check-in for each pair", () => {
  it("reads as it was said, and figures that were published stand, also once the next weeks are published", async () => {
    const month = earlierMonth(7);
    const program = programOf({
      people: [...RESIDENTS, ...ATTENDINGS],
      from: "2026-03-30",
      to: "2026-08-30",
    });
    using place = folder({});
    for (const database of await databases(place, server)) {
      const keys = passingKey();
      await firstVersion(database, (isServer) =>
        [
          asFirstVersion(month, keys, isServer),
          `insert into note (program, key, value) values ('p', 'figures', '${FIGURES}')`,
        ].join(";\n"),
      );
      await using db = await database.open(keys);
      const store = db.store("p");
      const clock = handClock(MONTH_END);
      const figuresThen = async () => {
        const at = async (week: number) => {
          const { both, closed } = await programFigures({ store, program }, week);
          return [both, closed].map((one) => ("figure" in one ? one.figure : undefined));
        };
        return Promise.all([APRIL - 1, APRIL, APRIL + 1, APRIL + 2].map(at));
      };
      const upgraded = await figuresThen();

      const running = runProgram({
        program,
        store,
        clock,
        messengers: [memoryMessenger({ now: () => clock.now() })],
        owner: "newer",
        log: SILENT,
        meters: NO_METERS,
        findRosterUpdate: givenRoster({ assignments: [], absences: [] }),
        wake() {},
      });
      for (const weeks of [0, 1]) {
        await clock.set(later(MONTH_END, 7 * weeks * DAY));
        await running.beat();
      }

      const weeks = month.filter(({ occasion }) => readPairWeek(occasion) !== undefined);
      expect(weeks.length).toBeGreaterThan(10);
      for (const person of [...RESIDENTS, ...ATTENDINGS])
        expect((await store.export(person)).replies).toMatchObject(exported(month, person));
      const none = undefined;
      expect(upgraded).toEqual([
        [none, none],
        [{ hits: 6, of: 8 }, none],
        [
          { hits: 6, of: 8 },
          { hits: 3, of: 6 },
        ],
        [
          { hits: 15, of: 18 },
          { hits: 3, of: 6 },
        ],
      ]);
      expect(await store.note("program-figures")).toBeDefined();
      expect(await figuresThen()).toEqual(upgraded);
    }
  });
});
