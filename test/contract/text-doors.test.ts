import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { readingContextOf } from "#src/roster/reading/read-roster.ts";
import { readSource } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { mintAssignmentId } from "#src/roster/change/merge.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { POISONS, poisonous } from "#test/support/poisons.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { programOf, roleBy } from "#test/support/programs.ts";
import { postgresDatabase, sqliteInFile } from "#test/support/store-rigs.ts";
import { together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";
import type { StoreRig } from "./store/case.ts";

const R1 = personId("r1");
const program = programOf();
const context = readingContextOf(program);
const all = Object.values(POISONS);
const day = (index: number): string => String(index + 1).padStart(2, "0");

type Roster = Omit<RosterSource, "name"> & { readonly text: string };

/** Every format with every poison in every text of it: r1 by day, and one shift of a1 on the 20th without any. */
const ROSTERS: Readonly<Record<string, Roster>> = {
  csv: {
    format: "csv",
    text: [
      "person,start,end,label",
      ...all.flatMap((bad, index) => [
        `r1,2026-12-${day(index)}T08:00,17:00,Da${bad}y`,
        `r${bad}1,2026-12-${day(index)}T18:00,19:00,Late`,
        `${bad},2026-12-${day(index)}T18:00,19:00,Late`,
        `r1,2026-12-${day(index)}T${bad}20:00,21:00,Late`,
      ]),
      "a1,2026-12-20T08:00,17:00,Day",
    ].join("\n"),
  },
  icalendar: {
    format: "icalendar",
    text: [
      "BEGIN:VCALENDAR",
      ...all.flatMap((bad, index) => [
        ...event(`SUMMARY:Da${bad}y\\nr1`, index, "08", bad),
        ...event(`SUMMARY:Late r${bad}1`, index, "18"),
        ...event(`ATTENDEE;CN=r1${bad}:mailto:x${bad}@example.org`, index, "20"),
      ]),
      ...event("SUMMARY:Day a1", 19, "08"),
      "END:VCALENDAR",
    ].join("\r\n"),
  },
  "amion-619": {
    format: "amion-619",
    text: [
      '"Schedule"',
      ...all.map((bad, i) => `ED,r1,1,2,Da${bad}y,3,4,12-${day(i)}-26,0800,1700`),
      ...all.map((bad, i) => `ED,r${bad}1,1,2,Late,3,4,12-${day(i)}-26,1800,1900`),
      "ED,a1,1,2,Day,3,4,12-20-26,0800,1700",
    ].join("\r\n"),
  },
  matrix: {
    format: "matrix",
    month: "2026-12",
    codes: { D: "08:00-17:00" },
    text: [
      `name,${Array.from({ length: 31 }, (_, i) => i + 1).join(",")}`,
      `r1,${all.map((bad) => `D${bad}`).join(",")}`,
      ...all.map((bad) => `r${bad}1${bad},,,D`),
      `a1,${",".repeat(19)}D`,
    ].join("\n"),
  },
};

function event(line: string, index: number, hour: string, bad = ""): readonly string[] {
  const start = `202612${day(index)}T${hour}0000`;
  return [
    "BEGIN:VEVENT",
    `UID:${bad}${index}-${hour}`,
    `DTSTART;TZID=Asia/${bad}Tokyo:${start}`,
    "DURATION:PT1H",
    line,
    "END:VEVENT",
  ];
}

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const DATABASES: readonly (readonly [string, StoreRig])[] = [
  ["SQLite", sqliteInFile],
  ["PostgreSQL", () => postgresDatabase(server)],
];

describe.each(DATABASES)("poison at the doors, on %s", (_name, rig) => {
  it.each(Object.entries(ROSTERS))(
    "in a roster (%s) is stored clean or refused in words, and the beat goes on",
    async (_format, { text, ...source }) => {
      await using db = await rig();
      await using attune = await flow({ program, store: db.store("test") });

      const read = readSource({ ...source, name: "roster" }, Buffer.from(text, "utf8"), context);
      const assignments = read.entries.map(({ person, start, end, label }) => ({
        id: mintAssignmentId(person, start),
        person,
        start,
        end,
        label,
        role: roleBy(person),
      }));
      await attune.publishes({ assignments, absences: [] });
      await attune.beat();

      const kept = await attune.store.roster();
      expect(kept.assignments.some(({ person }) => person === "a1")).toBe(true);
      expect(kept.assignments.filter(({ person }) => person === "r1").length).toBeGreaterThan(3);
      expect(poisonous(kept)).toBe(false);
      expect(poisonous(read)).toBe(false);
      expect(read.notUnderstood.length).toBeGreaterThan(0);
      const planned = await attune.store.nudgesDuring(context.horizon.from, context.horizon.to);
      expect(planned.some(({ person }) => person === "a1")).toBe(true);
    },
  );

  it("in a roster that no reader has seen costs its own entry at the most", async () => {
    await using db = await rig();
    await using attune = await flow({ program, store: db.store("test") });
    const [shift, ...others] = together(["r1", "a1"], ["02", "03"]).assignments;

    await attune.publishes({
      assignments: [
        { ...shift!, label: `Da${all.join("")}y` },
        { ...shift!, person: personId("r\0") },
        ...others,
      ],
      absences: [],
    });

    const kept = await attune.store.roster();
    expect(kept.assignments).toHaveLength(1 + others.length);
    expect(poisonous(kept)).toBe(false);
  });

  it("in what people write is cleaned before it is stored, checked and echoed", async () => {
    const [tongue] = TONGUES;
    await using db = await rig();
    await using attune = await atTheLine(tongue!, db.store("test"));
    const resident = attune.phone("r1");

    const refused = await resident.writes(`MRN 00\u001B[1m48\u200B29\u202E13\0`);
    await resident.writes(`  Place ${all.join("-")}a central\r\nline\u001B[2J \u0000`);

    expect(refused).toMatchObject({ kind: "refused", reason: "identifier" });
    expect(poisonous(refused)).toBe(false);
    const line = (await attune.store.export(R1)).replies.find(({ item }) => item === "line")?.value;
    expect(line).toMatch(/^Place -+\n-\uFFFD-\uFFFD-+a central\nline$/u);
    expect(poisonous(await attune.store.export(R1))).toBe(false);
    expect(resident.chat().filter(poisonous)).toEqual([]);
  });

  // domain: A command is understood as people write it
  it("around and inside of a command makes no difference to it", async () => {
    const [tongue] = TONGUES;
    await using db = await rig();
    await using attune = await atTheLine(tongue!, db.store("test"));
    const resident = attune.phone("r1");
    const unseen = all.filter((bad) => bad !== "\u0085" && bad.isWellFormed());

    await resident.says("help");
    const help = resident.reads();

    for (const bad of unseen) {
      await resident.says(`${bad}he${bad}lp${bad}`);
      expect(resident.reads()).toBe(help);
    }
  });

  it.each(["account", "address", "event", "message"])(
    "in the %s of an act makes it nobody's: nothing is stored, and nothing fails",
    async (field) => {
      const [tongue] = TONGUES;
      await using db = await rig();
      await using attune = await atTheLine(tongue!, db.store("test"));
      const before = JSON.stringify(await attune.store.export(R1));

      for (const bad of all) {
        const id = (name: string, value: string) => (name === field ? `${value}${bad}` : value);
        const sender = {
          platform: "memory",
          account: id("account", "r1"),
          address: id("address", "r1") as Address,
        };
        const act = {
          type: "pressed",
          event: id("event", "e"),
          sender,
          act: "x",
          message: id("message", "m"),
        };
        expect(await attune.running.bot.receive(act as Inbound)).toMatchObject({
          kind: "refused",
          reason: "unknown-person",
        });
      }

      expect(JSON.stringify(await attune.store.export(R1))).toBe(before);
    },
  );
});

/** The resident is asked for a line in their own words. */
async function atTheLine({ say, goal }: (typeof TONGUES)[number], store: Flow["store"]): Promise<Flow> {
  const attune = await flow({ program, store, roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  await attune.phone("r1").taps(goal("procedures"));
  return attune;
}

it("a chat shows somebody's words as they were taken", async () => {
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const said = {
    person: R1,
    from: "person",
    at: context.horizon.from,
    text: `Hel${all.join("")}lo`,
  } as const;

  const shown = await db.chat("p").append(said, "key" as DeliveryKey);

  expect(poisonous(shown)).toBe(false);
  expect(await db.chat("p").of(R1, 1)).toEqual([shown]);
});
