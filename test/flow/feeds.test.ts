import { outlookOn } from "#test/support/plans.ts";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { expect, it, onTestFinished } from "vitest";
import { httpFeed } from "#adapters/feed/feed.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { MINUTE, instant, later, utc } from "#src/domain/time.ts";
import { feedRequest } from "#src/roster/watch/feed-request.ts";
import { watchFeeds } from "#src/roster/watch/feed-watch.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import { health } from "#src/ops/health.ts";
import { selfSigned } from "#test/support/feeds/certificate.ts";
import { qgendaServer } from "#test/support/feeds/qgenda.ts";
import { feedServer, serving } from "#test/support/feeds/server.ts";
import { local, programOf } from "#test/support/programs.ts";

const program = programOf();
const calendar = (...shifts: readonly (readonly [string, string])[]) =>
  [
    "BEGIN:VCALENDAR",
    ...shifts.flatMap(([who, day], index) => [
      "BEGIN:VEVENT",
      // UIDs that are others at each export.
      `UID:${index}-${Math.round(performance.now() * 1000)}`,
      `SUMMARY:Day ${who}`,
      `DTSTART:202612${day}T080000`,
      `DTEND:202612${day}T170000`,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ].join("\r\n");

const SOURCE: RosterSource = {
  name: "ED feed",
  format: "icalendar",
  feed: { addresses: [{ variable: "ED" }], every: 15 * MINUTE },
};
const FIRST = calendar(["r1", "01"], ["a1", "01"], ["r1", "02"], ["a1", "02"]);

/** A feed at work in a process: its rosters read, its roster kept, its log and health looked at. */
async function watched(address: string, source: RosterSource = SOURCE) {
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const lines: string[] = [];
  const note = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log = { debug: note, info: note, warn: note, error: note };
  let woken = 0;
  const feeds = watchFeeds({
    sources: [source],
    feed: httpFeed({ timeout: 2_000, maximum: 20_000 }),
    requestOf: (one, at) => feedRequest(one, program, () => address.split("\n"), at),
    log,
    notes: db.store("p"),
    wake: () => (woken += 1),
  });
  const watch = watchRoster(program, [source], log, feeds);
  let now = local("2026-11-30T09:00");
  let outlook = outlookOn(program, { assignments: [], absences: [] });
  return {
    log,
    lines,
    watch,
    notes: db.store("p"),
    now: () => now,
    outlook: () => outlook,
    woken: () => woken,
    /** Some minutes later: one beat starts what is due, the next one reads what came of it. */
    async after(minutes: number): Promise<readonly string[]> {
      now = later(now, minutes * MINUTE);
      for (let beat = 0; beat < 2; beat += 1) {
        const update = await watch.findRosterUpdate(outlook, now);
        outlook = update?.after ?? outlook;
        await feeds.settled();
      }
      return outlook.input.roster.assignments.map((one) => `${one.person} ${utc(one.start)}`).toSorted();
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}

it("a feed that changes, fails, redirects, stalls, grows, and comes back keeps its last good roster throughout", async () => {
  await using server = await feedServer(serving(FIRST));
  await using ours = await watched(server.url);
  const { after, watch, log, lines, notes } = ours;

  const first = await after(0);
  expect(first).toHaveLength(4);
  expect(ours.woken()).toBe(1);
  expect(watch.state().report).toMatchObject({ shifts: 4, matched: 2, people: 2, leftOut: [] });

  // Not due: not asked. Due and the same: 304, and nothing changes.
  await after(14);
  expect(server.asked).toHaveLength(1);
  await after(1);
  expect(server.asked).toHaveLength(2);
  expect(ours.woken()).toBe(1);

  // Other UIDs, a shift swapped away.
  server.behaves(serving(calendar(["r1", "01"], ["a1", "01"], ["a1", "02"]), '"b"'));
  expect(await after(15)).toEqual(first.filter((one) => one !== "r1 2026-12-01T23:00:00Z"));

  const changedOnce = await after(0);
  const failing = [
    (_: unknown, response: { writeHead(code: number): { end(): void } }) => response.writeHead(503).end(),
    () => undefined,
    (_: unknown, response: { writeHead(code: number, headers: object): { end(): void } }) =>
      response.writeHead(302, { location: "https://10.0.0.1/" }).end(),
    (_: unknown, response: { end(text: string): void }) => response.end("x".repeat(30_000)),
  ];
  const since = later(ours.now(), 15 * MINUTE);
  for (const [index, how] of failing.entries()) {
    server.behaves(how);
    expect(await after([15, 1, 2, 4][index]!)).toEqual(changedOnce);
    expect(watch.state().troubles).toMatchObject([{ name: "ED feed", since }]);
  }
  expect(server.asked).toHaveLength(7);

  const told = await health({
    db: { check: async () => {} },
    beats: { lastFinished: () => 0 },
    steady: () => 0,
    platforms: () => ({}),
    programs: () => [{ program: "p", lastBeat: 0, troubles: watch.state().troubles }],
  });
  expect(told).toMatchObject({
    status: "ok",
    rosters: { "ED feed": { failingSince: utc(since), reason: "it is larger than 0 MB" } },
  });

  // A restart in the middle still knows since when, and takes nothing off the roster.
  const restarted = watchFeeds({
    sources: [SOURCE],
    feed: { fetch: () => new Promise(() => {}) },
    requestOf: () => ({ kind: "pages", addresses: [] }),
    log,
    notes,
    wake: () => {},
  });
  await restarted.beat(ours.now());
  expect(restarted.troubles()).toMatchObject([{ since }]);
  const blind = await watchRoster(program, [SOURCE], log, restarted).findRosterUpdate(
    ours.outlook(),
    ours.now(),
  );
  expect(blind).toBeUndefined();

  // A sign-in page in the place of the calendar is no roster either.
  server.behaves((_, response) => void response.end("<html>sign in</html>"));
  expect(await after(8)).toEqual(changedOnce);
  expect(watch.state().troubles).toMatchObject([{ since, reason: expect.stringContaining("a web page") }]);

  server.behaves(serving(FIRST, '"c"'));
  expect(await after(15)).toEqual(first);
  expect(watch.state().troubles).toEqual([]);
  expect(lines.join("\n")).not.toContain("secret-token");
  expect(lines.join("\n")).toContain("a feed is back");
}, 60_000);

it("a certificate that is not trusted any more keeps the last good roster, and says so until it is again", async () => {
  const trusted = getCACertificates("default");
  onTestFinished(() => setDefaultCACertificates(trusted));
  const certificate = selfSigned();
  await using server = await feedServer(serving(FIRST), certificate);
  await using ours = await watched(server.url);

  setDefaultCACertificates([certificate.cert]);
  const first = await ours.after(0);
  setDefaultCACertificates([]);
  const untrusted = await ours.after(15);
  const told = ours.watch.state().troubles;
  setDefaultCACertificates([certificate.cert]);
  const again = await ours.after(15);

  expect(first).toHaveLength(4);
  expect([untrusted, again]).toEqual([first, first]);
  expect(told).toMatchObject([
    { reason: "the server's certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)" },
  ]);
  expect(ours.watch.state().troubles).toEqual([]);
  expect(ours.lines.join("\n")).not.toContain("secret-token");
});

// domain: A roster change moves or withdraws
it("a window that moves on cancels nothing, and a shift that is gone inside it is cancelled", async () => {
  const source: RosterSource = {
    name: "x",
    format: "icalendar",
    feed: { addresses: [{ variable: "X" }], every: MINUTE },
  };
  let text = calendar(["r1", "01"], ["a1", "02"], ["r1", "03"], ["a1", "04"]);
  const feeds = {
    beat: async () => {},
    pages: () => [new TextEncoder().encode(text)],
    troubles: () => [],
    fetched: () => [],
    settled: async () => {},
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const watch = watchRoster(program, [source], log, feeds);
  const now = local("2026-12-01T12:00");
  let outlook = outlookOn(program, { assignments: [], absences: [] });
  const read = async () => {
    const update = await watch.findRosterUpdate(outlook, instant(now));
    outlook = update?.after ?? outlook;
    return outlook.input.roster.assignments.map((one) => one.id.slice(0, 13)).toSorted();
  };
  const all = await read();

  text = calendar(["a1", "02"], ["r1", "03"], ["a1", "04"], ["r1", "05"], ["a1", "05"]);
  expect(await read()).toEqual([...all, "a1@2026-12-04", "r1@2026-12-04"].toSorted());
  text = calendar(["a1", "02"], ["a1", "04"], ["r1", "05"], ["a1", "05"]);
  expect(await read()).not.toContain("r1@2026-12-02");
  expect(all).toContain("r1@2026-12-02");
});

it("QGenda's schedule becomes shifts; while a piece of it fails, or its account is refused, nothing changes", async () => {
  const entry = (day: string) => ({
    StaffLName: "r1",
    StartDate: `2026-12-${day}T00:00:00`,
    StartTime: "08:00:00",
    EndTime: "17:00:00",
    TaskName: "ED Day",
    TaskType: "Working",
    IsPublished: true,
  });
  await using qgenda = await qgendaServer();
  qgenda.entries = () => [entry("01"), entry("02")];
  await using ours = await watched(qgenda.account, { ...SOURCE, name: "QGenda", format: "qgenda" });

  const first = await ours.after(0);
  qgenda.entries = () => [entry("01")];
  const fewer = await ours.after(15);
  qgenda.server.behaves((_, response) => response.writeHead(503, { "retry-after": "600" }).end());
  const failing = await ours.after(15);
  const troubles = ours.watch.state().troubles;

  expect(first).toEqual(["r1 2026-11-30T23:00:00Z", "r1 2026-12-01T23:00:00Z"]);
  expect([fewer, failing]).toEqual([first.slice(0, 1), first.slice(0, 1)]);
  expect(troubles).toMatchObject([{ name: "QGenda", reason: "the server answers 503" }]);
  expect(ours.lines.join("\n")).not.toMatch(/secret|chief@|token-|0000-11/u);
});

it("a feed whose address has the day in it is asked for another page each day, and several pages are one roster", async () => {
  await using server = await feedServer((request, response) => {
    const day = new URL(request.url!, "http://localhost").searchParams.get("day")!;
    response.end(calendar(["r1", day], ["a1", day]));
  });
  const address = ["{dd+1d}", "{dd+2d}"].map((day) => `${server.url}?day=${day}`).join("\n");
  await using ours = await watched(address);

  const first = await ours.after(0);
  const second = await ours.after(24 * 60);

  const days = (shifts: readonly string[]) => [...new Set(shifts.map((one) => one.slice(3, 13)))];
  expect(days(first)).toEqual(["2026-11-30", "2026-12-01"]);
  expect(days(second)).toEqual(["2026-11-30", "2026-12-01", "2026-12-02"]);
  expect(server.asked.map(({ url }) => new URL(url!, "http://localhost").searchParams.get("day"))).toEqual([
    "01",
    "02",
    "02",
    "03",
  ]);
});
