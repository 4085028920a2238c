import { describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { act, tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Store } from "#src/ports/store.ts";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";

const { help, call, feedback } = en.strategy;
const WANTS = [help.answers[3], call.answers[2], feedback.answers.end];

/** A resident and their attending at the start of their shift: both are asked. */
async function asked(store?: Store): Promise<Flow> {
  const attune = await flow({
    program: programOf(),
    roster: together(["r1", "a1"], ["01"]),
    ...(store === undefined ? {} : { store }),
  });
  for (const id of ["r1", "a1"]) {
    await attune.phone(id).says("home");
    await attune.phone(id).agrees();
  }
  await attune.until("2026-12-01T08:00");
  return attune;
}

/** Another process of the same program, on the same database and platform. */
const beside = ({ cloud }: Flow, store: Store, start: string): Promise<Flow> =>
  flow({
    program: programOf(),
    roster: together(["r1", "a1"], ["01"]),
    store,
    owner: "other",
    messenger: { cloud },
    start,
  });

const edits = (attune: Flow, id: string) =>
  attune.cloud.deliveries.filter(({ to, type }) => to === id && type === "edited");

// domain: Else the card changes in place
it("a card that says the same is not edited when the partner has answered what it does not show", async () => {
  await using attune = await asked();
  const before = edits(attune, "a1").length;
  await taps(attune, "r1", ["Procedures and ultrasound"]);
  const shared = edits(attune, "a1").length;

  await taps(attune, "r1", ["Skip", ...WANTS]);

  expect(shared).toBe(before + 1);
  expect(edits(attune, "a1")).toHaveLength(shared);
});

it("where only the category is shared, the line edits nothing", async () => {
  await using attune = await asked();
  const before = edits(attune, "a1").length;
  await taps(attune, "r1", [en.buttons.share, en.goal.shares.category, "Procedures and ultrasound"]);
  const shared = edits(attune, "a1").length;

  await attune.phone("r1").writes("one central line");

  expect(shared).toBe(before + 1);
  expect(edits(attune, "a1")).toHaveLength(shared);
});

it("both read both answers though the second had looked before the first was kept", async () => {
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const kept = db.store("test");
  const looked = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  let isMeeting = false;
  const record: Store["record"] = async (recording) => {
    if (isMeeting && recording.person === "a1") {
      looked.resolve();
      await first.promise;
    }
    return kept.record(recording);
  };
  await using attune = await asked({ ...kept, record });
  await taps(attune, "r1", ["Procedures and ultrasound", "Skip", ...WANTS.slice(0, 2)]);
  await taps(attune, "a1", WANTS.slice(0, 2));
  isMeeting = true;

  const second = attune.phone("a1").taps(feedback.answers.end);
  await looked.promise;
  await attune.phone("r1").taps(feedback.answers.end);
  first.resolve();
  await second;

  for (const id of ["r1", "a1"]) expect(attune.phone(id).reads()).toContain(en.reveal.same);
});

it("who has stopped may still share less with an attending who has answered", async () => {
  await using attune = await asked();
  await taps(attune, "r1", ["Procedures and ultrasound"]);
  await attune.phone("r1").writes("one central line");
  await taps(attune, "a1", WANTS);
  await attune.phone("r1").says("stop");
  const shown = attune.phone("a1").reads();

  await taps(attune, "r1", [en.buttons.share, en.goal.shares.category]);

  expect(shown).toContain("one central line");
  expect(attune.phone("a1").reads()).not.toContain("one central line");
});

it("a plan about somebody who has stopped says that it no longer applies, and asks no more", async () => {
  await using attune = await asked();
  await taps(attune, "r1", ["Procedures and ultrasound", "Skip", ...WANTS]);
  const { ref, card } = attune.cloud.chat("a1" as Address).at(-1)!;
  const asking = tapsOf(card).find(({ tap }) => tap.label === WANTS[0])!;

  await attune.phone("r1").says("stop");
  const told = attune.phone("a1").reads();
  const reply = await attune.phone("a1").presses(ref, asking.tap.act);

  expect(told).toBe(en.closed.withdrawn);
  expect(reply).toMatchObject({ kind: "card", replace: true });
  expect(attune.phone("a1").reads()).toBe(en.closed.withdrawn);
});

it("an attending who has stopped before answering is shown the goal no more", async () => {
  await using attune = await asked();
  await taps(attune, "r1", ["Procedures and ultrasound"]);
  await attune.phone("r1").writes("one central line");
  const stands = () => attune.phone("a1").chat().join();
  const shown = stands();

  await attune.phone("a1").says("stop");

  expect(shown).toContain("one central line");
  expect(stands()).not.toContain("one central line");
  expect(stands()).toContain(en.closed.withdrawn);
  await attune.phone("a1").says("resume");
  expect(stands()).toContain("one central line");
});

it("what people wait for goes out before new asks", async () => {
  await using attune = await asked();
  await taps(attune, "r1", ["Procedures and ultrasound", "Skip", ...WANTS]);
  await taps(attune, "a1", WANTS.slice(0, 2));
  await attune.clock.advance(9 * 3_600_000);
  const before = attune.cloud.deliveries.length;

  await taps(attune, "a1", [WANTS[2]!]);

  const since = attune.cloud.deliveries.slice(before).map(({ to, type }) => `${type} ${to}`);
  expect(since).toContain("sent r1");
  expect(since.indexOf("edited r1")).toBeLessThan(since.indexOf("sent r1"));
});

// domain: An edit that changes nothing that its reader sees is not sent
describe("an edit that changes nothing that its reader sees", () => {
  it("is not sent, through a whole shift with its reminders and what is settled late", async () => {
    const repeated: string[] = [];
    let count = 0;
    const begun: { readonly ref: MessageRef; readonly place: number }[] = [];
    const underWay = async (ref: MessageRef) =>
      void begun.push({ ref, place: attune.cloud.deliveries.length });
    const people = ["r1", "a1"];
    const program = programOf({ people });
    await using attune = await flow({ program, roster: together(people, ["01"]), messenger: { underWay } });
    await takePart(attune, en, people);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", ["Procedures and ultrasound", "Skip", ...WANTS]);
    await taps(attune, "a1", [help.answers[1], call.answers[2], feedback.answers.end]);
    await attune.until("2026-12-01T17:00");
    await taps(attune, "r1", [en.settle.apart]);
    await attune.until("2026-12-01T20:00");
    await taps(attune, "r1", [en.debrief.outcomes.yes]);
    await attune.until("2026-12-08T09:00");
    for (const { ref, place } of begun) {
      const { deliveries } = attune.cloud;
      const edit = deliveries.findIndex((one, i) => i >= place && one.ref === ref);
      if (edit < 0) continue;
      count += 1;
      const before = deliveries.slice(0, edit).findLast((one) => one.ref === ref)!;
      if (JSON.stringify(before.card) === JSON.stringify(deliveries[edit]!.card)) repeated.push(before.to);
    }

    expect(repeated).toEqual([]);
    expect(count).toBeGreaterThan(3);
  });

  it("is sent where another process has shown something else meanwhile", async () => {
    await using db = openSqlite({ file: ":memory:", keys: passingKey() });
    await using one = await asked(db.store("test"));
    const sent = one.phone("a1").reads();
    await using other = await beside(one, db.store("test"), "2026-12-01T08:00");
    await taps(other, "r1", ["Procedures and ultrasound"]);
    const shared = one.phone("a1").reads();

    await taps(one, "r1", [en.buttons.share, en.goal.shares.private]);

    expect(shared).not.toBe(sent);
    expect(one.phone("a1").reads()).toBe(sent);
  });

  it("is sent where another process has answered a tap on the message meanwhile", async () => {
    await using db = openSqlite({ file: ":memory:", keys: passingKey() });
    await using one = await asked(db.store("test"));
    await taps(one, "r1", ["Procedures and ultrasound", "Skip", ...WANTS]);
    await one.until("2026-12-01T17:00");
    await taps(one, "r1", [en.debrief.outcomes.yes, en.debrief.feedbacks["not-yet"], help.answers[3]]);
    const { ref } = one.cloud.chat("r1" as Address).at(-1)!;
    const stands = () => plain(one.cloud.chat("r1" as Address).find((message) => message.ref === ref)!.card);
    for (const typed of ["thank you for the second look", "undo"]) await one.phone("r1").says(typed);
    const without = stands();
    await using other = await beside(one, db.store("test"), "2026-12-01T17:00");
    const [shift] = other.running.context().roster.outlook.shiftsOf(personId("r1"));
    const { id } = (await other.store.nudgeAbout("shift-debrief", personId("r1"), shift!.id))!;
    const line = { nudge: id, item: "note", about: undefined } as const;
    await other.phone("r1").submits(ref, act({ verb: "write", ...line }), { note: "and for the coffee" });
    const written = stands();

    await one.phone("r1").says("undo");

    expect(written).toContain("and for the coffee");
    expect(stands()).toBe(without);
  });
});
