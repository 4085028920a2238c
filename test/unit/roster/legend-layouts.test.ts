import { describe, expect, it } from "vitest";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* Hours that a file states under a full name or in another layout: they count, or the usual ones do not. */

const people = [
  someone("r1", { name: "佐藤 健" }),
  someone("a1", { name: "田中 真理" }),
  someone("r2", { name: "Emily Carter" }),
];
const context = contextOf({ timeZone: "UTC", people });
const TABLE = ["氏名,1,2,3", "佐藤 健,日,夜,明", "田中 真理,夜,明,日"];

function read(lines: readonly string[]) {
  const { entries, notUnderstood } = matrix(
    { file: "x.csv", text: lines.join("\n"), month: "2026-12" },
    context,
  );
  const shifts = entries
    .filter(({ kind }) => kind === "duty")
    .map(
      ({ label, start, end }) =>
        `${label} ${[start, end].map((at) => new Date(at).toISOString().slice(11, 16)).join("-")}`,
    );
  const unclear = notUnderstood.flatMap(
    ({ message }) => /^the hours of "(.+?)" are/u.exec(message)?.[1] ?? [],
  );
  return { shifts: [...new Set(shifts)].sort(), unclear: [...new Set(unclear)].sort() };
}

const STATED = ["夜 16:00-09:00", "日 08:00-16:30"];

describe("hours of the file count", () => {
  it.each<readonly [string, readonly string[]]>([
    ["under full names", [...TABLE, "日勤 8:00～16:30　夜勤 16:00～翌9:00,,,"]],
    ["under full names, in rows", [...TABLE, "日勤,8:00～16:30,,", "夜勤,16:00～9:00,,"]],
    ["with the code in brackets", [...TABLE, "日勤（日）：8:00～16:30　夜勤（夜）：16:00～翌9:00,,,"]],
    ["with the name in brackets", [...TABLE, "日（日勤）：8:00～16:30、夜（夜勤）：16:00～翌9:00,,,"]],
    ["in four cells", [...TABLE, "凡例,,,", "日,日勤,8:00,16:30", "夜,夜勤,16:00,9:00"]],
    ["in a row below the codes", [...TABLE, "記号,日,夜,", "時間,8:00～16:30,16:00～9:00,"]],
    ["in a row without a heading", [...TABLE, "日,夜,,", "8:00～16:30,16:00～9:00,,"]],
    [
      "in a row below their names",
      [...TABLE, "記号,日,夜,", "名称,日勤,夜勤,", "時間,8:00～16:30,16:00～9:00,"],
    ],
    [
      "beside the days",
      ["氏名,1,2,3,,記号,時間", "佐藤 健,日,夜,明,,日,8:00～16:30", "田中 真理,夜,明,日,,夜,16:00～9:00"],
    ],
    [
      "beside the days, as start and end",
      [
        "氏名,1,2,3,,コード,開始,終了",
        "佐藤 健,日,夜,明,,日,8:00,16:30",
        "田中 真理,夜,明,日,,夜,16:00,9:00",
      ],
    ],
    [
      "below people in columns",
      ["日付,佐藤 健,田中 真理", "1,日,夜", "2,夜,明", "3,休,日", "日 8:00～16:30　夜 16:00～9:00,,"],
    ],
    [
      "in rows below people in columns",
      ["日付,佐藤 健,田中 真理", "1,日,夜", "2,夜,明", "3,休,日", "日,8:00～16:30,", "夜,16:00～9:00,"],
    ],
  ])("%s", (_, lines) => {
    expect(read(lines)).toEqual({ shifts: STATED, unclear: [] });
  });

  it.each<readonly [string, readonly string[]]>([
    [
      "beside the days across",
      [
        "2026年12月,,,,",
        "勤務,1,2,3,時間",
        "日直,佐藤,田中,佐藤,8:00～16:30",
        "当直,田中,佐藤,田中,16:30～8:00",
      ],
    ],
    [
      "before the days across",
      [
        "2026年12月,,,,",
        "勤務,時間,1,2,3",
        "日直,8:00～16:30,佐藤,田中,佐藤",
        "当直,16:30～8:00,田中,佐藤,田中",
      ],
    ],
    [
      "beside the duties",
      [
        "2026年12月,,,,,",
        "日付,日直,当直,,記号,時間",
        "1,佐藤,田中,,日直,8:00～16:30",
        "2,田中,佐藤,,当直,16:30～8:00",
        "3,田中,佐藤,,,",
      ],
    ],
    [
      "half past, in the headings",
      ["2026年12月,,", "日付,日直 8時～16時半,当直（16時半～翌8時）", "1,佐藤,田中", "2,田中,佐藤"],
    ],
  ])("of names under duties: %s", (_, lines) => {
    expect(read(lines)).toEqual({ shifts: ["当直 16:30-08:00", "日直 08:00-16:30"], unclear: [] });
  });

  it("of a code in English, under a heading of codes beside the days", () => {
    const lines = [
      "Name,1,2,3,,Code,Meaning,Hours",
      "Emily Carter,D,N,D,,D,Day,7a-7p",
      "佐藤 健,N,D,N,,N,Night,7p-7a",
    ];

    expect(read(lines)).toEqual({ shifts: ["D 07:00-19:00", "N 19:00-07:00"], unclear: [] });
  });
});

describe("the usual hours do not count, and the code is named", () => {
  const NIGHT = ["夜 16:00-09:00"];

  // domain: Two readings that contradict
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ["another kind of the duty", ["日勤A 8:00～16:30　夜勤 16:00～翌9:00,,,"], NIGHT],
    ["the duty on call of the day", ["日直 8:00～16:30　夜勤 16:00～翌9:00,,,"], NIGHT],
    ["two hours of the full name", ["日勤 8:00～16:30　日勤 9:00～17:30　夜 16:00～9:00,,,"], NIGHT],
    ["a full name without am and pm", ["日勤 8:30～5:15,,,", "夜勤 16:00～9:00,,,"], NIGHT],
    ["three times in a row", ["凡例,,,", "日,8:00,16:30,1:00", "夜,夜勤,16:00,9:00"], NIGHT],
    ["hours before the code", ["8:00～16:30,日,,", "夜,16:00～9:00,,"], NIGHT],
  ])("where the file states %s", (_, legend, shifts) => {
    expect(read([...TABLE, ...legend])).toEqual({ shifts, unclear: ["日"] });
  });

  it("where starts and ends stand in rows of their own", () => {
    const lines = [...TABLE, "記号,日,夜,", "開始,8:00,16:00,", "終了,16:30,9:00,"];

    expect(read(lines)).toEqual({ shifts: [], unclear: ["夜", "日"] });
  });

  it("where a note beside the days of somebody states them", () => {
    const lines = ["氏名,1,2,3,備考", "佐藤 健,日,夜,明,日勤は9:00～17:30", "田中 真理,夜,明,日,"];

    expect(read(lines)).toEqual({ shifts: ["夜 16:30-09:30"], unclear: ["日"] });
  });

  it("where both names stand in the table and only one has hours", () => {
    const lines = ["氏名,1,2,3", "佐藤 健,日,日勤,明", "日勤 8:00～16:30,,,"];

    expect(read(lines)).toEqual({ shifts: ["日勤 08:00-16:30"], unclear: ["日"] });
  });
});

it("sums of hours beside the days are no hours of codes", () => {
  const lines = ["氏名,1,2,3,回数,時間", "佐藤 健,日,夜,明,2,24:30", "田中 真理,夜,明,日,2,160:15"];

  expect(read(lines)).toEqual({ shifts: ["夜 16:30-09:30", "日 08:30-17:15"], unclear: [] });
});

it.each([
  "※日勤8:00-16:30，夜勤16:00-9:00",
  "日8:00-16:30夜16:00-9:00",
  "日勤8時から16時半、夜勤16時から9時",
])("a line in which nothing parts a code and its hours is a legend, and no broken row: %s", (line) => {
  const text = ["氏名,1,2,3", "佐藤 健,日,夜,明", "田中 真理,夜,明,日", `"${line}"`].join("\n");
  const { notUnderstood } = matrix({ file: "x.csv", text, month: "2026-12" }, context);

  expect(notUnderstood).toEqual([]);
  expect(read([text]).shifts).toEqual(STATED);
});
