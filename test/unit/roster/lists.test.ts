import { describe, expect, it } from "vitest";
import { amion619 } from "#src/roster/formats/amion/amion.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, places, spans } from "./context.ts";

const people = [someone("r1", { name: "Emily Carter" }), someone("a1", { name: "Daniel Okafor" })];
const context = contextOf({ timeZone: "UTC", people });
const columns = { person: "Name", date: "Date", start: "Start", end: "End" };
const read = (lines: readonly string[]) => csv({ file: "x.csv", text: lines.join("\r\n"), columns }, context);
const messages = (lines: readonly string[]) => read(lines).notUnderstood.map(({ message }) => message);

const HEADER = "Name,Date,Start,End";
const ROW = "Emily Carter,2026-12-01,07:00,17:00";
const READ = ["r1 2026-12-01T07:00:00Z 2026-12-01T17:00:00Z"];

describe("a list's header", () => {
  it.each([
    ["Excel's own first line", ["sep=;", HEADER, ROW].map((line) => line.replaceAll(",", ";"))],
    [
      "a title with commas above semicolons",
      ["Schedule, Dec 2026, final", ...[HEADER, ROW].map((one) => one.replaceAll(",", ";"))],
    ],
    ["a title and empty lines", ["Emergency Department,,,", "", ",,,", HEADER, ROW]],
    ["itself again on the next page", [HEADER, ROW, HEADER, ROW]],
  ])("is found below %s", (_, lines) => {
    expect([...new Set(spans(read(lines)))]).toEqual(READ);
    expect(messages(lines)).toEqual([]);
  });

  it("is in doubt where another one is as full, and its columns stand elsewhere", () => {
    expect(messages([HEADER, ROW, "Name,Start,End,Date", ROW])).toEqual([
      "lines 1 and 3 could both be the header",
    ]);
  });

  it("has no column twice, but for the parts of a shift", () => {
    expect(messages(["Name,Name,Date,Start,End", ROW])).toEqual(["the column is there twice"]);
    expect(messages(["Name,Date,Start,Start,End,End", ROW])).toEqual(["the column is there twice"]);
    expect(spans(read(["Name,Date,Start,End,Start 2,End 2", `${ROW},18:00,20:00`]))).toEqual([
      ...READ,
      "r1 2026-12-01T18:00:00Z 2026-12-01T20:00:00Z",
    ]);
  });

  it("names a part that begins before the one before it ends", () => {
    expect(places(read(["Name,Date,Start,End,Start,End", `${ROW},16:00,20:00`]))).toEqual(["2 Start"]);
  });
});

describe("an Amion report that a spreadsheet saved again", () => {
  const row = (date: string, start = "700", end = "1700") =>
    `"Emily Carter",Emily Carter,1,1,Day,2,1,${date},${start},${end}`;
  const report = (...rows: readonly string[]) =>
    amion619({ file: "619.csv", text: rows.join("\r\n") }, context);

  it("is read as month first where one of its dates shows that", () => {
    const reading = report(row("12/1/2026"), row("12/29/2026", "30", "900"));

    expect(spans(reading)).toEqual([
      "r1 2026-12-01T07:00:00Z 2026-12-01T17:00:00Z",
      "r1 2026-12-29T00:30:00Z 2026-12-29T09:00:00Z",
    ]);
  });

  it.each([
    ["no day is past the 12th", ["12/1/2026", "12/2/2026"], 2],
    ["some dates are still Amion's own", ["3/4/2026", "3-29-26", "3/13/2026"], 2],
  ])("is not guessed where %s", (_, dates, left) => {
    expect(report(...dates.map((date) => row(date))).notUnderstood).toHaveLength(left);
  });

  it("names an empty time, which is not midnight", () => {
    expect(places(report(row("12-1-26", "")))).toEqual(["1 start"]);
  });
});
