import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { HOUR } from "#src/domain/time.ts";
import { en } from "#src/words/en.ts";
import { agreed } from "#test/support/agreed.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { asked, duties, FIRST_MONDAY, living, program, W49, WEEK_49 } from "#test/support/check-in-weeks.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";

const AGREE = en.agreement[5];

/** On the Monday r1 is on duty until noon, and so is asked on Tuesday; the others are asked on Monday. */
const R1_LATER = [...duties(WEEK_49), "r1 2026-12-07T06:00 2026-12-07T12:00"];

/** All that somebody could have read up to now: the chat, and home. */
async function read(attune: Flow, id: string): Promise<string> {
  const chat = attune.phone(id).chat().join("\n");
  await attune.phone(id).says("home");
  return `${chat}\n${attune.phone(id).reads()}`;
}

describe("a pair that was not picked", () => {
  // domain: A pair is picked for both partners or for neither, among those
  it("reads nothing of it anywhere: all is as if the two had not been long enough together to be asked", async () => {
    const short = { ...program, policy: { ...program.policy, checkInOverlap: 8 * HOUR } };
    const days = ["2026-12-07T10:00", "2026-12-08T10:00", "2026-12-10T09:01"];
    // a3 is with r1 for seven hours, a1 and a2 for more than eight.
    await using picked = await living(FIRST_MONDAY);
    await using never = await living(FIRST_MONDAY, { program: short });

    for (const day of days) {
      for (const attune of [picked, never]) await attune.until(day);

      expect(await read(picked, "a3")).toBe(await read(never, "a3"));
      expect(await read(picked, "r1")).toBe(await read(never, "r1"));
    }
    expect((await picked.store.checkInWeeks(0))[0]?.pairs).toHaveLength(2);
  });
});

// domain: Whom a week is about is worked out once
describe("a pair that can no longer be asked", () => {
  it("is dropped for both when one of them stops before the other was asked", async () => {
    await using attune = await living(FIRST_MONDAY, { roster: rosterOf(R1_LATER) });
    const before = asked(attune, W49);

    await attune.phone("a1").says("stop");
    await attune.until("2026-12-09T10:00");

    expect(before).toEqual(["a1: Dr. r1", "a2: Dr. r1"]);
    expect(asked(attune, W49)).toContain("r1: Dr. a2");
  });

  it("is dropped when one of them is erased", async () => {
    await using attune = await living(FIRST_MONDAY);

    await attune.store.erase(personId("a1"), attune.clock.now(), "test");
    await attune.beat();

    expect(asked(attune, W49)).toEqual(["r1: Dr. a2", "a2: Dr. r1"]);
  });

  it("is dropped on both sides when one of them is on leave until the week is too far back", async () => {
    const leave = {
      person: personId("r1"),
      start: local("2026-12-07T00:00"),
      end: local("2026-12-15T00:00"),
    };
    await using attune = await living(FIRST_MONDAY, { roster: rosterOf(R1_LATER) });
    const before = asked(attune, W49);

    await attune.publishes(rosterOf(duties(WEEK_49), "Asia/Tokyo", [leave]));
    await attune.until("2026-12-15T10:00");

    expect(before).toEqual(["a1: Dr. r1", "a2: Dr. r1"]);
    expect(asked(attune, W49)).toEqual([]);
    expect(attune.phone("r1").chat().join("\n")).not.toContain(en.checkIn.goal);
  });
});

describe("a swap after a week's pairs were picked", () => {
  it("of a shift that is over changes nothing: what was worked stays, and both are asked as they were picked", async () => {
    await using attune = await living(FIRST_MONDAY, { roster: rosterOf(R1_LATER) });

    await attune.publishes(
      rosterOf(R1_LATER.map((text) => text.replace(/^a1 2026-12-01/u, "a3 2026-12-01"))),
    );
    await attune.until("2026-12-08T09:00");

    expect(asked(attune, W49)).toEqual(["r1: Dr. a1 and Dr. a2", "a1: Dr. r1", "a2: Dr. r1"]);
  });

  it("of a duty to come moves the ask that waits for it, about the same partners", async () => {
    await using attune = await living(FIRST_MONDAY, { roster: rosterOf(R1_LATER) });
    const before = asked(attune, W49);

    await attune.publishes(rosterOf(duties(WEEK_49)));
    await attune.until("2026-12-07T09:05");

    expect(before).toEqual(["a1: Dr. r1", "a2: Dr. r1"]);
    expect(asked(attune, W49)).toContain("r1: Dr. a1 and Dr. a2");
  });
});

it("what somebody has said of a partner who stops then stays theirs: the card shows it, and asks about the other", async () => {
  await using attune = await living(FIRST_MONDAY);
  await taps(attune, "r1", [AGREE, AGREE, AGREE, "Skip"]);

  await attune.phone("a1").says("stop");
  await attune.beat();

  const text = attune.phone("r1").reads();
  expect(text).toContain(`${en.checkIn.labels["week-goal"]} · Dr. a1: ${AGREE}`);
  expect(text).toContain(en.checkIn.about("Dr. a2", en.checkIn.goal));
});

// domain: Delivery is told by person only where something did not arrive
it("how many are asked follows from what was left open, and so is no part of what coordinators read", async () => {
  const [r1, r2, a1, a2] = ["r1", "r2", "a1", "a2"];
  const all = [r1, r2, a1, a2, "c1"];
  const one = programOf({ people: all, policy: { checkInPartners: 1 } });
  const roster = rosterOf([
    ...[r1, a1].map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`),
    ...[r2, a2].map((id) => `${id} 2026-12-02T08:00 2026-12-02T16:00`),
    ...[r1, a2].map((id) => `${id} 2026-12-03T08:00 2026-12-03T15:00`),
  ]);
  /** r1 and a2 want the same of their shift, or lie two steps apart. */
  const lived = async (wanted: 1 | 3) => {
    const attune = await flow({ program: one, roster });
    await agreed(attune.store, one.people, attune.clock.now());
    await attune.until("2026-12-03T07:45");
    const { help, call, feedback } = en.strategy;
    const rest = [call.answers[2], feedback.answers.after];
    await taps(attune, r1, ["Procedures and ultrasound", en.buttons.skip, help.answers[wanted], ...rest]);
    await taps(attune, a2, [help.answers[1], ...rest]);
    // The digest about the week in which the check-ins were due.
    await attune.until("2026-12-15T09:30");
    return attune;
  };
  await using apart = await lived(3);
  await using alike = await lived(1);

  const chats = (attune: Flow) =>
    all.filter((id) => attune.phone(id).chat().join().includes(en.checkIn.title("")));

  expect([apart, alike].map(chats)).toEqual([
    [r1, a2],
    [r1, r2, a1, a2],
  ]);
  expect(apart.phone("c1").chat()).toEqual(alike.phone("c1").chat());
});
