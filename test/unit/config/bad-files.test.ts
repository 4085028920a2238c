import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { packageCommand } from "#adapters/teams/package-command.ts";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { checkPrograms } from "#src/config/load-programs.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { readBytes } from "#src/roster/reading/read-source.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { workbook } from "#test/support/rosters/workbooks.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "../roster/context.ts";
import { folder } from "./folder.ts";

const YAML = `id: test
name: Test
timeZone: Europe/Berlin
locale: en
people: people.csv
rotations: [{ name: All, from: 2026-01-01, to: 2026-12-31 }]
roster: [{ file: roster.csv, format: csv }]
`;
const PEOPLE = "id,name,role\nr1,Séverine,resident\na1,Ben,attending\n";
type Files = Readonly<Record<string, string | Uint8Array>>;

/** Each mistake of program.yaml and people.csv in a line, and who is in it. */
function checked(changed: Files): {
  readonly mistakes: readonly string[];
  readonly people: readonly string[];
} {
  using files = folder({ "program.yaml": YAML, "people.csv": PEOPLE, ...changed });
  const { programs } = checkPrograms([files.path("program.yaml")], PLATFORMS);
  return {
    mistakes: programs.flatMap(({ problems }) => problems.map(describeProblem)),
    people: programs.flatMap(({ program }) => program?.people.map(({ name }) => name) ?? []),
  };
}

describe("files as other programs save them are read as they are meant", () => {
  const crlf = (text: string) => text.replaceAll("\n", "\r\n");
  it.each<readonly [string, Files]>([
    [
      "several line ends in people.csv",
      { "people.csv": "id,name,role\r\nr1,Séverine,resident\na1,Ben,attending\r" },
    ],
    ["CRLF and a byte order mark in program.yaml", { "program.yaml": `\uFEFF${crlf(YAML)}` }],
    ["CRLF and a byte order mark in people.csv", { "people.csv": `\uFEFF${crlf(PEOPLE)}` }],
    ["people.csv in Windows-1252", { "people.csv": iconv.encode(PEOPLE, "win1252") }],
    [
      "both in UTF-16",
      {
        "program.yaml": iconv.encode(YAML, "utf-16le", { addBOM: true }),
        "people.csv": iconv.encode(PEOPLE, "utf-16le", { addBOM: true }),
      },
    ],
  ])("%s", (_, files) => {
    expect(checked(files)).toEqual({ mistakes: [], people: ["Séverine", "Ben"] });
  });
});

describe("a file that is wrong is one clear line", () => {
  it.each<readonly [string, Files, string]>([
    [
      "a column of another name",
      { "people.csv": PEOPLE.replace("role", "rolle") },
      'people.csv:1: role: there is no column role; the columns here are id, name, rolle; call "rolle" role',
    ],
    [
      "a tab as indentation",
      { "program.yaml": `${YAML}policy:\n\tdigestHour: 8\n` },
      "program.yaml:9: a tab indents this line, and YAML takes spaces alone; put two spaces in its place",
    ],
    [
      "a tab before a setting of the file itself",
      { "program.yaml": `${YAML}\tsupport: the office\n` },
      "program.yaml:8: a tab indents this line, and YAML takes spaces alone; put two spaces in its place",
    ],
    [
      "people.csv that names a folder",
      { "program.yaml": YAML.replace("people.csv", ".") },
      ".: the file cannot be read (it is a folder); put it there, or mend the path that names it",
    ],
  ])("%s", (_, files, line) => {
    expect(checked(files).mistakes).toEqual([line]);
  });
});

describe("a roster that is wrong as a whole is one clear line, and nothing of it is used", () => {
  const context = contextOf({ people: [someone("r1"), someone("a1")] });

  it.each([
    ["MM/DD/YYYY", "DD/MM/YYYY", "13/12/2026", "01/12/2026"],
    ["DD/MM/YYYY", "MM/DD/YYYY", "12/13/2026", "12/01/2026"],
  ])("dates that contradict `dates: %s`", (dates, other, clear, unclear) => {
    const text = `person,start,end\nr1,${unclear} 08:00,17:00\na1,${clear} 08:00,17:00\nr1,${clear} 18:00,20:00\n`;

    const wrong = csv({ file: "roster.csv", text, dates }, context);
    const right = csv({ file: "roster.csv", text, dates: other }, context);

    expect(wrong).toMatchObject({ entries: [], unreadable: true });
    expect(wrong.accounts?.counts).toMatchObject({ read: 0, leftOut: 3 });
    expect(wrong.notUnderstood.map(describeProblem)).toEqual([
      `roster.csv:3: dates: "${clear}" cannot be ${dates}, as program.yaml says, but ${other}; nothing of this file is used, since other dates in it would be read as another day; if it has all dates so, write \`dates: ${other}\` in program.yaml; else mend this one`,
    ]);
    expect(right.entries).toHaveLength(3);
    expect(right.notUnderstood).toEqual([]);
  });

  it("a tab of a workbook whose columns are all called otherwise", async () => {
    const rows = [
      ["who", "from when", "until"],
      ["r1", "2026-03-02T08:00", "17:00"],
    ];
    const bytes = await workbook([{ name: "March", rows }]);

    const reading = await readBytes({ name: "r.xlsx", format: "csv", sheet: "March" }, bytes, context);

    expect(reading.notUnderstood.map(describeProblem)).toEqual([
      'r.xlsx:1: there is no column person, nor start, nor end; the columns here are "who, from when, until"; write a header person,start,end[,label][,role], or name its columns in program.yaml under `columns`',
    ]);
  });
});

describe("a place that cannot be written to is one clear line with what to do", () => {
  it("the key file's", () => {
    using files = folder({ "a-file": "" });
    const file = files.path("a-file/attune.key");

    expect(() => loadMasterKey(file, { create: true })).toThrow(
      `The key file ${file} cannot be made (ENOTDIR): let Attune's user write in its folder, or set ATTUNE_KEY_FILE to another place.`,
    );
  });

  it("the Teams app package's", async () => {
    using files = folder({ "a-file": "" });
    const out = files.path("a-file/app.zip");
    const wish = { appId: "11111111-1111-4111-8111-111111111111", url: "https://attune.example" };

    await expect(
      packageCommand.run(
        { ...wish, developer: "Attune", version: "1.0.0", out },
        { settings: () => undefined, line() {} },
      ),
    ).rejects.toThrow(
      new RegExp(
        `^${out} cannot be written \\((?:ENOTDIR|EEXIST)\\): name another place with --out\\.$`,
        "u",
      ),
    );
  });
});
