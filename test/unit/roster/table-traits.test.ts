import { describe, expect, it } from "vitest";
import { amion625c } from "#src/roster/formats/amion/amion.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import type { Dialect } from "#src/roster/text/dialect.ts";
import type { RosterReading } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* Traits of lists and tables: what two cells or two readings contradict is left out and named, never guessed. */

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
    someone("r2", { name: "Noah Brandt", email: "noah.brandt@example.org" }),
    someone("r3", { name: "佐藤 健" }),
    someone("a1", { name: "Daniel Okafor" }),
  ],
});

/** "r1 01T07:00-01T17:00, away r2 …| 1": who is on duty and when, and how many things are named. */
function outcome({ entries, notUnderstood }: RosterReading): string {
  const time = (at: number) => new Date(at).toISOString().slice(8, 16);
  const spans = entries.map(
    ({ kind, person, start, end }) =>
      `${kind === "duty" ? "" : "away "}${person} ${time(start)}-${time(end)}`,
  );
  return `${spans.join(", ")} | ${notUnderstood.length}`;
}

describe("a row of a list", () => {
  const columns = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };
  const read = (row: string, more: Dialect = {}) =>
    csv(
      { file: "x.csv", text: `Name,Date,Start,End,Shift\n${row}`, columns, dates: "M/D/YYYY", ...more },
      context,
    );
  const day = "r1 01T07:00-01T17:00 | 0";

  it.each([
    ["Emily Carter,12/1/2026,07:00,17:00,Day", day],
    ["Emily Carter,12/1/2026,7:00 AM,5:00 PM,Day", day],
    ["Emily Carter,12/1/2026,7:00 AM,5:00,Day", " | 1"],
    ["Emily Carter,令和8年12月1日,07:00,17:00,", day],
    ["Emily Carter,R8年12月1日,07:00,17:00,", day],
    ["Emily Carter,R8.12.1,07:00,17:00,", day],
    ["Emily Carter,R8.12,07:00,17:00,", " | 1"],
    ["Emily Carter,12/1/2026,17:15,翌8:30,", "r1 01T17:15-02T08:30 | 0"],
    ["Emily Carter,12/1/2026,08:30,翌朝8:30,", "r1 01T08:30-02T08:30 | 0"],
    ["Emily Carter,12/1/2026,08:30,翌17:15,", " | 1"],
    ["Emily Carter,２０２６/１２/１,０７：００,１７：００,", day],
    ["Emily Carter,2026/12/1(火),07:00,17:00,", day],
    ["Emily Carter,2026/12/1(水),07:00,17:00,", " | 1"],
    ["Emily Carter,2026年12月1日(水),07:00,17:00,", " | 1"],
    ["佐藤健（さとう けん）,12/1/2026,07:00,17:00,", "r3 01T07:00-01T17:00 | 0"],
  ])("has one day and two times: %s", (row, expected) => {
    expect(outcome(read(row))).toBe(expected);
  });

  it.each([
    ["r1 Emily Carter", day],
    ["Emily Carter (R2)", day],
    ["Emily Carter <emily.carter@example.org>", day],
    ["Emily Carter <noah.brandt@example.org>", " | 1"],
    ["r1 Noah Brandt", " | 1"],
    ["Emily Carter / Noah Brandt", " | 1"],
  ])("names one person, by whatever stands there: %s", (name, expected) => {
    expect(outcome(read(`${name},12/1/2026,07:00,17:00,`))).toBe(expected);
  });

  it.each([
    ["Day with Okafor", day],
    ["Covering for Brandt", day],
    ["Covered by Brandt", " | 1"],
    ["Brandt covering", " | 1"],
    ["Traded to Brandt", " | 1"],
    ["→ Brandt", " | 1"],
    ["Cancelled", " | 1"],
    ["Sick Call", " | 1"],
    ["Holiday Day", " | 1"],
    ["明け", " | 1"],
    ["午後休", " | 1"],
    ["Vacation", "away r1 01T07:00-01T17:00 | 0"],
  ])("is named where its shift may be another's, or no duty: %s", (label, expected) => {
    expect(outcome(read(`Emily Carter,12/1/2026,07:00,17:00,${label}`))).toBe(expected);
  });

  it.each([["+15:00"], ["-99:00"], ["+09:75"]])("has an offset that a zone can have: %s", (offset) => {
    const text = `person,start,end\nr1,2026-12-01T07:00${offset},17:00`;

    expect(outcome(csv({ file: "x.csv", text }, context))).toBe(" | 1");
  });

  it("reads words of `duty` as duty, and passes over a morning after a night that has no hours", () => {
    expect(outcome(read("Emily Carter,12/1/2026,07:00,17:00,Sick Call", { duty: ["sick call"] }))).toBe(day);
    expect(outcome(read("Emily Carter,12/1/2026,,,明け"))).toBe(" | 0");
  });

  it("says which order was stated where a date is not in it", () => {
    const { todo } = read("Emily Carter,13/12/2026,07:00,17:00,").notUnderstood[0]!;

    expect(todo).toContain("write `dates: D/M/YYYY` in program.yaml; else mend this one");
  });

  it("is left out where it is wider than the others: nobody can tell which cell is one too many", () => {
    const rows = ["Emily Carter,12/1/2026,07:00,07:00,17:00,", "Noah Brandt,12/1/2026,07:00,17:00,"];

    expect(outcome(read(rows.join("\n")))).toBe("r2 01T07:00-01T17:00 | 1");
  });
});

describe("a table", () => {
  const codes = { D: "07:00-17:00", N: "19:00-07:00" };
  const read = (lines: readonly string[], more: Dialect = {}) =>
    matrix({ file: "x.csv", text: lines.join("\n"), codes, month: "2026-12", ...more }, context);
  const both = ["Emily Carter,D,N,", "Noah Brandt,,,D"];
  const right = "r1 01T07:00-01T17:00, r1 02T19:00-03T07:00, r2 03T07:00-03T17:00 | 0";

  it.each([
    ["weekdays in letters", ["Name,1,2,3,4,5", ",T,W,T,F,S", ...both.map((row) => `${row},,`)], right],
    ["other weekdays in letters", ["Name,1,2,3,4,5", ",M,T,W,T,F", ...both.map((row) => `${row},,`)], " | 1"],
    ["weekdays of two letters", ["Name,1,2,3", ",Tu,We,Th", ...both], right],
    ["other weekdays of two letters", ["Name,1,2,3", ",Mo,Di,Mi", ...both], " | 1"],
    ["a few other weekdays with a heading", ["Name,1,2,3", "曜日,月,火,水", ...both], " | 1"],
    ["a day twice", ["Name,1,2,2", ...both], " | 1"],
    ["another month in its title", ["November schedule", "Name,1,2,3", ...both], " | 1"],
    ["another month in its title, without a year", ["11月 勤務表", "Name,1,2,3", ...both], " | 1"],
    ["its month in its title, without a year", ["12月 勤務表 (11月28日作成)", "Name,1,2,3", ...both], right],
    ["a heading that counts people over its names", ["氏名（定員3）,1,2,3", ...both], right],
    ["totals below", ["Name,1,2,3", ...both, "Total,1,1,1"], right],
  ])("with %s", (_, lines, expected) => {
    expect(outcome(read(lines))).toBe(expected);
  });

  it("is refused where another one stands beside it, and names the rows of one above it", () => {
    const beside = read(["Name,1,2,Name,3", "Emily Carter,D,N,Noah Brandt,D"]);
    const above = read(["Name,1,2", "Emily Carter,D,D", "", "Name,3,4,5", "Emily Carter,D,,"]);

    expect(outcome(beside)).toBe(" | 1");
    expect(outcome(above)).toBe("r1 03T07:00-03T17:00 | 1");
    expect(above.accounts!.counts.leftOut).toBe(6);
  });

  it("names the row that has lost a cell, or has one too many", () => {
    const rows = ["Name,1,2,3", "Emily Carter,D,N", "Noah Brandt,,,D", "Daniel Okafor,,,,D,", "佐藤 健,D,,"];

    expect(outcome(read(rows))).toBe("r2 03T07:00-03T17:00, r3 01T07:00-01T17:00 | 2");
  });

  it("names a day that it jumps over, and speaks not of it", () => {
    const { covers, notUnderstood } = read(["Name,1,2,4", ...both]);

    expect(covers!.without).toHaveLength(1);
    expect(notUnderstood.map(({ message }) => message)).toEqual([
      "the header goes past 2026-12-03: nothing is read or taken back there",
    ]);
  });

  it.each([
    ["r1,Noah Brandt,D", " | 1"],
    ["r1,Olivia Carter,D", " | 1"],
    ["7,Emily Carter,D", "r1 01T07:00-01T17:00 | 0"],
  ])("takes a number beside the name for an id only where both are one person: %s", (row, expected) => {
    expect(outcome(read(["ID,Name,1,2", `${row},`]))).toBe(expected);
  });

  it("reads Japanese words that say nothing but leave as days off, and names half of one", () => {
    const { entries, notUnderstood } = read(["Name,1,2,3,4", "Emily Carter,休み,希望休,有給休暇,午後休"]);

    expect(entries.map(({ kind }) => kind)).toEqual(["absence", "absence", "absence"]);
    expect(notUnderstood).toHaveLength(1);
  });

  it.each([
    "必要人数,2,2,2,2",
    "日勤人数,2,1,1,0",
    "Min staffing,2,2,2,2",
    "Day count,1,2,3,4",
    "過不足,0,-1,-1,0",
    "夜勤数,1人,1人,1人,1人",
    "D,2,2,1,1",
  ])("passes over numbers of people below it, constant or not: %s", (tally) => {
    const { entries, notUnderstood, accounts } = read([
      "Name,1,2,3,4",
      ...both.map((row) => `${row},`),
      tally,
    ]);

    expect(entries).toHaveLength(3);
    expect(notUnderstood).toEqual([]);
    expect(accounts!.counts.skipped.sum).toBe(5);
  });

  it("asks who a row of numbers is where its heading counts nobody, and reads the table", () => {
    const { entries, notUnderstood } = read([
      "Name,1,2,3,4",
      ...both.map((row) => `${row},`),
      "Surge T,2,2,2,2",
    ]);

    expect(entries).toHaveLength(3);
    expect(notUnderstood.map(({ line, why }) => [line, why.code])).toEqual([[4, "nobody"]]);
  });

  it("is refused where a row of days has a mistake, though one of weeks has none", () => {
    const lines = ["週,1,2,3,,,,", "Name,1,2,3,5,4,6,7", "Emily Carter,D,D,D,D,D,D,D"];

    expect(read(lines).notUnderstood.map(({ message }) => message)).toEqual([
      '"4" does not follow 2026-12-05',
    ]);
  });

  // domain: Two readings that contradict
  it.each([
    ["two rows", ["Emily Carter,D,D,N", "Noah Brandt,D,,", "Emily Carter,off,N,D"], ["2 B2"], 5],
    ["two rows under one name", ["Emily Carter,D,D,N", ",off,,", "Noah Brandt,D,,", ",,N,"], ["2 B2"], 4],
    ["cells of two codes", ["Emily Carter,D/off,D,N off"], ["2 B2", "2 D2"], 1],
    ["Japanese cells", ["Emily Carter,日/休,有・準,日"], ["2 B2", "2 C2"], 1],
  ])("leaves out and names duty and a day off of one person on one day, in %s", (_, rows, places, read_) => {
    const { entries, notUnderstood } = read(["Name,1,2,3", ...rows], { codes: { ...codes, off: "off" } });

    expect(notUnderstood.map(({ line, field }) => `${line} ${field}`)).toEqual(places);
    expect(entries).toHaveLength(read_);
    expect(entries.every(({ kind }) => kind === "duty")).toBe(true);
  });

  it("keeps two rows of one person that do not contradict each other", () => {
    const rows = ["Emily Carter,D,休,明,休", "Noah Brandt,D,,,", "Emily Carter,N,休,D,-"];

    expect(outcome(read(["Name,1,2,3,4", ...rows]))).toMatch(/ \| 0$/u);
  });

  it("reads the words of `off` and `skip` in cells", () => {
    const { entries } = read(["Name,1,2,3", "Emily Carter,学会,講義,D"], { off: ["学会"], skip: ["講義"] });

    expect(entries.map(({ kind }) => kind)).toEqual(["absence", "duty"]);
  });
});

describe("Amion's report with e-mails", () => {
  const read = (name: string, mail: string, assignment = "ED Day") =>
    amion625c(
      {
        file: "x.csv",
        text: `${name},17,0,${assignment},3,0,12-1-26,0700,1700,Resident,5551,,${mail},1,,Shift,ED`,
      },
      context,
    );
  const day = "r1 01T07:00-01T17:00 | 0";

  it.each([
    ["Emily Carter", "emily.carter@example.org", day],
    ["E. C.", "emily.carter@example.org", day],
    ["Emily Carter", "", day],
    ["Emily Carter", "unknown@example.org", day],
    ["Daniel Okafor", "emily.carter@example.org", " | 1"],
    ["Olivia Okafor", "emily.carter@example.org", " | 1"],
  ])("asks the name and the e-mail: %s, %s", (name, mail, expected) => {
    expect(outcome(read(name, mail))).toBe(expected);
  });

  it.each([
    ["Sick Call", " | 1"],
    ["Vacation", "away r1 01T07:00-01T17:00 | 0"],
    ["ED Day - cancelled", " | 1"],
    ["Post-Call", " | 1"],
  ])("takes a word of leave for leave only by itself: %s", (assignment, expected) => {
    expect(outcome(read("Emily Carter", "", assignment))).toBe(expected);
  });
});
