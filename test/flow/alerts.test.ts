import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { httpReceiver } from "#adapters/slack/http-receiver.ts";
import { tokenWatch } from "#adapters/slack/token-watch.ts";
import { ownToken } from "#adapters/teams/own-token.ts";
import { readProgram } from "#src/commands/plan.ts";
import { personId } from "#src/domain/person.ts";
import { later, DAY, HOUR, MINUTE, dayNumber } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import { callersOf } from "#src/ports/callers.ts";
import { noteBackup } from "#src/runtime/last-backup.ts";
import { seeded } from "#src/simulation/random.ts";
import { simulate } from "#src/simulation/simulate.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { SILENT } from "#test/support/attune.ts";
import { alertRules, watchRules } from "#test/support/ops/alerts.ts";
import { recorded } from "#test/support/ops/series.ts";
import { watchedSite, type WatchedSite } from "#test/support/ops/watched-site.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

const RESIDENTS = ["r1", "r2", "r3", "r4", "r5", "r6"];
const EVERYBODY = [...RESIDENTS, "a1", "a2"];
const DAYS = Array.from({ length: 14 }, (_, day) => `2026-12-${String(day + 1).padStart(2, "0")}`);
const FILES = {
  "program.yaml": `name: Lakeside
id: lakeside
timeZone: UTC
locale: en
start: at-once
rotations:
  - name: ER
    from: 2026-12-01
    to: 2026-12-14
people: people.csv
roster:
  - file: roster.csv
    format: csv
  - url: file:feed.txt
    format: icalendar
`,
  "feed.txt": "https://rosters.example/er.ics",
  "people.csv": [
    "id,name,role,email,memory",
    ...EVERYBODY.map(
      (id) => `${id},Doctor ${id},${id < "b" ? "attending" : "resident"},${id}@example.org,U-${id}`,
    ),
  ].join("\n"),
  "roster.csv": [
    "person,start,end",
    ...DAYS.flatMap((day) => EVERYBODY.map((id) => `${id},${day}T08:00,17:00`)),
  ].join("\n"),
};

/** Of the demo's eight. */
const WEEKS_OF_HEALTH = campaignSize({ quick: 1, usual: 2, long: 8 });

/** Of the demo program. */
const FEW: ReadonlySet<string> = new Set(["r1", "r2", "a1", "a2", "c1"]);

/** Something that goes wrong at a site in which all was well for half an hour. */
interface Incident {
  readonly alert: string;
  readonly what: string;
  /** When the site starts; else two hours before a day's shifts. */
  readonly start?: string;
  readonly happens: (
    site: WatchedSite,
    files: Folder,
  ) => Promise<(() => Promise<unknown> | void) | void> | void;
  /** Minutes within which its alert fires. */
  readonly within: number;
  /** Minutes between two scrapes, where much time passes. */
  readonly step?: number;
  /** Puts it right. What it was no longer fires then, nor anything else, so many minutes later. */
  readonly mended?: {
    readonly by: (site: WatchedSite, files: Folder) => Promise<unknown> | void;
    readonly within: number;
  };
}

const tap = (site: WatchedSite): Promise<unknown> =>
  site.hosted[0]!.receive({
    type: "said",
    event: `e${site.minute()}`,
    sender: { platform: "memory", account: "U-r1", address: "U-r1" as never },
    text: "home",
  });

const INCIDENTS: readonly Incident[] = [
  {
    alert: "AttuneDown",
    what: "the process is down",
    happens: ({ wrong }) => void (wrong.isDown = true),
    within: 4,
    mended: { by: ({ wrong }) => void (wrong.isDown = false), within: 1 },
  },
  {
    alert: "AttuneDatabaseAway",
    what: "the database cannot be reached, and people tap",
    happens: (site) => {
      site.wrong.isAway = true;
      return () => tap(site);
    },
    within: 4,
    mended: { by: ({ wrong }) => void (wrong.isAway = false), within: 60 },
  },
  {
    alert: "AttuneNotSaved",
    what: "its disk is full: it is read and not written, and people tap",
    happens: (site) => {
      site.wrong.isFull = true;
      return () => tap(site);
    },
    within: 12,
  },
  {
    alert: "AttuneTokenRefused",
    what: "Slack refuses the token",
    happens({ wrong }) {
      const token = tokenWatch();
      token.failed({ code: "slack_webapi_platform_error", data: { error: "token_revoked" } });
      wrong.platform = () => (token.isRefused() ? "token" : undefined);
    },
    within: 6,
  },
  {
    alert: "AttuneNoToken",
    what: "Entra is out of reach",
    async happens({ wrong }) {
      const own = ownToken(() => Promise.reject(new Error("ECONNREFUSED")), SILENT);
      await own.get().catch(() => undefined);
      own.stop();
      wrong.platform = own.trouble;
    },
    within: 11,
  },
  {
    alert: "AttuneRequestsRefused",
    what: "the signing secret is a wrong one",
    happens({ wrong, metrics, steady }) {
      const callers = callersOf({
        log: SILENT,
        now: steady,
        onCall: metrics.calls("slack"),
        mending: () => "",
      });
      const { route } = httpReceiver("wrong", callers);
      wrong.platform = () => (callers.areRefused() ? "requests" : undefined);
      const headers = { "x-slack-signature": "v0=00", "x-slack-request-timestamp": "1" };
      return () =>
        route.handle(new Request("http://er/slack/events", { method: "POST", headers, body: "{}" }));
    },
    within: 11,
  },
  {
    alert: "AttunePlatformAway",
    what: "Slack's socket stays closed",
    happens: ({ wrong }) => void (wrong.platform = () => "connection"),
    within: 11,
    mended: { by: ({ wrong }) => void (wrong.platform = () => undefined), within: 1 },
  },
  {
    alert: "AttunePlatformErrors",
    what: "the platform answers messages with errors",
    happens: ({ wrong }) => void (wrong.messages = "unavailable"),
    within: 90,
  },
  {
    alert: "AttuneMessagesFailing",
    what: "the platform rejects messages",
    happens: ({ wrong }) => void (wrong.messages = "rejected"),
    within: 110,
  },
  {
    alert: "AttuneLate",
    what: "the platform asks for patience for ten minutes",
    happens: (site) => {
      site.wrong.messages = "rate-limited";
      return () => {
        if (site.minute() > 115) site.wrong.messages = undefined;
      };
    },
    within: 100,
  },
  {
    alert: "AttuneLate",
    what: "the platform asks for patience and nothing goes out",
    happens: ({ wrong }) => void (wrong.messages = "rate-limited"),
    within: 110,
  },
  {
    alert: "AttuneProgramSilent",
    what: "beats hang",
    happens: ({ wrong }) => void (wrong.hangs = true),
    within: 15,
  },
  {
    alert: "AttuneBeatSlow",
    what: "beats take more than a minute",
    happens:
      ({ metrics }) =>
      () =>
        metrics.meters.beatEnded(70_000),
    within: 45,
  },
  {
    alert: "AttuneClock",
    what: "the clock jumps ahead",
    happens: ({ wrong }) => void (wrong.clock = HOUR),
    within: 3,
    mended: { by: ({ wrong }) => void (wrong.clock = 0), within: 30 },
  },
  {
    alert: "AttuneClock",
    what: "answers are kept from the future",
    start: "2026-12-02T07:30",
    async happens({ hosted: [only], clock }) {
      const [ask] = await only!.store.openNudges(personId("r1"), clock.now());
      await only!.store.record({
        event: "future",
        person: personId("r1"),
        now: later(clock.now(), 2 * HOUR),
        nudge: ask!.id,
        replies: [{ occasion: ask!.subject, item: "help", value: "3", text: false }],
        complete: false,
        edit: [],
        hasten: [],
      });
    },
    within: 3,
  },
  {
    alert: "AttuneRosterMissing",
    what: "a roster's file has gone",
    happens: (_, files) => rmSync(files.path("roster.csv")),
    within: 17,
    mended: { by: (_, files) => files.write("roster.csv", FILES["roster.csv"]), within: 2 },
  },
  {
    alert: "AttuneFeedFailing",
    what: "a feed cannot be fetched",
    happens: ({ wrong }) => void (wrong.feed = new AttuneError("unavailable", "HTTP 503")),
    within: 85,
  },
  {
    alert: "AttunePeopleUnread",
    what: "people.csv has a mistake",
    happens: (_, files) => files.write("people.csv", `${FILES["people.csv"]}\nr1,Twice,resident,,`),
    within: 17,
  },
  {
    alert: "AttuneRosterInDoubt",
    what: "most of the roster has gone",
    happens: (_, files) => files.write("roster.csv", FILES["roster.csv"].split("\n").slice(0, 20).join("\n")),
    within: 730,
    step: 5,
  },
  {
    alert: "AttuneRotationsOver",
    what: "the last rotation is over",
    start: "2026-12-14T23:25",
    happens: () => {},
    within: 70,
  },
  {
    alert: "AttuneBackupOld",
    what: "no backup has succeeded since the day before yesterday",
    happens: ({ db, clock }) => noteBackup(db.notes, later(clock.now(), -37 * HOUR)),
    within: 17,
  },
  {
    alert: "AttuneBug",
    what: "a beat fails as nobody foresaw",
    happens: ({ wrong }) => void (wrong.breaks = true),
    within: 3,
  },
  {
    alert: "AttuneNobodyAnswers",
    what: "nobody's answers are kept",
    happens: () => {},
    within: 30 * 60,
    step: 5,
  },
];

describe("each trouble fires its own alert, in its time, and no other", () => {
  it.each(INCIDENTS)("$alert: $what", async ({ alert, start, happens, within, step = 1, mended }) => {
    using files = folder(FILES);
    await using site = await watchedSite(files.path("program.yaml"), start ?? "2026-12-02T06:00");
    await site.lives(30, 1);
    const before = [...site.fired.keys()];
    const each = (await happens(site, files)) ?? undefined;

    const firing = await site.lives(within, step, each);

    expect(before).toEqual([]);
    expect(mended === undefined ? firing : [...site.fired.keys()]).toEqual([alert]);
    expect([...site.fired.keys()]).toEqual([alert]);
    if (mended === undefined) return;
    await mended.by(site, files);
    const after = await site.lives(mended.within, 1);
    expect([[...site.fired.keys()], after]).toEqual([[alert], []]);
  });

  it("and every alert has its trouble here", () => {
    expect(new Set(INCIDENTS.map(({ alert }) => alert))).toEqual(
      new Set(alertRules().map(({ alert }) => alert)),
    );
  });
});

describe("nothing fires", () => {
  it("at a first start, while nobody has agreed or can be found yet", async () => {
    using files = folder({
      ...FILES,
      "people.csv": FILES["people.csv"].replaceAll(/U-r[1-5]/gu, ""),
    });
    await using site = await watchedSite(files.path("program.yaml"), "2026-12-02T06:00", false);

    await site.lives(6 * 60, 1);

    const text = await site.metrics.text();
    expect([...site.fired.keys()]).toEqual([]);
    expect(text).toMatch(/attune_nudges\{kind="consent",state="waiting"\} [1-9]/u);
    expect(text).not.toMatch(/attune_nudges\{[^}]*state="failed"\} [1-9]/u);
  });

  it("in weeks in which people answer, agree late, and leave some unanswered", async () => {
    const demo = await readProgram("program/program.yaml");
    const { zone } = demo;
    const people = demo.program.people.filter(({ id }) => FEW.has(id));
    const program = { ...demo.program, people };
    const roster = {
      ...demo.roster,
      assignments: demo.roster.assignments.filter(({ person }) => FEW.has(person)),
    };
    const from = zone.at(dayNumber(program.rotations[0]!.from), 0);
    const scrapes = recorded();
    const rules = watchRules();
    const fired = new Set<string>();
    let now: number = from;
    const metrics = createMetrics({
      nudgeCounts: async () => [],
      programs: () => [{ program: program.id, lastBeat: 20, troubles: [] }],
      platforms: () => ({ slack: undefined }),
    });
    const db = openSqlite({ file: ":memory:", keys: passingKey() });
    await simulate({
      db: { ...db, store: (id) => metrics.counting(db.store(id)) },
      program,
      roster,
      from,
      to: later(from, WEEKS_OF_HEALTH * 7 * DAY),
      script: [],
      random: seeded(20),
      meters: metrics.meters,
      log: SILENT,
      emit() {},
      async progress(at) {
        if (at < now) return;
        const text = await metrics.text();
        for (; now <= at; now += 5 * MINUTE) {
          scrapes.keep(now, { job: "attune", instance: "er:3000" }, text);
          if (now % (15 * MINUTE) !== 0) continue;
          for (const name of rules.look(scrapes, now)) fired.add(name);
        }
      },
    });

    const sent = scrapes
      .named("attune_nudge_lateness_seconds_count")
      .map(({ points }) => points.at(-1)!.value);
    expect(Math.max(...sent)).toBeGreaterThan(4 * WEEKS_OF_HEALTH);
    expect([...fired]).toEqual([]);
  }, 240_000);
});
