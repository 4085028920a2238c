import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addAlias } from "#src/commands/alias.ts";
import { aliasCall, unknownText } from "#src/commands/unknown-text.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
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

it.each([0o600, 0o664])(
  "writes into the file that a link names, which stays its owner's and for the same readers: %i",
  (mode) => {
    using files = folder({ ...FILES, "kept/program.yaml": YAML });
    const [link, kept] = [files.path("program.yaml"), files.path("kept/program.yaml")];
    rmSync(link);
    symlinkSync(join("kept", "program.yaml"), link);
    chmodSync(kept, mode);
    if (process.getuid?.() === 0) chownSync(kept, 4_242, 4_343);
    const before = statSync(kept);

    addAlias(link, "Surge T", "r1", {}, silent);

    const after = statSync(kept);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(kept, "utf8")).toContain("Surge T: r1");
    expect([after.mode & 0o777, after.uid, after.gid]).toEqual([mode, before.uid, before.gid]);
    expect(readdirSync(files.path("kept"))).toEqual(["program.yaml"]);
  },
);

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

it.each(["latin1", "utf16le"] as const)(
  "reads the file as it was loaded, and loses no letter of %s",
  (encoding) => {
    const bytes = Buffer.from(
      `${encoding === "utf16le" ? "\uFEFF" : ""}${YAML.replace("Test", "Hôpital")}`,
      encoding,
    );
    using files = folder({ ...FILES, "program.yaml": bytes });

    addAlias(files.path("program.yaml"), "Ünal", "r1", {}, silent);

    expect(readFileSync(files.path("program.yaml"), "utf8")).toContain("name: Hôpital Hospital\n");
    expect(readFileSync(files.path("program.yaml"), "utf8")).toContain("Ünal: r1");
  },
);

it("keeps the ends of lines as they are", () => {
  using files = folder({ ...FILES, "program.yaml": YAML.replaceAll("\n", "\r\n") });

  addAlias(files.path("program.yaml"), "Surge T", "r1", {}, silent);

  const text = readFileSync(files.path("program.yaml"), "utf8");
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
  expect(text).toContain("Surge T: r1");
});

it.each([
  ["an entry that is written elsewhere", YAML.replace("roster:", "roster: &all"), "Surge T", {}],
  [
    "names of two rosters in one place",
    YAML.replace("aliases: {", "aliases: &names {").concat("    aliases: *names\n"),
    "Surge T",
    { as: "a.csv" },
  ],
  [
    "names that are another roster's",
    YAML.replace("aliases: {", "aliases: &names {").concat("    aliases: *names\n"),
    "Surge T",
    { as: "b.csv" },
  ],
  ["an empty name", YAML, "", {}],
  ["a blank one", YAML, " \u3000", {}],
])("refuses %s in its own words, and writes nothing", (_, yaml, name, options) => {
  using files = folder({ ...FILES, "program.yaml": yaml });

  expect(() => addAlias(files.path("program.yaml"), name, "r1", options, silent)).toThrow(
    /by hand\.$|^The name is empty/u,
  );
  expect(readFileSync(files.path("program.yaml"), "utf8")).toBe(yaml);
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

it("says how to write an alias of a name as it is, and of one that was cut where its whole name goes", async () => {
  using files = folder({
    "x.csv": `person,start,end\n${["Surge T", "Night float ".repeat(9)].map((name) => `${name},2026-03-02T08:00,17:00`).join("\n")}\n`,
  });
  const program = {
    people: [],
    timeZone: "Europe/Berlin",
    rotations: [{ name: "", from: "2026-03-02", to: "2026-03-29" }],
  };

  const { reading } = await carryOut({
    source: { name: "x.csv", path: files.path("x.csv"), format: "csv" },
    program,
  });

  expect(unknownNames(reading.notUnderstood, []).map(aliasCall)).toEqual([
    expect.stringContaining('attune alias "Surge T" ID'),
    "write an id of people.csv, or add the name to `aliases`",
  ]);
});
