import { describe, expect, it } from "vitest";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, spans } from "./context.ts";

/* A name that says other hours than the times beside it, and cells that say otherwise in columns that nobody reads. */

const context = contextOf({
  timeZone: "Europe/Berlin",
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "John Smith" }),
    someone("r3", { name: "Anna Smith" }),
    someone("a1", { name: "Maria Brandt" }),
  ],
  from: "2026-11-01T00:00",
  to: "2027-02-01T00:00",
});

const readingOf = (source: RosterSource, text: string) =>
  readBytes(source, new TextEncoder().encode(text), context);

/** An event from 08:00 to 18:00 in Berlin. */
const calendar = (summary: string, times = "DTSTART:20261201T070000Z\r\nDTEND:20261201T170000Z") =>
  readingOf(
    { name: "roster.ics", format: "icalendar" },
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\n${times}\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  );
const list = (text: string, columns?: RosterSource["columns"], duty: readonly string[] = []) =>
  readingOf({ name: "roster.csv", format: "csv", duty, ...(columns === undefined ? {} : { columns }) }, text);

const DAY = ["r1 2026-12-01T07:00:00Z 2026-12-01T17:00:00Z"];

describe("hours in a shift's name", () => {
  it.each([
    "Carter 08:00-18:00",
    "Carter 8am - 6pm",
    "Carter 8a-6p",
    "Carter 0800–1800",
    "Carter 8:00-6:00",
    "Carter 7:30a-6:15p",
    "Carter 8〜18時",
    "Carter 8時から18時",
    "Carter 8時半〜18時",
    "Carter 8時〜17時半",
    "Carter 8:00−18:00",
    "Carter 0800 hrs - 1800 hrs",
    "Carter 800-1800",
    "Carter 日勤8:00～18:00",
    "Carter 8.00–18.00",
    "Carter until 18:00",
    "Carter from 8am",
    "Carter from 8am until 6pm",
    "Carter 18時まで",
    "Carter (from noon conference on)",
    // These are no hours for sure.
    "Carter until 12",
    "Carter from 2026",
    "Carter from ER 2",
    "Carter ER 1-2",
    "Beds 7-19 - Carter",
    "Carter 2026-2027",
    "Carter 12/01-12/05",
    "Carter 19:00",
    "Carter 8-12:00/13:00-18",
    "Carter Rooms 700-730",
    "Carter 12.05-20.05",
  ])("%s from 08:00 to 18:00 is read", async (summary) => {
    const reading = await calendar(summary);

    expect(spans(reading)).toEqual(DAY);
    expect(reading.notUnderstood).toEqual([]);
  });

  it.each([
    "Carter 19:00-07:00",
    "Carter 7a-7p",
    "Carter 3pm to 11pm",
    "Carter (0700–1500)",
    "Carter 9:00-5:00",
    "Carter 8時〜17時",
    "Carter 8時〜16時半",
    "Carter 夜勤16:30～9:00",
    "Carter 17:00～翌8:30",
    "Carter 19:00−07:00",
    "Carter 19:00ー07:00",
    "Carter 19:00→07:00",
    "Carter 1900 hrs - 0700 hrs",
    "Carter 19h-07h",
    "Carter 700-1900",
    "Carter 9.00–17.00",
    "Carter until 1pm",
    "Carter (till 13:00)",
    "Carter from 11:00",
    "Carter from 8am until 1pm",
    "Carter 13時まで",
    "Carter 11:00から",
    "Carter until noon",
    "Carter - UNTIL NOON",
    "Carter (from noon)",
    "Carter 正午まで",
  ])("%s from 08:00 to 18:00 is two readings: it is named", async (summary) => {
    const reading = await calendar(summary);

    expect(spans(reading)).toEqual([]);
    expect(reading.notUnderstood).toMatchObject([{ field: "SUMMARY", why: { code: "two-readings" } }]);
  });

  it("may be those of the calendar's own zone", async () => {
    const reading = await calendar(
      "Carter 08:00-18:00",
      "DTSTART;TZID=America/New_York:20261201T080000\r\nDTEND;TZID=America/New_York:20261201T180000",
    );

    expect(spans(reading)).toEqual(["r1 2026-12-01T13:00:00Z 2026-12-01T23:00:00Z"]);
  });

  it("counts in lists and in Amion's reports alike, and gives way to `duty`", async () => {
    const rows = "person,start,end,label\nr1,2026-12-01T08:00,18:00,Night 19:00-07:00\n";

    const doubted = await list(rows);
    const stated = await list(rows, undefined, ["night 19:00-07:00"]);
    const amion = await readingOf(
      { name: "amion.csv", format: "amion-619" },
      '"Emergency Medicine","Carter, Emily",17,0,"Night 7p-7a",3,0,12-1-26,0800,1800\n',
    );

    expect(doubted.notUnderstood).toMatchObject([{ line: 2, field: "label", why: { code: "two-readings" } }]);
    expect(spans(stated)).toEqual(DAY);
    expect(spans(amion)).toEqual([]);
    expect(amion.notUnderstood).toMatchObject([{ why: { code: "two-readings" } }]);
  });
});

describe("columns of a list that are not read", () => {
  const columns = { person: "person", start: "start", end: "end" };

  it.each(["Cancelled", "Vacation", "Swapped with Smith", "キャンセル", "有給休暇"])(
    "%s beside a shift is a doubt about it",
    async (cell) => {
      const reading = await list(
        `person,start,end,status\nr1,2026-12-01T08:00,18:00,${cell}\nr1,2026-12-02T08:00,18:00,\n`,
        columns,
      );

      expect(spans(reading)).toEqual(["r1 2026-12-02T07:00:00Z 2026-12-02T17:00:00Z"]);
      expect(reading.notUnderstood).toMatchObject([{ line: 2, why: { code: "two-readings" } }]);
      expect(reading.notUnderstood[0]!.message).toContain(cell);
    },
  );

  it.each(["Confirmed", "Covering for Brandt", "Holiday", "No cancellations after 1 December please", "12"])(
    "%s beside a shift says nothing against it",
    async (cell) => {
      const reading = await list(`person,start,end,note\nr1,2026-12-01T08:00,18:00,${cell}\n`, columns);

      expect(spans(reading)).toEqual(DAY);
    },
  );
});

describe("two people with one surname", () => {
  it.each(["John/Anna Smith", "John & Anna Smith", "John and Anna Smith"])(
    "%s are both on duty",
    async (summary) => {
      const reading = await calendar(summary);

      expect(spans(reading).map((span) => span.slice(0, 2))).toEqual(["r2", "r3"]);
      expect(reading.notUnderstood).toEqual([]);
    },
  );

  it.each(["ER/Anna Smith", "Ward A & Anna Smith", "Peter/Anna Smith"])(
    "%s is one of them",
    async (summary) => {
      expect(spans(await calendar(summary)).map((span) => span.slice(0, 2))).toEqual(["r3"]);
    },
  );
});
