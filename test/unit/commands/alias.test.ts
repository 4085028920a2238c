import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { addAlias } from "#src/commands/alias.ts";
import { unknownText } from "#src/commands/unknown-text.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { unknownNames } from "#src/roster/text/people/unknown-names.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "../roster/context.ts";
import { folder } from "../config/folder.ts";

const YAML = `# the emergency department
name: Test Hospital
timeZone: Europe/Berlin
locale: en
rotations:
  - name: ER # in spring
    from: 2026-03-02
    to: 2026-03-29
people: people.csv
roster:
  - file: a.csv # residents
    format: csv
    aliases: { "Night float": r2 } # since May
  - file: b.csv
    format: csv
`;
const PEOPLE = "id,name,role,email,locale\nr1,Emily Carter,resident,,en\nr2,Noah Brandt,resident,,en\n";
const FILES = { "program.yaml": YAML, "people.csv": PEOPLE, "a.csv": "", "b.csv": "" };
const silent = { line: () => {}, text: () => {}, note: () => {}, progress: () => {} };

it("adds a name to every roster, and leaves all comments and lines as they are", () => {
  using files = folder(FILES);

  addAlias(files.path("program.yaml"), "Surge T", "r1", {}, silent);

  const lines = readFileSync(files.path("program.yaml"), "utf8").split("\n");
  expect(lines.filter((line) => !YAML.split("\n").includes(line))).toEqual([
    '    aliases: { "Night float": r2, Surge T: r1 } # since May',
    "    aliases:",
    "      Surge T: r1",
  ]);
  expect(YAML.split("\n").filter((line) => !lines.includes(line))).toEqual([
    '    aliases: { "Night float": r2 } # since May',
  ]);
});

it("adds it to one roster that is named, and twice changes nothing", () => {
  using files = folder(FILES);
  const file = files.path("program.yaml");

  addAlias(file, "Surge T", "r1", { as: "b.csv" }, silent);
  const once = readFileSync(file, "utf8");
  addAlias(file, "surge t", "r1", { as: "b.csv" }, silent);

  expect(once.match(/Surge T/gu)).toHaveLength(1);
  expect(readFileSync(file, "utf8")).toBe(once);
});

it.each([
  ["Surge T", "r9", {}, 'Nobody with the id "r9" is in'],
  ["NIGHT FLOAT", "r1", {}, '"Night float" is Noah Brandt (r2) in a.csv already'],
  ["Surge T", "r1", { as: "c.csv" }, "No roster is called c.csv"],
])("refuses %s for %s with %j, and writes nothing", (name, id, options, message) => {
  using files = folder(FILES);

  expect(() => addAlias(files.path("program.yaml"), name, id, options, silent)).toThrow(message);
  expect(readFileSync(files.path("program.yaml"), "utf8")).toBe(YAML);
});

it("gathers unknown names with the shifts that hang on them and who may be meant", () => {
  const people = [someone("r1", { name: "Emily Carter" }), someone("r2", { name: "Noah Brandt" })];
  const row = (name: string, date: string) => `${name},2026-03-${date}T08:00,17:00`;
  const text = ["person,start,end", row("Cartr", "02"), row("Surge T", "03"), row("SURGE T", "04")].join(
    "\n",
  );

  const { notUnderstood } = csv({ file: "x.csv", text }, contextOf({ people }));

  expect(unknownNames(notUnderstood, people).map(unknownText)).toEqual([
    'x.csv:3: who is "Surge T"? 2 shifts hang on it',
    'x.csv:2: who is "Cartr"? 1 shift hangs on it; nearest: r1 (Emily Carter)',
  ]);
});
