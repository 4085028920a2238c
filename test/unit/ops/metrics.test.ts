import { describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { NUDGE_KINDS, nudgeId, rulesOf } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import { HOUR, instant, later } from "#src/domain/time.ts";
import { ERROR_CODES } from "#src/errors.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import { COUNTED_REFUSALS } from "#src/ports/meters.ts";

const now = instant(Date.UTC(2026, 2, 29));
const counts = {
  nudgeCounts: async () => [{ kind: "shift-goal", state: "sent", count: 3 } as const],
  programs: () => [],
};

/** Attune's own series, with their values. */
const seriesIn = (text: string): readonly (readonly [string, string])[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("attune_"))
    .map((line) => [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" ") + 1)]);

describe("the metrics", () => {
  it("show nudges by kind and state as the store has them at that moment", async () => {
    expect(await createMetrics(counts).text()).toContain(`attune_nudges{kind="shift-goal",state="sent"} 3`);
  });

  it.each([
    ["is away", () => Promise.reject(new Error("away"))],
    ["says nothing", () => new Promise<never>(() => {})],
  ])("leave out what the database knows while it %s, and go on telling the rest", async (_, inTrouble) => {
    let isAway = false;
    const metrics = createMetrics({
      ...counts,
      nudgeCounts: async () => (isAway ? inTrouble() : counts.nudgeCounts()),
      patience: 20,
    });
    metrics.meters.failed("store");
    const before = await metrics.text();
    isAway = true;

    const text = await metrics.text();

    expect(before).toContain("attune_database_up 1\n");
    expect(before).toContain("attune_nudges{");
    expect(text).toContain("attune_database_up 0\n");
    expect(text).not.toContain("attune_nudges{");
    expect(text).toContain(`attune_errors_total{code="store"} 1`);
  });

  it("sum up what programs have, and count the programs in trouble: no series of a program's own", async () => {
    const trouble = { name: "feed", since: now, reason: "" };
    const metrics = createMetrics({
      nudgeCounts: async () => [...(await counts.nudgeCounts()), ...(await counts.nudgeCounts())],
      programs: () => [
        { program: "north", lastBeat: 3, troubles: [] },
        { program: "south", lastBeat: 181, troubles: [] },
        { program: "west", lastBeat: 3, troubles: [trouble], isOver: true },
        { program: "east", lastBeat: 3, troubles: [{ ...trouble, of: "feed" }], feedAge: 7_200 },
        { program: "hill", lastBeat: 3, troubles: [{ ...trouble, of: "people" }], feedAge: 60 },
      ],
    });

    await metrics.text();
    const text = await metrics.text();

    expect(text).toContain(`attune_nudges{kind="shift-goal",state="sent"} 6`);
    expect(text).toContain("attune_programs 5\n");
    expect(text).toContain("attune_programs_feed_failing 1\n");
    expect(text).toContain("attune_programs_people_unread 1\n");
    expect(text).toContain("attune_programs_in_doubt 0\n");
    expect(text).toContain("attune_programs_over 1\n");
    expect(text).toContain("attune_feed_age_seconds 7200\n");
    expect(text).toContain("attune_programs_silent 1\n");
    expect(text).toContain("attune_programs_without_roster 1\n");
    expect(text).not.toMatch(/"(?:north|south|west|east|hill)"/u);
  });

  it("show lateness and the length of beats in seconds", async () => {
    const metrics = createMetrics(counts);

    metrics.meters.sent("shift-plan", 20_000);
    metrics.meters.beatEnded(40);

    const text = await metrics.text();
    expect(metrics.sent()).toBe(1);
    expect(text).toContain(`attune_nudge_lateness_seconds_bucket{le="15",kind="shift-plan"} 0`);
    expect(text).toContain(`attune_nudge_lateness_seconds_bucket{le="30",kind="shift-plan"} 1`);
    expect(text).toContain(`attune_beat_duration_seconds_sum 0.04`);
  });

  it("count acts, refusals by reason, and errors by code", async () => {
    const metrics = createMetrics(counts);

    metrics.meters.handled("pressed", "card");
    metrics.meters.handled("said", "identifier");
    metrics.meters.failed("rejected");

    const text = await metrics.text();
    expect(text).toContain(`attune_acts_total{act="pressed",outcome="card"} 1`);
    expect(text).toContain(`attune_refusals_total{reason="identifier"} 1`);
    expect(text).not.toContain(`attune_refusals_total{reason="card"}`);
    expect(text).toContain(`attune_errors_total{code="rejected"} 1`);
  });

  it("do not count it as an error that a platform asks for patience", async () => {
    const metrics = createMetrics(counts);

    metrics.meters.failed("rate-limited");

    const text = await metrics.text();
    expect(text).toContain("attune_paced_total 1\n");
    expect(text).not.toContain('rate-limited"} 1');
  });

  it("have every series from the first scrape on, at 0, so that the first of anything is an increase", async () => {
    const metrics = createMetrics({ nudgeCounts: async () => [], programs: () => [] });
    metrics.calls("slack");
    const before = seriesIn(await metrics.text());

    for (const kind of NUDGE_KINDS) if (rulesOf(kind).comesAnyway) metrics.meters.sent(kind, 1);
    for (const code of [...ERROR_CODES, "bug"]) metrics.meters.failed(code);
    for (const reason of ERROR_CODES) metrics.meters.undelivered(reason);
    metrics.meters.beatEnded(1);
    metrics.meters.handled("opened", "card");
    for (const reason of COUNTED_REFUSALS) metrics.meters.handled("pressed", reason);

    expect(before.filter(([, value]) => value !== "0")).toEqual([["attune_database_up", "1"]]);
    expect(seriesIn(await metrics.text()).map(([name]) => name)).toEqual(before.map(([name]) => name));
  });

  it("say what a platform's trouble is, and that the clock's jump is held", async () => {
    const metrics = createMetrics({
      ...counts,
      platforms: () => ({ slack: undefined, teams: "no-token" }),
      heldJump: () => ({ by: -90_000 }),
    });

    const text = await metrics.text();

    expect(text).toContain(`attune_platform_trouble{platform="teams",trouble="no-token"} 1\n`);
    expect(text).toContain(`attune_platform_trouble{platform="teams",trouble="token"} 0\n`);
    expect(text).toContain(`attune_platform_trouble{platform="slack",trouble="no-token"} 0\n`);
    expect(text).toContain("attune_clock_held_seconds 90\n");
  });

  it("say how old the last backup is only where one was made, and whether moments are ahead", async () => {
    const never = createMetrics({ ...counts, kept: async () => ({ ahead: 0 }) });
    const once = createMetrics({ ...counts, kept: async () => ({ ahead: 3_600, backup: 60 }) });

    expect(await never.text()).not.toContain("attune_backup_age_seconds");
    expect(await once.text()).toContain("attune_backup_age_seconds 60\n");
    expect(await once.text()).toContain("attune_moments_ahead_seconds 3600\n");
  });

  it("tell nothing of looks back, which come only where there is a goal", async () => {
    const metrics = createMetrics({
      ...counts,
      nudgeCounts: async () => [{ kind: "shift-debrief", state: "failed", count: 1 } as const],
    });

    metrics.meters.sent("shift-debrief");

    expect(await metrics.text()).not.toContain("shift-debrief");
    expect(metrics.sent()).toBe(1);
  });

  it("count kept replies about strategy and trust by component, each once", async () => {
    await using db = openSqlite({ file: ":memory:", keys: passingKey() });
    const metrics = createMetrics(counts);
    const store = metrics.counting(db.store("demo"));
    const person = personId("r1");
    await store.plan(
      [{ kind: "shift-goal", person, subject: "s", dueAt: now, expiresAt: later(now, HOUR) }],
      now,
    );
    const nudge = (await store.nudgeAbout("shift-goal", person, "s"))?.id ?? nudgeId(0);
    const reply = { occasion: "s", item: "help", value: "3", text: false } as const;
    const goal = { ...reply, item: "goal", value: "tests" } as const;
    const recording = {
      event: "e1",
      person,
      now,
      nudge,
      replies: [reply, goal],
      complete: false,
      edit: [],
      hasten: [],
    };

    await store.record(recording);
    await store.record(recording);

    const text = await metrics.text();
    expect(text).toContain(`attune_replies_total{component="strategy"} 1`);
    expect(text).not.toContain(`component="goal"`);
  });
});
