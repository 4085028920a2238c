import { describe, expect, it } from "vitest";
import { checkProgram } from "#src/config/load-program.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import { DAY, HOUR, MINUTE } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { ROSTER_FORMATS } from "#src/roster/text/reader.ts";
import { POISONS, poisonous } from "#test/support/poisons.ts";
import { FILES, folder, PEOPLE, YAML } from "./folder.ts";

/** Those whose columns the people.csv of these tests may have, whatever other platforms there are. */
const PLATFORMS = [{ name: "slack" }, { name: "teams" }];

const mistakesOf = (path: string): readonly string[] => {
  try {
    loadProgram(path, PLATFORMS);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(AttuneError);
    expect((error as AttuneError).code).toBe("config");
    return (error as AttuneError).message.split("\n");
  }
};

describe("a program in order", () => {
  it("is read with its people and sources, and the defaults of what it leaves out", () => {
    using files = folder(FILES);

    const { program, sources } = loadProgram(files.path("program.yaml"), PLATFORMS);

    expect(program).toEqual({
      id: "test-hospital",
      name: { en: "Test Hospital", ja: "Test Hospital" },
      timeZone: "Europe/Berlin",
      locale: "en",
      rotations: [{ name: "ER", from: "2026-03-02", to: "2026-03-29" }],
      people: [
        {
          id: "r1",
          name: "佐藤 健",
          roles: ["resident"],
          locale: "ja",
          email: "ken@example.org",
          accounts: { slack: "U1" },
        },
        {
          id: "a1",
          name: "Daniel Okafor",
          roles: ["attending"],
          locale: "en",
          accounts: { teams: "dan@example.org" },
        },
      ],
      goals: DEFAULT_GOALS,
      labels: new Map(),
      policy: DEFAULT_POLICY,
    });
    expect(sources).toEqual([{ name: "roster.csv", path: files.path("roster.csv"), format: "csv" }]);
  });

  it("has a name, labels for its shifts and whom people can turn to, in each language", () => {
    const yaml = FILES["program.yaml"]
      .replace("name: Test Hospital", "id: x\nname: { ja: さくら病院, en: Sakura Hospital }")
      .concat("labels:\n  日勤 Day: { ja: 日勤, en: Day }\n")
      .concat("support: { ja: 森先生（内線4000）, en: Dr. Mori }\n");
    using files = folder({ ...FILES, "program.yaml": yaml });

    const { program } = loadProgram(files.path("program.yaml"), PLATFORMS);

    expect(program.name).toEqual({ ja: "さくら病院", en: "Sakura Hospital" });
    expect(program.labels).toEqual(new Map([["日勤 Day", { ja: "日勤", en: "Day" }]]));
    expect(program.support).toEqual({ ja: "森先生（内線4000）", en: "Dr. Mori" });
  });

  // domain: The column role of people.csv takes several
  it("has people in several roles, the usual one first, however the cell is written", () => {
    using files = folder({
      ...FILES,
      "people.csv": `${PEOPLE}r2,Chief,resident+attending\na2,Director, Attending ＋ COORDINATOR \n`,
    });

    const { program } = loadProgram(files.path("program.yaml"), PLATFORMS);

    expect(program.people.map(({ id, roles }) => `${id} ${roles.join(" ")}`)).toEqual([
      "r1 resident",
      "a1 attending",
      "r2 resident attending",
      "a2 attending coordinator",
    ]);
  });

  it("says every number in the units that people speak of", () => {
    using files = folder({
      ...FILES,
      "program.yaml": `${YAML}id: er-1
goals:
  - { id: airway, en: Airway, ja: 気道 }
policy:
  goalLeadMinutes: 20
  goalWindowHours: 2.5
  digest: { day: friday }
  checkIn: { hour: 7 }
  backOff: { pauseDays: 3 }
  mismatch: { run: { at: 2 } }
  aggregateAttendings: 4
  aggregatePeople: 6
`,
    });

    const { program } = loadProgram(files.path("program.yaml"), PLATFORMS);

    expect(program.id).toBe("er-1");
    expect(program.goals).toEqual([{ id: "airway", label: { en: "Airway", ja: "気道" }, milestones: [] }]);
    expect(program.policy).toEqual({
      ...DEFAULT_POLICY,
      goalLead: 20 * MINUTE,
      goalWindow: 2.5 * HOUR,
      digest: { day: 5, hour: 9 },
      checkIn: { day: 1, hour: 7 },
      backOff: { after: 4, pause: 3 * DAY },
      mismatch: { ...DEFAULT_POLICY.mismatch, run: { at: 2, of: 5 } },
      // The setting's earlier name is read as the residents.
      aggregate: { residents: 6, attendings: 4 },
    });
  });

  it("keeps a Japanese name in its id, and reads people.csv as Japanese Excel writes it", () => {
    using files = folder({ ...FILES, "program.yaml": YAML.replace("Test Hospital", "東京 ER") });
    files.write(
      "people.csv",
      Buffer.concat([
        Buffer.from("id,name,role\nr1,"),
        Buffer.from([0x8d, 0xb2, 0x93, 0xa1]),
        Buffer.from(",resident\n"),
      ]),
    );
    files.write("roster.csv", "person,start,end\n");

    const { program } = loadProgram(files.path("program.yaml"), PLATFORMS);

    expect(program.id).toBe("東京-er");
    expect(program.people.map((person) => person.name)).toEqual(["佐藤"]);
  });
});

describe("mistakes", () => {
  it("are reported all at once, from program.yaml, people.csv and the roster", () => {
    using files = folder({
      "program.yaml": `name: Test Hospital
timezone: Europe/Berlin
locale: de
rotations:
  - name: ER
    from: 2026-02-30
    to: 2026-03-29
  - name: ER 2
    from: 2026-04-30
    to: 2026-04-01
    residents: [r1, a1, r7]
people: people.csv
roster:
  - file: site.ics
    format: ical
  - file: roster.ics
    format: icalendar
  - file: gone.csv
    format: csv
  - url: https://example.org/secret-token
    format: icalendar
    person: r9
policy:
  goalLeadMinutes: soon
  aggregatePeople: 3
  digest: { day: someday }
`,
      "people.csv": `id,name,role,email,name_en
r1,佐藤 健,resident,ken@example.org,佐藤
r1,Ken Sato,resident,,
,Nobody,resident,,
a 1,Daniel Okafor,doctor,daniel,
`,
      "roster.ics":
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Day r1\nDTSTART;TZID=Nowhere:20260302T080000\nEND:VEVENT\nEND:VCALENDAR\n",
    });

    expect(mistakesOf(files.path("program.yaml"))).toEqual([
      "The program cannot start (21 mistakes).",
      "program.yaml:1: timeZone: it is missing: expected a time zone of the IANA database; write one such as Asia/Tokyo",
      "program.yaml:2: timezone: there is no such setting; did you mean timeZone?",
      'program.yaml:3: locale: "de" will not do: expected a language that Attune speaks; write en or ja',
      'program.yaml:6: rotations[0].from: "2026-02-30" will not do: expected a date of the calendar from 1970 to 2199; write it as 2026-11-30',
      "program.yaml:10: rotations[1].to: it is before `from`; write the rotation's last day",
      'program.yaml:11: rotations[1].residents[1]: "a1" is not in people.csv; write the id of a resident',
      'program.yaml:11: rotations[1].residents[2]: "r7" is not in people.csv; write the id of a resident',
      `program.yaml:15: roster[0].format: "ical" will not do: expected a format that is read here; write ${ROSTER_FORMATS.join(" or ")}`,
      "program.yaml:20: roster[3].url: a feed's address does not belong in this file; keep it in an environment variable or a file, and write env:NAME or file:PATH",
      'program.yaml:22: roster[3].person: "r9" is not in people.csv; write an id of people.csv',
      'program.yaml:24: policy.goalLeadMinutes: "soon" will not do: expected a number from 0 to 240 minutes; write one',
      'program.yaml:25: policy.aggregatePeople: "3" will not do: expected a whole number from 5 to 100; write one',
      'program.yaml:26: policy.digest.day: "someday" will not do: expected a day of the week; write monday … sunday',
      'people.csv:2: name_en: "佐藤" is not in Latin letters; write it as English readers read it (Mari Tanaka), or leave it empty',
      "people.csv:4: id: it is empty: expected letters, digits, dots, dashes or underscores; write one such as r1",
      'people.csv:5: id: "a 1" is no id: expected letters, digits, dots, dashes or underscores; write one such as r1',
      'people.csv:5: role: "doctor" is no role; write resident, attending or coordinator, or several, the usual one first: resident+attending',
      'people.csv:5: email: "daniel" is no e-mail address; mend it or leave it empty',
      'people.csv:3: id: "r1" is there already, on line 2; give each person their own',
      'roster.ics:4: DTSTART: nothing says what the time zone "Nowhere" is; export the calendar with its VTIMEZONE, or with an IANA name such as Asia/Tokyo',
      "gone.csv: the roster cannot be read (ENOENT); put the file there, or mend its path in program.yaml",
    ]);
  });

  it.each([
    ["name:", "program.yaml:1: name: it is missing: expected the program's name; write one"],
    [
      "name: Test Hospital\nsupport: { en: Dr. Mori, jp: 森先生 }",
      "program.yaml:2: support.ja: it is missing: expected whom people can turn to in Japanese; write one",
      "program.yaml:2: support.jp: there is no such setting; take it out",
    ],
    [
      "name: Test Hospital\nsupport:",
      "program.yaml:2: support: it is missing: expected whom people can turn to; write one",
    ],
    [
      "name: { ja: さくら病院 }\nlabels: { 日勤: { ja: 日勤, eng: Day }, 深夜: Night }",
      "program.yaml:1: name.en: it is missing: expected the program's name in English; write one",
      "program.yaml:2: labels.日勤.en: it is missing: expected the label in English; write one",
      "program.yaml:2: labels.日勤.eng: there is no such setting; take it out",
      'program.yaml:2: labels.深夜: "Night" will not do: expected labels of the roster, each with what is read in its place; write 日勤: { ja: 日勤, en: Day }',
    ],
  ])("about a text in each language (%j) are told with their place", (setting, ...mistakes) => {
    const yaml = FILES["program.yaml"].replace("name: Test Hospital", setting);
    using files = folder({ ...FILES, "program.yaml": yaml });

    expect(mistakesOf(files.path("program.yaml")).slice(1)).toEqual(mistakes);
  });

  it.each([
    ["from: 0001-01-01", "to: 2026-03-29", /rotations\[0\]\.from: "0001-01-01" will not do/u],
    ["from: 2026-03-02", "to: 9999-12-31", /rotations\[0\]\.to: "9999-12-31" will not do/u],
    [
      "from: 2026-03-02",
      "to: 2126-03-29",
      /rotations\[0\]\.to: the rotation lasts 100 years, and at most 10/u,
    ],
  ])("that make a rotation without end, such as %s and %s, are told", (from, to, mistake) => {
    const yaml = FILES["program.yaml"].replace("from: 2026-03-02", from).replace("to: 2026-03-29", to);
    using files = folder({ ...FILES, "program.yaml": yaml });

    expect(mistakesOf(files.path("program.yaml")).slice(1)).toEqual([expect.stringMatching(mistake)]);
  });

  it("of YAML itself are reported with their line", () => {
    using files = folder({ ...FILES, "program.yaml": "name: [Test\nlocale: en\n" });

    expect(mistakesOf(files.path("program.yaml"))[1]).toMatch(/^program\.yaml:\d: .+; mend the YAML/);
  });

  it("that follow from one slip of YAML are told once", () => {
    using files = folder({ ...FILES, "program.yaml": YAML.replace("locale: en", "\tlocale: en") });

    const mistakes = mistakesOf(files.path("program.yaml")).slice(1);

    expect(mistakes[0]).toContain("program.yaml:3: ");
    expect(new Set(mistakes.map((text) => text.replace(/:\d+:/, ""))).size).toBe(mistakes.length);
  });

  it("of a people.csv that names nobody are not told again of each line of the roster", () => {
    using files = folder({ ...FILES, "people.csv": PEOPLE.replace("role", "rolle") });

    expect(mistakesOf(files.path("program.yaml")).slice(1)).toEqual([
      expect.stringMatching(
        /^people\.csv:1: role: there is no column role; the columns here are id, name, rolle.*; call "rolle" role$/u,
      ),
    ]);
  });

  it("of a line of people.csv that is separated otherwise are one", () => {
    using files = folder({ ...FILES, "people.csv": `${PEOPLE}a7\tDr Okafor\tattending\n` });

    expect(mistakesOf(files.path("program.yaml")).slice(1)).toEqual([
      expect.stringMatching(
        /^people\.csv:\d+: 1 cell under \d columns; separate its cells as those of the header are separated$/u,
      ),
    ]);
  });

  it.each(["\r\n", "\r"])("are none in a people.csv whose lines end in %j here and there", (end) => {
    const [header = "", ...rows] = PEOPLE.trimEnd().split("\n");
    const mixed = `${header}${end}${rows.map((row, at) => `${row}${at % 2 === 0 ? "\n" : end}`).join("")}`;
    using files = folder({ ...FILES, "people.csv": mixed });

    expect(loadProgram(files.path("program.yaml"), PLATFORMS).program.people).toHaveLength(rows.length);
  });

  it("of one number do not hide those between others", () => {
    const policy = "policy:\n  goalLeadMinutes: soon\n  mismatch: { run: { at: 6, of: 5 } }\n";
    using files = folder({ ...FILES, "program.yaml": `${YAML}${policy}` });

    const mistakes = mistakesOf(files.path("program.yaml")).slice(1);

    expect(mistakes[0]).toContain('policy.goalLeadMinutes: "soon" will not do');
    expect(mistakes[1]).toContain("policy.mismatch.run: 6 of the last 5 shifts cannot be");
  });

  it.each([
    ["", 6],
    ["- a list\n", 7],
    ["just words\n", 7],
  ])("of a file that says %j are those of all that is missing", (text, least) => {
    using files = folder({ ...FILES, "program.yaml": text });

    expect(mistakesOf(files.path("program.yaml")).length).toBeGreaterThan(least > 0 ? 1 : 0);
  });

  it("of a path are reported too", () => {
    using files = folder({ "program.yaml": YAML });

    expect(mistakesOf(files.path("nothing.yaml"))[1]).toContain("the file cannot be read (ENOENT)");
    expect(mistakesOf(files.path("program.yaml")).slice(1)).toEqual([
      "people.csv: the file cannot be read (ENOENT); put it there, or mend the path that names it",
      "roster.csv: the roster cannot be read (ENOENT); put the file there, or mend its path in program.yaml",
    ]);
  });

  it.each([
    ["https://example.org/secret", "roster[0].url: a feed's address does not belong in this file"],
    ["[env:ED, https://example.org/secret]", "roster[0].url: a feed's address does not belong in this file"],
    ["{ https://example.org/secret: }", "roster[0].url: it will not do: expected where the address is kept"],
    [`[${"https://example.org/secret, ".repeat(13)}]`, "roster[0].url: it will not do: expected where"],
  ])("never repeat a feed's address", (url, told) => {
    using files = folder({ ...FILES, "program.yaml": YAML.replace("file: roster.csv", `url: ${url}`) });

    const mistakes = mistakesOf(files.path("program.yaml")).join("\n");

    expect(mistakes).toContain(told);
    expect(mistakes).not.toContain("secret");
  });

  it("of an account at QGenda in several places are told", () => {
    const source = "url: [env:ONE, env:OTHER]\n    format: qgenda";
    using files = folder({
      ...FILES,
      "program.yaml": YAML.replace(/file: roster\.csv\n\s*format: csv/u, source),
    });

    expect(mistakesOf(files.path("program.yaml"))[1]).toContain(
      "roster[0].url: an account at QGenda is in one place; make a roster of each account",
    );
  });

  it("of settings that the format of a roster does not use name their line, and what to write", () => {
    const sources = [
      "{ file: roster.csv, format: icalendar, sheet: May, dates: D/M/YYYY }",
      "{ file: roster.csv, format: csv, month: 2026-12, codes: { D: off } }",
      "{ file: roster.csv, format: matrix, duty: [sick call] }",
    ];
    const roster = ["roster:", ...sources.map((source) => `  - ${source}`)].join("\n");
    using files = folder({ ...FILES, "program.yaml": YAML.replace(/roster:[^]*$/u, roster) });

    const told = mistakesOf(files.path("program.yaml")).filter((one) => one.startsWith("program.yaml:"));
    expect(told.map((one) => one.replace(/^\S+:\d+: /u, ""))).toEqual([
      "roster[0].sheet: format icalendar does not use it; take it out; a calendar (.ics) has no sheets. If the file is a workbook, write `format: csv` or `format: matrix`",
      "roster[0].dates: format icalendar does not use it; take it out; dates of a calendar have one order",
      "roster[1].codes: format csv does not use it; take it out; only `format: matrix` has codes",
      "roster[1].month: format csv does not use it; take it out; only the days of `format: matrix` may be without their month",
      'roster[2].duty: format matrix does not use it; take it out, and give the code its hours: `codes: { "HOL": "08:00-17:00" }`',
    ]);
  });

  it("of the roster alone stop nothing", () => {
    using files = folder({ ...FILES, "roster.csv": "person,start,end\nnobody,x,y\n" });

    expect(checkProgram(files.path("program.yaml"), PLATFORMS).problems).toEqual([]);
    expect(loadProgram(files.path("program.yaml"), PLATFORMS).program.id).toBe("test-hospital");
  });

  it("of people.csv: an account that another has in other capitals", () => {
    const twice = `${PEOPLE}r9,Other Name,resident,,,u1,DAN@example.org\n`;
    using files = folder({ ...FILES, "people.csv": twice });

    expect(mistakesOf(files.path("program.yaml")).slice(1, 3)).toEqual([
      'people.csv:4: slack: "U1" is there already, on line 2; give each person their own',
      'people.csv:4: teams: "dan@example.org" is there already, on line 3; give each person their own',
    ]);
  });

  it("of people.csv: what belongs to one person only is there twice", () => {
    using files = folder({
      ...FILES,
      "people.csv": `${PEOPLE}R1,Other Name,resident,KEN@example.org,,U1,dan@example.org\n`,
    });

    expect(mistakesOf(files.path("program.yaml")).slice(1, 5)).toEqual([
      'people.csv:4: id: "r1" is there already, on line 2; give each person their own',
      'people.csv:4: email: "ken@example.org" is there already, on line 2; give each person their own',
      'people.csv:4: slack: "U1" is there already, on line 2; give each person their own',
      'people.csv:4: teams: "dan@example.org" is there already, on line 3; give each person their own',
    ]);
  });
});

describe("roles that cannot be", () => {
  const WRITE =
    "write resident, attending or coordinator, or several, the usual one first: resident+attending";

  it.each([
    ["resident+boss", `"boss" is no role; ${WRITE}`],
    ["resident/attending", `"resident/attending" is no role; ${WRITE}`],
    ["resident+", `"resident+" has no role on one side of a +; ${WRITE}`],
    ["", `it is empty; ${WRITE}`],
    ["resident+attending+resident", '"resident" is there twice; write each role once'],
  ])("%s: are refused with their line and what to write", (cell, told) => {
    using files = folder({ ...FILES, "people.csv": `${PEOPLE}r2,Chief,${cell}\n` });

    expect(mistakesOf(files.path("program.yaml")).slice(1)).toEqual([`people.csv:4: role: ${told}`]);
  });
});

describe("what nobody can see", () => {
  const fields = ["id", "name", "role", "email", "locale", "slack", "teams"];

  it("is refused in any field of people.csv, with its line", () => {
    const right = "r,Mia,resident,m@example.org,en,U,T".split(",");
    const rows = Object.values(POISONS).flatMap((bad) =>
      fields.map((field) => ({
        field,
        row: right.map((cell, i) => `${cell}${fields[i] === field ? `${bad}x` : ""}`).join(),
      })),
    );
    using files = folder({
      ...FILES,
      "people.csv": [fields.join(), ...rows.map(({ row }) => row)].join("\n"),
    });

    const found = mistakesOf(files.path("program.yaml"));

    for (const [i, { field }] of rows.entries())
      expect(found.filter((one) => one.startsWith(`people.csv:${i + 2}: ${field}: `))).not.toEqual([]);
    expect(poisonous(found)).toBe(false);
  });

  it("is refused in any text of program.yaml, with its line", () => {
    const goals = Object.values(POISONS).map((bad) => `  - { id: a, en: ${escaped(bad)}, ja: b }`);
    using files = folder({ ...FILES, "program.yaml": `goals:\n${goals.join("\n")}\n${YAML}` });

    const found = mistakesOf(files.path("program.yaml"));

    for (const i of goals.keys()) expect(found[i + 1]).toMatch(new RegExp(`^program\\.yaml:${i + 2}: `));
    expect(poisonous(found)).toBe(false);
  });

  it.each([
    `name: ${escaped("\0")}`,
    `id: ${escaped("\u202E")}`,
    `people: ${escaped("\u001B[2J")}`,
    `${escaped("\u009B")}: 1`,
    `policy: { ${escaped("\uD83D")}: 1 }`,
    `roster: [{ file: ${escaped("\0")}, format: csv, aliases: { ${escaped("\u200B")}: r1 } }]`,
  ])("is refused as a name, an id, a path or a key: %s", (line) => {
    using files = folder({ ...FILES, "program.yaml": `${line}\n${YAML.replace(/^name.*\n/u, "")}` });

    const found = mistakesOf(files.path("program.yaml"));

    expect(found.some((one) => one.startsWith("program.yaml:1: it holds a character"))).toBe(true);
    expect(poisonous(found)).toBe(false);
  });

  it("is not what names are written with: selectors, full-width spaces, joiners", () => {
    const name = "\u845B\u{E0100}城　さくら";
    using files = folder({ ...FILES, "people.csv": PEOPLE.replace("佐藤 健", name) });

    expect(loadProgram(files.path("program.yaml"), PLATFORMS).program.people[0]).toMatchObject({ name });
  });
});

/** A text of YAML in ASCII alone. */
function escaped(bad: string): string {
  const units = `x${bad}y`.split("").map((unit) => {
    const code = unit.charCodeAt(0);
    return code > 31 && code < 127 ? unit : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${units.join("")}"`;
}
