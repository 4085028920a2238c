import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { MemoryMessengerOptions } from "#adapters/memory/messenger.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { weekOf as weekNumber } from "#src/domain/time.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "one central line";

/** These residents, their attendings and a coordinator, on one shift; the goal is asked. */
async function atTheGoal(
  { locale, say }: Tongue,
  residents: readonly string[],
  trouble?: MemoryMessengerOptions["trouble"],
  attendings: readonly string[] = ["a1"],
): Promise<Flow> {
  const people = [...residents, ...attendings];
  const attune = await flow({
    program: programOf({ people: [...people, "c1"], locale }),
    roster: together(people, ["01"]),
    ...(trouble === undefined ? {} : { messenger: { trouble } }),
  });
  await takePart(attune, say, [...people, "c1"]);
  await attune.until("2026-12-01T07:45");
  return attune;
}

/** The digest of that week, on the Tuesday after it. */
async function digest(attune: Flow, { say }: Tongue): Promise<string> {
  await attune.until("2026-12-08T09:00");
  return attune
    .phone("c1")
    .chat()
    .find((text) => text.startsWith(`# ${say.coordinator.title}`))!;
}

/**
 * Everybody sets the same goal and plans the same calls and feedback; the last residents (`silent`) say nothing of strategy. The first two
 * have worked on their goal.
 */
async function answered(
  tongue: Tongue,
  residents: readonly string[],
  attendings: readonly string[] = ["a1"],
  others: "partly" | "no-chance" = "no-chance",
  silent = 1,
): Promise<Flow> {
  const { say, goal } = tongue;
  const { help, call, feedback } = say.strategy;
  const attune = await atTheGoal(tongue, residents, undefined, attendings);
  for (const [i, id] of residents.entries()) {
    await taps(attune, id, [goal("procedures")]);
    await attune.phone(id).writes(LINE);
    const wanted = help.answers[i === 0 ? 4 : 2];
    if (!residents.slice(-silent).includes(id))
      await taps(attune, id, [wanted, call.answers[2], feedback.answers.end]);
  }
  await attune.until("2026-12-01T08:00");
  const plan = [help.answers[2], call.answers[2], feedback.answers.end];
  for (const id of attendings) await taps(attune, id, [say.plan.scopes.all, ...plan]);
  await attune.until("2026-12-01T17:00");
  for (const [i, id] of residents.entries()) {
    const outcome = i < 2 ? "yes" : others;
    await taps(attune, id, [
      say.debrief.outcomes[outcome],
      say.debrief.feedbacks.yes,
      help.answers[2],
      attendings.length > 1 ? say.debrief.whomNobody : say.buttons.skip,
    ]);
  }
  return attune;
}

describe.each(TONGUES)("the coordinator's digest, in $locale", (tongue) => {
  const { say, who } = tongue;
  const { coordinator, strategy } = say;

  // domain: The coordinator's digest is weekly, in two parts
  // domain: The part since the start tells both answered
  // domain: Each figure has its number of cases and people
  it("is which messages did not arrive and the program's totals, and not a word more", async () => {
    await using attune = await answered(tongue, ["r1", "r2", "r3", "r4", "r5", "r6"], ["a1", "a2", "a3"]);

    const text = await digest(attune, tongue);

    const people = coordinator.people(6, 3);
    const procedures = DEFAULT_GOALS.find(({ id }) => id === "procedures");
    expect(text.split("\n").slice(2)).toEqual([
      coordinator.week(tongue.locale === "en" ? "Mon, Nov 30 – Sun, Dec 6" : "11月30日（月）〜12月6日（日）"),
      `${coordinator.arrived}: ${coordinator.arrivedOf(9, 9)}`,
      `${coordinator.failures}: ${coordinator.noFailures}`,
      `${coordinator.notAgreed}: ${coordinator.nobody}`,
      `${coordinator.unreached}: ${coordinator.nobody}`,
      "—",
      coordinator.sinceStart,
      `${coordinator.both}: ${coordinator.share(83)}`,
      coordinator.behind(coordinator.cases.shifts(18), people),
      `${coordinator.goals}: ${say.labelled(coordinator.closed, coordinator.share(33))}`,
      say.labelled(coordinator.partly, coordinator.share(0)),
      say.labelled(coordinator.feedback, coordinator.share(100)),
      coordinator.behind(coordinator.cases.goals(6), people),
      `${coordinator.categories}: ${say.labelled(
        coordinator.milestones(procedures!.label[tongue.locale], "PC8"),
        coordinator.share(100),
      )}`,
      coordinator.otherCategories,
      coordinator.behind(coordinator.cases.goals(6), people),
      `${coordinator.gaps}: ${say.labelled(strategy.help.label, coordinator.share(20))}`,
      say.labelled(strategy.call.label, coordinator.share(0)),
      coordinator.behind(coordinator.cases.exchanges(15), coordinator.people(5, 3)),
      `${coordinator.easy}: ${coordinator.tooFew(5, 3)}`,
      `[${coordinator.file.button}]`,
      coordinator.visible,
    ]);
  });

  it("can be had as a file, with the shares that it tells, what stands behind them, and nothing else", async () => {
    await using attune = await answered(tongue, ["r1", "r2", "r3", "r4", "r5", "r6"], ["a1", "a2", "a3"]);
    const text = await digest(attune, tongue);

    const reply = await attune.phone("c1").taps(coordinator.file.button);
    const others = await attune.phone("r1").says(tongue.locale === "en" ? "figures" : "集計");

    const { name, bytes } = (reply.kind === "card" && reply.file) || { name: "", bytes: new Uint8Array() };
    const [header, ...rows] = parse(Buffer.from(bytes), { bom: true });
    expect(Buffer.from(bytes).toString("hex", 0, 3)).toBe("efbbbf");
    expect(reply).toMatchObject({ replace: false });
    expect(name).toBe(`${coordinator.file.name("2026-12-08")}.csv`);
    expect(header).toEqual(Object.values(coordinator.file.columns));
    expect(rows.map((row) => row.slice(1))).toEqual(
      [
        [coordinator.both, 83, 18, "shifts", 6],
        [say.labelled(coordinator.goals, coordinator.closed), 33, 6, "goals", 6],
        [say.labelled(coordinator.goals, coordinator.partly), 0, 6, "goals", 6],
        [say.labelled(coordinator.goals, coordinator.feedback), 100, 6, "goals", 6],
        [
          say.labelled(coordinator.categories, coordinator.milestones(tongue.goal("procedures"), "PC8")),
          100,
          6,
          "goals",
          6,
        ],
        [say.labelled(coordinator.gaps, strategy.help.label), 20, 15, "exchanges", 5],
        [say.labelled(coordinator.gaps, strategy.call.label), 0, 15, "exchanges", 5],
      ].map(([figure, share, of, what, residents]) => [
        "2026-12-06",
        figure,
        coordinator.share(Number(share)),
        String(of),
        coordinator.file.of[what as "shifts"],
        String(residents),
        "3",
      ]),
    );
    for (const row of rows) expect(text).toContain(row[3]);
    expect(others).toMatchObject({ card: { notification: coordinator.file.notYours } });
    expect(others).not.toHaveProperty("file");
  });

  it("says in one sentence what invites a step, and when", async () => {
    await using attune = await answered(
      tongue,
      ["r1", "r2", "r3", "r4", "r5", "r6"],
      ["a1", "a2", "a3"],
      "no-chance",
      4,
    );

    const text = await digest(attune, tongue);

    expect(text).toContain(coordinator.steps.both(coordinator.share(33), undefined));
    expect(text).not.toContain(coordinator.steps.both(coordinator.share(33), 8));
  });

  // domain: A share of 0 % or 100 %
  it("tells no two shares that together say that no goal was without a chance", async () => {
    const people = [
      ["r1", "r2", "r3", "r4", "r5", "r6"],
      ["a1", "a2", "a3"],
    ] as const;
    await using attune = await answered(tongue, ...people, "partly");

    const text = await digest(attune, tongue);

    expect(text).toContain(
      [
        say.labelled(coordinator.closed, coordinator.share(33)),
        say.labelled(coordinator.atLeastPartly, coordinator.share(100)),
        say.labelled(coordinator.feedback, coordinator.share(100)),
      ].join("\n"),
    );
    expect(text).not.toContain(`\n${say.labelled(coordinator.partly, "")}`);
  });

  // domain: Program aggregates need at least 5
  // domain: Below the thresholds nothing is shown
  it("shows no total of fewer than five residents or three attendings, and who is still wanted", async () => {
    await using attune = await answered(tongue, ["r1", "r2", "r3", "r4"], ["a1", "a2"]);

    const text = await digest(attune, tongue);

    expect(text).not.toMatch(/\d ?[%％]/);
    for (const label of [coordinator.both, coordinator.goals])
      expect(text).toContain(`${label}: ${coordinator.tooFew(1, 1)}`);
    // The last resident said nothing of strategy.
    expect(text).toContain(`${coordinator.gaps}: ${coordinator.tooFew(2, 1)}`);
  });

  // domain: A share of 0 % or 100 %
  it("names neither nobody nor everybody", () => {
    expect([0, 9].map((percent) => coordinator.share(percent))).toEqual(Array(2).fill(coordinator.share(0)));
    expect([91, 100].map((percent) => coordinator.share(percent))).toEqual(
      Array(2).fill(coordinator.share(100)),
    );
    for (const percent of [0, 100]) expect(coordinator.share(percent)).not.toMatch(/%/);
    expect([10, 90].map((percent) => coordinator.share(percent))).toEqual(["10%", "90%"]);
  });

  // domain: The week's part tells what arrived
  // domain: The coordinator's digest has aggregates only
  it("says whose messages did not arrive and why, and nothing else of anybody", async () => {
    const trouble = (to: string) => (to === "r2" ? "unreachable" : undefined);
    await using attune = await atTheGoal(tongue, ["r1", "r2"], trouble);

    const text = await digest(attune, tongue);

    // Two goals and a plan; without a goal, nobody is asked to look back.
    expect(text).toContain(`${coordinator.arrived}: ${coordinator.arrivedOf(2, 3)}`);
    const { unreachable } = coordinator.reasons;
    expect(text).toContain(`${coordinator.failures}: ${coordinator.failure(unreachable!, 1, who("r2"))}`);
    for (const id of ["r1", "a1"]) expect(text).not.toContain(who(id));
  });

  // domain: The week's part tells what arrived
  it("names who on the roster has not agreed, and whom the question could not reach", async () => {
    const people = ["r1", "r2", "r3", "r4", "a1"];
    await using attune = await flow({
      program: programOf({ people: [...people, "c1"], locale: tongue.locale }),
      roster: together(people, ["01", "08"]),
      messenger: { trouble: (to) => (to === "r3" ? "unreachable" : undefined) },
    });
    await takePart(attune, say, ["r1", "a1", "c1"]);
    await attune.until("2026-12-01T07:50");
    await attune.phone("r4").taps(say.consent.decline);

    const text = await digest(attune, tongue);

    expect(text).toContain(`${coordinator.notAgreed}: ${who("r2", "r4")}`);
    expect(text).toContain(`${coordinator.unreached}: ${who("r3")}`);
    // Of those who take part alone: a goal and a plan.
    expect(text).toContain(coordinator.arrivedOf(2, 2));
  });

  // domain: A message counts to the week in which it was first due
  it("counts a message that was tried again after midnight to the week before", async () => {
    const open = { isNot: true };
    await using attune = await flow({
      program: programOf({ people: ["r1", "c1"], locale: tongue.locale }),
      roster: rosterOf(["r1 2026-12-07T00:10 2026-12-07T08:00"]),
      messenger: { trouble: (to) => (to === "r1" && open.isNot ? "unavailable" : undefined) },
    });
    await takePart(attune, say, ["r1", "c1"]);
    await attune.until("2026-12-07T00:20");
    open.isNot = false;

    const text = await digest(attune, tongue);

    const goals = attune.cloud.deliveries.filter(({ type, to }) => type === "sent" && to === "r1");
    expect(goals.length).toBeGreaterThan(0);
    expect(text).toContain(coordinator.arrivedOf(1, 1));
  });

  // domain: Each figure has its number of cases and people
  it("draws how the figures stood at each part, and beside the picture says it in words", async () => {
    await using attune = await flow({ program: programOf({ people: ["c1"], locale: tongue.locale }) });
    await takePart(attune, say, ["c1"]);
    const last = weekNumber(attune.running.zone.dayOf(attune.clock.now()));
    const part = (weeks: number, yes: Readonly<Record<string, number>>) => ({
      through: last - weeks,
      of: 20,
      hits: yes,
    });
    const tallies = {
      shifts: { parts: [part(3, { both: 10 }), part(1, { both: 20 })] },
      "check-ins": { parts: [part(3, { easy: 1 })] },
    };
    await attune.store.setNote("program-figures", JSON.stringify({ week: last, tallies }));

    await attune.phone("c1").says("home");

    const { chart, share } = coordinator;
    const lines = (both: number) => `${chart.both}: ${share(both)} · ${chart.easy}: ${share(5)}`;
    const [, told] = attune.phone("c1").reads().split(`${chart.title}\n`);
    expect(told!.split("\n").slice(0, 2)).toEqual([
      expect.stringContaining(lines(50)),
      expect.stringContaining(lines(75)),
    ]);
  });

  it("comes to nobody else", async () => {
    await using attune = await answered(tongue, ["r1", "r2", "r3"]);

    await digest(attune, tongue);

    for (const id of ["r1", "a1"])
      expect(attune.phone(id).chat().join("\n")).not.toContain(coordinator.title);
  });
});
