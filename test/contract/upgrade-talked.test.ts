import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { mismatchesOf } from "#src/domain/mismatch.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Store } from "#src/ports/store.ts";
import { databases, type Written } from "#test/support/at-rest.ts";
import { handsOn } from "#test/support/dumped.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";
import { at, planned, stored, tap, wanted } from "./store/case.ts";

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

/** A database of the first version, written to by hand. */
async function earlier({ name }: Written): Promise<void> {
  const isServer = name.startsWith("postgres:");
  const first = readFileSync(`db/migrations/${isServer ? "postgres" : "sqlite"}/0000_first.sql`, "utf8");
  const rows = TALKED.map(([by, item, value], i) => {
    const about = aboutOf(by, item);
    const quoted = about === undefined ? "null" : `'${about}'`;
    return `('p', '${by}', ${by === R1 ? 1 : 2}, ${quoted}, 'first shift', '${item}', '${value}', ${isServer ? "false" : "0"}, ${i})`;
  });
  await handsOn(name).run(`${first.replaceAll("--> statement-breakpoint", "")};
    insert into reply (program, person, nudge, about, occasion, item, value, text, at) values ${rows.join(", ")};
    ${isServer ? "create table attune_schema (version integer not null); insert into attune_schema values (1);" : "pragma application_id = 0x4174746e; pragma user_version = 1;"}`);
}

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

const found = async (store: Store) =>
  mismatchesOf(R1, A1, await store.repliesOfPair(R1, A1), DEFAULT_POLICY.mismatch, at(99), () => undefined);

describe("what older versions kept as talked about", () => {
  it("is settled, with nothing known of what on, also while an older process goes on beside a newer one", async () => {
    using place = folder({});
    for (const database of await databases(place, server)) {
      const keys = passingKey();
      await earlier(database);
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
});
