import { describe, expect, it } from "vitest";
import { LAKESIDE } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { workbook } from "#test/support/rosters/workbooks.ts";
import { folder } from "../unit/config/folder.ts";

const PEOPLE = `${[
  "id,name,role,locale,memory",
  "c1,Kim Lee,coordinator,en,C1",
  "c2,事務 花子,coordinator,ja,C2",
  "r1,佐藤 健,resident,ja,U1",
  "r2,高橋 葵,resident,ja,U2",
  "a1,田中 真理,attending,ja,U3",
].join("\n")}\n`;
const TABLE = {
  "program.yaml": LAKESIDE.replace("format: csv", "format: matrix"),
  "people.csv": PEOPLE,
  "roster.csv": "氏名,2026-12-02\nr1,日\na1,日\n",
};
const LIST = {
  "program.yaml": LAKESIDE,
  "people.csv": PEOPLE,
  "roster.csv": "person,start,end\nr1,2026-12-02T08:00,17:00\na1,2026-12-02T08:00,17:00\n",
};

/** What each coordinator reads of a file, in English and in Japanese. */
async function told(files: typeof TABLE, given: string | { readonly bytes: Uint8Array }, name = "r.csv") {
  using on = folder(files);
  await using attune = await onDisk([on.path("program.yaml")], "2026-12-01T06:00");
  await attune.beat();
  return [await attune.gives("C1", name, given), await attune.gives("C2", name, given)] as const;
}

describe("what of a roster cannot be read: coordinators read why, and what they can do", () => {
  it.each([
    [
      "weekdays of another month",
      TABLE,
      "2026年12月,,,\n氏名,5,6,7\n,日,月,火\n佐藤健,日,準,休\n田中真理,日,日,日\n",
      "r.csv:3: “日” is not a date, or not that day of the week\nPlease look whether the table is of that month",
      "r.csv:3：「日」は日付でないか、曜日が合いません\nその月の表かどうか、曜日が日付と合っているかをご確認ください",
    ],
    [
      "a role that is not theirs",
      LIST,
      "person,start,end,role\nr1,2026-12-05T08:00,17:00,attending\nr2,2026-12-06T08:00,17:00,resident\n",
      "r.csv:2: Dr. 佐藤 is not listed as attending\nPlease correct the role in the roster; or write “people”",
      "r.csv:2：佐藤先生は名簿で「指導医」になっていません\n勤務表の役割を訂正するか、「名簿」と氏名を送って",
    ],
    [
      "another weekday in a list",
      {
        ...LIST,
        "program.yaml": `${LAKESIDE}    columns: { person: 氏名, date: 日付, start: 開始, end: 終了 }\n`,
      },
      "氏名,日付,開始,終了\n佐藤 健,2026/12/5(月),8:30,17:15\n",
      "r.csv:2: “2026/12/5(月)” is not a date, or not that day of the week\nPlease look whether",
      "r.csv:2：「2026/12/5(月)」は日付でないか、曜日が合いません\nその月の表かどうか",
    ],
    [
      "two tables in a file",
      TABLE,
      "2026年12月,,\n氏名,5,6\n佐藤健,日,準\n田中真理,日,日\n氏名,7,8\n佐藤健,日,準\n",
      "r.csv:5: a table of its own begins here, beside the one that begins on line 2\nPlease put each table",
      "r.csv:5：ここから別の表が始まっています（もう一つの表は2行目から）\n表ごとに別のファイルに",
    ],
    [
      "two lists in a file",
      LIST,
      `${LIST["roster.csv"]}person,end,start\nr2,17:00,2026-12-05T08:00\n`,
      "begins on line 1\nPlease put each table into a file of its own.",
      "もう一つの表は1行目から",
    ],
    [
      "hours in the cells of a table",
      TABLE,
      "氏名,2026-12-05,2026-12-06\n佐藤健,08:00-17:00,日\n田中真理,日,日\n",
      "Hours themselves are read in a list with a row for each shift, and not in the cells of a table.",
      "勤務1回を1行に書いた表であれば読み込めます",
    ],
    [
      "a missing day",
      TABLE,
      "氏名,2026-12-04,2026-12-05,2026-12-07\n佐藤健,日,日,準\n田中真理,日,日,日\n",
      "r.csv:1: the header goes past 2026-12-06: nothing is read or taken back there\nPlease put the column back",
      "r.csv:1：見出しに2026-12-06がありません。その日の勤務は読み取りも取り消しもしません\n抜けた列を戻してください",
    ],
  ])("%s", async (_, files, given, english, japanese) => {
    const [en, ja] = await told(files, given);

    expect(en).toContain(english);
    expect(ja).toContain(japanese);
  });
});

describe("a table with a day in each row and names in its cells", () => {
  const ROWS = [
    ["令和8年12月 当直表", null, null, null],
    ["日付", "曜日", "日直", "当直"],
    [5, "土", "佐藤", "田中"],
    [6, "日", "高橋 葵", "佐藤健"],
  ];
  const csv = (rows: readonly (readonly (string | number | null)[])[]) =>
    rows.map((row) => row.map((cell) => cell ?? "").join(",")).join("\n");

  it.each([
    ["whose roster is a table", TABLE],
    ["whose roster is a list", LIST],
  ])("is read in a program %s", async (_, files) => {
    const [en, ja] = await told(files, csv(ROWS));

    expect(en).toContain("4 shifts of 3 people, December 2026.");
    for (const line of ["Dr. 佐藤: 2 shifts added", "Dr. 高橋: 1 shift added", "Dr. 田中: 1 shift added"])
      expect(en).toContain(line);
    expect(en).not.toContain("left out");
    expect(ja).toContain("佐藤先生：追加2件");
  });

  it("is read of a workbook, too", async () => {
    const bytes = await workbook([{ name: "12月", rows: ROWS }]);

    const [en] = await told(TABLE, { bytes }, "r.xlsx");

    expect(en).toContain("4 shifts of 3 people, December 2026.");
  });

  it("is read from a sheet for each month, and what of the workbook does not count is told", async () => {
    const january = [
      ["日付", "当直"],
      [1, "田中"],
      [2, "佐藤"],
    ];
    const bytes = await workbook([
      { name: "11月(旧)", rows: [["2026年11月"], ["日付", "当直"], [29, "田中"], [30, "田中"]] },
      { name: "12月", rows: ROWS },
      { name: "2027年1月", rows: january },
      { name: "2027年2月", rows: january, hidden: true },
    ]);

    const [en, ja] = await told(TABLE, { bytes }, "r.xlsx");

    for (const line of [
      "6 shifts of 3 people, December 2026 and January 2027.",
      "r.xlsx: the sheet “11月(旧)” is called an old one, a draft or a template, and was not read",
    ])
      expect(en).toContain(line);
    expect(ja).toContain("2026年12月、2027年1月、3人、勤務6件。");
    expect(ja).toContain(
      "シート「11月(旧)」は、名前から旧版・案・ひな形と考えられるため、読み取りませんでした",
    );
  });

  it("is asked about where two sheets are of the same days", async () => {
    const bytes = await workbook([
      { name: "救急", rows: ROWS },
      { name: "病棟", rows: ROWS },
    ]);

    const [en] = await told(TABLE, { bytes }, "r.xlsx");

    expect(en).toContain("( ) 救急\n( ) 病棟");
  });

  it("is read with doubts, each of which is told with its place and what to do", async () => {
    const rows = [
      ["令和8年12月 当直表", null, null, null, null, null],
      ["日付", "曜日", "日直", "当直", "ER当直1", "備考"],
      [5, "土", "佐藤→田中", "田中", "高橋", null],
      [6, "日", "未定", "佐藤", "高橋", null],
      [7, "月", "佐藤", "田中", null, "佐藤は高橋と交代"],
      ["※12/5は佐藤から高橋に変更", null, null, null, null, null],
    ];

    const [en, ja] = await told(TABLE, csv(rows));

    for (const line of [
      "2 shifts of 2 people, December 2026.",
      "r.csv:2: nothing says the hours of the duty “ER当直1”",
      "Please write its hours into the heading or below the table, such as “Night 17:00-8:30”",
      "r.csv:3: “佐藤→田中” can be read in two ways",
      "r.csv:4: “未定” leaves open who works",
      "Please write who works, or leave the cell empty.",
      "r.csv:5: the note “佐藤は高橋と交代” may change who works: that day was left out",
      "r.csv:6: “※12/5は佐藤から高橋に変更” names somebody and stands beside no day",
    ])
      expect(en).toContain(line);
    for (const line of [
      "r.csv:2：「ER当直1」という勤務の時間がわかりません",
      "r.csv:4：「未定」では勤務する人が決まっていません",
      "勤務する人を記入するか、空欄にしてください。",
      "r.csv:5：備考「佐藤は高橋と交代」で勤務が変わっている可能性があるため、この日は読み取りませんでした",
      "r.csv:6：「※12/5は佐藤から高橋に変更」に氏名がありますが、どの日のことかわかりません",
    ])
      expect(ja).toContain(line);
  });

  it("asks who an unknown name is, and which month it is", async () => {
    using on = folder(TABLE);
    await using attune = await onDisk([on.path("program.yaml")], "2026-12-01T06:00");
    await attune.beat();

    const who = await attune.gives("C1", "r.csv", csv(ROWS).replaceAll("高橋 葵", "高梁"));
    const month = await attune.gives("C2", "s.csv", csv(ROWS.slice(1)));
    const chosen = await attune.taps("C2", "2026-12");

    expect(who).toContain("Who is “高梁”?");
    expect(month).toContain("何月");
    expect(chosen).toContain("2026年12月、3人、勤務4件。");
  });

  it("is another program's where the names are nobody's here", async () => {
    const others = csv(ROWS).replaceAll(/佐藤健|佐藤|田中|高橋 葵/gu, "山本");

    const [en] = await told(TABLE, others);

    expect(en).toContain("Nobody in r.csv is in this program");
    expect(en).toContain("山本");
  });
});
