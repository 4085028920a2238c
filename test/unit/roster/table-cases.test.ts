import { describe, expect, it } from "vitest";
import { readCase } from "#test/support/rosters/case.ts";

/* The cases of test/fixtures/roster-cases that are tables: what each expect.md calls right. */

const day = (person: string, from: string, to: string) => `${person} 2026-${from}:00Z 2026-${to}:00Z`;

describe("lists of shifts as spreadsheets save them", () => {
  it("csv-excel-cells: reads 700 and 7:00 AM, and refuses the rest by line", () => {
    const read = readCase("csv-excel-cells");

    expect(read.spans).toEqual([
      day("a1", "12-02T12:00", "12-02T22:00"),
      day("r2", "12-03T12:00", "12-03T22:00"),
    ]);
    expect(read.places).toEqual([
      "roster.csv:2 Date",
      "roster.csv:3 Start",
      "roster.csv:4 Date",
      "roster.csv:5 Date",
      "roster.csv:6 Date",
    ]);
  });

  it("csv-title-rows: reads from line 4 and passes over the total", () => {
    const read = readCase("csv-title-rows");

    expect(read.spans).toEqual([
      day("a1", "12-01T12:00", "12-01T22:00"),
      day("r1", "12-01T12:00", "12-01T22:00"),
    ]);
    expect(read.places).toEqual([]);
  });

  it("csv-two-segments: reads both parts of a split shift", () => {
    const read = readCase("csv-two-segments");

    expect(read.spans).toEqual([
      day("a1", "12-01T12:00", "12-01T17:00"),
      day("a1", "12-01T22:00", "12-02T04:00"),
      day("r1", "12-01T12:00", "12-01T17:00"),
      day("r1", "12-01T22:00", "12-02T04:00"),
    ]);
    expect(read.places).toEqual([]);
  });
});

describe("tables of people and days", () => {
  it("matrix-16-to-15: reads from the 16th of November to the 15th of December", () => {
    const read = readCase("matrix-16-to-15");

    expect(read.places).toEqual([]);
    // The rotation begins on the 30th; seven days before it count.
    const own = read.spans.filter((span) => span.startsWith("r1"));
    expect(own[0]).toBe(day("r1", "11-22T23:30", "11-23T08:15"));
    expect(own.at(-1)).toBe(day("r1", "12-14T23:30", "12-15T08:15"));
    expect(own).toHaveLength(23);
  });

  // domain: Two readings that contradict
  it("matrix-month-conflict: reads December's file, and refuses January's for it", () => {
    const december = readCase("matrix-month-conflict");
    const january = readCase("matrix-month-conflict", "january.csv");

    expect(december.places).toEqual([]);
    expect(december.spans).toContain(day("r1", "12-01T23:30", "12-02T08:15"));
    expect(january.spans).toEqual([]);
    expect(january.messages).toEqual(["the file says 2027-01, and program.yaml says 2026-12"]);
  });

  it("matrix-two-columns-a-day: the nights are Brandt's on the 1st and 3rd, Carter's and Okafor's on the 2nd", () => {
    const read = readCase("matrix-two-columns-a-day");

    expect(read.places).toEqual([]);
    expect(read.spans).toEqual([
      day("a1", "12-01T12:00", "12-02T00:00"),
      day("a1", "12-03T00:00", "12-03T12:00"),
      day("r1", "12-01T12:00", "12-02T00:00"),
      day("r1", "12-03T00:00", "12-03T12:00"),
      day("r2", "12-02T00:00", "12-02T12:00"),
      day("r2", "12-02T12:00", "12-03T00:00"),
      day("r2", "12-04T00:00", "12-04T12:00"),
    ]);
  });

  it("matrix-upper-lower-codes: D and d have hours of their own", () => {
    const read = readCase("matrix-upper-lower-codes");

    expect(read.places).toEqual([]);
    expect(read.spans.filter((span) => span.startsWith("r1"))).toEqual([
      day("r1", "12-01T12:00", "12-02T00:00"),
      day("r1", "12-02T12:00", "12-02T17:00"),
      day("r1", "12-04T00:00", "12-04T12:00"),
    ]);
  });

  it("matrix-week-row: weeks above the days are no days", () => {
    const read = readCase("matrix-week-row");

    expect(read.places).toEqual([]);
    expect(read.spans).toContain(day("r1", "12-08T07:30", "12-08T16:15"));
    expect(read.spans).toHaveLength(28);
  });
});
