import { chmodSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import Client from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { DAY, instant, later } from "#src/domain/time.ts";
import { claimDatabase } from "#src/composition/database-kind.ts";
import { feedServer, serving } from "#test/support/feeds/server.ts";
import { commandLine } from "#test/support/command-line.ts";
import { damagePage, rootsOf } from "#test/support/damaged.ts";
import { account, ANNA, heardFrom, planned, sentNow } from "../contract/store/case.ts";
import { FILES, folder, PEOPLE, ROSTER, YAML } from "../unit/config/folder.ts";

describe("attune doctor", { timeout: 60_000 }, () => {
  it("finds a fresh program well", () => {
    using files = folder(FILES);

    const ran = commandLine(files).run("doctor");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^ok {4}program .*Test Hospital, Europe\/Berlin, 1 residents, 1 attendings/m);
    expect(ran.stdout).toContain("2 shifts of 2 people; nothing left out");
    expect(ran.stdout).toContain("roster.csv speaks for r1, a1, 2026-03-02 to 2026-03-02\n");
    expect(ran.stdout).not.toContain("acts as");
    expect(ran.stdout).toMatch(/\nAll is well\.\n$/);
  });

  it("explains who acts as what where it is not the usual one", () => {
    const days = ["02", "04", "09", "11"].map((day) => `r1,2026-03-${day}T08:00,17:00,Sup ED`);
    using files = folder({
      "program.yaml": `${YAML}    roles: { attending: [Sup *] }\n`,
      "people.csv": PEOPLE.replace("resident", "resident+attending"),
      "roster.csv": ["person,start,end,label", ...days, "r1,2026-03-03T08:00,17:00,Day"].join("\n"),
    });

    const ran = commandLine(files).run("doctor");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toContain("1 in several roles, counted by the usual one");
    expect(ran.stdout).toMatch(
      /^ok {4}roster +r1 acts as attending, and not as resident as usual, on 4 shifts, the first: 2026-03-02, 2026-03-04, 2026-03-09$/m,
    );
  });

  it("finds a database in use well, and says to keep the key apart from backups", async () => {
    using files = folder(FILES);
    await using db = commandLine(files).open();
    await db.check();

    const ran = commandLine(files).run("doctor");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^ok {4}database .*attune\.db opens, reads, writes/m);
    expect(ran.stdout).toMatch(/^ok {4}key .*\n.*apart from the database's backups/m);
  });

  it("names a database that another process holds, and who that is", async () => {
    using files = folder(FILES);
    const { run, open } = commandLine(files);
    await open().close();
    const holder = new Client(files.path("attune.db"));
    holder.pragma("locking_mode = EXCLUSIVE");
    holder.exec("begin exclusive");

    const ran = run("doctor");
    holder.close();

    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(
      new RegExp(`^fix {3}database .*another process holds the database: process ${process.pid}\\b`, "m"),
    );
  });

  it("tells every wrong setting without repeating its value", () => {
    using files = folder(FILES);

    const ran = commandLine(files).runWith({ PORT: "99999", SLACK_BOT_TOKEN: "secret-token" }, "doctor");

    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/^fix {3}settings .*PORT/m);
    expect(ran.stdout).toMatch(/^fix {3}settings .*SLACK_BOT_TOKEN/m);
    expect(ran.stdout).not.toContain("secret-token");
  });

  it("tells every mistake of the program and what to do", () => {
    using files = folder({ ...FILES, "program.yaml": YAML.replace("Europe/Berlin", "Europe/Berln") });

    const ran = commandLine(files).run("doctor");

    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/^fix {3}program +program\.yaml:2: timeZone: .*\n +→ .+\n/m);
  });

  it("lists what was left out of the roster, which can wait", () => {
    using files = folder({ ...FILES, "roster.csv": `${ROSTER}nobody,2026-03-03T08:00,17:00,Day\n` });

    const ran = commandLine(files).run("doctor");

    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(/^warn {2}roster +roster\.csv:4: .*\n +→ .+\n/m);
    expect(ran.stdout).toContain("1 not understood and left out");
    expect(ran.stdout).toMatch(/\n0 to fix now, 1 to look at when there is time\.\n$/);
  });

  it("groups what is alike, and says first and last what must be mended", () => {
    const wrong = Array.from({ length: 250 }, () => "r1,2026-03-03T08:00,no time,Day\n").join("");
    using files = folder({
      ...FILES,
      "program.yaml": `${YAML}  - file: gone.csv\n    format: csv\n`,
      "roster.csv": `${ROSTER}${wrong}`,
    });

    const ran = commandLine(files).run("doctor");

    const lines = ran.stdout.trimEnd().split("\n");
    const fix = /^fix {3}roster {5}gone\.csv: the roster cannot be read/u;
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(lines[0]).toMatch(fix);
    expect(lines.at(-3)).toMatch(fix);
    expect(lines.at(-1)).toBe("1 to fix now, 3 to look at when there is time.");
    expect(lines.filter((line) => line.startsWith("warn  roster"))).toEqual([
      expect.stringContaining("roster.csv:4"),
      expect.stringContaining("roster.csv:5"),
      expect.stringMatching(/^warn {2}roster {5}roster\.csv:6: .* \(and 247 more like it\)$/u),
    ]);
  });

  it("tells one mistake where people.csv is not there, and not each line of the roster", () => {
    using files = folder({ ...FILES, "program.yaml": YAML.replace("people.csv", "peoples.csv") });

    const ran = commandLine(files).run("doctor");

    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/^fix {3}program {4}peoples\.csv: the file cannot be read/u);
    expect(ran.stdout).not.toMatch(/^\w+ +roster/mu);
  });

  it("names what keeps a real Attune from asking anybody: rotations that are over, another people.csv", async () => {
    using files = folder(FILES);
    const slack = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      SLACK_API_URL: "http://127.0.0.1:9/",
    };
    await using db = commandLine(files).open();
    await claimDatabase(db, "real", "attune.db");
    const store = db.store("test-hospital");
    const at = instant(Date.now());
    await store.setNote("people.csv", JSON.stringify({ at, people: {} }));
    await db.notes.setNote("clock seen", String(at));
    const hour = (at - 3_600_000) / 1_000;
    utimesSync(files.path("people.csv"), hour, hour);

    const ran = commandLine(files).runWith(slack, "doctor");

    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(
      /^fix {3}program {4}program\.yaml: every rotation is over, the last one since 2026-03-29$/m,
    );
    expect(ran.stdout).toMatch(
      /^fix {3}people {5}people\.csv is another one than Attune read last, .*: 2 joined, and the running Attune does not follow it$/m,
    );
  });

  it("does not accept a roster without a shift", () => {
    using files = folder({ ...FILES, "roster.csv": "person,start,end\n" });

    const ran = commandLine(files).run("doctor");

    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/^fix {3}roster +no shift was found\n +→ /m);
  });

  describe("of a feed", () => {
    const FEED = "  - url: env:ED_ROSTER\n    name: ED feed\n    format: icalendar\n";
    const CALENDAR = ["BEGIN:VCALENDAR", "END:VCALENDAR", ""].join("\r\n");
    const withFeed = () => folder({ ...FILES, "program.yaml": YAML.replace(/ {2}- file:[^]*$/u, FEED) });
    const at = (time: string) => Date.parse(`2026-03-01T${time}:00Z`);
    const report = {
      at: at("08:00"),
      shifts: 12,
      copies: 0,
      matched: 2,
      people: 2,
      leftOut: [],
      withoutShifts: [],
      withoutAttending: [],
    };

    /** What the doctor says after a running Attune has left its rosters in this state. */
    async function after(state: object): Promise<string> {
      await using server = await feedServer(serving(CALENDAR));
      using files = withFeed();
      const attune = commandLine(files);
      await using db = attune.open();
      const store = db.store("test-hospital");
      await store.setNote("roster state", JSON.stringify(state));
      const said = ["02", "04"].map((day) => `r1 ${Date.parse(`2026-03-${day}T08:00Z`)}`);
      await store.setNote("roster said", JSON.stringify([["ED feed", said]]));
      const ran = await attune.startWith({ ED_ROSTER: server.url }, "doctor");
      expect(ran.stdout).not.toContain("secret-token");
      return ran.stdout;
    }

    it("fetches it, and so does plan: one that cannot be had is to be mended, and named without its address", async () => {
      await using server = await feedServer((_, response) => response.writeHead(404).end());
      using files = withFeed();
      const attune = commandLine(files);
      const env = { ED_ROSTER: server.url };

      const ran = await attune.startWith(env, "doctor");
      const planned = await attune.startWith(env, "plan");

      expect(ran).toMatchObject({ status: 1, stderr: "" });
      expect(ran.stdout).toMatch(/^fix {3}roster {5}ED feed: .*404.*\n +→ /m);
      expect(planned).toMatchObject({ status: 1, stdout: "" });
      expect(planned.stderr).toMatch(/^ED feed: .*404/m);
      expect(server.asked.length).toBeGreaterThanOrEqual(2);
      expect(`${ran.stdout}${planned.stderr}`).not.toContain("secret-token");
    });

    it("says what a running Attune has last fetched", async () => {
      const told = await after({ troubles: [], report });

      expect(told).toMatch(/^ok {4}feed {7}ED feed: fetched by the running Attune$/m);
      expect(told).toMatch(/^ok {4}feed {7}ED feed speaks for r1, 2026-03-02 to 2026-03-04$/m);
      expect(told).toMatch(/^ok {4}feed {7}rosters read 2026-03-01T08:00:00Z: 12 shifts of 2 people$/m);
    });

    it("says since when it fails and why", async () => {
      const trouble = {
        name: "ED feed",
        since: at("06:00"),
        lastGood: at("05:45"),
        reason: "the server answers 404",
      };
      const told = await after({ troubles: [{ ...trouble, mend: true }], report });

      expect(told).toMatch(
        /^warn {2}feed {7}ED feed: failing since 2026-03-01T06:00:00Z, last read 2026-03-01T05:45:00Z: the server answers 404\n +→ /m,
      );
    });
  });

  it.each<[string, (path: (name: string) => string) => void, RegExp]>([
    [
      "a key that others may read",
      (path) => chmodSync(path("attune.key"), 0o644),
      /^fix {3}key .*chmod 600 .*attune\.key$/m,
    ],
    [
      "another database's key",
      (path) => writeFileSync(path("attune.key"), Buffer.alloc(32, 7)),
      /^fix {3}database .*not the key that the database was made with/m,
    ],
    [
      "a key that is none",
      (path) => writeFileSync(path("attune.key"), "short"),
      /^fix {3}key .*it has 5 bytes, a key has 32/m,
    ],
    [
      "a database of a newer Attune",
      (path) => new Client(path("attune.db")).pragma("user_version = 99"),
      /^fix {3}database .*from a newer Attune.*Update Attune/m,
    ],
    [
      "a file that is no database",
      (path) => writeFileSync(path("attune.db"), "x".repeat(8192)),
      /^fix {3}database .*not a SQLite database/m,
    ],
    [
      "a page that the disk has lost",
      (path) => damagePage(path("attune.db"), rootsOf(path("attune.db")).get("audit")!),
      /^fix {3}database .*attune\.db is damaged: .*Restore a backup\.$/m,
    ],
  ])("notices %s", async (_, harm, line) => {
    using files = folder(FILES);
    await commandLine(files).open().close();
    harm(files.path);

    const ran = commandLine(files).run("doctor");

    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ran.stdout).toMatch(line);
  });

  it.each([
    ["cut", "delete from audit where id = (select max(id) from audit)"],
    ["rewritten", "update audit set subject = 'somebody else' where id = (select min(id) from audit)"],
    ["missing", "delete from audit; delete from note where key = 'audit anchor'"],
  ])("says that the audit log is %s", async (word, sql) => {
    using files = folder(FILES);
    const attune = commandLine(files);
    {
      await using db = attune.open();
      for (const what of ["export", "erase"])
        await db.store("test-hospital").audit("chat", what, "r1", instant(1));
    }
    const well = attune.run("doctor");
    const hands = new Client(files.path("attune.db"));
    hands.exec(sql);
    hands.close();

    const ran = attune.run("doctor");

    expect(well.stdout).not.toContain("audit log");
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ran.stdout).toMatch(new RegExp(`^fix {3}database .*its audit log (?:is|was) ${word}: `, "m"));
  });

  it("names the process that holds the file, and does not wait for it", async () => {
    using files = folder(FILES);
    await commandLine(files).open().close();
    const other = new Client(files.path("attune.db"));
    other.exec("begin immediate");

    const ran = commandLine(files).run("doctor");
    other.close();

    expect(ran).toMatchObject({ status: 1, stderr: "" });
    const who = process.platform === "linux" ? `: process ${process.pid} (` : "";
    expect(ran.stdout).toContain(`attune.db: another process holds the database${who}`);
  });

  it("changes nothing in the database, also of an older version, and leaves nothing beside it", async () => {
    using files = folder(FILES);
    await commandLine(files).open().close();
    const database = files.path("attune.db");
    const looked = () => {
      const before = readFileSync(database);
      const ran = commandLine(files).run("doctor");
      expect(readFileSync(database).equals(before)).toBe(true);
      expect(readdirSync(files.path(".")).filter((name) => name.startsWith("attune.db"))).toEqual([
        "attune.db",
      ]);
      return ran;
    };

    const now = looked();
    const client = new Client(database);
    client.pragma("user_version = 2");
    client.close();
    const older = looked();

    expect(now.stdout).toMatch(/^ok {4}database .*every page, index and reference is whole$/m);
    expect(older.status).toBe(0);
    expect(older.stdout).toMatch(/^ok {4}database .*The next start brings it to this version's schema$/m);
  });

  it("says that Teams has no package yet, and that its credentials could not be tried", () => {
    using files = folder(FILES);
    const teams = { MicrosoftAppId: "an-id", MicrosoftAppPassword: "hush", MicrosoftAppTenantId: "a-tenant" };

    const ran = commandLine(files).runWith(teams, "doctor");

    expect(ran.stdout).toMatch(/^fix {3}platforms +Teams: credentials: Microsoft Entra does not answer/m);
    expect(ran.stdout).toMatch(
      /^warn {2}platforms +Teams: app package: There is no attune-teams\.zip\.\n +→ run/m,
    );
    expect(ran.stdout).not.toContain("hush");
  });

  it("says whom a platform cannot reach", () => {
    using files = folder({ ...FILES, "people.csv": `${PEOPLE}a2,Ines Weber,attending,,,,\n` });
    const slack = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      SLACK_API_URL: "http://127.0.0.1:9/",
    };

    const ran = commandLine(files).runWith(slack, "doctor");

    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ran.stdout).toMatch(/^ok {4}platforms {2}Slack is configured, over a socket$/m);
    expect(ran.stdout).toMatch(/^warn {2}platforms {2}Slack: no account and no e-mail address of a1, a2$/m);
  });

  it("names a clock that cannot be true, and a jump that is held", async () => {
    using files = folder({ ...FILES });
    const slack = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      SLACK_API_URL: "http://127.0.0.1:9/",
    };
    const future = instant(Date.now() + 3 * DAY);
    await using db = commandLine(files).open();
    await claimDatabase(db, "real", "attune.db");
    // What is to be mended is there twice, first and last.
    const clockLines = () => [
      ...new Set(
        commandLine(files)
          .runWith(slack, "doctor")
          .stdout.split("\n")
          .filter((line) => /^\w+ +clock/.test(line)),
      ),
    ];

    const before = clockLines();
    await db.notes.setNote("clock seen", String(future));
    const behind = clockLines();
    await db.notes.setNote("clock held", JSON.stringify({ by: 3 * DAY, since: future }));
    const held = clockLines();

    await db.notes.setNote("clock seen", String(Date.now()));
    await db.notes.setNote("clock held", "");
    const store = db.store("test-hospital");
    await heardFrom(store, ANNA, account(ANNA), future);
    await planned(store, { dueAt: future, expiresAt: later(future, DAY) });
    await sentNow(store, future);
    const ahead = clockLines();

    expect(ahead).toEqual([
      expect.stringMatching(
        /^fix {3}clock {6}messages or answers are kept from the future, the newest from \S+Z: the clock was wrong then$/,
      ),
    ]);
    expect(before).toEqual(["ok    clock      the clock goes on from what the database saw last"]);
    expect(behind).toEqual([expect.stringMatching(/^fix {3}clock .*has seen .* before$/)]);
    expect(held[0]).toMatch(/^fix {3}clock .*holds a jump of the clock by 259200 seconds/);
  });

  it("warns before the first answers are erased by a setting, and then says which are next", async () => {
    const later = "  - { name: Next, from: 2090-01-01, to: 2090-01-31 }\npeople:";
    using files = folder({
      ...FILES,
      "program.yaml": `${YAML.replace("people:", later)}retention: 6\n`,
    });
    const slack = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      SLACK_API_URL: "http://127.0.0.1:9/",
    };
    await using db = commandLine(files).open();
    await claimDatabase(db, "real", "attune.db");
    const line = () =>
      commandLine(files)
        .runWith(slack, "doctor")
        .stdout.split("\n")
        .find((one) => one.includes(" retention "));
    const stands = (since: number) =>
      db.store("test-hospital").setNote("retention", JSON.stringify({ months: 6, since, seen: Date.now() }));

    const fresh = line();
    await stands(Date.now() - DAY);
    const announced = line();
    await stands(Date.now() - 8 * DAY);
    const erasing = line();

    expect(fresh).toMatch(
      /^warn {2}retention .*kept for 6 months after a rotation: those of "ER" are over that, and are erased for good a week after/,
    );
    expect(announced).toMatch(/^warn {2}retention .*erased for good from \S+Z on$/);
    expect(erasing).toMatch(/^ok {4}retention .*; those of "Next" are erased on 2090-08-01$/);
  });

  it("notices that nobody can be reached", () => {
    using files = folder(FILES);

    const off = commandLine(files).runWith({ ATTUNE_PLAYGROUND: "0" }, "doctor");
    const closed = commandLine(files).runWith({ HOST: "0.0.0.0" }, "doctor");

    expect(off).toMatchObject({ status: 1 });
    expect(off.stdout).toMatch(/^fix {3}platforms {2}nobody can be reached/m);
    expect(closed).toMatchObject({ status: 1 });
    expect(closed.stdout).toMatch(/^fix {3}platforms {2}the playground stays closed/m);
  });
});
