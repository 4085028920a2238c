import { describe, expect, it } from "vitest";
import { programTables } from "#src/commands/program-export.ts";
import { asJson } from "#src/commands/table.ts";
import { flow, sentTo, SILENT, type Flow } from "#test/support/attune.ts";
import { personId } from "#src/domain/person.ts";
import { later, MINUTE } from "#src/domain/time.ts";
import { local, programOf } from "#test/support/programs.ts";
import { takePart } from "#test/support/tongues.ts";
import { en } from "#src/words/en.ts";
import { taps, together } from "#test/support/together.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { isAsk, type NudgeKind } from "#src/domain/nudge.ts";

const PEOPLE = ["r1", "r2", "a1"];
const program = programOf({ people: [...PEOPLE, "c1"] });

/** A shift of two residents, one of whom cannot be reached, and what the first does when the goal is asked. */
async function shift(does: (attune: Flow) => Promise<unknown>): Promise<Flow> {
  const attune = await flow({
    program,
    roster: together(PEOPLE, ["01"]),
    messenger: { trouble: (to) => (to === "r2" ? "unreachable" : undefined) },
  });
  for (const id of PEOPLE) {
    await attune.phone(id).says("home");
    await attune.phone(id).agrees();
  }
  await attune.until("2026-12-01T07:45");
  await does(attune);
  await attune.until("2026-12-02T18:00");
  return attune;
}

const START = local("2026-12-01T07:45");

const exported = ({ store, clock }: Flow) => programTables({ program, store, now: clock.now() });

// domain: Delivery is told by person only
it("an export names whose messages did not arrive, and of what arrived tells the week's sum alone", async () => {
  await using attune = await shift(async () => {});

  const { delivery } = await exported(attune);

  expect(delivery).toEqual([
    // Whether a1 takes part was first due the Sunday before.
    { week: "2026-W48", person: null, reason: null, due: 1, lost: 0 },
    { week: "2026-W49", person: null, reason: null, due: 3, lost: 1 },
    { week: "2026-W49", person: "r2", reason: "unreachable", due: null, lost: 1 },
  ]);
});

// domain: A private goal looks like no goal
// domain: Delivery is told by person only
it("an export is the same whether a goal was shared or none was set", async () => {
  await using none = await shift(async () => {});
  await using shared = await shift((attune) => taps(attune, "r1", ["Procedures and ultrasound", "Skip"]));

  const debriefed = shared.phone("r1").chat().join("\n");

  expect(debriefed).toContain("Looking back");
  expect(asJson(await exported(shared))).toBe(asJson(await exported(none)));
});

describe("a beat goes on until nothing is left, also of more than it takes at a time", () => {
  const many = [...Array.from({ length: 60 }, (_, at) => `r${at + 1}`), "a1"];
  const crowd = () => flow({ program: programOf({ people: many }), roster: together(many, ["01"]) });
  const reached = (attune: Flow) => many.filter((id) => sentTo(attune, id) === 1);

  it("of what is due", async () => {
    await using attune = await crowd();
    await attune.clock.set(START);

    await attune.beat();

    expect(reached(attune)).toEqual(many);
  });

  it("of what another process has left halfway", async () => {
    await using attune = await crowd();
    await attune.clock.set(START);
    const lease = { owner: "one that dies", now: START, length: MINUTE };
    for (const claim of await attune.store.claimDue(lease, 99)) await attune.store.intend(claim, START);
    await attune.clock.set(later(START, 2 * MINUTE));

    await attune.beat();

    expect(reached(attune)).toEqual(many);
  });
});

it("what a platform could not take is tried again after half a minute, and each time after twice as long", async () => {
  const tries: string[] = [];
  const clock = { now: () => 0 };
  await using attune = await flow({
    program,
    roster: together(PEOPLE, ["01"]),
    messenger: {
      trouble(to) {
        if (to !== "r1") return undefined;
        tries.push(String((clock.now() - START) / MINUTE));
        return tries.length < 5 ? "unavailable" : undefined;
      },
    },
  });
  clock.now = () => attune.clock.now();
  await takePart(attune, en, PEOPLE);

  await attune.until("2026-12-01T09:00");

  expect(tries).toEqual(["0", "0.5", "1.5", "3.5", "7.5"]);
});

it("a doubtful send to somebody who cannot be looked up is closed, and looked up no more", async () => {
  let lookups = 0;
  await using attune = await flow({
    program,
    roster: together(PEOPLE, ["01"]),
    messenger: {
      trouble: (to) => (to === "r2" ? "lost" : undefined),
      lookupTrouble() {
        lookups += 1;
        return "unreachable";
      },
    },
  });
  await takePart(attune, en, PEOPLE);

  await attune.until("2026-12-02T18:00");

  const nudges = await attune.store.nudgesOf(personId("r2"), START, local("2026-12-02T18:00"));
  expect(nudges.filter(isAsk)).toMatchObject([
    { kind: "shift-goal", state: "failed", reason: "unreachable" },
    { kind: "shift-debrief", state: "withdrawn" },
  ]);
  expect(lookups).toBe(1);
});

it("a doubtful send that cannot be looked up just now stands in the log, once each time", async () => {
  const errors: unknown[] = [];
  let lookups = 0;
  await using attune = await flow({
    program,
    roster: together(PEOPLE, ["01"]),
    log: { ...SILENT, error: (...said: readonly unknown[]) => void errors.push(said.at(-1)) },
    messenger: {
      trouble: (to) => (to === "r2" ? "lost" : undefined),
      lookupTrouble() {
        lookups += 1;
        return "unavailable";
      },
    },
  });
  await takePart(attune, en, PEOPLE);

  await attune.until("2026-12-01T08:00");

  expect(lookups).toBeGreaterThan(0);
  expect(errors).toEqual(Array(lookups).fill("a nudge could not be handled"));
});

it("a kind that only a newer version knows hinders nothing, and is left to that version", async () => {
  await using attune = await flow({ program, roster: together(PEOPLE, ["01"]) });
  await takePart(attune, en, [...PEOPLE, "c1"]);
  const newer = {
    kind: "of-a-newer-version" as NudgeKind,
    subject: "something",
    expiresAt: local("2026-12-09T00:00"),
  };
  const dueAt = local("2026-12-01T07:00");
  await attune.store.openAnyway({ ...newer, person: personId("r1"), dueAt });
  await attune.store.plan([{ ...newer, person: personId("c1"), dueAt }], START, {
    people: new Set([personId("c1")]),
  });

  await attune.until("2026-12-01T07:45");
  await taps(attune, "r1", [DEFAULT_GOALS[0]!.label.en, en.buttons.skip]);
  await attune.until("2026-12-01T17:00");
  for (const id of ["r1", "c1"]) await attune.phone(id).says("my data");

  expect(attune.phone("r1").chat().join("\n")).toContain(en.debrief.title);
  for (const id of ["r1", "c1"]) expect(attune.phone(id).reads()).toContain(en.commands.data.title);
  const [kept] = await attune.store.nudgesOf(personId("c1"), dueAt, START);
  expect(kept).toMatchObject({ kind: newer.kind, state: "claimed" });
});
