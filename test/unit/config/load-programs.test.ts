import { describe, expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { programFiles } from "#src/config/program-files.ts";
import { readSettings } from "#src/config.ts";
import { folder, PEOPLE, ROSTER, YAML } from "./folder.ts";

/** The files of a program in a folder of its own. */
const at = (
  place: string,
  { yaml = `id: ${place}\n${YAML}`, people = PEOPLE }: { readonly yaml?: string; readonly people?: string },
) => ({
  [`${place}/program.yaml`]: yaml,
  [`${place}/people.csv`]: people,
  [`${place}/roster.csv`]: ROSTER,
});

/** The same ids as PEOPLE's, and other people. */
const OTHERS = `id,name,role,email,locale,slack,teams
r1,Aya Ito,resident,aya@example.org,ja,U7,
a1,Mia Berg,attending,mia@example.org,,,
`;

const mistakesOf = (files: readonly string[]): readonly string[] => {
  try {
    loadPrograms(files, PLATFORMS);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
};

describe("the programs that ATTUNE_PROGRAM names", () => {
  it("are one file, files and folders with commas between them, or a folder of programs by name", () => {
    using files = folder({ ...at("b", {}), ...at("a", {}), "notes/readme.txt": "none" });
    const [a, b] = [files.path("a/program.yaml"), files.path("b/program.yaml")];

    expect(programFiles(b)).toEqual([b]);
    expect(programFiles(`${b}, ${files.path("a")},${b}`)).toEqual([b, a]);
    expect(programFiles(files.path("."))).toEqual([a, b]);
    expect(programFiles("gone/program.yaml")).toEqual(["gone/program.yaml"]);
    expect(programFiles(files.path("notes"))).toEqual([]);
  });

  it("may stand at a path with a comma in it", () => {
    using files = folder(at("Ward 3, North", {}));

    const path = files.path("Ward 3, North/program.yaml");

    expect(programFiles(path)).toEqual([path]);
  });

  it("must be somewhere, and are too many for the playground", () => {
    using files = folder({ ...at("a", {}), ...at("b", {}), "notes/readme.txt": "none" });
    const read = (env: Readonly<Record<string, string>>) => () => readSettings(env, PLATFORMS);
    const both = files.path(".");

    expect(read({ ATTUNE_PROGRAM: files.path("notes") })).toThrow(
      /ATTUNE_PROGRAM: there is no program.yaml/u,
    );
    expect(read({ ATTUNE_PROGRAM: both, ATTUNE_PLAYGROUND: "1" })).toThrow(
      "ATTUNE_PLAYGROUND: the playground shows one program, and ATTUNE_PROGRAM names 2; name one program",
    );
    expect(read({ ATTUNE_PROGRAM: both })().playground).toBe(false);
  });
});

describe("several programs in one process", () => {
  it("may have people with the same ids", () => {
    using files = folder({ ...at("north", {}), ...at("south", { people: OTHERS }) });

    const loaded = loadPrograms(programFiles(files.path(".")), PLATFORMS);

    expect(loaded.map(({ program }) => [program.id, program.people[0]!.name])).toEqual([
      ["north", "佐藤 健"],
      ["south", "Aya Ito"],
    ]);
  });

  it("have all their mistakes reported at once, each by the folder that it is in", () => {
    using files = folder({
      ...at("north", { yaml: `id: north\n${YAML.replace("Europe/Berlin", "Tokio")}` }),
      ...at("south", { people: OTHERS.replace("resident", "boss") }),
    });

    const [first, ...mistakes] = mistakesOf(programFiles(files.path(".")));

    expect(first).toBe("The programs cannot start (2 mistakes).");
    expect(mistakes).toEqual([
      expect.stringContaining(`${files.path("north/program.yaml")}:3: timeZone: "Tokio"`),
      expect.stringContaining(`${files.path("south/people.csv")}:2: role: "boss"`),
    ]);
  });

  it("share no id", () => {
    using files = folder({
      ...at("north", { yaml: YAML }),
      ...at("south", { yaml: YAML, people: OTHERS }),
    });

    expect(mistakesOf(programFiles(files.path("."))).slice(1)).toEqual([
      `${files.path("south/program.yaml")}:1: id: "test-hospital" is the id of ${files.path("north/program.yaml")}, too; give each program an id of its own`,
    ]);
  });

  it.each([
    "x9,Ken Sato,resident,,,u1,",
    "x9,Ken Sato,resident,KEN@example.org,,,",
    // A sign-in address in place of an account is looked for among the e-mails, and the other way round.
    "x9,Dan,attending,Dan@example.org,,,",
    "x9,Ken Sato,resident,,,,ken@example.org",
    "x9,Ken Sato,resident,ken@example.org,,U1,T1",
  ])("may share somebody, who has a row in each: %s", (line) => {
    using files = folder({ ...at("north", {}), ...at("south", { people: `${OTHERS}${line}\n` }) });

    expect(mistakesOf(programFiles(files.path(".")))).toEqual([]);
  });

  it("name somebody whom they share by one account", () => {
    const line = "x9,Ken Sato,resident,ken@example.org,,U2,";
    using files = folder({ ...at("north", {}), ...at("south", { people: `${OTHERS}${line}\n` }) });

    expect(mistakesOf(programFiles(files.path("."))).slice(1)).toEqual([
      `${files.path("south/people.csv")}:4: slack: x9 is r1 in ${files.path("north/people.csv")}:2, too, but has the account "U2" here and "U1" there; write the same account in both files, or another e-mail where they are two people`,
    ]);
  });

  it("have one row for one person: two rows that the other program holds for one are named", () => {
    const lines = "x8,Ken Sato,resident,,,U1,\nx9,Ken Sato,resident,ken@example.org,,,\n";
    using files = folder({ ...at("north", {}), ...at("south", { people: `${OTHERS}${lines}` }) });

    expect(mistakesOf(programFiles(files.path("."))).slice(1)).toEqual([
      `${files.path("south/people.csv")}:5: x9 and x8 in ${files.path("south/people.csv")}:4 would be one person, by the accounts and e-mails of another program's people.csv; give each row the account and e-mail of its own person: who works in two programs has one row in each`,
    ]);
  });
});
