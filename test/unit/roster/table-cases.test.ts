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
