import { outlookOn } from "#test/support/plans.ts";
import { existsSync, readFileSync } from "node:fs";
import Database from "better-sqlite3";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import type { Roster } from "#src/domain/roster.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import { SILENT } from "#test/support/attune.ts";
import { selfSigned } from "#test/support/feeds/certificate.ts";
import { feedServer, serving } from "#test/support/feeds/server.ts";
import { commandLine, type CommandLine } from "#test/support/command-line.ts";
import { local } from "#test/support/programs.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

const YAML = `name: Lakeside Emergency Medicine
id: lakeside
timeZone: America/New_York
locale: en
start: at-once
rotations:
  - name: ED, December
    from: 2026-11-30
    to: 2026-12-27
people: people.csv
roster:
  - file: roster.csv
    format: csv
`;

const PEOPLE = `id,name,role,email,locale,slack,teams
r1,Maya Patel,resident,,en,,
r2,Jonas Weber,resident,,en,,
r3,佐藤 健,resident,,ja,,
a1,Daniel Okafor,attending,,en,,
a2,Ines Duarte,attending,,en,,
`;

const ROSTER = `person,start,end,label
Maya Patel,2026-12-01T07:00,19:00,Day
Daniel Okafor,2026-12-01T07:00,19:00,Day
Jonas Weber,2026-12-02T19:00,07:00,Night
Ines Duarte,2026-12-02T19:00,07:00,Night
佐藤 健,2026-12-03T07:00,19:00,Day
Daniel Okafor,2026-12-03T07:00,19:00,Day
`;

const SWAPPED = ROSTER.replace("Maya Patel,2026-12-01", "?,2026-12-01")
  .replace("Jonas Weber", "Maya Patel")
  .replace("?", "Jonas Weber");

const NOW = local("2026-11-29T12:00", "America/New_York");

/** The program as it stands two days before the first shift, with its roster applied. */
async function lakeside(): Promise<{ files: Folder; attune: CommandLine }> {
  const files = folder({ "program.yaml": YAML, "people.csv": PEOPLE, "roster.csv": ROSTER });
  const attune = commandLine(files);
  await using db = attune.open();
  await db.store("lakeside").setNote("stage.now", String(NOW));
  expect(attune.run("import")).toMatchObject({ status: 0, stderr: "" });
  return { files, attune };
}

/** All that an import may change: what is stored, and the roster's file. */
async function standing(files: Folder, attune: CommandLine) {
  await using db = attune.open();
  const store = db.store("lakeside");
  const nudges = await store.nudgesDuring(NOW, local("2027-02-01T00:00"));
  return {
    roster: await store.roster(),
    unsent: nudges.filter((one) => one.state === "planned"),
    file: readFileSync(files.path("roster.csv"), "utf8"),
    before: existsSync(files.path("roster.csv.before")),
  };
}

function inDatabase(files: Folder, statement: string): void {
  const database = new Database(files.path("attune.db"));
  database.exec(statement);
  database.close();
}

const body = (stdout: string): string => stdout.slice(stdout.indexOf("\n") + 1);

describe("attune plan --diff and attune import", { timeout: 60_000 }, () => {
  it("show a swap to the chief resident, and then apply that very swap", async () => {
    const { files, attune } = await lakeside();
    using _ = files;
    files.write("swap.csv", SWAPPED);
    const before = await standing(files, attune);

    const shown = attune.run("plan", "--diff", "swap.csv");
    const untouched = await standing(files, attune);
    const applied = attune.run("import", "swap.csv");
    const after = await standing(files, attune);
    const again = attune.run("plan", "--diff", "swap.csv");

    expect(shown).toMatchObject({ status: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^What the roster would change at Lakeside .*Nothing is applied\.\n/);
    expect(shown.stdout).toContain("Times are America/New_York.");
    expect(shown.stdout).toMatch(
      /\nSwapped\n {2}(?:Maya Patel and Jonas Weber|Jonas Weber and Maya Patel)\n/,
    );
    expect(shown.stdout).toMatch(/07:00.19:00 Day is now Jonas Weber's\n/);
    expect(shown.stdout).toMatch(/19:00.07:00 Night is now Maya Patel's\n/);
    expect(shown.stdout).toMatch(/\n {2}\+ .*Maya Patel with Ines Duarte\n/);
    expect(shown.stdout).not.toContain("left out");
    expect(untouched).toEqual(before);
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    expect(applied.stdout).toMatch(/^Imported into Lakeside Emergency Medicine\.\n/);
    expect(body(applied.stdout)).toBe(body(shown.stdout));
    expect(after).toMatchObject({ file: SWAPPED, before: true });
    expect(readFileSync(files.path("roster.csv.before"), "utf8")).toBe(ROSTER);
    expect(after.roster.assignments.map(({ person }) => person)).toEqual([
      "a1",
      "r2",
      "a2",
      "r1",
      "a1",
      "r3",
    ]);
    expect(after.unsent).not.toEqual(before.unsent);
    expect(again.stdout).toContain("Nothing changes: the roster says what is stored already.");
  });

  it("show a moved shift with both its times, and the messages that move with it; and why tells of what is stored", async () => {
    const { files, attune } = await lakeside();
    using _ = files;
    files.write("moved.csv", ROSTER.replace("Maya Patel,2026-12-01T07:00", "Maya Patel,2026-12-01T10:00"));

    const shown = attune.run("plan", "--diff", "moved.csv");

    expect(shown).toMatchObject({ status: 0, stderr: "" });
    expect(shown.stdout).toMatch(/\nMoved\n {2}Maya Patel: .*07:00.19:00 Day → .*10:00.19:00 Day\n/);
    expect(shown.stdout).toMatch(/\n {4}~ .*06:45 goal → .*09:45\n/);
    expect(shown.stdout).toMatch(/\n {2}~ .*07:00.19:00 → 10:00.19:00 {2}Maya Patel with Daniel Okafor\n/);
    expect(shown.stdout).not.toContain("Jonas Weber\n");

    const why = attune.run("why", "r1", "--on", "2026-12-01");

    expect(why).toMatchObject({ status: 0 });
    expect(why.stdout).toMatch(/^Maya Patel \(r1\), Tue, Dec 1\. Times are America\/New_York\.\n/u);
    expect(why.stdout).toMatch(/\n {2}06:45 {2}goal, Tue, Dec 1 07:00–19:00 Day: to come\n/u);
  });

  it("name leave by its days, and count what is too much to read of a whole new roster", async () => {
    const { files, attune } = await lakeside();
    using _ = files;
    const weeks = Array.from({ length: 24 }, (_, day) => `2026-12-${String(day + 2).padStart(2, "0")}`);
    const rows = weeks.flatMap((day) =>
      ["Maya Patel", "Jonas Weber", "Daniel Okafor"].map((who) => `${who},${day}T07:00,15:00,Day`),
    );
    files.write(
      "leave.csv",
      `${ROSTER}佐藤 健,2026-12-05,2026-12-06,休暇\nInes Duarte,2026-12-08,2026-12-08,PTO\n`,
    );
    files.write("month.csv", ["person,start,end,label", ...rows, ""].join("\n"));

    const leave = attune.run("plan", "--diff", "leave.csv").stdout;
    const month = attune.run("plan", "--diff", "month.csv").stdout;

    expect(leave).toMatch(
      /\nAway\n {2}\+ 佐藤 健: Sat, Dec 5 to Sun, Dec 6\n {2}\+ Ines Duarte: Tue, Dec 8\n/,
    );
    expect(month).toMatch(/\nWho works together\n {2}\d+ new, \d+ at other hours, \d+ no more\n/);
    expect(month).toMatch(/\nMessages\n {2}\d+ new, .*\n {2}(?:\S.*: \d+\n {2})+Jonas Weber: \d+\n/);
  });

  it("name the lines that are left out by the file that was given and its line, and use the rest", async () => {
    const { files, attune } = await lakeside();
    using _ = files;
    const twice = "Maya Patel,2026-12-01T07:00,19:00,Day\nMaya Patel,2026-12-01T12:00,22:00,Late\n";
    const broken = `${ROSTER}Maya Patle,2026-12-05T07:00,19:00,Day\nJonas Weber,05/12/2026 07:00,19:00,Day\n${twice}`;
    files.write("broken.csv", broken);

    const shown = attune.run("plan", "--diff", "broken.csv");

    expect(shown).toMatchObject({ status: 0, stderr: "" });
    expect(shown.stdout).toMatch(/\n {2}left out {2}broken\.csv:8: person: .*Maya Patle/);
    expect(shown.stdout).toMatch(/\n {2}left out {2}broken\.csv:9: start: /);
    expect(shown.stdout).toContain("7 shifts read, copies (1) counted once; 5 of 5 people have shifts");
    expect(shown.stdout).toMatch(/\n {2}two shifts at once {2}Maya Patel, Tue, Dec 1\n/);
  });

  it("read what a Japanese Excel saves as Shift_JIS", async () => {
    const { files, attune } = await lakeside();
    using _ = files;
    const later = ROSTER.replace("佐藤 健,2026-12-03T07:00,19:00,Day", "佐藤 健,2026-12-03T08:00,19:00,日勤");
    files.write("sjis.csv", iconv.encode(later, "shift_jis"));

    const applied = attune.run("import", "sjis.csv");
    const { roster } = await standing(files, attune);

    expect(applied).toMatchObject({ status: 0, stderr: "" });
    expect(applied.stdout).toMatch(/佐藤 健: .*07:00.19:00 Day → .*08:00.19:00 日勤\n/);
    expect(roster.assignments.find(({ person }) => person === "r3")).toMatchObject({ label: "日勤" });
  });

  it("read a feed over TLS whose authority the hospital names, and keep the roster when it is not trusted", async () => {
    const certificate = selfSigned();
    await using server = await feedServer(serving(ROSTER), certificate);
    const feed = YAML.replace("file: roster.csv", "url: env:ED_ROSTER\n    name: ED feed");
    using files = folder({ "program.yaml": feed, "people.csv": PEOPLE, "ca.pem": certificate.cert });
    const attune = commandLine(files);
    const address = { ED_ROSTER: server.url.replace("https:", "webcal:") };
    const trusting = { ...address, NODE_EXTRA_CA_CERTS: files.path("ca.pem") };

    const read = await attune.startWith(trusting, "import");
    const refused = await attune.startWith(address, "import");
    await using db = attune.open();

    expect(read).toMatchObject({ status: 0, stderr: "" });
    expect(read.stdout).toContain("6 shifts read; 5 of 5 people have shifts");
    expect(refused.stdout).toContain(
      "left out  ED feed: the server's certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
    );
    expect(refused.stdout).toContain("Nothing changes");
    expect(`${read.stdout}${refused.stdout}${refused.stderr}`).not.toContain("secret-token");
    expect((await db.store("lakeside").roster()).assignments).toHaveLength(6);
  });

  it("heal when they end between the file and the database: whoever reads next follows the file", async () => {
    const { files, attune } = await lakeside();
    using _ = files;
    files.write("swap.csv", SWAPPED);
    const before = await standing(files, attune);
    inDatabase(
      files,
      "create trigger crash before insert on assignment begin select raise(abort, 'crash'); end",
    );

    const crashed = attune.run("import", "swap.csv");
    const between = await standing(files, attune);
    const { program, sources } = loadProgram(files.path("program.yaml"), PLATFORMS);
    const seen = await watchRoster(program, sources, SILENT).findRosterUpdate(
      outlookOn(program, between.roster),
      NOW,
    );
    const again = attune.run("import", "swap.csv");
    const untouched = await standing(files, attune);
    inDatabase(files, "drop trigger crash");
    const healed = attune.run("import", "swap.csv");
    const after = await standing(files, attune);

    expect([crashed.status, again.status, healed.status]).toEqual([1, 1, 0]);
    expect(crashed.stdout).not.toContain("Imported");
    expect(between).toMatchObject({ roster: before.roster, unsent: before.unsent, file: SWAPPED });
    expect(untouched).toEqual(between);
    const works = (roster: Roster) =>
      roster.assignments.map(({ person, start }) => `${person} ${start}`).toSorted();
    expect(works(seen!.after.input.roster)).toEqual(works(after.roster));
    expect(works(after.roster)).not.toEqual(works(before.roster));
    expect(after.unsent).not.toEqual(before.unsent);
    // The roster that the swap replaced is still beside it, however often it was tried.
    expect(readFileSync(files.path("roster.csv.before"), "utf8")).toBe(ROSTER);
  });

  it.each([
    ["another table", "name,phone\nMaya Patel,555\n", /^other\.csv:1: .*Nothing was changed\.\n$/s],
    ["no shift", "person,start,end,label\n", /^other\.csv: no shift was found.*Nothing was changed\.\n$/s],
    [
      "no line that is understood",
      "person,start,end\nNobody,2026-12-01T07:00,19:00\n",
      /^other\.csv:2: person: .*Nothing was changed\.\n$/s,
    ],
  ])("refuse a file with %s, and half-apply nothing", async (_what, text, told) => {
    const { files, attune } = await lakeside();
    using _ = files;
    files.write("other.csv", text);
    const before = await standing(files, attune);

    const shown = attune.run("plan", "--diff", "other.csv");
    const applied = attune.run("import", "other.csv");

    for (const ran of [shown, applied]) {
      expect(ran).toMatchObject({ status: 1, stdout: "" });
      expect(ran.stderr).toMatch(told);
    }
    expect(await standing(files, attune)).toEqual(before);
  });

  it("end with 1 for a file that is not there or has no place, and with 2 for wrong use", async () => {
    const { files, attune } = await lakeside();
    using _ = files;
    files.write("swap.csv", SWAPPED);
    const before = await standing(files, attune);

    const nowhere = attune.run("import", "nowhere.csv");
    const misplaced = attune.run("import", "swap.csv", "--as", "feed.ics");
    const misused = [
      attune.run("plan", "--diff", "swap.csv", "--json"),
      attune.run("import", "swap.csv", "more.csv"),
      attune.run("import", "--force", "swap.csv"),
    ];

    expect(nowhere).toMatchObject({ status: 1, stdout: "" });
    expect(nowhere.stderr).toBe("nowhere.csv: there is no such file; check the path.\n");
    expect(misplaced).toMatchObject({ status: 1, stdout: "" });
    expect(misplaced.stderr).toContain("Say --as roster.csv");
    expect(misused.map(({ status, stdout }) => ({ status, stdout }))).toEqual(
      Array.from({ length: 3 }, () => ({ status: 2, stdout: "" })),
    );
    expect(await standing(files, attune)).toEqual(before);
  });
});
