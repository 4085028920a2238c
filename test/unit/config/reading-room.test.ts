import { execFileSync } from "node:child_process";
import { truncateSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBlocking, readingRoom } from "#src/roster/reading/reading-room.ts";
import type { ReadingTask } from "#src/roster/reading/reading-task.ts";
import { taskOf } from "#src/roster/reading/read-roster.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { seeded } from "#src/simulation/random.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { HOSTILE } from "#test/support/rosters/hostile.ts";
import { programOf } from "#test/support/programs.ts";
import { SEED } from "#test/support/seed.ts";
import { folder, ROSTER } from "./folder.ts";

const program = programOf({ people: ["r1", "a1"], from: "2026-11-01", to: "2027-12-31" });
const CALENDAR: RosterSource = { name: "site.ics", format: "icalendar" };

const task = (text: string, source = CALENDAR): ReadingTask =>
  taskOf(program, source, [new TextEncoder().encode(text)]);

/** More to read than there is time or memory for in these tests. */
const MUCH = [
  "BEGIN:VCALENDAR",
  ...Array.from({ length: 60_000 }, (_, index) => [
    "BEGIN:VEVENT",
    `SUMMARY:Somebody ${index}`,
    "DTSTART:20261201T080000",
    "END:VEVENT",
  ]).flat(),
  "END:VCALENDAR",
].join("\n");
const LITTLE =
  "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:r1\nDTSTART:20261201T080000\nDTEND:20261201T170000\nEND:VEVENT\nEND:VCALENDAR";

describe("an outside file is read apart", () => {
  it("and what it says comes back, with its fingerprint", async () => {
    const room = readingRoom();

    const [one, other] = [await room.read(task(LITTLE)), await room.read(task(`${LITTLE}\n`))];

    expect(one.reading.entries).toMatchObject([{ person: "r1", kind: "duty" }]);
    expect(one.refused).toBeUndefined();
    expect(one.fingerprint).not.toBe(other.fingerprint);
  });

  it.each([
    ["time", { time: 1, memory: 160 }, "reading it took more than 0.001 s"],
    ["memory", { time: 60_000, memory: 24 }, "reading it took more than 24 MB of memory"],
  ])("and one that exceeds its %s is refused by name, while others are read", async (_, limits, message) => {
    const room = readingRoom({ limits });

    const [much, little] = await Promise.all([room.read(task(MUCH)), readingRoom().read(task(LITTLE))]);

    expect(much).toMatchObject({
      reading: { entries: [], unreadable: true },
      refused: { problem: { file: "site.ics", message, why: { code: "too-much" } } },
    });
    expect(little.reading.entries).toHaveLength(1);
  });

  it("and the next one is read after one that failed", async () => {
    const limits = { time: 60_000, memory: 24 };
    const room = readingRoom({ limits });

    const much = await room.read(task(MUCH));
    const little = await room.read(task(LITTLE));

    expect(much.refused).toBeDefined();
    expect(little.reading.entries).toHaveLength(1);
  });

  it("and ends at once when the process closes", async () => {
    const shutdown = new AbortController();
    const room = readingRoom({ shutdown: shutdown.signal });

    const reading = room.read(task(MUCH));
    shutdown.abort();

    expect((await reading).refused).toMatchObject({ passes: true });
    expect((await room.read(task(LITTLE))).refused).toMatchObject({ passes: true });
  });

  it("and a wait for it, where nothing else is to be done, has the same limits", () => {
    expect(readBlocking(task(LITTLE)).reading.entries).toHaveLength(1);
    expect(readBlocking(task(MUCH), { time: 1, memory: 160 }).refused).toMatchObject({ passes: true });
  });

  it("and what is no plain file, or too large, is not waited for", async () => {
    using files = folder({ "roster.csv": ROSTER, "large.csv": "" });
    execFileSync("mkfifo", [files.path("pipe.csv")]);
    truncateSync(files.path("large.csv"), 33_000_000);
    const room = readingRoom();
    const messageOf = async (path: string) => {
      const source: RosterSource = { name: "x", format: "csv", path };
      return (await room.read(taskOf(program, source))).refused?.problem.message;
    };

    expect(await messageOf(files.path("pipe.csv"))).toBe("the roster cannot be read (it is no plain file)");
    expect(await messageOf("/dev/zero")).toBe("the roster cannot be read (it is no plain file)");
    expect(await messageOf(files.path("."))).toBe("the roster cannot be read (it is a folder)");
    expect(await messageOf(files.path("gone.csv"))).toBe("the roster cannot be read (ENOENT)");
    expect(await messageOf(files.path("large.csv"))).toBe("it is larger than 32 MB");
    expect(await messageOf(files.path("roster.csv"))).toBeUndefined();
  });
});

describe("a reading that no program can have", () => {
  const row = (person: string, minute: number) => {
    const day = String(1 + Math.floor(minute / 1_200)).padStart(2, "0");
    const clock = `${String(Math.floor((minute % 1_200) / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    return `${person},2026-12-${day}T${clock},2026-12-${Number(day) + 1}T23:59`;
  };
  const csv = (people: readonly string[], count: number) =>
    [
      "person,start,end",
      ...people.flatMap((one) => Array.from({ length: count }, (_, at) => row(one, at))),
    ].join("\n");
  const read = async (text: string) =>
    (await readingRoom().read(task(text, { name: "x.csv", format: "csv" }))).refused?.problem.message;

  it("is refused before anything is planned from it", async () => {
    expect(await read(csv(["r1"], 6_000))).toMatch(/^it has 6000 shifts and absences of r1 in \d+ days$/u);
    expect(await read(csv(["r1", "a1"], 2_000))).toMatch(/on shift together$/u);
    expect(await read(csv(["r1", "a1"], 20))).toBeUndefined();
  });
});

const SMALLEST = campaignSize({ quick: 100, usual: 200, long: 500 });

describe(`hostile calendars of any size (ATTUNE_SEED=${SEED})`, () => {
  const random = seeded(SEED);
  const room = readingRoom({ limits: { time: 60_000, memory: 160 } });

  it.each(HOSTILE.map((shape) => [shape.name, shape] as const))(
    "%s: is read by counted work",
    async (_, shape) => {
      const text = shape.text(Math.floor(SMALLEST * (1 + random() * 3)), random);

      const { refused, reading } = await room.read(task(text));

      // By budgets of its own: neither time nor memory had to end it.
      expect(refused?.problem.message ?? "").not.toMatch(/took more|failed/u);
      expect(reading.notUnderstood.length).toBeLessThan(600);
    },
  );
});
