import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Client from "better-sqlite3";
import { expect, it, vi } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { DAY, later, zoneOf, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import type { Store } from "#src/ports/store.ts";
import { eraseExpired } from "#src/schedule/forgetting.ts";
import { SILENT } from "#test/support/attune.ts";
import { place } from "#test/support/kill/place.ts";
import { local, programOf } from "#test/support/programs.ts";
import { ANNA, BEN, event, heardFrom, planned, sentNow, tap } from "../contract/store/case.ts";

const PROGRAM = { ...programOf({ to: "2026-12-27" }), id: "p", retention: 1 };
const SHIFT = local("2026-12-01T08:00", PROGRAM.timeZone);
const OVER = local("2027-03-01T08:00", PROGRAM.timeZone);
const EVER = later(OVER, 3_650 * DAY);
const KEY = passingKey();
/** More than go in one portion. */
const ACTS = 300;

/** What a beat does about retention, in a process that has just started. */
async function erase(store: Store, now: Instant): Promise<void> {
  const context = { program: PROGRAM, zone: zoneOf(PROGRAM.timeZone), store, now };
  await eraseExpired({ log: SILENT }, context as Context);
}

/** Anna and Ben have answered in the rotation, Ben once more long after it, and that answers are to be erased is long announced. */
async function answered(store: Store): Promise<void> {
  for (const person of [ANNA, BEN]) {
    await heardFrom(store, person);
    const about = { person, subject: `shift of ${person}`, dueAt: SHIFT, expiresAt: EVER };
    const ask = await planned(store, about).then(() => sentNow(store, SHIFT));
    const replies = (["help", "line"] as const).map((item) => ({
      occasion: "o",
      item,
      value: `${item} said`,
      text: true,
    }));
    for (let act = 0; act < ACTS / 2; act += 1)
      await store.record(tap(ask, { event: event(), now: later(SHIFT, act), replies }));
    if (person === BEN) await store.record(tap(ask, { event: event(), now: OVER, replies }));
  }
  await erase(store, later(OVER, -7 * DAY));
}

/** Every row that retention could have anything to do with, as it stands in a file. */
function rowsIn(file: string) {
  using client = closing(new Client(file, { readonly: true }));
  const all = (sql: string) => client.db.prepare(sql).all();
  return {
    replies: all("select * from reply order by 1, 2"),
    events: all("select * from inbox order by 1, 2"),
    nudges: all("select * from nudge order by 1, 2"),
    people: all("select * from person order by 1, 2"),
    audit: all("select * from audit order by 1, 2"),
    // Some are sealed anew each time.
    notes: all("select program, key from note order by 1, 2"),
  };
}

const closing = (db: Client.Database) => ({ db, [Symbol.dispose]: () => void db.close() });

/** The files as they are before each statement: as kill -9 would leave them there. */
function filesAtEachStatement(file: string, folder: string) {
  const taken: string[] = [];
  const { prepare } = Client.prototype;
  const keep = (): void => {
    const to = join(folder, `killed-${taken.length}`);
    mkdirSync(to);
    for (const part of ["", "-wal"])
      if (existsSync(`${file}${part}`)) copyFileSync(`${file}${part}`, join(to, `attune.db${part}`));
    taken.push(join(to, "attune.db"));
  };
  const spied = vi.spyOn(Client.prototype, "prepare").mockImplementation(function (
    this: Client.Database,
    sql,
  ) {
    const statement = prepare.call(this, sql);
    for (const way of ["run", "all", "get"] as const) {
      const carryOut = statement[way].bind(statement);
      Object.defineProperty(statement, way, {
        value(...values: unknown[]) {
          keep();
          return Reflect.apply(carryOut, statement, values);
        },
      });
    }
    return statement;
  });
  return {
    taken,
    end() {
      spied.mockRestore();
      keep();
    },
  };
}

it("answers whose time is over end the same wherever the process that erases them is killed", async () => {
  using home = place();
  {
    await using db = openSqlite({ file: home.file, keys: KEY });
    await answered(db.store("p"));
  }
  const before = rowsIn(home.file);

  // Opened here: its statements are prepared only once they are needed.
  const dying = openSqlite({ file: home.file, keys: KEY });
  const files = filesAtEachStatement(home.file, join(home.file, ".."));
  await erase(dying.store("p"), OVER);
  await dying.store("p").finishErasing();
  files.end();
  await dying.close();
  const after = rowsIn(home.file);

  expect([before.replies.length, before.events.length]).toEqual([2 * ACTS + 2, ACTS + 3]);
  expect([after.replies.length, after.events.length]).toEqual([2, 1]);
  expect(after.audit).toHaveLength(before.audit.length + 1);
  expect(files.taken.length).toBeGreaterThan(10);
  const found = new Set<string>();
  for (const file of files.taken) {
    await using db = openSqlite({ file, keys: KEY });
    const killed = rowsIn(file);
    found.add(
      `${killed.replies.length} answers, ${killed.audit.length - before.audit.length} in the audit log`,
    );
    await erase(db.store("p"), OVER);
    expect(await db.store("p").finishErasing()).toBe(true);
    expect(rowsIn(file)).toEqual(after);
  }
  // A portion is there or not, and with the first of them goes its line in the audit log.
  expect([...found]).toEqual([
    `${2 * ACTS + 2} answers, 0 in the audit log`,
    `${2 * ACTS - 498} answers, 1 in the audit log`,
    "2 answers, 1 in the audit log",
  ]);
}, 60_000);
