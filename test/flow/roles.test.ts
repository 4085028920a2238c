import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { local, programOf, rosterOf, someone } from "#test/support/programs.ts";

const GOAL = "Procedures and ultrasound";
const day = (date: string) => `2026-12-${date}T08:00 2026-12-${date}T17:00`;

/** r1 is a chief resident, and a1 directs the program and works shifts. */
const program = {
  ...programOf(),
  people: [
    someone("r1", { roles: ["resident", "attending"] }),
    someone("r2"),
    someone("a1", { roles: ["attending", "coordinator"] }),
  ],
};
/** On the first day the chief is a resident, on the second one supervises r2. */
const DUTIES = [`r1 ${day("01")}`, `a1 ${day("01")}`, `r1 ${day("02")} attending`, `r2 ${day("02")}`];
const ROSTER = rosterOf(DUTIES);
const SUPERVISES = rosterOf([
  `r1 ${day("01")} attending`,
  `a1 ${day("01")}`,
  `r1 ${day("02")} attending`,
  `r2 ${day("02")}`,
]);

async function started(roster = ROSTER): Promise<Flow> {
  const attune = await flow({ program, roster });
  await attune.until("2026-12-01T07:45");
  for (const id of ["r1", "a1", "r2"]) {
    await attune.phone(id).says("hello");
    await attune.phone(id).agrees();
  }
  return attune;
}

const asked = async (attune: Flow, id: string) =>
  (await attune.store.nudgesOf(personId(id), local("2026-11-29T00:00"), local("2026-12-15T00:00"))).map(
    ({ kind, state }) => `${kind} ${state}`,
  );

const home = async (attune: Flow, id: string): Promise<string> => {
  await attune.phone(id).says("home");
  return attune.phone(id).reads();
};

// domain: On a shift a person acts in one role
describe("on a shift a person acts in one role", () => {
  it("a chief resident sets a goal on one day, and plans for somebody else's on the next", async () => {
    await using attune = await started();

    expect(attune.phone("r1").chat().join("\n")).toContain(en.goal.question);
    await attune.until("2026-12-02T08:00");

    const plan = attune.phone("r1").reads();
    expect(plan).toContain(en.plan.title);
    expect(plan).toContain("Dr. r2");
    expect(attune.phone("r2").chat().join("\n")).toContain("Dr. r1");
  });

  // domain: Nobody is paired with themselves
  it("nobody is paired with themselves, in whatever roles two of their shifts are", async () => {
    const both = rosterOf([
      `r1 ${day("01")}`,
      `r1 2026-12-01T10:00 2026-12-01T19:00 attending`,
      `r2 ${day("01")}`,
    ]);
    await using attune = await flow({ program, roster: both });

    const pairs = attune.running
      .context()
      .roster.outlook.overlaps.map(({ resident, attending }) => `${resident.person}+${attending.person}`);

    expect(pairs).toEqual(["r2+r1"]);
  });
});

it("two who supervise each other in turn are two pairs: nothing of one is carried to the other", async () => {
  const chiefs = ["r1", "r2"].map((id) => someone(id, { roles: ["resident", "attending"] }));
  const roster = rosterOf([
    `r1 ${day("01")}`,
    `r2 ${day("01")} attending`,
    `r2 ${day("02")}`,
    `r1 ${day("02")} attending`,
    `r1 ${day("03")}`,
    `r2 ${day("03")} attending`,
  ]);
  const { help, call, feedback } = en.strategy;
  await using attune = await flow({ program: { ...program, people: chiefs }, roster });
  const [r1, r2] = [attune.phone("r1"), attune.phone("r2")];
  for (const phone of [r1, r2]) {
    await phone.says("hello");
    await phone.agrees();
  }
  await attune.until("2026-12-01T07:45");
  for (const label of [GOAL, en.buttons.skip, help.answers[3], call.answers[2], feedback.answers.after])
    await r1.taps(label);
  await attune.until("2026-12-01T08:00");
  for (const label of [help.answers[1], call.answers[2], feedback.answers.after]) await r2.taps(label);
  const stillOpen = en.lastTime.open(help.label);
  const newest = (phone: typeof r1, title: string) => phone.chat().findLast((text) => text.includes(title));

  await attune.until("2026-12-02T08:00");
  const turned = [newest(r2, en.goal.title), newest(r1, en.plan.title)];
  await attune.until("2026-12-03T08:00");
  const again = [newest(r1, en.goal.title), newest(r2, en.plan.title)];

  for (const text of turned) expect(text).not.toContain(stillOpen);
  for (const text of again) expect(text).toContain(stillOpen);
});

// domain: Whoever's role changes keeps their history
describe("when somebody's role on a shift changes", () => {
  it("open asks of the old role are withdrawn, and they are asked in the new one", async () => {
    await using attune = await started();

    await attune.publishes(
      rosterOf([`r1 ${day("01")} attending`, `r2 ${day("01")}`, `a1 ${day("01")}`, `r1 ${day("02")}`]),
    );
    await attune.until("2026-12-01T08:00");

    expect(attune.phone("r1").chat().join("\n")).toContain(en.closed.withdrawn);
    expect(await asked(attune, "r1")).toContain("shift-goal withdrawn");
    expect(attune.phone("r1").reads()).toContain(en.plan.title);
  });

  it("what they said before is kept, and comes back with the role", async () => {
    await using attune = await started();
    await attune.phone("r1").taps(GOAL);

    await attune.publishes(SUPERVISES);
    const kept = await attune.store.repliesOf(
      personId("r1"),
      local("2026-11-30T00:00"),
      local("2026-12-03T00:00"),
    );
    await attune.publishes(ROSTER);

    expect(kept.map(({ item, value }) => [item, value])).toEqual([["goal", "procedures"]]);
    expect(await home(attune, "r1")).toContain(GOAL);
  });

  it("a goal of theirs stays in their home after they have become an attending", async () => {
    await using attune = await started();
    await attune.phone("r1").taps(GOAL);
    await attune.until("2026-12-01T18:00");

    await attune.reopens(
      {
        ...program,
        people: program.people.map((one) => (one.id === "r1" ? { ...one, roles: ["attending"] } : one)),
      },
      ROSTER,
    );

    expect((await attune.store.roster()).assignments[0]).toMatchObject({ person: "a1" });
    expect((await attune.store.roster()).assignments.find(({ person }) => person === "r1")?.role).toBe(
      "resident",
    );
    expect(await home(attune, "r1")).toContain(GOAL);
  });
});

// domain: Pairs, asks, home and digests follow the role
describe("home, help and digests of somebody with several roles", () => {
  it("are both parts in one, and their next shifts once, each with its role", async () => {
    await using attune = await started();

    const text = await home(attune, "r1");

    expect(text).toContain(en.home.parts.resident);
    expect(text).toContain(en.home.parts.attending);
    expect(text.split(en.home.nextShifts)).toHaveLength(2);
    expect(text).toContain("08:00–17:00 as resident, with Dr. a1");
    expect(text).toContain("08:00–17:00 as attending, with Dr. r2");
    expect(text).toContain(en.home.residents);
    expect(text).not.toContain(en.coordinator.sinceStart);
  });

  it("a director who works shifts reads the program's totals, and as attending their own residents' goals", async () => {
    await using attune = await started();
    await attune.phone("r1").taps(GOAL);
    await attune.until("2026-12-01T17:30");

    const text = await home(attune, "a1");

    expect(text).toContain(`${en.home.parts.attending}\n`);
    expect(text).toContain(GOAL);
    expect(text).toContain(en.coordinator.sinceStart);
    expect(text.slice(text.indexOf(en.home.parts.coordinator))).not.toContain(GOAL);
  });

  it("help has the commands of both, each once", async () => {
    await using attune = await started();

    await attune.phone("r1").says("help");

    const text = attune.phone("r1").reads();
    expect(text).toContain("set the goal for your next shift");
    expect(text.split("snooze 30")).toHaveLength(2);
  });

  it("whoever was an attending that week gets one attending's digest, and a director the coordinator's too", async () => {
    const again = [`r1 ${day("09")} attending`, `r2 ${day("09")}`];
    await using attune = await started(rosterOf([...DUTIES, ...again]));
    await attune.until("2026-12-02T07:45");
    await attune.phone("r2").taps(GOAL);
    await attune.until("2026-12-08T23:00");

    const digests = async (id: string) =>
      (await asked(attune, id)).filter((one) => one.includes("digest")).map((one) => one.split(" ")[0]);

    expect(await digests("r1")).toEqual(["attending-digest"]);
    expect(new Set(await digests("a1"))).toEqual(new Set(["attending-digest", "coordinator-digest"]));
    expect(await digests("r2")).toEqual([]);
    // The goal that the chief was asked for as a resident is none of it.
    const digest = attune
      .phone("r1")
      .chat()
      .find((text) => text.includes(en.digest.title));
    expect(digest).toContain(en.digest.rate(0, 2));
    expect(digest).toContain("Dr. r2");
  });
});
