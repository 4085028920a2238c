import { describe, expect, it } from "vitest";
import { checkProgram } from "#src/config/load-program.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { FILES, folder, PEOPLE, YAML } from "./folder.ts";

const PLATFORMS = [{ name: "slack" }, { name: "teams" }];

/** What is read of a program.yaml, and its mistakes in words. */
function read(yaml: string, people = PEOPLE) {
  using files = folder({ ...FILES, "program.yaml": yaml, "people.csv": people });
  const { program, sources, problems } = checkProgram(files.path("program.yaml"), PLATFORMS);
  return { program, sources, problems: problems.map(describeProblem) };
}

describe("names and people's ids in program.yaml are what it spells", () => {
  it.each(["0042", "1e3", "0x10", "1.10", "12"])("%s is no other number", (id) => {
    const rotation = `    to: 2026-03-29\n    residents: [${id}]`;
    const yaml = `${YAML.replace("    to: 2026-03-29", rotation)}    aliases: { ${id}: ${id}, true: a1 }\n    person: ${id}\n`;

    const { program, sources, problems } = read(yaml, PEOPLE.replace("r1,", `${id},`));

    expect(problems).toEqual([]);
    expect(program?.rotations[0]?.residents).toEqual([id]);
    expect(sources?.[0]).toMatchObject({ person: id, aliases: { [id]: id, true: "a1" } });
  });

  it("an id of the program's own stays as it was always read: what is stored is found by it", () => {
    expect(read(`id: 007\n${YAML}`).program?.id).toBe("7");
  });

  it("a key that is there twice is told however it is written", () => {
    expect(read(`${YAML}    aliases: { true: r1, "true": a1 }\n`).problems).toEqual([
      "program.yaml:13: Map keys must be unique; keep one of the two",
    ]);
  });

  it("an empty name would be everybody's who is not named", () => {
    for (const name of ['""', '" "', ""])
      expect(read(`${YAML}    aliases:\n      ${name}: r1\n`).problems.join()).toMatch(
        /^program\.yaml:1[34]: roster\[0\]\.aliases: .* expected names with ids, and no empty name; write/u,
      );
  });
});

describe("what would be read otherwise than it is meant is refused", () => {
  it.each(["EST", "mst", "HST", "Etc/GMT+9", "etc/gmt-9"])("the time zone %s", (zone) => {
    expect(read(YAML.replace("Europe/Berlin", zone)).problems.join()).toContain(
      `program.yaml:2: timeZone: "${zone}" will not do: expected a place's time zone`,
    );
  });

  it("an older YAML, in which no is false", () => {
    expect(read(`%YAML 1.1\n---\n${YAML}`).problems).toEqual([
      "program.yaml:1: it asks for an older YAML, which reads no and 7:45 otherwise; take the line that begins with %YAML away",
    ]);
  });

  it("but spaces around a time zone are none of it", () => {
    expect(read(YAML.replace("Europe/Berlin", '"Europe/Berlin "')).program?.timeZone).toBe("Europe/Berlin");
  });
});

it("an address that stands in a wrong place is told, and never repeated", () => {
  const address = "https://rosters.example/feed?token=SECRET";
  const yamls = [
    YAML.replace("people.csv", address),
    YAML.replace("roster.csv", address),
    YAML.replace("file: roster.csv", `file: { at: "${address}" }`),
    YAML.replace("file: roster.csv", `url: env:ED\n    name: ${address}`),
    YAML.replace("file: roster.csv", `url: "env:${address}"`),
    YAML.replace("file: roster.csv", `url: "file:${address}"`),
    YAML.replace("format: csv", `format: csv\n    sheet: [${address}]`),
    YAML.replace("timeZone: Europe/Berlin", `timeZone: ${address}`),
  ].map((yaml) => read(yaml));

  for (const { problems } of yamls) {
    expect(problems.join()).toMatch(/^program\.yaml:\d+: \S+: .*(?:expected|does not belong)/u);
    expect(problems.join()).not.toContain("SECRET");
  }
});

describe("people.csv as Excel leaves it", () => {
  const people = (csv: string) => read(YAML, csv);
  const widened = (by: string) => PEOPLE.replaceAll("\n", `${by}\n`);

  it.each([",", ",,,"])("columns in which nothing stands are no part of it: %s", (by) => {
    expect(people(widened(by)).problems).toEqual([]);
    expect(people(widened(by)).program?.people).toEqual(people(PEOPLE).program?.people);
  });

  it("what stands below no heading is told once", () => {
    expect(people(widened(",,").replace("U1,,,", "U1,,,see HR")).problems).toEqual([
      expect.stringMatching(/^people\.csv:1: "" is no column that is known here; leave it out/u),
    ]);
  });

  it.each(["504b03041400", "d0cf11e0a1b1"])(
    "a workbook is called one, however its file is called",
    (begin) => {
      const bytes = Buffer.concat([Buffer.from(begin, "hex"), Buffer.alloc(2_000_000)]);
      using files = folder({ ...FILES, "people.csv": bytes });

      const { problems } = checkProgram(files.path("program.yaml"), PLATFORMS);

      expect(problems.map(describeProblem)).toEqual([
        "people.csv: it is an Excel workbook, and no text; save it as CSV UTF-8, and name that file",
      ]);
    },
  );

  it.each(["mailto:ken@example.org", "ken@example.org.", "Ken Sato <ken@example.org>", "(ken@example.org)"])(
    "%s would be found nowhere",
    (email) => {
      expect(people(PEOPLE.replace("ken@example.org", email)).problems).toEqual([
        `people.csv:2: email: "${email}" is no e-mail address; mend it or leave it empty`,
      ]);
    },
  );
});
