import { describe, expect, it } from "vitest";
import { carryOut } from "#src/roster/reading/reading.ts";
import { personId } from "#src/domain/person.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { programOf } from "#test/support/programs.ts";
import { workbook } from "#test/support/rosters/workbooks.ts";
import { calendar, spans } from "./context.ts";

const program = programOf({ people: ["r1", "a1"], timeZone: "UTC", from: "2026-11-01", to: "2027-12-31" });
const CSV: RosterSource = { name: "ED feed", format: "csv" };
const CALENDAR: RosterSource = { name: "ED feed", format: "icalendar" };

const read = async (source: RosterSource, ...pages: readonly (string | Uint8Array)[]) => {
  const bytes = pages.map((page) => (typeof page === "string" ? new TextEncoder().encode(page) : page));
  return carryOut({ source, pages: bytes, program });
};
const listed = (...rows: readonly string[]) => ["person,start,end", ...rows].join("\n");
const on = (day: string) => `r1,2026-${day}T08:00,17:00`;
const READ = (day: string) => `r1 2026-${day}T08:00:00Z 2026-${day}T17:00:00Z`;

describe("the pages of one feed", () => {
  it("are one roster, and every line of each is accounted for", async () => {
    const { reading } = await read(
      CSV,
      listed(on("12-01"), "nobody,2026-12-02T08:00,17:00"),
      listed(on("12-05")),
    );

    expect(spans(reading)).toEqual([READ("12-01"), READ("12-05")]);
    expect(reading.accounts?.counts).toEqual({ unit: "line", read: 2, skipped: { header: 2 }, leftOut: 1 });
    expect(reading.notUnderstood.map(({ file, line }) => `${file}:${line}`)).toEqual(["ED feed, page 1:3"]);
  });

  it.each([
    ["a list", CSV, listed(on("12-01")), "<p>sign in</p>"],
    ["a calendar", CALENDAR, calendar(["DTSTART:20261201T080000Z", "DTEND:20261201T170000Z"]), "sign in"],
    ["QGenda", { ...CSV, format: "qgenda" }, "[]", '{"Message":"denied"}'],
  ] as const)("say nothing at all when one of %s is none", async (_, source, good, bad) => {
    const { reading } = await read(source, good, bad);

    expect(reading).toMatchObject({ entries: [], unreadable: true });
    expect(reading.notUnderstood[0]?.file).toBe("ED feed, page 2");
  });

  it("are of several months, whatever `month:` says of a table", async () => {
    const table = "name,1,2\nr1,D,\na1,,D";
    const source: RosterSource = {
      name: "ED feed",
      format: "matrix",
      month: "2026-12",
      codes: { D: "08:00-17:00" },
    };

    const { reading } = await read(source, table, table);

    expect(reading).toMatchObject({ entries: [], unreadable: true, notUnderstood: [{ field: "month" }] });
    expect((await read(source, table)).reading.entries).toHaveLength(2);
  });

  it("may be workbooks", async () => {
    const page = (day: string) =>
      workbook([{ name: "Shifts", rows: [["person", "start", "end"], on(day).split(",")] }]);

    const { reading } = await read(CSV, await page("12-01"), await page("12-02"));

    expect(spans(reading)).toEqual([READ("12-01"), READ("12-02")]);
  });

  it("are told apart from the same bytes cut elsewhere, and are too large together", async () => {
    const [whole, parts] = [await read(CSV, "ab", "c"), await read(CSV, "a", "bc")];
    const huge = await read(CSV, new Uint8Array(20_000_000), new Uint8Array(20_000_000));

    expect(whole.fingerprint).not.toBe(parts.fingerprint);
    expect(huge.refused?.problem.message).toBe("it is larger than 32 MB");
  });
});

describe("a calendar in pages", () => {
  const MASTER = ["UID:s", "DTSTART:20261201T080000Z", "DTEND:20261201T170000Z", "RRULE:FREQ=DAILY;COUNT=3"];
  const MOVED = [
    "UID:s",
    "RECURRENCE-ID:20261202T080000Z",
    "DTSTART:20261202T100000Z",
    "DTEND:20261202T170000Z",
  ];
  const SERIES = [READ("12-01"), "r1 2026-12-02T10:00:00Z 2026-12-02T17:00:00Z", READ("12-03")];

  it("has what one page changes of a series on another one", async () => {
    const { reading } = await read(CALENDAR, calendar(MASTER), calendar(MOVED));

    expect(spans(reading)).toEqual(SERIES);
    expect(reading.notUnderstood).toEqual([]);
  });

  it("has a series once that stands on each", async () => {
    const { reading } = await read(CALENDAR, calendar(MASTER), calendar(MASTER, MOVED));

    expect(new Set(spans(reading))).toEqual(new Set(SERIES));
  });

  it("takes nothing back when a page was cut short", async () => {
    const { reading } = await read(CALENDAR, calendar(MASTER).replace("END:VCALENDAR", ""), calendar(MOVED));

    expect(reading.incomplete).toBe(true);
  });
});

describe("days that pages leave out in between", () => {
  const OWN = { ...CSV, person: personId("r1") };

  it.each([
    ["none", CSV, ["12-01", "12-14"], ["12-16", "12-30"], false],
    ["more than a week of a site's, so that a page may be missing", CSV, ["11-05", "11-28"], ["12-20"], true],
    ["a holiday of one person's", OWN, ["11-05", "11-28"], ["12-20"], false],
    ["a month of one person's", OWN, ["11-05", "11-15"], ["12-20"], true],
  ] as const)("are %s", async (_, source, first, second, isDoubtful) => {
    const { reading } = await read(source, listed(...first.map(on)), listed(...second.map(on)));

    expect(reading.incomplete ?? false).toBe(isDoubtful);
    expect(reading.notUnderstood.map(({ why }) => why.code)).toEqual(isDoubtful ? ["cut-short"] : []);
  });
});
