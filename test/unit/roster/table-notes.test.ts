import { describe, expect, it } from "vitest";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import type { Dialect } from "#src/roster/text/dialect.ts";
import type { RosterReading } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, daysOfEach } from "./context.ts";

/* Notes in and around a table of people and days: what they may change is left out and named, the rest is kept. */

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "Noah Brandt" }),
    someone("r3", { name: "佐藤 健" }),
    someone("r4", { name: "鈴木 葵" }),
    someone("a1", { name: "Daniel Okafor" }),
  ],
});

const codes = { D: "07:00-19:00", N: "19:00-07:00" };

const read = (lines: readonly string[], more: Dialect = {}): RosterReading =>
  matrix({ file: "x.csv", text: lines.join("\n"), month: "2026-12", codes, ...more }, context);

/** "r1 1 2 3, r2 2 | noted-day A5": the days of each person's duties, and what is named. */
function outcome({ entries, notUnderstood, accounts }: RosterReading): string {
  const duties = entries.filter(({ kind }) => kind === "duty");
  const told = notUnderstood.map(({ why, field }) => `${why.code} ${field ?? "-"}`);
  expect(accounts!.counts.leftOut === 0).toBe(told.length === 0);
  return `${daysOfEach(duties)} | ${told.join(", ")}`;
}

describe("a column behind the days", () => {
  const beside = (note: string, heading = "Notes") =>
    outcome(
      read([`Name,1,2,3,${heading}`, `Emily Carter,D,D,D,"${note}"`, "Noah Brandt,D,D,D,", "佐藤 健,D,D,D,"]),
    );
  const all = "r1 1 2 3, r2 1 2 3, r3 1 2 3 | ";

  it.each([
    ["vacation 12/2", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["sick Dec 2nd", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["2日 病欠", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["12月2日(水)は学会", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["1、2日 有給", "r1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["vacation 12/2-12/3", "r1 1, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["2日から3日まで休み", "r1 1, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["12/1-2 conference", "r1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["12/2 leaves at 3 pm", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["2日は17時まで", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["12/2", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
  ])("leaves out the day that a note means: %s", (note, expected) => {
    expect(beside(note)).toBe(expected);
  });

  it.each([
    "LOA",
    "out until 12/3",
    "vacation from 12/2",
    "2日から休み",
    "産休中",
    "on leave",
    "12/2 and Mondays off",
    "3/4 vacation",
    "swaps with Grace Lindqvist",
    "maybe",
    "退職予定",
  ])("leaves out the row where it is not sure which days: %s", (note) => {
    expect(beside(note)).toBe("r2 1 2 3, r3 1 2 3 | noted-day E2");
  });

  it.each([
    ["swapped 12/2 with Brandt", "r1 1 3, r2 1 3, r3 1 2 3 | noted-day E2"],
    ["2日は佐藤と交代", "r1 1 3, r2 1 2 3, r3 1 3 | noted-day E2"],
    ["trades with Noah Brandt", "r3 1 2 3 | noted-day E2"],
    ["Brandt?", "r3 1 2 3 | noted-day E2"],
    // Whose the other day is, nobody knows.
    ["swapped 12/2", "r1 1 3, r2 1 3, r3 1 3 | noted-day E2"],
    ["2日 交代済み", "r1 1 3, r2 1 3, r3 1 3 | noted-day E2"],
  ])("leaves out whom else a note may mean: %s", (note, expected) => {
    expect(beside(note)).toBe(expected);
  });

  it.each([
    ["3", "Total"],
    ["160h", "Hours"],
    ["8日", "公休"],
    ["12.5 days left", "Vacation balance"],
    ["3", "Notes"],
    ["-", "備考"],
    ["Emily Carter", "Name"],
    ["Daniel Okafor", "Mentor"],
    ["resident", "Role"],
    ["PGY-2", "Level"],
    ["2nd year", "Level"],
    ["Green", "Team"],
    ["Off-service", "Service"],
    ["hired 4/1", "Since"],
    ["2026-12-02", "Printed"],
    ["夜勤専従", "勤務形態"],
    ["night float", "Remarks"],
  ])("passes over what changes nothing: %s under %s", (note, heading) => {
    expect(beside(note, heading)).toBe(all);
  });

  it("counts for a date under a heading of leave, and for a name under one of changes", () => {
    expect(beside("12/2", "Vacation")).toBe("r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2");
    expect(beside("Noah Brandt", "Swaps")).toBe("r3 1 2 3 | noted-day E2");
  });

  it("counts also in a row of somebody who is not in people.csv", () => {
    const reading = read(["Name,1,2,3,Notes", "Emily Carter,D,D,D,", "Rosa Diaz,D,,,12/2 swaps with Carter"]);

    expect(outcome(reading)).toBe("r1 1 3 | noted-day E3, nobody name");
  });
});

describe("a column before the days", () => {
  it.each([
    ["Name,Status,1,2,3", "LOA", "a1 1 2 3 | noted-day B2"],
    ["Name,Status,1,2,3", "out 12/2", "r1 1 3, a1 1 2 3 | noted-day B2"],
    ["氏名,備考,1,2,3", "産休中", "a1 1 2 3 | noted-day B2"],
    ["氏名,備考,1,2,3", "12/2 有給", "r1 1 3, a1 1 2 3 | noted-day B2"],
    ["Name,Team,1,2,3", "Green", "r1 1 2 3, a1 1 2 3 | "],
    ["Name,No.,1,2,3", "1234", "r1 1 2 3, a1 1 2 3 | "],
    ["氏名,所属,1,2,3", "救急科", "r1 1 2 3, a1 1 2 3 | "],
  ])("%s has %s", (header, note, expected) => {
    expect(outcome(read([header, `Emily Carter,${note},D,D,D`, "Daniel Okafor,,D,D,D"]))).toBe(expected);
  });

  it("is a line where people are columns", () => {
    const table = [",Emily Carter,Daniel Okafor", "Notes,12/2 sick,", "2026-12-01,D,D", "2026-12-02,D,D"];

    expect(outcome(read(table, { month: "2026-12" }))).toBe("r1 1, a1 1 2 | noted-day B2");
  });
});

describe("a line around a table", () => {
  const table = ["Name,1,2,3", "Emily Carter,D,N,", "Noah Brandt,,D,N", "佐藤 健,D,D,D"];
  const [above, below] = [(line: string) => [line, ...table], (line: string) => [...table, line]];

  it.each([
    ['"Note: 12/2 Carter N swapped with Brandt D",,,', "r1 1, r2 3, r3 1 2 3 | noted-day"],
    ['"Update: Carter and Brandt switched 12/2",,,', "r1 1, r2 3, r3 1 2 3 | noted-day"],
    ["※2日は佐藤 休み,,,", "r1 1 2, r2 2 3, r3 1 3 | noted-day"],
    ['"Carter works for Brandt, see e-mail",,,', "r1 1 2, r2 2 3, r3 1 2 3 | no-day"],
    ["佐藤は都合により交代しました,,,", "r1 1 2, r2 2 3, r3 1 2 3 | no-day"],
    ["12/2 D and N swapped,,,", "r1 1 2, r2 2 3, r3 1 2 3 | no-day"],
    ["Carter off until 12/2,,,", "r1 1 2, r2 2 3, r3 1 2 3 | no-day"],
  ])("that changes a shift is told, and the days that it surely means are left out: %s", (line, expected) => {
    expect(outcome(read(above(line)))).toBe(`${expected} A1`);
    expect(outcome(read(below(line)))).toBe(`${expected} A5`);
  });

  it.each([
    "ED December 2026,,,",
    "Prepared by Daniel Okafor 12/1,,,",
    "作成: 佐藤 健,,,",
    "Chief resident: Emily Carter,,,",
    "Last changed 12/2/2026,,,",
    "変更版 12/3,,,",
    "Questions? Call Okafor at 12345,,,",
    "Team A,,,",
    "Requests for vacation are due by 12/2,,,",
  ])("is a title else: %s", (line) => {
    const all = "r1 1 2, r2 2 3, r3 1 2 3 | ";

    expect([outcome(read(above(line))), outcome(read(below(line)))]).toEqual([all, all]);
  });

  it("counts above a table of names, too", () => {
    const reading = read(["12/6 佐藤→鈴木,,", "日付,曜日,当直", "5,土,佐藤", "6,日,鈴木"]);

    expect(outcome(reading)).toBe("r3 5 | noted-day A1");
  });
});

describe("rows of what was asked for and of what is planned", () => {
  it.each([
    ["区分", "希望", "予定"],
    ["区分", "希望シフト", "確定"],
    ["Type", "Requested", "Scheduled"],
    ["Row", "Request", "Plan"],
    ["", "Draft", "Final"],
  ])("%s: %s is no duty beside %s", (heading, asked, planned) => {
    const reading = read([
      `${heading},Name,1,2,3`,
      `${asked},Emily Carter,D,,`,
      `${planned},Emily Carter,,D,N`,
      `${asked},Noah Brandt,,N,休`,
      `${planned},Noah Brandt,N,N,`,
    ]);

    expect(outcome(reading)).toBe("r1 2 3, r2 1 2 | ");
    expect(reading.entries.every(({ kind }) => kind === "duty")).toBe(true);
  });

  it.each(["希望", "(希望)", "Requested"])("of %s alone nothing is read", (asked) => {
    const reading = read(["Name,Type,1,2", `Emily Carter,${asked},D,N`, "Noah Brandt,,N,D"]);

    expect(outcome(reading)).toBe("r2 1 2 | not-sure B2");
  });

  it("leaves out a day of which the plan and what was worked say different things", () => {
    const reading = read([
      "氏名,区分,1,2,3,4",
      "佐藤 健,予定,D,D,D,D",
      "佐藤 健,実績,D,N,,",
      "鈴木 葵,予定,D,D,D,D",
      "鈴木 葵,実績,,D,,",
    ]);

    expect(outcome(reading)).toBe("r3 1 3 4 1, r4 2 3 4 2 | two-readings D2, two-readings C4");
  });

  it("takes a second row that only says what it is for the same person's", () => {
    const reading = read([
      "氏名,区分,1,2,3",
      "佐藤 健,予定,D,D,D",
      ",実績,D,N,",
      "鈴木 葵,希望,D,D,N",
      ",予定,,D,",
    ]);

    expect(outcome(reading)).toBe("r3 1 3 1, r4 2 | two-readings D2");
  });

  it("takes a change for one of what was planned", () => {
    const reading = read(["Name,Type,1,2,3", "Emily Carter,Original,D,D,D", "Emily Carter,Changed,,N,"]);

    expect(outcome(reading)).toBe("r1 1 3 | two-readings D2");
  });

  it("reads them where people are columns", () => {
    const reading = read([",Emily Carter,Emily Carter", "区分,希望,予定", "2026-12-01,D,", "2026-12-02,,D"]);

    expect(outcome(reading)).toBe("r1 2 | ");
  });
});
