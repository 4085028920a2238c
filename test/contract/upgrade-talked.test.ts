import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { mismatchesOf } from "#src/domain/mismatch.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Reply } from "#src/domain/reply.ts";
import { DAY, later } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { databases } from "#test/support/at-rest.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import {
  asFirstVersion,
  askOf,
  ATTENDINGS,
  between,
  earlierMonth,
  exported,
  firstVersion,
  MONTH_END,
  RESIDENTS,
  type Said as Answered,
} from "#test/support/earlier-month.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";
import { at, NOON, planned, stored, tap, wanted } from "./store/case.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const R1 = personId("r1");
const A1 = personId("a1");
type Said = readonly [by: PersonId, item: ItemId, value: string];
/** Two steps apart on help; and one of them has said that they talked about it. */
const TALKED: readonly Said[] = [
  [R1, "help", "3"],
  [R1, "call", "2"],
  [R1, "feedback", "end"],
  [A1, "help", "1"],
  [A1, "call", "2"],
  [A1, "feedback", "end"],
  [A1, "talked", "yes"],
];
const aboutOf = (by: PersonId, item: ItemId) => (by === A1 ? R1 : item === "talked" ? A1 : undefined);

const talkedIn = (isServer: boolean): string => {
  const rows = TALKED.map(([by, item, value], i) => {
    const about = aboutOf(by, item);
    const quoted = about === undefined ? "null" : `'${about}'`;
    return `('p', '${by}', ${by === R1 ? 1 : 2}, ${quoted}, 'first shift', '${item}', '${value}', ${isServer ? "false" : "0"}, ${i})`;
  });
  return `insert into reply (program, person, nudge, about, occasion, item, value, text, at) values ${rows.join(", ")}`;
};

/** The same about another shift, as a process of an older version goes on saying it. */
async function older(store: Store, occasion: string): Promise<void> {
  for (const person of [R1, A1]) await planned(store, { person, subject: occasion });
  for (const [i, [by, item, value]] of TALKED.entries()) {
    const about = aboutOf(by, item);
    const reply = { occasion, item, value, text: false, ...(about === undefined ? {} : { about }) };
    const ask = await stored(store, wanted({ person: by, subject: occasion }));
    expect(await store.record(tap(ask, { now: at(i), replies: [reply] }))).toBe("recorded");
  }
}

const differences = (resident: PersonId, attending: PersonId, replies: readonly Reply[]) =>
  mismatchesOf(resident, attending, replies, DEFAULT_POLICY.mismatch, MONTH_END, () => undefined);

const PAIRS = RESIDENTS.flatMap((resident) => ATTENDINGS.map((attending) => [resident, attending] as const));

const found = async (store: Store) => differences(R1, A1, await store.repliesOfPair(R1, A1));

/** Each answer at its own moment, as a process of an older version goes on taking them. */
async function goesOn(store: Store, all: readonly Answered[]): Promise<void> {
  const asks = new Map(
    all.map(({ kind, person, occasion: subject, at: dueAt }) => {
      const ask = wanted({ kind, person, subject, dueAt, expiresAt: later(dueAt, DAY) });
      return [`${kind} ${person} ${subject}`, ask] as const;
    }),
  );
  await store.plan([...asks.values()], NOON, { people: new Set([...RESIDENTS, ...ATTENDINGS]) });
  for (const { kind, person, at: now, ...said } of all) {
    const ask = await stored(store, { kind, person, subject: said.occasion });
    expect(await store.record(tap(ask, { now, replies: [said] }))).toBe("recorded");
  }
}

describe("what older versions kept as talked about", () => {
  it("is settled, with nothing known of what on, also while an older process goes on beside a newer one", async () => {
    using place = folder({});
    for (const database of await databases(place, server)) {
      const keys = passingKey();
      await firstVersion(database, talkedIn);
      await using newer = await database.open(keys);
      await using beside = await database.open(keys);
      const upgraded = await found(newer.store("p"));

      await older(beside.store("p"), "second shift");
      const talked = await found(newer.store("p"));
      const ask = await stored(newer.store("p"), wanted({ person: R1, subject: "second shift" }));
      const word = {
        occasion: "second shift",
        about: A1,
        item: "settled-help",
        value: "2",
        text: false,
      } as const;
      await newer.store("p").record(tap(ask, { now: at(30), replies: [word] }));

      expect(upgraded).toMatchObject([{ item: "help", state: "settled", occasion: "first shift" }]);
      expect(upgraded[0]?.settlement?.value).toBeUndefined();
      expect(talked).toMatchObject([{ item: "help", state: "settled", occasion: "second shift" }]);
      expect(talked[0]?.settlement?.value).toBeUndefined();
      expect(await found(newer.store("p"))).toMatchObject([{ settlement: { value: "2", by: R1 } }]);
    }
  });

  it(
    "a month of it reads as it was said, all of it, while an older process goes on in the middle of it",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 300 }), async (seed, cut) => {
          const month = earlierMonth(seed);
          using place = folder({});
          for (const database of await databases(place, server)) {
            const keys = passingKey();
            // Whatever is asked belongs to one of the two parts whole.
            const before = new Set(month.slice(0, cut).map(askOf));
            const [then, since] = [true, false].map((is) =>
              month.filter((said) => before.has(askOf(said)) === is),
            );
            await firstVersion(database, (isServer) => asFirstVersion(then!, keys, isServer));
            await using newer = await database.open(keys);
            await using beside = await database.open(keys);

            await goesOn(beside.store("p"), since!);

            const store = newer.store("p");
            for (const person of [...RESIDENTS, ...ATTENDINGS])
              expect((await store.export(person)).replies).toMatchObject(exported(month, person));
            for (const [resident, attending] of PAIRS) {
              const said = between(month, resident, attending);
              const talked = said.findLast(({ item }) => item === "talked")?.at ?? 0;
              const read = differences(resident, attending, await store.repliesOfPair(resident, attending));
              expect(read).toEqual(differences(resident, attending, said));
              // What happened is no older version's business: no talk settles it.
              const open = read.filter(({ item, state }) => item !== "happened" && state === "open");
              expect(open.filter(({ since }) => since < talked)).toEqual([]);
            }
          }
        }),
        { numRuns: campaignSize({ usual: 1, long: 15 }), endOnFailure: true },
      );
    },
    campaignSize({ usual: 60_000, long: 300_000 }),
  );
});
