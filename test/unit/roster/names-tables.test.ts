import { describe, expect, it } from "vitest";
import { ROSTER_READERS } from "#src/roster/formats/formats.ts";
import type { RosterReading, RosterText } from "#src/roster/text/reader.ts";
import { recordsOf } from "#src/roster/text/tables/records.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, spans } from "./context.ts";

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "佐藤 健" }),
    someone("r2", { name: "高橋 葵" }),
    someone("r3", { name: "鈴木 一郎" }),
    someone("r4", { name: "鈴木 花子" }),
    someone("r5", { name: "Emily Carter" }),
    someone("r6", { name: "Noah Brandt" }),
    someone("a1", { name: "田中 真理" }),
    someone("a2", { name: "Daniel Okafor" }),
    someone("a3", { name: "小川 明" }),
  ],
  from: "2026-10-01T00:00",
  to: "2027-03-01T00:00",
});

type Rows = readonly string[];
const JA: Rows = ["令和8年12月 当直表,,,", "日付,曜日,日直,当直"];
const EN: Rows = ["December 2026,,,", "Date,Weekday,Day 07:00-19:00,Night (19-07)"];
const OWN = { Day: "07:00-19:00", Night: "19:00-07:00" };

const read = (rows: Rows, source: Partial<RosterText> = {}) =>
  ROSTER_READERS.matrix({ file: "x.csv", text: rows.join("\n"), ...source }, context);

/** "5 r1 17:15-08:30" for each shift of December, "5 r1 away" for each day off. */
const shifts = (reading: RosterReading) =>
  spans(reading)
    .map((span) => {
      const [, away, who, day, start, end] =
        /^(away )?(\S+) 2026-12-(\d\d)T(\S{5}):00Z \S+T(\S{5}):00Z$/u.exec(span) ?? [];
      return `${Number(day)} ${who} ${away === undefined ? `${start}-${end}` : "away"}`;
    })
    .toSorted();
/** "4 C4 open 未定": where, why, and what. */
const told = (reading: RosterReading) =>
  reading.notUnderstood
    .map(({ line, field, why }) => [line ?? "-", field ?? "-", why.code, why.text ?? ""].join(" ").trim())
    .toSorted();
const cellsIn = (rows: Rows) =>
  recordsOf("x.csv", rows.join("\n"), []).flatMap(({ cells }) => cells.filter((cell) => cell !== "")).length;
const counted = ({ accounts }: RosterReading) => {
  const { read: found, skipped, leftOut } = accounts!.counts;
  return found + leftOut + Object.values(skipped).reduce((sum, count) => sum + count, 0);
};

interface File {
  readonly rows: Rows;
  readonly source?: Partial<RosterText>;
  readonly shifts: Rows;
  readonly told?: Rows;
}

/** What was read and told of a file; every cell of it has become something. */
function outcome({ rows, source }: Pick<File, "rows" | "source">) {
  const reading = read(rows, source);
  return { shifts: shifts(reading), told: told(reading), cells: counted(reading) };
}

const wanted = ({ rows, shifts: own, told: named = [] }: File) => ({
  shifts: own.toSorted(),
  told: named.toSorted(),
  cells: cellsIn(rows),
});

const [DAY, NIGHT] = ["08:30-17:15", "17:15-08:30"];

describe("a table with a day in each line and names in its cells is read", () => {
  const files: Readonly<Record<string, File>> = {
    "with 日直 and 当直, a title of an era, and totals below": {
      rows: [...JA, "5,土,佐藤,田中", "6,日,高橋 葵,佐藤健", "合計,,2,2"],
      shifts: [`5 r1 ${DAY}`, `5 a1 ${NIGHT}`, `6 r2 ${DAY}`, `6 r1 ${NIGHT}`],
    },
    "with the three shifts of a ward": {
      rows: [
        "2026年12月,,,,",
        "日付,曜,日勤,準夜,深夜",
        "12/5,土,佐藤先生,田中,高橋",
        "12/6,日,高橋,佐藤,田中先生",
      ],
      shifts: [
        `5 r1 ${DAY}`,
        "5 a1 16:30-01:15",
        "5 r2 00:30-09:15",
        `6 r2 ${DAY}`,
        "6 r1 16:30-01:15",
        "6 a1 00:30-09:15",
      ],
    },
    "with hours in the headings": {
      rows: [...EN, "5,Sat,Carter,Okafor", "6,Sun,Dr. Brandt,Emily Carter"],
      shifts: ["5 r5 07:00-19:00", "5 a2 19:00-07:00", "6 r6 07:00-19:00", "6 r5 19:00-07:00"],
    },
    "with hours in Japanese headings": {
      rows: [
        "2026年12月,,,",
        "日付,曜日,ER当直1 17:00-翌8:30,ER当直2（18時～翌9時）",
        "5,土,佐藤,田中",
        "6,日,高橋,佐藤",
      ],
      shifts: ["5 r1 17:00-08:30", "5 a1 18:00-09:00", "6 r2 17:00-08:30", "6 r1 18:00-09:00"],
    },
    "with hours in a line below the headings": {
      rows: [
        "2026年12月,,,",
        "日付,曜日,ER1,ER2",
        ",,8:00～16:30,16:00～0:30",
        "5,土,佐藤,田中",
        "6,日,高橋,佐藤",
      ],
      shifts: ["5 r1 08:00-16:30", "5 a1 16:00-00:30", "6 r2 08:00-16:30", "6 r1 16:00-00:30"],
    },
    "with hours in a line below the table": {
      rows: [
        "2026年12月,,,",
        "日付,曜日,ER当直1,当直",
        "5,土,佐藤,田中",
        "6,日,高橋,佐藤",
        "ER当直1 18:00～8:00,,,",
      ],
      shifts: ["5 r1 18:00-08:00", `5 a1 ${NIGHT}`, "6 r2 18:00-08:00", `6 r1 ${NIGHT}`],
    },
    "with hours of program.yaml, where Day and 日 are duties and no weekdays": {
      rows: ["Dec 2026,,,", "Date,Day,Night,日", "1,Carter,Okafor,佐藤", "2,Brandt,Carter,高橋"],
      source: { codes: OWN },
      shifts: [
        "1 r5 07:00-19:00",
        "1 a2 19:00-07:00",
        `1 r1 ${DAY}`,
        "2 r6 07:00-19:00",
        "2 r5 19:00-07:00",
        `2 r2 ${DAY}`,
      ],
    },
    "with whole dates and no title, under a heading of its own": {
      rows: ["Date,Day of week,Night 19:00-07:00", "2026-12-05,Sat,Okafor", "2026-12-06,Sun,Carter"],
      shifts: ["5 a2 19:00-07:00", "6 r5 19:00-07:00"],
      told: ["1 heading unknown-duty Day of week"],
    },
    "with several in one cell": {
      rows: [
        ...JA,
        "5,土,佐藤・田中,高橋／佐藤",
        "6,日,佐藤 田中,高橋 葵 佐藤 健",
        '7,月,"佐藤\n田中","Carter, Brandt"',
        '8,火,"Carter, Emily",Emily Carter Noah Brandt',
      ],
      shifts: [
        `5 r1 ${DAY}`,
        `5 a1 ${DAY}`,
        `5 r2 ${NIGHT}`,
        `5 r1 ${NIGHT}`,
        `6 r1 ${DAY}`,
        `6 a1 ${DAY}`,
        `6 r2 ${NIGHT}`,
        `6 r1 ${NIGHT}`,
        `7 r1 ${DAY}`,
        `7 a1 ${DAY}`,
        `7 r5 ${NIGHT}`,
        `7 r6 ${NIGHT}`,
        `8 r5 ${DAY}`,
        `8 r5 ${NIGHT}`,
        `8 r6 ${NIGHT}`,
      ],
    },
    "with nobody on some days": {
      rows: [...JA, "5,土,休,-", "6,日,なし,佐藤", "7,月,,ー"],
      shifts: [`6 r1 ${NIGHT}`],
    },
    "with roles in the headings": {
      rows: ["2026年12月,,,", "日付,曜日,研修医当直,日直（研修医）", "1,火,佐藤,高橋", "2,水,高橋,佐藤"],
      shifts: [`1 r1 ${NIGHT}`, `1 r2 ${DAY}`, `2 r2 ${NIGHT}`, `2 r1 ${DAY}`],
    },
    "with headings on two lines": {
      rows: [
        "2026年12月,,,,",
        "日付,曜日,ER,ER,病棟",
        ",,日直,当直,当直",
        "1,火,佐藤,田中,高橋",
        "2,水,高橋,佐藤,田中",
      ],
      shifts: [
        `1 r1 ${DAY}`,
        `1 a1 ${NIGHT}`,
        `1 r2 ${NIGHT}`,
        `2 r2 ${DAY}`,
        `2 r1 ${NIGHT}`,
        `2 a1 ${NIGHT}`,
      ],
    },
    "with a column of leave and one of rest": {
      rows: ["2026年12月,,,,", "日付,曜日,当直,明け,休暇", "1,火,佐藤,田中,高橋", "2,水,田中,佐藤,高橋"],
      shifts: [`1 r1 ${NIGHT}`, "1 r2 away", `2 a1 ${NIGHT}`, "2 r2 away"],
    },
    "in two blocks beside each other under the same headings": {
      rows: [
        "2026年12月,,,,,",
        "日付,曜日,当直,日付,曜日,当直",
        "14,月,佐藤,16,水,高橋",
        "15,火,高橋,17,木,田中",
        ",,,18,金,佐藤",
        "※質問は事務まで,,,,,",
      ],
      shifts: [`14 r1 ${NIGHT}`, `15 r2 ${NIGHT}`, `16 r2 ${NIGHT}`, `17 a1 ${NIGHT}`, `18 r1 ${NIGHT}`],
    },
    "with two lines for each day": {
      rows: ["2026年12月,,", "日付,曜日,当直", "1,火,佐藤", ",,田中", "2,水,高橋", ",,佐藤"],
      shifts: [`1 r1 ${NIGHT}`, `1 a1 ${NIGHT}`, `2 r2 ${NIGHT}`, `2 r1 ${NIGHT}`],
    },
    "with the days across, and the duties down": {
      rows: [
        "2026年12月 当直表,,,",
        ",1,2,3",
        ",火,水,木",
        "日直,佐藤,田中,高橋",
        "当直 17:00-翌8:30,田中,佐藤,",
      ],
      shifts: [`1 r1 ${DAY}`, "1 a1 17:00-08:30", `2 a1 ${DAY}`, "2 r1 17:00-08:30", `3 r2 ${DAY}`],
    },
    "with how often each is on duty, beside it and below it": {
      rows: [
        "2026年12月,,,,,",
        "日付,曜日,当直,,氏名,回数",
        "1,火,佐藤,,佐藤,1",
        "2,水,高橋,,高橋,1",
        "氏名,当直,,,,",
        "佐藤,1,,,,",
        "高橋,1,,,,",
      ],
      shifts: [`1 r1 ${NIGHT}`, `2 r2 ${NIGHT}`],
    },
    "with notes that name nobody, and who made it": {
      rows: [
        "2026年12月,,,",
        "作成者 田中,,,",
        "日付,曜日,当直,備考",
        "1,火,佐藤,忘年会",
        "2,水,高橋,",
        "当直室の内線は1234,,,",
      ],
      shifts: [`1 r1 ${NIGHT}`, `2 r2 ${NIGHT}`],
    },
    "with numbers of people": {
      rows: ["2026年12月,,,", "日付,曜日,当直,人数", "1,火,佐藤,1", "2,水,高橋,1"],
      shifts: [`1 r1 ${NIGHT}`, `2 r2 ${NIGHT}`],
    },
  };

  it.each(Object.entries(files))("%s", (_, file) => expect(outcome(file)).toEqual(wanted(file)));

  it("in the role that a heading says", () => {
    const rows = ["2026年12月,,", "日付,曜日,研修医 当直", "1,火,佐藤", "2,水,高橋"];

    expect(read(rows).entries).toMatchObject([
      { kind: "duty", role: "resident", isStated: true, label: "研修医 当直" },
      { kind: "duty", role: "resident", isStated: true },
    ]);
  });

  it("and speaks for all of its days", () => {
    expect(read([...JA, "5,土,佐藤,田中", "6,日,-,休"]).covers).toMatchObject({
      from: Date.UTC(2026, 11, 5),
      to: Date.UTC(2026, 11, 7),
    });
  });
});

// domain: Two readings that contradict
describe("what is doubtful in a table of names is left out and named", () => {
  const files: Readonly<Record<string, File>> = {
    "swaps, brackets, open places, a part of a shift, sick people": {
      rows: [
        ...JA,
        "5,土,佐藤→田中,(高橋)",
        "6,日,未定,佐藤?",
        "8,火,佐藤 病欠,山本",
        "9,水,佐藤(〜22時),×佐藤",
        "10,木,佐藤（田中）,鈴木",
        "11,金,佐藤か田中,高橋・山本",
      ],
      shifts: [`11 r2 ${NIGHT}`],
      told: [
        "3 C3 two-readings 佐藤→田中",
        "3 D3 two-readings (高橋)",
        "4 C4 open 未定",
        "4 D4 two-readings 佐藤?",
        "5 C5 two-readings 佐藤 病欠",
        "5 D5 nobody 山本",
        "6 C6 two-readings 佐藤(〜22時)",
        "6 D6 two-readings ×佐藤",
        "7 C7 two-readings 佐藤(田中)",
        "7 D7 ambiguous 鈴木",
        "8 C8 nobody 佐藤か田中",
        "8 D8 nobody 山本",
        "3 - missing-row 2026-12-07",
      ],
    },
    "the same in English": {
      rows: [
        ...EN,
        "5,Sat,Carter for Brandt,TBD",
        "6,Sun,Carter or Brandt,Carter (sick)",
        "7,Mon,Carter Brandt,Olivia Carter",
        "8,Tue,Carter am,Smith",
        "9,Wed,open,Carter -> Brandt",
      ],
      shifts: [],
      told: [
        "3 C3 two-readings Carter for Brandt",
        "3 D3 open TBD",
        "4 C4 two-readings Carter or Brandt",
        "4 D4 two-readings Carter (sick)",
        "5 C5 two-readings Carter Brandt",
        "5 D5 nobody Olivia Carter",
        "6 C6 two-readings Carter am",
        "6 D6 nobody Smith",
        "7 C7 open open",
        "7 D7 two-readings Carter -> Brandt",
      ],
    },
    "a given name that is also a word for the morning after a night": {
      rows: [...JA, "5,土,小川 明,佐藤 明", "6,日,佐藤,小川明"],
      shifts: ["5 a3 08:30-17:15", "6 a3 17:15-08:30", "6 r1 08:30-17:15"],
      told: ["3 D3 two-readings 佐藤 明"],
    },
    "names that are not sure yet": {
      rows: [
        ...EN,
        "5,Sat,Carter (TBD),Brandt to be confirmed",
        "6,Sun,Carter / TBD,maybe Brandt",
        "7,Mon,Draft Carter,佐藤（仮）",
        "8,Tue,Brandt and TBC,佐藤・未定",
      ],
      shifts: ["6 r5 07:00-19:00", "8 r1 19:00-07:00", "8 r6 07:00-19:00"],
      told: [
        "3 C3 open Carter (TBD)",
        "3 D3 open Brandt to be confirmed",
        "4 C4 open TBD",
        "4 D4 open maybe Brandt",
        "5 C5 open Draft Carter",
        "5 D5 open 佐藤（仮）",
        "6 C6 open TBC",
        "6 D6 open 未定",
      ],
    },
    "a duty without known hours": {
      rows: ["2026年12月,,,", "日付,曜日,ER当直1,当直", "5,土,佐藤,田中", "6,日,高橋,佐藤"],
      shifts: [`5 a1 ${NIGHT}`, `6 r1 ${NIGHT}`],
      told: ["2 heading unknown-duty ER当直1"],
    },
    "a role alone, which has no hours": {
      rows: ["2026年12月,,,", "日付,曜日,研修医,当直", "5,土,佐藤,田中", "6,日,高橋,佐藤"],
      shifts: [`5 a1 ${NIGHT}`, `6 r1 ${NIGHT}`],
      told: ["2 heading unknown-duty 研修医"],
    },
    "a role that is not theirs": {
      rows: ["2026年12月,,", "日付,曜日,当直（指導医）", "5,土,佐藤", "6,日,高橋"],
      shifts: [],
      told: ["3 C3 not-their-role attending", "4 C4 not-their-role attending"],
    },
    "a heading with a start and no end": {
      rows: ["2026年12月,,", "日付,曜日,当直 17:00～", "1,火,佐藤", "2,水,高橋"],
      shifts: [],
      told: ["2 heading two-readings 当直 17:00~"],
    },
    "a heading with hours of some days": {
      rows: ["2026年12月,,", "日付,曜日,当直（平日 17:15～8:30）", "1,火,佐藤", "2,水,高橋"],
      shifts: [],
      told: ["2 heading two-readings 当直(平日 17:15~8:30)"],
    },
    "other hours in the heading than in program.yaml, which count": {
      rows: ["2026年12月,,", "日付,曜日,当直 18:00-8:00", "1,火,佐藤", "2,水,高橋"],
      source: { codes: { 当直: "17:00-09:00" } },
      shifts: ["1 r1 17:00-09:00", "2 r2 17:00-09:00"],
      told: ["2 heading two-readings 当直 18:00-8:00"],
    },
    "names under no heading": {
      rows: ["2026年12月,,,", "日付,曜日,当直,", "1,火,佐藤,田中", "2,水,高橋,佐藤"],
      shifts: [`1 r1 ${NIGHT}`, `2 r2 ${NIGHT}`],
      told: ["3 D3 no-heading"],
    },
    "days that nobody can read": {
      rows: [
        "2026年12月,,,",
        "日付,曜日,日直,当直",
        "1O,木,佐藤,田中",
        "11,金,高橋,佐藤",
        "12,土,田中,高橋",
        "13?,日,田中,高橋",
      ],
      shifts: [`11 r2 ${DAY}`, `11 r1 ${NIGHT}`, `12 a1 ${DAY}`, `12 r2 ${NIGHT}`],
      told: ["3 C3 no-day 佐藤", "6 C6 no-day 田中"],
    },
    "a second line of one day alone": {
      rows: ["2026年12月,,", "日付,曜日,当直", "1,火,佐藤", ",,田中", "2,水,高橋"],
      shifts: [`1 r1 ${NIGHT}`, `2 r2 ${NIGHT}`],
      told: ["4 C4 no-day 田中"],
    },
    "a day that is missing": {
      rows: [...JA, "5,土,佐藤,田中", "7,月,高橋,佐藤"],
      shifts: [`5 r1 ${DAY}`, `5 a1 ${NIGHT}`, `7 r2 ${DAY}`, `7 r1 ${NIGHT}`],
      told: ["3 - missing-row 2026-12-06"],
    },
    "the day of a note that names somebody, and notes of changes below": {
      rows: [
        "2026年12月,,,",
        "日付,曜日,当直,備考",
        "1,火,佐藤,佐藤→田中",
        "2,水,高橋,",
        "※12/2は高橋から佐藤に変更,,,",
        "12/2 山本に交代,,,",
      ],
      shifts: [`2 r2 ${NIGHT}`],
      told: [
        "3 D3 noted-day 佐藤→田中",
        "5 A5 no-day ※12/2は高橋から佐藤に変更",
        "6 A6 no-day 12/2 山本に交代",
      ],
    },
    "duty and leave of one person on one day": {
      rows: ["2026年12月,,,", "日付,曜日,当直,休暇", "1,火,佐藤,佐藤・田中", "2,水,高橋,"],
      shifts: ["1 a1 away", `2 r2 ${NIGHT}`],
      told: ["3 C3 two-readings 佐藤 / 佐藤・田中"],
    },
    "a line that lost a cell": {
      rows: [...JA, "5,土,佐藤,田中", "6,日,佐藤", "7,月,佐藤,田中", "8,火,佐藤,田中"],
      shifts: ["5", "7", "8"].flatMap((day) => [`${day} r1 ${DAY}`, `${day} a1 ${NIGHT}`]),
      told: ["4 - broken-line"],
    },
    "names that are nobody's here": {
      rows: [...JA, "5,土,山本,山田", "6,日,山口,山下"],
      shifts: [],
      told: ["3 C3 nobody 山本", "3 D3 nobody 山田", "4 C4 nobody 山口", "4 D4 nobody 山下"],
    },
    "a table of somebody's own beside it": {
      rows: [
        "2026年12月,,,,,",
        "日付,曜日,当直,,氏名,電話",
        "1,火,佐藤,,佐藤,内線12a",
        "2,水,高橋,,高橋,内線34b",
      ],
      shifts: [`1 r1 ${NIGHT}`, `2 r2 ${NIGHT}`],
      told: ["2 E2 two-tables 2"],
    },
  };

  it.each(Object.entries(files))("%s", (_, file) => expect(outcome(file)).toEqual(wanted(file)));
});

describe("a table of names is refused as a whole", () => {
  const files: Readonly<Record<string, File>> = {
    "for a weekday of another month": {
      rows: [...JA, "5,土,佐藤,田中", "6,月,高橋,佐藤"],
      shifts: [],
      told: ["4 B4 another-weekday 月"],
    },
    "for a title of another month": {
      rows: ["2026年11月,,,", "日付,曜日,日直,当直", "2026/12/5,土,佐藤,田中", "2026/12/6,日,高橋,佐藤"],
      shifts: [],
      told: ["- - no-month"],
    },
    "where nothing says the month": {
      rows: ["日付,曜日,日直,当直", "5,土,佐藤,田中", "6,日,高橋,佐藤"],
      shifts: [],
      told: ["1 - no-month"],
    },
    "where a day stands twice": {
      rows: [...JA, "5,土,佐藤,田中", "5,土,高橋,佐藤", "6,日,高橋,佐藤"],
      shifts: [],
      told: ["4 A4 no-date 5"],
    },
    "where its days go back": {
      rows: [...JA, "6,日,佐藤,田中", "5,土,高橋,佐藤", "7,月,高橋,佐藤"],
      shifts: [],
      told: ["2 - no-month"],
    },
    "in two blocks with other headings": {
      rows: [
        "2026年12月,,,,,,,",
        "日付,曜日,日直,当直,日付,曜日,当直,日直",
        "1,火,佐藤,田中,16,水,高橋,佐藤",
        "2,水,高橋,佐藤,17,木,田中,高橋",
      ],
      shifts: [],
      told: ["2 - two-tables 2"],
    },
  };

  it.each(Object.entries(files))("%s", (_, file) => {
    expect(outcome(file)).toEqual(wanted(file));
    expect(read(file.rows).unreadable).toBe(true);
  });
});

it("people as columns stay people, and their cells codes", () => {
  const rows = ["Date,,佐藤 健,高橋 葵", "12/1,Tue,日,当直", "12/2,Wed,日,田中"];
  const reading = read(rows, { month: "2026-12" });

  expect(shifts(reading)).toEqual([`1 r1 ${DAY}`, `1 r2 ${NIGHT}`, `2 r1 ${DAY}`]);
  expect(told(reading)).toEqual(["3 day 2 unknown-code 田中"]);
});
