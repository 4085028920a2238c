import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { agreed } from "#test/support/agreed.ts";
import { taps } from "#test/support/together.ts";

const FIRST = "2026-12-01T08:00 2026-12-01T17:00";
const SECOND = "2026-12-02T08:00 2026-12-02T17:00";
const program = programOf({ people: ["r1", "r2", "a1", "a2", "c1"] });
const roster = (...duties: readonly string[]) => rosterOf(duties);
const BEFORE = roster(`r1 ${FIRST}`, `a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`);

/** r1 has agreed, and the goal of the first shift stands in the chat. */
async function goalAsked(): Promise<Flow> {
  const attune = await flow({ program, roster: BEFORE });
  await agreed(attune.store, program.people, attune.clock.now());
  await attune.until("2026-12-01T07:45");
  return attune;
}

const unsentOf = async (attune: Flow, person: string) =>
  (await attune.store.nudgesOf(personId(person), local("2026-11-30T00:00"), local("2026-12-04T00:00")))
    .filter((one) => one.state === "planned")
    .map((one) => one.kind);

// domain: A roster change moves or withdraws
describe("a change before anything was sent", () => {
  it("moves what is planned when a shift moves, and asks once, at the new time", async () => {
    await using attune = await flow({ program, roster: BEFORE });
    await agreed(attune.store, program.people, attune.clock.now());

    await attune.publishes(
      roster(`r1 2026-12-01T12:00 2026-12-01T21:00`, `a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`),
    );
    await attune.until("2026-12-01T11:44");
    expect(attune.phone("r1").chat()).toEqual([]);
    await attune.until("2026-12-01T11:45");

    expect(attune.phone("r1").chat()).toHaveLength(1);
  });

  it("withdraws for the one and asks the other when two residents swap", async () => {
    await using attune = await flow({ program, roster: BEFORE });

    await attune.publishes(roster(`r2 ${FIRST}`, `a1 ${FIRST}`, `r1 ${SECOND}`, `a1 ${SECOND}`));
    await attune.until("2026-12-01T07:45");
    expect(attune.phone("r1").chat()).toEqual([]);
    expect(attune.phone("r2").chat()).toHaveLength(1);
    await attune.phone("r2").agrees();
    expect(attune.phone("r2").reads()).toContain("What would you like to work on?");
  });

  it("says nothing to somebody who calls in sick two minutes before the message", async () => {
    await using attune = await flow({ program, roster: BEFORE });
    await attune.until("2026-12-01T07:43");

    await attune.publishes(roster(`a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`));
    await attune.until("2026-12-01T20:00");

    expect(attune.phone("r1").chat()).toEqual([]);
    expect(await unsentOf(attune, "r1")).toEqual([]);
  });
});

// domain: A message that is over says so
describe("a change after an ask was sent", () => {
  it("closes it with a kind word when the resident calls in sick, and takes no answer any more", async () => {
    await using attune = await goalAsked();

    await attune.publishes(roster(`a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`));

    expect(attune.phone("r1").chat()).toEqual([expect.stringContaining(en.closed.withdrawn)]);
    expect(await attune.store.openNudges(personId("r1"), attune.clock.now())).toEqual([]);
  });

  it("says so too in answer to a tap that was made while it still stood open", async () => {
    await using attune = await goalAsked();
    const resident = attune.phone("r1");
    const open = attune.cloud.chat("r1" as Address).at(-1)!;
    const choice = tapsOf(open.card).find(({ tap }) => tap.label === "Tests and imaging")!;
    await attune.publishes(roster(`a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`));

    const reply = await resident.presses(open.ref, choice.tap.act);

    expect(reply.kind).toBe("card");
    expect(resident.chat()).toEqual([expect.stringContaining(en.closed.withdrawn)]);
  });

  it("keeps what was answered: history stays", async () => {
    await using attune = await goalAsked();
    await attune.phone("r1").taps("Procedures and ultrasound");
    const asked = (await attune.store.openNudges(personId("r1"), attune.clock.now()))[0]!;

    await attune.publishes(roster(`a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`));

    expect(await attune.store.replies(asked.subject)).toHaveLength(1);
    expect(attune.phone("r1").reads()).toContain(en.closed.withdrawn);
  });

  it.each([
    ["is given away", [`a1 ${FIRST}`]],
    ["is in another role", [`a1 ${FIRST}`, `r2 ${FIRST}`, `r1 ${FIRST} attending`]],
  ])("says so too on a goal that was answered whole, when its shift %s", async (_, duties) => {
    await using attune = await goalAsked();
    const { help, call, feedback } = en.strategy;
    const answers = [help.answers[3], call.answers[2], feedback.answers.end];
    await taps(attune, "r1", ["Procedures and ultrasound", en.buttons.skip, ...answers]);
    const before = attune.phone("r1").chat();

    await attune.publishes(roster(...duties, `r2 ${SECOND}`, `a1 ${SECOND}`));

    expect(before).toEqual([expect.stringContaining(en.goal.saved)]);
    expect(attune.phone("r1").chat()[0]).toBe(en.closed.withdrawn);
  });

  it("opens the same message again when the swap is taken back", async () => {
    await using attune = await goalAsked();

    await attune.publishes(roster(`a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`));
    await attune.publishes(BEFORE);

    expect(attune.phone("r1").chat()).toHaveLength(1);
    expect(attune.phone("r1").reads()).toContain("What would you like to work on?");
    await attune.phone("r1").taps("Procedures and ultrasound");
  });

  it("leaves it open until the later start when the shift moves back by some hours", async () => {
    await using attune = await goalAsked();

    await attune.publishes(
      roster(`r1 2026-12-01T13:00 2026-12-01T22:00`, `a1 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`),
    );
    await attune.until("2026-12-01T12:30");

    expect(attune.phone("r1").reads()).toContain("What would you like to work on?");
    await attune.phone("r1").taps("Procedures and ultrasound");
  });

  it("shows the attending who works now when a colleague takes the attending's shift over", async () => {
    await using attune = await goalAsked();

    await attune.publishes(roster(`r1 ${FIRST}`, `a2 ${FIRST}`, `r2 ${SECOND}`, `a1 ${SECOND}`));
    await attune.phone("r1").taps("Procedures and ultrasound");

    expect(attune.phone("r1").reads()).toContain("Dr. a2");
    expect(attune.phone("r1").reads()).not.toContain("Dr. a1");
  });
});

it("a resident who leaves in the middle of the rotation is asked nothing more; the partner's plan follows", async () => {
  await using attune = await flow({ program, roster: BEFORE });
  await agreed(attune.store, program.people, attune.clock.now());
  await attune.until("2026-12-01T18:00");

  await attune.publishes(roster(`r1 ${FIRST}`, `a1 ${FIRST}`, `a1 ${SECOND}`));
  await attune.until("2026-12-03T00:00");

  expect(attune.phone("r2").chat()).toEqual([]);
  expect((await attune.store.roster()).assignments.map((one) => one.person).toSorted()).toEqual([
    "a1",
    "a1",
    "r1",
  ]);
});

it("a coordinator who leaves before the weekly digest is due is sent none, and it is planned no more", async () => {
  await using attune = await goalAsked();
  const digest = async () =>
    (
      await attune.store.nudgesOf(personId("c1"), local("2026-12-01T00:00"), local("2026-12-09T00:00"))
    ).filter(({ kind }) => kind === "coordinator-digest");
  const before = await digest();

  await attune.reopens(programOf({ people: ["r1", "r2", "a1", "a2"] }), BEFORE);
  await attune.beat();

  expect(before).toMatchObject([{ state: "planned" }]);
  expect(await digest()).toMatchObject([{ state: "withdrawn" }]);
});

// domain: A person gets at most so many asks a month
describe("the cap of a month", () => {
  it("begins anew with the month", async () => {
    const days = ["2026-12-30", "2026-12-31", "2027-01-01"].map((day) => `${day}T08:00 ${day}T17:00`);
    await using attune = await flow({
      program: programOf({ people: ["r1", "a1"], policy: { asksPerMonth: 2, asksPerShift: 1 } }),
      roster: roster(...days.flatMap((day) => [`r1 ${day}`, `a1 ${day}`])),
    });
    await attune.until("2026-12-30T07:45");
    await attune.phone("r1").agrees();

    await attune.until("2027-01-02T00:00");

    const asks = await attune.store.nudgesOf(
      personId("r1"),
      local("2026-12-30T00:00"),
      local("2027-01-02T00:00"),
    );
    expect(asks.map(({ sentAt }) => sentAt)).toEqual(days.map((day) => local(`${day.slice(0, 10)}T07:45`)));
  });

  it("counts an ask of the first day on the last evening of a long month", async () => {
    const [first, last] = ["2026-12-01T08:00 2026-12-01T17:00", "2026-12-31T20:00 2027-01-01T05:00"] as const;
    await using attune = await flow({
      program: programOf({ people: ["r1", "a1"], policy: { asksPerMonth: 1, asksPerShift: 1 } }),
      roster: roster(`r1 ${first}`, `a1 ${first}`, `r1 ${last}`, `a1 ${last}`),
    });
    await agreed(attune.store, programOf().people, attune.clock.now());
    await attune.until("2026-12-01T07:45");

    await attune.publishes(roster(`r1 ${last}`, `a1 ${last}`));
    await attune.until("2026-12-31T19:46");

    const asks = await attune.store.nudgesOf(
      personId("r1"),
      local("2026-12-31T19:45"),
      local("2026-12-31T19:46"),
    );
    expect(asks).toMatchObject([{ kind: "shift-goal", state: "withdrawn", reason: "month-cap" }]);
  });

  it("counts an ask about a shift that was taken off the roster since", async () => {
    const days = ["01", "02", "03"].map((day) => `2026-12-${day}T08:00 2026-12-${day}T17:00`);
    const on = (some: readonly string[]) => roster(...some.flatMap((day) => [`r1 ${day}`, `a1 ${day}`]));
    // Without a debrief, a shift is one ask.
    const policy = { asksPerMonth: 2, asksPerShift: 1 };
    await using attune = await flow({
      program: programOf({ people: ["r1", "a1"], policy }),
      roster: on(days),
    });
    await agreed(attune.store, programOf().people, attune.clock.now());
    await attune.until("2026-12-01T07:45");

    await attune.publishes(on(days.slice(1)));
    await attune.until("2026-12-04T00:00");

    const asks = await attune.store.nudgesOf(
      personId("r1"),
      local("2026-12-01T00:00"),
      local("2026-12-04T00:00"),
    );
    const sent = asks.filter(({ kind, sentAt }) => kind === "shift-goal" && sentAt !== undefined);
    expect(sent.map(({ dueAt }) => dueAt)).toEqual([local("2026-12-01T07:45"), local("2026-12-02T07:45")]);
    expect(asks.find(({ dueAt }) => dueAt === local("2026-12-03T07:45"))).toMatchObject({
      state: "withdrawn",
      reason: "month-cap",
    });
  });
});
