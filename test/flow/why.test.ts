import { expect, it } from "vitest";
import { whyLines, type WhyOptions } from "#src/commands/why.ts";
import { AttuneError } from "#src/errors.ts";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import type { Log } from "#src/ports/log.ts";

const PROGRAM = programOf({ people: ["r1", "r2", "a1"] });
const ROSTER = rosterOf(
  ["01", "02"].flatMap((day) =>
    ["r1", "r2", "a1"].map((id) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`),
  ),
);

const lines = (
  { store, clock }: Flow,
  id: string,
  options: WhyOptions = { on: "2026-12-01", language: "en" },
) => whyLines({ program: PROGRAM, store, now: clock.now() }, id, options);

it("why tells each message of a day with what became of it, where it went, and the next one", async () => {
  await using attune = await flow({ program: PROGRAM, roster: ROSTER, start: "2026-11-28T00:00" });
  await attune.until("2026-11-30T12:00");
  await attune.phone("r1").agrees();
  await attune.until("2026-12-01T12:00");

  expect(await lines(attune, "r1")).toEqual([
    "Name r1 (r1), Tue, Dec 1. Times are Asia/Tokyo.",
    "  They take part.",
    "  Messages go to r1 (memory).",
    "  07:45  goal, Tue, Dec 1 08:00–17:00: in their chat or at their home page since then",
    "  17:00  look back, Tue, Dec 1 08:00–17:00: comes where there is something to look back on; whether it did is for nobody else",
    "Next: Wed, Dec 2 07:45, goal, Wed, Dec 2 08:00–17:00.",
  ]);
  expect(await lines(attune, "r2")).toEqual(
    expect.arrayContaining([
      "  They have not agreed to take part yet: nothing else is sent before that.",
      "  07:45  goal, Tue, Dec 1 08:00–17:00: held back: they have not agreed to take part yet; it comes if they agree in time",
    ]),
  );
  expect(await lines(attune, "r1", { on: "2026-12-01", language: "ja" })).toContain(
    "  7:45  目標の質問（12月1日（火） 8:00〜17:00）：この時刻から、チャットまたはホームに表示されています",
  );
  expect(await lines(attune, "r1", { on: "2027-12-01", language: "en" })).toContain(
    "  Nothing was due: no shift of theirs, and no weekly message, is on that day.",
  );
  await expect(lines(attune, "r9")).rejects.toThrow(AttuneError);
});

it("why tells the same, whatever somebody has answered and whether they did", async () => {
  const told: unknown[] = [];
  for (const answer of ["nothing", "no goal", "a goal"]) {
    await using attune = await flow({ program: PROGRAM, roster: ROSTER, start: "2026-11-28T00:00" });
    await attune.until("2026-11-30T12:00");
    for (const id of ["r1", "r2", "a1"]) await attune.phone(id).agrees();
    await attune.until("2026-12-01T07:50");
    if (answer === "no goal") await attune.phone("r1").taps("No goal this shift");
    if (answer === "a goal") await attune.phone("r1").taps("Tests and imaging");
    await attune.until("2026-12-01T07:55");
    const before = [await lines(attune, "r1")];
    await attune.until("2026-12-01T23:00");

    told.push([...before, await lines(attune, "r1"), await lines(attune, "a1")]);
  }

  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});

it("why tells the same of a goal that was set before it was asked, on its day and on the day before", async () => {
  const told: unknown[] = [];
  const now = { language: "en" } as const;
  for (const answer of ["nothing", "a goal"]) {
    await using attune = await flow({ program: PROGRAM, roster: ROSTER, start: "2026-11-28T00:00" });
    const { phone } = attune;
    await attune.until("2026-11-30T20:00");
    for (const id of ["r1", "r2", "a1"]) await phone(id).agrees();
    if (answer === "a goal") {
      await phone("r1").says("goal");
      await phone("r1").taps("No goal this shift");
    }
    const before = [await lines(attune, "r1", now), await lines(attune, "r1"), await lines(attune, "a1")];
    await attune.until("2026-12-01T07:44");

    told.push([...before, await lines(attune, "r1")]);
  }

  expect(told[1]).toEqual(told[0]);
  expect(JSON.stringify(told[0])).toMatch(/Next: Tue, Dec 1 07:45, goal.*07:45 {2}goal[^"]*: to come/u);
});

it("the log says of each message who got which, where and as what, and of one that was not sent why", async () => {
  const logged: { readonly fields: object; readonly message: string }[] = [];
  const info = (fields: object, message: string) => void logged.push({ fields, message });
  const log: Log = { debug() {}, info, warn: info, error: info };
  await using attune = await flow({ program: PROGRAM, roster: ROSTER, start: "2026-11-28T00:00", log });
  await attune.until("2026-11-30T12:00");
  for (const id of ["r1", "r2"]) await attune.phone(id).agrees();
  await attune.phone("r2").says("pause until 2026-12-04");
  await attune.until("2026-12-01T08:30");

  const goal = await attune.store.nudgeAbout("shift-goal", personId("r1"), ROSTER.assignments[0]!.id);
  const of = (message: string) => logged.filter((one) => one.message === message).map(({ fields }) => fields);
  const ref = attune.cloud.deliveries.find(({ to, at }) => to === "r1" && at === goal!.sentAt)!.ref;
  expect(of("a message was sent")).toContainEqual({
    person: "r1",
    kind: "shift-goal",
    nudge: goal!.id,
    platform: "memory",
    message: ref,
  });
  expect(of("a message was not sent")).toContainEqual(
    expect.objectContaining({ person: "a1", kind: "shift-plan", reason: "consent-open" }),
  );
});
