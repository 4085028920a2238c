import { describe, expect, it } from "vitest";
import iconv from "iconv-lite";
import { PLATFORMS } from "#src/composition/platforms.ts";
import type { PeopleMistakeCode } from "#src/domain/people-mistake.ts";
import { DAY, later } from "#src/domain/time.ts";
import { peopleLines, type PeopleColumn } from "#src/roster/text/people/people-headings.ts";
import { notedPeople } from "#src/runtime/current-people.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { town } from "#test/support/files-town.ts";
import { withPlatform } from "#src/composition/platforms.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { bomb, workbook } from "#test/support/rosters/workbooks.ts";
import { folder } from "../unit/config/folder.ts";

const FILES = town("memory", { c1: "C1", r1: "U1", r2: "U2", a1: "U3" });
type Row = readonly (string | number | null)[];

const HEADER: Row = ["職員ID", "氏名", "英語名", "役割", "メールアドレス", "memory"];
const ROWS: readonly Row[] = [
  ["c1", "Kim Lee", null, "事務", null, "C1"],
  ["r1", "Maya Patel", null, "研修医", null, "U1"],
  ["ｒ２", "Lea Novak", null, "研修医", null, "U2"],
  ["a1", "Daniel Okafor", null, "指導医・研修担当者", null, "U3"],
  ["r3", "佐藤　健", "Ken Sato", "初期研修医", "ken＠example.org", null],
];

async function program(files: ReturnType<typeof folder>, at = "2026-12-01T06:00") {
  const attune = await onDisk([files.path("program.yaml")], at);
  await attune.beat();
  return attune;
}

const book = async (...sheets: Parameters<typeof workbook>[0]) => ({ bytes: await workbook(sheets) });

describe("a list of people in a workbook, with Japanese headers", () => {
  it("is taken from the sheet that has its columns, below a title that spans them", async () => {
    using files = folder(FILES);
    await using attune = await program(files);

    const card = await attune.gives(
      "C1",
      "meibo.xlsx",
      await book(
        { name: "説明", rows: [["この表の使い方"]] },
        {
          name: "名簿",
          rows: [["2026年度 救急科 名簿"], HEADER.map((cell) => cell), ...ROWS.map((row) => [...row])],
          merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 5 }],
        },
      ),
    );
    await attune.taps("C1", "Apply");
    await attune.beat();

    expect(card).toContain("What meibo.xlsx would change");
    expect(card).toContain("New: 佐藤 健");
    expect(card).toContain("Other roles: Daniel Okafor: attending and coordinator");
    expect(attune.hosted[0]!.program.people.at(-1)).toMatchObject({
      id: "r3",
      nameEn: "Ken Sato",
      roles: ["resident"],
      email: "ken@example.org",
    });
    // Someone added by hand stands in the columns as the file spells them.
    await attune.says("C1", "people");
    await attune.submits("C1", "Save", "Jonas Weber, resident, jonas@example.org");
    await attune.taps("C1", "Apply");
    await attune.beat();
    expect(attune.hosted[0]!.program.people.at(-1)).toMatchObject({ id: "r4", email: "jonas@example.org" });
  });

  it("is asked about where several sheets may be it, and then read as the one that was chosen", async () => {
    using files = folder(FILES);
    await using attune = await program(files);
    const rows = (more: readonly Row[]) => [HEADER, ...ROWS.slice(0, 4), ...more].map((row) => [...row]);

    const asked = await attune.gives(
      "C1",
      "both.xlsx",
      await book({ name: "今年度", rows: rows([]) }, { name: "来年度", rows: rows([ROWS[4]!]) }),
    );
    const card = await attune.taps("C1", "来年度");
    const applied = await attune.taps("C1", "Apply");

    expect(asked).toContain("Which sheet of both.xlsx is the list of people?");
    expect(card).toContain("New: 佐藤 健");
    expect(applied).toContain("both.xlsx is in force");
  });

  it("is refused where somebody stands in a hidden row, or a formula has no result: with the place, as the file spells it", async () => {
    using files = folder(FILES);
    await using attune = await program(files);
    const rows = [HEADER, ...ROWS].map((row) => [...row]);

    const hidden = await attune.gives(
      "C1",
      "hidden.xlsx",
      await book({ name: "名簿", rows, rowDefs: new Map([[2, { hidden: true }]]) }),
    );
    const formula = await attune.gives(
      "C1",
      "formula.xlsx",
      await book({
        name: "名簿",
        rows: rows.map((row, at) => (at === 5 ? ["r3", "#REF!", null, "研修医"] : row)),
      }),
    );

    expect(hidden).toContain("hidden.xlsx cannot be used");
    expect(hidden).toContain("row, column or cell 3 is hidden");
    expect(formula).toContain("formula.xlsx:6");
    expect(formula).toContain("氏名: “#REF!” is a formula without a result");
    expect(await attune.hosted[0]!.store.filesInForce()).toEqual([]);
  });

  it("names a column and a role as the file spells them, and takes Shift_JIS", async () => {
    using files = folder(FILES);
    await using attune = await program(files);
    const text = (role: string) => `氏名,職員ID,役割,memory\n山本 花子,c1,事務,C1\n鈴木 一郎,r1,${role},U1\n`;

    const wrong = await attune.gives("C1", "meibo.csv", { bytes: iconv.encode(text("専攻医"), "cp932") });
    const right = await attune.gives("C1", "meibo.csv", { bytes: iconv.encode(text("研修医"), "cp932") });

    expect(wrong).toContain("meibo.csv:3");
    expect(wrong).toContain("役割: “専攻医” is no role; write resident, attending");
    expect(right).toContain("山本 花子");
  });

  it("is no list where it says who works when, and no bomb or heap of sheets holds anything up", async () => {
    using files = folder(FILES);
    await using attune = await program(files);
    const header = ["職員ID", "氏名", "役割", "日付", "開始", "終了"];
    const sheets = Array.from({ length: 105 }, (_, at) => ({ name: `S${at}`, rows: [["x"]] }));

    const told = [
      await attune.gives(
        "C1",
        "roster.xlsx",
        await book({ name: "12月", rows: [header, ["r1", "x", "研修医"]] }),
      ),
      await attune.gives("C1", "bomb.xlsx", { bytes: bomb(60) }),
      await attune.gives("C1", "heap.xlsx", await book(...sheets)),
      await attune.gives("C1", "long.csv", `${FILES["people.csv"]}${"x,y,resident,,\n".repeat(80_000)}`),
    ];

    expect(told.filter((one) => !one.includes("cannot be used"))).toEqual([]);
    expect(await attune.hosted[0]!.store.filesInForce()).toEqual([]);
  });
});

const TWO = FILES["program.yaml"].replace(
  "people: people.csv",
  "  - name: ICU\n    from: 2026-12-29\n    to: 2027-01-25\npeople: people.csv",
);

describe("a list of people in which one cell is another", () => {
  /** r2 as they are, with every column; what another cell is shown as. A column that is new does not compile before it stands here. */
  const CELLS: Readonly<
    Record<Exclude<PeopleColumn, "id">, readonly [is: string, to: string, shown: string]>
  > = {
    name: ["Lea Novak", "Lea novak", "Other name: Lea Novak becomes Lea novak"],
    name_en: ["Lea Novak", "", "Other name in Latin letters: Lea Novak: none"],
    role: ["resident", "resident+attending", "Other roles: Lea Novak: resident and attending"],
    email: ["lea@example.org", "novak@example.org", "Other e-mail or account: Lea Novak"],
    locale: ["", "ja", "Other language, unless they chose one: Lea Novak: 日本語"],
    rotation: ["", "ICU", "Rotation: Lea Novak: ICU"],
  };
  const ACCOUNTS = Object.fromEntries(
    PLATFORMS.map(({ name }) => [name, ["x2", "x9", "Other e-mail or account: Lea Novak"] as const]),
  );
  const ROW = { ...CELLS, ...ACCOUNTS, memory: ["U2", "U9", "Other e-mail or account: Lea Novak"] as const };
  const list = (other?: string) =>
    [
      ["id", ...Object.keys(ROW)],
      [
        "c1",
        "Kim Lee",
        "",
        "coordinator",
        ...Object.keys(ROW)
          .slice(3, -1)
          .map(() => ""),
        "C1",
      ],
      ["r2", ...Object.entries(ROW).map(([column, [is, to]]) => (column === other ? to : is))],
    ]
      .map((cells) => cells.join(","))
      .join("\n");

  it.each(Object.entries(ROW))(
    "says so, applies it and counts it, whichever column: %s",
    async (column, [, , shown]) => {
      using files = folder({ ...FILES, "program.yaml": TWO, "people.csv": list() });
      await using attune = await program(files, "2026-12-01T10:00");
      const { store } = attune.hosted[0]!;
      const noted = await notedPeople(store);

      const card = await attune.gives("C1", "list.csv", list(column));
      await attune.taps("C1", "Apply");
      await attune.beat();
      files.write("people.csv", `${list()}\n`);
      for (let beats = 0; beats < 3; beats += 1) await attune.beat();

      expect(card).toContain(shown);
      expect(attune.chat("C1").join("\n")).toContain(
        "It changed: 1 person with something else in their row.",
      );
      expect(await notedPeople(store)).toMatchObject({ people: noted!.people });
    },
  );
});

describe("a mistake in a list of people", () => {
  /** What some lists of people cannot show: a file without columns is no list, and what else is of other files has tests of its own. */
  type OfOthers = "no-header" | "too-much" | "shared" | "program";
  const HEAD = "id,name,role,name_en,email,locale,rotation,memory";
  const ALL = [
    "c1,Kim Lee,coordinator,,,,,C1",
    "r1,Maya Patel,resident,,,,,U1",
    "a1,山本 花子,attending,,,,,U3",
  ];
  const list = (...rows: readonly string[]) => `${[HEAD, ...ALL, ...rows].join("\n")}\n`;
  /** A list with each mistake, and what stands in its sentence. A mistake that is new does not compile before it stands here. */
  const MISTAKES: Readonly<
    Record<Exclude<PeopleMistakeCode, OfOthers>, readonly [list: string, text?: string, more?: string]>
  > = {
    column: [list().replace(HEAD, `${HEAD},pager`), "pager"],
    "no-column": ["name,role,email\nKim Lee,coordinator,kim@example.org\n", "id"],
    "broken-line": [list("r3,Lea Novak")],
    nobody: [`${HEAD}\n`],
    unseen: [list("r3,Lea\u200BNovak,resident,,,,,"), "U+200B"],
    formula: [list("r3,=A1,resident,,,,,"), "=A1"],
    letters: [list("r3,\uFFFDLea,resident,,,,,"), "å±±æœ¬ èŠ±å\uFFFD"],
    empty: [list("r3,,resident,,,,,")],
    id: [list("r 3,Lea Novak,resident,,,,,"), "r 3"],
    latin: [list("r3,佐藤 健,resident,佐藤,,,,"), "佐藤"],
    role: [list("r3,Lea Novak,nurse,,,,,"), "nurse"],
    "half-role": [list("r3,Lea Novak,resident+,,,,,"), "resident+"],
    "role-twice": [list("r3,Lea Novak,resident+研修医,,,,,"), "研修医"],
    email: [list("r3,Lea Novak,resident,,lea,,,"), "lea"],
    language: [list("r3,Lea Novak,resident,,,fr,,"), "fr"],
    "not-on-rotation": [list("a2,Lea Novak,attending,,,,ER,")],
    rotation: [list("r3,Lea Novak,resident,,,,外科,"), "外科", "ER"],
    double: [list("r3,Lea Novak,resident,,,,,U1"), "U1", "3"],
    "no-coordinator": [list().replace("coordinator", "attending")],
    "named-in-program": [list().replace(/r1.*\n/u, ""), "r1"],
    "resident-in-program": [list().replace("resident", "attending"), "r1"],
  };
  const LISTS = Object.entries(MISTAKES) as [keyof typeof MISTAKES, (typeof MISTAKES)["role"]][];

  it.each(LISTS)(
    "is told in the reader's own language, with its place: %s",
    async (code, [text, what = "", more = ""]) => {
      const yaml = FILES["program.yaml"].replace("to: 2026-12-28", "$&\n    residents: [r1]");
      using files = folder({ ...FILES, "program.yaml": yaml, "people.csv": list() });
      await using attune = await program(files);

      const english = await attune.gives("C1", "x.csv", text);
      await attune.says("C1", "language ja");
      const japanese = await attune.gives("C1", "x.csv", text);

      expect(english).toContain(CATALOGUES.en.people.mistakes[code](what, more));
      expect(japanese).toContain(CATALOGUES.ja.people.mistakes[code](what, more));
      expect(japanese).toMatch(code.endsWith("-in-program") ? /program\.yaml:\d+：/u : /x\.csv(?::\d+)?：/u);
      expect(japanese.replaceAll(/「[^」]*」/gu, "")).not.toMatch(/[A-Za-z]{2,} [A-Za-z]{2,}/u);
    },
  );
});

it("a heading that is not known is named with the column that is missing, each column apart", async () => {
  using files = folder(FILES);
  await using attune = await program(files);
  const given = "氏名,役職,メール\n山本 花子,医長,y@example.org\n";

  const english = await attune.gives("C1", "meibo.csv", given);
  await attune.says("C1", "language ja");
  const japanese = await attune.gives("C1", "meibo.csv", given);

  expect(english.split("\n")).toEqual([
    "meibo.csv cannot be used, and nothing was changed:",
    "meibo.csv:1: the column id is missing, and 役職 is not known; if that is this column, call it id, else add it",
    "meibo.csv:1: the column role is missing, and 役職 is not known; if that is this column, call it role, else add it",
  ]);
  expect(japanese).toContain(
    "「役割」の列がありません。「役職」がこの列でしたら、見出しを「役割」に直してください。",
  );
});

it("a workbook whose one sheet lists people under a heading that is not known is a list of people", async () => {
  using files = folder(FILES);
  await using attune = await program(files);
  const rows = [
    ["職員ID", "氏名", "職種"],
    ["c1", "Kim Lee", "事務"],
  ];

  const told = await attune.gives("C1", "meibo.xlsx", await book({ name: "名簿", rows }));

  expect(told).toContain("the column role is missing, and 職種 is not known");
});

describe("a file without one of the columns that a list of people needs", () => {
  const told = (file: string) => peopleLines(file, true) !== undefined;

  it.each([
    "name,role,email\nKim Lee,attending,k@example.org\n",
    "名簿\n氏名;メール\n山本 花子;y@example.org\n",
    "職員ID,氏名,職種,メールアドレス\nc1,山本 花子,事務,y@example.org\n",
    "氏名,役職,メール\n山本 花子,医長,y@example.org\n",
    "Employee ID,Name,Position,Email\nc1,Kim Lee,coordinator,k@example.org\n",
  ])("is a list that lacks it: %j", (file) => expect(told(file)).toBe(true));

  it("is none beside other sheets where a heading is not known", () =>
    expect(peopleLines("氏名,内線,メール\n山本 花子,4000,y@example.org\n")).toBeUndefined());

  it.each([
    "氏名,役割,,,\n,,1,2,3\n山本,研修医,A,B,C\n",
    "Name,Role,1,2\nKim Lee,attending,D,N\n",
    "name,role,start,end\nKim Lee,attending,08:00,17:00\n",
    "person,start,end\nr1,2026-12-01T08:00,2026-12-01T17:00\n",
    "Kim Lee,Maya Patel\n",
    "氏名\n山本 花子\n",
    "Name,Email,Day of duty,Service\nKim Lee,k@example.org,12/5/2026,ED\n",
    "氏名,職員番号,出勤,退勤\n山本,r1,8:30,17:15\n",
    "氏名,職員番号,月,火\n山本,r1,日,準\n",
    "Name,Role,Mon,Tue\nKim Lee,attending,D,N\n",
  ])("is none where it may say who works when: %j", (file) => expect(told(file)).toBe(false));
});

describe("a resident's rotations", () => {
  it("are changed one by one, and say what shifts Attune asks about", async () => {
    using files = folder({ ...FILES, "program.yaml": TWO });
    await using attune = await program(files);
    const asked = async () => {
      const all = await attune.hosted[0]!.store.nudgesDuring(
        attune.clock.now(),
        later(attune.clock.now(), 30 * DAY),
      );
      return all.filter((one) => one.kind === "shift-goal" && one.person === "r2").map(({ state }) => state);
    };
    const before = await asked();

    const shown = await attune.says("C1", "people Novak");
    const difference = await attune.taps("C1", "ICU");
    await attune.taps("C1", "Apply");
    await attune.beat();
    const after = await asked();
    await attune.says("C1", "people Novak");
    const back = await attune.taps("C1", "as the program has it");
    await attune.taps("C1", "Apply");
    await attune.beat();

    expect(shown).toContain("Rotation: as the program has it");
    expect(difference).toContain("Rotation: Lea Novak: ICU");
    expect(before).toContain("planned");
    expect(new Set(after)).toEqual(new Set(["withdrawn"]));
    expect(back).toContain("Rotation: Lea Novak: as the program has it");
    expect(await asked()).toEqual(before);
  });

  it.each([
    ["their last day", "2026-12-28T06:00", ["ER", "ICU"]],
    ["the day after", "2026-12-29T06:00", ["ICU"]],
  ])("are offered until they are over: on %s", async (_, at, offered) => {
    using files = folder({ ...FILES, "program.yaml": TWO });
    await using attune = await program(files, at);

    await attune.says("C1", "people Novak");

    expect(attune.labels("C1").filter((label) => ["ER", "ICU"].includes(label))).toEqual(offered);
  });

  it("are added to those that somebody has, and taken from them, also of somebody who is kept out", async () => {
    const list = (...rows: readonly string[]) =>
      `id,name,role,email,memory,rotation\n${["c1,Kim Lee,coordinator,,C1,", ...rows, "a1,Daniel Okafor,attending,,U3,"].join("\n")}\n`;
    const [MAYA, LEA] = ["Maya Patel,resident,,U1,ER", "Lea Novak,resident,,U2,ICU"];
    using files = folder({ ...FILES, "program.yaml": TWO, "people.csv": list(`r1,${MAYA}`, `r2,${LEA}`) });
    await using attune = await program(files);
    const taps = async (who: string, rotation: string) => {
      await attune.says("C1", `people ${who}`);
      return attune.taps("C1", rotation);
    };

    const more = [await taps("Novak", "ER"), await taps("Novak", "ICU")];
    await attune.gives("C1", "people.csv", list(`r1,${LEA}`, `r2,${MAYA}`));
    await attune.taps("C1", "Apply");
    for (let beats = 0; beats < 2; beats += 1) await attune.beat();
    const keptOut = [await taps("Novak", "ER"), await taps("Patel", "ICU")];

    expect(more[0]).toContain("Rotation: Lea Novak: ICU and ER");
    expect(more[1]).toContain("Rotation: Lea Novak: as the program has it");
    expect(keptOut[0]).toContain("Rotation: Lea Novak: ICU and ER");
    expect(keptOut[1]).toContain("Rotation: Maya Patel: ER and ICU");
  });

  it("come with a list, and one that is none is named with those that there are", async () => {
    using files = folder({ ...FILES, "program.yaml": TWO });
    await using attune = await program(files);
    const list = (rotation: string) =>
      "職員ID,氏名,役割,memory,ローテーション\n" +
      `c1,Kim Lee,事務,C1,\nr1,Maya Patel,研修医,U1,${rotation}\nr2,Lea Novak,研修医,U2,\na1,Daniel Okafor,指導医,U3,\n`;

    const wrong = await attune.gives("C1", "meibo.csv", list("外科"));
    const nobody = await attune.gives("C1", "meibo.csv", list("").replace("指導医,U3,", "指導医,U3,ICU"));
    const right = await attune.gives("C1", "meibo.csv", list("ｅｒ＋ICU"));

    expect(wrong).toContain(
      "ローテーション: “外科” is no rotation of this program; write one of these, several with a + between: ER and ICU",
    );
    expect(nobody).toContain("ローテーション: only residents are on a rotation");
    expect(right).toContain("Rotation: Maya Patel: ER and ICU");
  });
});

it("a list that changes a name tells of no account that only the playground gives", async () => {
  using files = folder(FILES);
  await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00", {
    shown: (given) => withPlatform(given, "playground"),
  });
  await attune.beat();
  const renamed = FILES["people.csv"].replace("Maya Patel", "Maya Stone");

  const card = await attune.gives("C1", "people.csv", renamed);

  expect(card).toContain("Maya Stone");
  expect(card).not.toContain("Other e-mail or account");
});
