import { renameSync, utimesSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { DAY, HOUR } from "#src/domain/time.ts";
import { en } from "#src/words/en.ts";
import { commandLine, type Ran } from "#test/support/command-line.ts";
import { feedServer, serving, type FeedServer } from "#test/support/feeds/server.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { member } from "#test/support/slack/member.ts";
import { BOT_TOKEN, SECRET, APP_TOKEN, standIn, type StandIn } from "#test/support/slack/stand-in.ts";
import { limitedDisk } from "#test/support/small-disk.ts";
import { started, type Started } from "#test/support/started.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

/*
 * The walk of an operator who did not write Attune: two departments, first with ten mistakes in their files, then on SQLite, on
 * PostgreSQL and back, through every drill of docs/operating.md. Each ends in a line that names what to do, and what is done mends it.
 * Each step goes on from the one before.
 */

const NOW = Date.now();
const date = (days: number): string => new Date(NOW + days * DAY).toISOString().slice(0, 10);
const minute = (at: number): string => new Date(at).toISOString().slice(0, 16);
const shift = (id: string, from = HOUR / 4, hours = 8): string =>
  `${id},${minute(NOW + from)},${minute(NOW + from + hours * HOUR)}`;

const yaml = (name: string, roster = "  - { file: roster.csv, format: csv }"): string => `id: ${name}
name: ${name} hospital
timeZone: UTC
locale: en
rotations:
  - { name: ER, from: ${date(-3)}, to: ${date(40)} }
people: people.csv
roster:
${roster}
start: at-once
`;
const FEED = "  - { url: env:NORTH_FEED, name: North feed, format: icalendar, person: r1 }";
const HEAD = "id,name,role,email,slack";
const RESIDENT = (name: string) => `r1,Maya ${name},resident,maya@${name}.example,U${name}R1`;
const ATTENDING = (name: string) => `a1,Dan ${name},attending,dan@${name}.example,U${name}A1`;
const SHARED = {
  north: "r2,Bo Both,resident,bo@both.example,UBOTH",
  south: "a2,Bo Both,attending,bo@both.example,UBOTH",
};
const people = (name: "north" | "south", ...more: readonly string[]): string =>
  `${[HEAD, RESIDENT(name), ATTENDING(name), SHARED[name], ...more].join("\n")}\n`;
const roster = (...ids: readonly string[]): string =>
  `person,start,end\n${ids.map((id) => shift(id)).join("\n")}\n`;

/** Both departments as they should be. */
const RIGHT: Readonly<Record<string, string>> = {
  "programs/north/program.yaml": yaml("north"),
  "programs/north/people.csv": people("north"),
  "programs/north/roster.csv": roster("r1", "a1", "r2"),
  "programs/south/program.yaml": yaml("south"),
  "programs/south/people.csv": people("south"),
  "programs/south/roster.csv": roster("r1", "a1"),
};

/** One mistake of a file, and the line that names it with what to do. */
interface Mistake {
  readonly file: string;
  readonly text: string;
  readonly line: RegExp;
}

const changed = (file: string, from: string | RegExp, to: string, line: RegExp): Mistake => ({
  file,
  text: RIGHT[file]!.replace(from, to),
  line,
});

/** Some mistakes hide others, as they do for everybody: so they come in rounds. */
const ROUNDS: readonly (readonly Mistake[])[] = [
  [
    changed(
      "programs/north/program.yaml",
      "timeZone: UTC",
      "timeZone: Tokio",
      /north\/program\.yaml:3: timeZone: "Tokio"[^]*?write one such as Asia\/Tokyo/u,
    ),
    changed(
      "programs/south/program.yaml",
      "people: people.csv",
      "people: people.csv\nretention: 0",
      /south\/program\.yaml:8: retention: [^]*?write 12/u,
    ),
    changed(
      "programs/north/people.csv",
      "attending",
      "boss",
      /north\/people\.csv:3: role: "boss" is no role[^]*?write resident, attending or coordinator/u,
    ),
    changed("programs/south/people.csv", "id,name,role", "id,name,rôle", /south\/people\.csv:1: [^]*?role/u),
  ],
  [
    changed(
      "programs/south/program.yaml",
      "id: south",
      "id: north",
      /south\/program\.yaml:1: id: "north" is the id of [^]*?give each program an id of its own/u,
    ),
    changed(
      "programs/south/people.csv",
      ",UBOTH",
      ",UOTHER",
      /south\/people\.csv:4: slack: a2 is r2 in .*north\/people\.csv:4, too[^]*?write the same account in both files/u,
    ),
    changed(
      "programs/north/program.yaml",
      `to: ${date(40)}`,
      `to: ${date(-9)}`,
      /north\/program\.yaml:6: rotations\[?\.?0.*to[^]*?write the rotation's last day/u,
    ),
  ],
  [
    changed("programs/north/roster.csv", "r2,", "Bo Bath,", /north\/roster\.csv:?.*[^]*?Bo Bath/u),
    changed("programs/south/program.yaml", "roster.csv", "rooster.csv", /rooster\.csv[^]*?→/u),
    changed(
      "programs/north/program.yaml",
      `from: ${date(-3)}, to: ${date(40)}`,
      `from: ${date(-60)}, to: ${date(-5)}`,
      /north\/program\.yaml: every rotation is over[^]*?→ add the next one/u,
    ),
  ],
];

let server: PostgresServer;
let slack: StandIn;
let feed: FeedServer;
let files: Folder;

beforeAll(async () => {
  [server, slack, feed] = await Promise.all([postgresServer(), standIn(), feedServer(serving(calendar()))]);
  files = folder(RIGHT);
  for (const id of ["UnorthR1", "UnorthA1", "UsouthR1", "UsouthA1", "UBOTH"]) slack.workspace.add({ id });
}, 120_000);
afterAll(async () => {
  await Promise.all([server, slack, feed].map((one) => one[Symbol.asyncDispose]()));
  files[Symbol.dispose]();
}, 120_000);

const calendar = (): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//walk//EN",
    "BEGIN:VEVENT",
    "UID:one",
    `DTSTART:${minute(NOW + HOUR).replaceAll(/[-:]/gu, "")}00Z`,
    `DTEND:${minute(NOW + 9 * HOUR).replaceAll(/[-:]/gu, "")}00Z`,
    "SUMMARY:Day",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

const env = (over: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  ATTUNE_PROGRAM: files.path("programs"),
  ATTUNE_DB: files.path("attune.db"),
  ATTUNE_KEY_FILE: files.path("attune.key"),
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  SLACK_API_URL: slack.apiUrl,
  NORTH_FEED: feed.url,
  ...over,
});
const attune = (over: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> =>
  commandLine(files).startWith(env(over), ...args);
const doctor = async (over: Readonly<Record<string, string>> = {}): Promise<Ran> => attune(over, "doctor");

interface Drill {
  readonly harm: () => unknown;
  /** What is wrong, with what to do. */
  readonly line: RegExp;
  readonly mend: () => unknown;
}

/** What doctor says after each harm, and once all of it is mended. */
async function drilled(
  drills: readonly Drill[],
): Promise<{ readonly ill: readonly string[]; readonly well: Ran }> {
  const ill: string[] = [];
  for (const { harm, mend } of drills) {
    await harm();
    ill.push((await doctor()).stdout);
    await mend();
  }
  return { ill, well: await doctor() };
}

const patience = { timeout: 60_000, interval: 250 };
/** Once it has beaten, too: what it has read is written down then. */
const healthy = (process: Started) =>
  vi.waitFor(
    async () =>
      expect(await (await fetch(`${process.url}/healthz`)).json()).toMatchObject({
        status: "ok",
        lastTick: expect.any(Number) as number,
      }),
    patience,
  );

describe("an operator's walk", { timeout: 240_000 }, () => {
  it("ten mistakes in the files of two departments: each is a line that names it and what to do, and the start refuses them", async () => {
    const refusals: string[] = [];
    for (const mistakes of ROUNDS) {
      for (const { file, text } of mistakes) files.write(file, text);
      const ran = await doctor();
      for (const { line } of mistakes) expect(ran.stdout).toMatch(line);
      expect(ran).toMatchObject({ status: 1, stderr: "" });
      if (refusals.length === 0)
        refusals.push(
          await started(env()).then(
            () => "it started",
            (error: Error) => error.message,
          ),
        );
      for (const { file } of mistakes) files.write(file, RIGHT[file]!);
    }

    for (const { line } of ROUNDS[0]!.slice(0, 3)) expect(refusals[0]).toMatch(line);
    expect(ROUNDS.flat()).toHaveLength(10);
    // Before the first start there is no database yet: nothing else is left to mend.
    expect((await doctor()).stdout).toMatch(/^(?:All is well\.|0 to fix now)/mu);
  });

  it("who works at both is asked once by a running Attune, which why tells in the other program", async () => {
    await using running = await started(env());
    await healthy(running);
    const both = member(slack, "UBOTH");
    await vi.waitFor(() => expect(both.reads()).toContain(en.consent.agree), patience);
    await both.taps(en.consent.agree);
    await vi.waitFor(() => expect(both.chat().join("\n")).toContain("Dan north"), patience);
    running.signal("SIGTERM", "npm");
    await running.ended;

    const north = await attune({}, "why", "r2", "--program", files.path("programs/north/program.yaml"));
    const south = await attune({}, "why", "a2", "--program", files.path("programs/south/program.yaml"));

    const data = await attune(
      {},
      "export",
      "--person",
      "r2",
      "--program",
      files.path("programs/north/program.yaml"),
      "--out",
      "-",
    );

    expect(data.stderr).toMatch(
      /r2 works in south, too, as a2.*attune export --person a2 --program .*south/u,
    );
    expect(both.chat().filter((text) => text.includes(en.consent.agree)).length).toBeLessThan(2);
    expect(north.stdout).toContain(en.why.participation.agreed);
    expect(south.stdout).toContain(en.why.participation.agreed);
    expect((await doctor()).status).toBe(0);
  });

  it("SQLite to PostgreSQL and back, with a backup that is restored", async () => {
    const url = await server.database();
    const there = await attune({}, "migrate", "--from", files.path("attune.db"), "--to", url);
    const onServer = await doctor({ ATTUNE_DB: url });
    const away = await attune({ ATTUNE_DB: "postgres://attune:local@127.0.0.1:1/attune" }, "doctor");
    const home = await attune({}, "migrate", "--from", url, "--to", files.path("back.db"));
    const backed = await attune({}, "backup", files.path("backup.db"));
    const restored = await attune({ ATTUNE_DB: files.path("again.db") }, "restore", files.path("backup.db"));

    for (const ran of [there, onServer, home, backed, restored]) expect(ran).toMatchObject({ status: 0 });
    expect(onServer.stdout).toMatch(/^ok {4}database /mu);
    expect(away.status).toBe(1);
    expect(away.stdout).toMatch(
      /^fix {3}database .*cannot be reached\.\n +→ bring the server of postgres:\/\/127\.0\.0\.1:1\/attune back/mu,
    );
    await using db = await openPostgres({ url, keys: loadMasterKey(files.path("attune.key")) });
    expect(await db.store("south").knownBy("slack", "UBOTH")).toBe("a2");
  });

  it("a lost key, a clock, a feed that fails, a reused id: each is named, and mended by what is said", async () => {
    const key = files.path("attune.key");
    const seen = async (at: number) => {
      await using db = commandLine(files).open();
      await db.notes.setNote("clock seen", String(at));
    };
    const north = (roster?: string) => files.write("programs/north/program.yaml", yaml("north", roster));
    const south = (text: string) => files.write("programs/south/people.csv", text);
    const reused = people("south")
      .replace("Bo Both", "Ann New")
      .replace("bo@both.example,UBOTH", "ann@new.example,UNEW");

    const drills: readonly Drill[] = [
      {
        harm: () => renameSync(key, `${key}.away`),
        line: /^fix {3}key .*attune\.key[^]*?put/mu,
        mend: () => renameSync(`${key}.away`, key),
      },
      {
        harm: () => seen(Date.now() + 3 * DAY),
        line: /^fix {3}clock .*has seen .* before\n +→ mend the clock/mu,
        mend: () => seen(Date.now()),
      },
      {
        harm() {
          north(FEED);
          feed.behaves((_, response) => response.writeHead(404).end());
        },
        line: /^fix {3}roster .*North feed: .*404.*\n +→ /mu,
        mend: () => north(),
      },
      {
        harm: () => south(reused),
        line: /^fix {3}accounts .*a2 may be other people now.*\n +→/mu,
        mend: () => south(RIGHT["programs/south/people.csv"]!),
      },
    ];
    const { ill, well } = await drilled(drills);

    for (const [place, { line }] of drills.entries()) {
      expect(ill[place]).toMatch(line);
      expect(well.stdout).not.toMatch(line);
    }
    expect(well).toMatchObject({ status: 0, stderr: "" });
  });

  it("a leaver and a new name: plan --diff says it first, and of two replicas with different files doctor names the one", async () => {
    const url = await server.database();
    const north = files.path("programs/north/people.csv");
    const left = people("north")
      .replace(`${ATTENDING("north")}\n`, "")
      .replace("Maya north", "Maya Stone");
    files.write("programs/north/people.csv", left);
    const diff = await attune({}, "plan", "--diff", "--program", files.path("programs/north/program.yaml"));
    using copy = folder({ ...RIGHT, "programs/north/people.csv": left });
    files.write("programs/north/people.csv", RIGHT["programs/north/people.csv"]!);
    const there = { ATTUNE_DB: url, ATTUNE_KEY_FILE: files.path("other.key") };
    await using one = await started(env(there));
    await healthy(one);
    await using two = await started(env({ ...there, ATTUNE_PROGRAM: copy.path("programs") }));
    await healthy(two);
    for (const path of [north, copy.path("programs/north/people.csv")])
      utimesSync(path, new Date(NOW - HOUR), new Date(NOW - HOUR));

    const told = [await doctor(there), await doctor({ ...there, ATTUNE_PROGRAM: copy.path("programs") })];

    expect(diff.stdout).toMatch(/^ *- a1 leaves/mu);
    expect(diff.stdout).toContain("Maya Stone");
    const unlike =
      /^fix {3}people .*people\.csv is another one than Attune read last.*does not follow it\n +→ .*give every replica the same file/mu;
    expect(told.map(({ stdout }) => unlike.test(stdout)).filter(Boolean)).toHaveLength(1);
  });

  it("a wrong secret and a full disk: the running Attune says so, and goes on once they are mended", async () => {
    const http = { SLACK_SIGNING_SECRET: "another secret", SLACK_APP_TOKEN: "" };
    await using running = await started(env(http));
    for (let i = 0; i < 6; i += 1)
      await fetch(`${running.url}/slack/events`, {
        method: "POST",
        body: "{}",
        headers: {
          "content-type": "application/json",
          "x-slack-request-timestamp": String(Math.floor(Date.now() / 1_000)),
          "x-slack-signature": `v0=${SECRET}`,
        },
      });
    const refused = await doctor(http);
    using disk = limitedDisk();
    disk.fill(running.group);
    const ill = await vi.waitFor(async () => {
      const health = await fetch(`${running.url}/healthz`);
      expect(health.status).toBe(503);
      return health.json();
    }, patience);
    disk.free(running.group);
    await vi.waitFor(async () => expect((await fetch(`${running.url}/healthz`)).status).toBe(200), patience);

    expect(refused.stdout).toMatch(
      /^fix {3}platforms {2}Slack: every request is refused[^]*?→ copy the Signing Secret/mu,
    );
    expect(ill).toMatchObject({ database: "failing" });
  });
});
