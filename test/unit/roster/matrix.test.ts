import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import type { RosterText } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, places, spans } from "./context.ts";

const people = [
  someone("r1", { name: "Emily Carter" }),
  someone("r2", { name: "Noah Brandt" }),
  someone("a1", { name: "Daniel Okafor" }),
];
const context = contextOf({
  timeZone: "UTC",
  people,
  from: "2026-10-01T00:00",
  to: "2027-03-01T00:00",
});
const codes = { D: "07:00-19:00", N: "19:00-07:00" };
const read = (lines: readonly string[], source: Partial<RosterText> = {}) =>
  matrix({ file: "x.csv", text: lines.join("\n"), codes, ...source }, context);
const starts = (...given: Parameters<typeof read>) =>
  spans(read(...given)).map((span) => span.split(":")[0]!.replace("T", " "));
const messages = (...given: Parameters<typeof read>) =>
  read(...given).notUnderstood.map(({ message }) => message);

const DECEMBER = ["r1 2026-12-01 07", "r1 2026-12-02 07"];

describe("the days of a header", () => {
  it.each([
    ["numbers", "Name,1,2", { month: "2026-12" }],
    ["numbers with the weekday below", 'Name,"1\n火","2\n水"', { month: "2026-12" }],
    ["numbers with the weekday beside", "Name,1 (Tue),2 (Wed)", { month: "2026-12" }],
    ["month and day with a weekday", "Name,12/1 (Tue),12/2 (Wed)", { month: "2026-12" }],
    ["the weekday first", "Name,Tue 12/1,Wed 12/2", { month: "2026-12" }],
    ["Japanese days", "氏名,12月1日(火),12月2日(水)", { month: "2026-12" }],
    ["days as Excel shortens them", "Name,1-Dec,2-Dec", { month: "2026-12" }],
    ["months in words", "Name,Dec 1,Dec 2", { month: "2026-12" }],
    ["days with the year in words", "Name,01-Dec-26,02-Dec-26", {}],
    ["serial numbers", "Name,46357,46358", {}],
    ["dates with midnight", "Name,2026-12-01 00:00:00,2026-12-02 00:00:00", {}],
    ["the stated order", "Name,01/12/2026,02/12/2026", { dates: "DD/MM/YYYY" }],
    ["the stated order without a year", "Name,1/12,2/12", { dates: "DD/MM/YYYY", month: "2026-12" }],
    ["the day first, which the whole header shows", "Name,1/12,2/12", { month: "2026-12" }],
    ["an English title", "December 2026 Schedule\nName,1,2", {}],
    ["a title of an era", "令和8年12月 勤務表\n氏名,1,2", {}],
    ["a title of an era in short", "R8年12月分 勤務表\n氏名,1,2", {}],
    ["a title and the day it was printed", "2026年12月\n作成日 2026年11月20日\n氏名,1,2", {}],
  ] as const)("are read as %s", (_, header, source) => {
    expect(starts([header, "Emily Carter,D,D"], source)).toEqual(DECEMBER);
  });

  it("go on over a month's end and a year's end", () => {
    expect(starts(["Name,30,31,1,2", "Emily Carter,D,D,D,D"], { month: "2026-12" })).toEqual([
      "r1 2026-12-30 07",
      "r1 2026-12-31 07",
      "r1 2027-01-01 07",
      "r1 2027-01-02 07",
    ]);
  });

  // domain: Two readings that contradict
  it.each([
    ["a day that does not follow", "Name,29,30,1", { month: "2026-12" }, '"1" does not follow 2026-12-30'],
    [
      "one month for days of two",
      "2026年12月度\n氏名,30,31,1",
      {},
      "the lines above, with the name of the sheet, name more than one month, or one for days of two",
    ],
    [
      "a weekday of another date",
      "Name,1 (Wed),2 (Thu)",
      { month: "2026-12" },
      '"1 (Wed)" stands at 2026-12-01, which is another weekday',
    ],
    [
      "a row of weekdays of another month",
      "Name,1,2\n,Fri,Sat",
      { month: "2026-12" },
      '"Fri" stands at 2026-12-01, which is another weekday',
    ],
    [
      "a title of another month",
      "January 2027\nName,1,2",
      { month: "2026-12" },
      "the file says 2027-01, and program.yaml says 2026-12",
    ],
    [
      "whole dates of another month",
      "Name,2027-01-01,2027-01-02",
      { month: "2026-12" },
      "the header says 2027-01, and program.yaml says 2026-12",
    ],
    [
      "two rows that are as full",
      "Name,1,2\nName,3,4",
      { month: "2026-12" },
      "lines 1 and 2 could both be the days of the table",
    ],
  ] as const)("are refused for %s", (_, header, source, message) => {
    const reading = read([header, "Emily Carter,D,D,D"], source);

    expect(reading.entries).toEqual([]);
    expect(reading.unreadable).toBe(true);
    expect(reading.notUnderstood.map((one) => one.message)).toEqual([message]);
  });
});

// domain: Two readings that contradict
describe("a title with the month that it was made in", () => {
  const JANUARY = ["r1 2027-01-05 07", "r1 2027-01-06 07"];
  const dated = [
    "2026年12月作成",
    "(2026年12月)",
    "- updated Dec 2026",
    "rev. 12/2026",
    "\n令和8年12月20日\n2026年12月版",
  ];
  const titles = ["1月勤務表", "１月分 勤務表", "January ED schedule", "Jan roster"];

  it.each(titles.flatMap((title) => dated.map((made) => `${title} ${made}`)))(
    "asks for the month: %s",
    (title) => {
      const lines = [title, "Name,5,6", "Emily Carter,D,D"];

      expect(messages(lines)).toEqual([
        "the lines above, with the name of the sheet, name more than one month, or one for days of two",
      ]);
      expect(starts(lines, { month: "2027-01" })).toEqual(JANUARY);
      expect(starts([title, "Name,1/5,1/6", "Emily Carter,D,D"])).toEqual(JANUARY);
    },
  );

  it("is no title of a month of which a note speaks", () => {
    for (const note of ["1月の希望は12月10日まで", "1月から新体制", "shifts may be swapped"])
      expect(starts(["2026年12月 勤務表", note, "Name,1,2", "Emily Carter,D,D"])).toEqual(DECEMBER);
  });

  it("knows May by its place in the line", () => {
    expect(read(["May schedule - updated Dec 2026", "Name,5,6", "Emily Carter,D,D"]).entries).toEqual([]);
  });
});

describe("rows and columns of a table", () => {
  it("names a code under no day by its cell", () => {
    const reading = read(["Name,1,,2", "Emily Carter,D,N,D"], { month: "2026-12" });

    expect(spans(reading)).toHaveLength(2);
    expect(places(reading)).toEqual(["2 C2"]);
  });

  it("passes over totals beside and below the days", () => {
    expect(messages(["Name,1,2,Total", "Emily Carter,D,D,2", "Total,1,1,2"], { month: "2026-12" })).toEqual(
      [],
    );
  });

  it("reads two rows a person where everybody has two, and names them where it is not so", () => {
    const header = "Name,1,2";
    const two = [header, "Emily Carter,D,", ",,N", "Noah Brandt,,D", ",N,"];

    expect(starts(two, { month: "2026-12" })).toEqual([
      "r1 2026-12-01 07",
      "r2 2026-12-01 19",
      "r2 2026-12-02 07",
      "r1 2026-12-02 19",
    ]);
    expect(places(read(two.slice(0, 4), { month: "2026-12" }))).toEqual(["3 name"]);
  });

  it("takes 日 alone in a second row for a duty, and no weekday", () => {
    const lines = ["氏名,1,2,3", "Emily Carter,N,,", ",,日,日", "Noah Brandt,,N,", ",日,,日"];

    expect(read(lines, { month: "2026-12" }).notUnderstood).toEqual([]);
    expect(starts(lines, { month: "2026-12" })).toHaveLength(6);
  });

  it("reads people as columns", () => {
    const lines = ["Date,,Emily Carter,Noah Brandt", "12/1,Tue,D,N", "12/2,Wed,D,"];

    expect(starts(lines, { month: "2026-12" })).toEqual([
      ...DECEMBER.slice(0, 1),
      "r2 2026-12-01 19",
      ...DECEMBER.slice(1),
    ]);
  });

  it("names a second table in the file, and reads nothing of it", () => {
    const reading = read(["Name,1,2,3", "Emily Carter,D,,D", "Name,4,5", "Noah Brandt,N,N"], {
      month: "2026-12",
    });

    expect(reading.entries.map(({ person }) => person)).toEqual(["r1", "r1"]);
    expect(places(reading)).toEqual(["3 -"]);
    expect(reading.accounts?.counts.leftOut).toBe(6);
  });

  it("counts days outside the rotations and codes for nothing", () => {
    const reading = read(["Name,2026-09-01,2026-12-01,2026-12-02", "Emily Carter,D,D,-"]);

    expect(reading.accounts?.counts).toEqual({
      unit: "cell",
      read: 1,
      skipped: { header: 4, name: 1, outside: 1, nothing: 1 },
      leftOut: 0,
    });
  });

  it("reads a table of one person's own without names", () => {
    expect(starts([",1,2", ",D,D"], { month: "2026-12", person: personId("r1") })).toEqual(DECEMBER);
  });
});
