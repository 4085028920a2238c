import { describe, expect, it } from "vitest";
import type { MemoryMessengerOptions } from "#adapters/memory/messenger.ts";
import { tapsOf } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import { personId } from "#src/domain/person.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const { why } = CATALOGUES.en;

const set = (start: string, trouble?: MemoryMessengerOptions["trouble"]): Promise<Flow> =>
  flow({
    ...(trouble && { messenger: { trouble } }),
    program: programOf({ people: ["r1", "a1", "c1"], from: "2026-12-01" }),
    roster: rosterOf([
      "r1 2026-12-10T08:00 2026-12-10T17:00",
      "a1 2026-12-10T08:00 2026-12-10T17:00",
      "a1 2026-12-02T20:00 2026-12-03T08:00",
    ]),
    start,
  });

const offers = ({ cloud }: Flow): boolean =>
  tapsOf(cloud.chat("c1" as never).at(-1)!.card).some(({ tap }) => tap.label === why.sendNow);

describe("a message that is planned for later", () => {
  it("goes out at once where a coordinator says so, and is delivered once", async () => {
    await using attune = await set("2026-12-03T10:00");

    await attune.phone("c1").says("why r1");
    const card = attune.cloud.chat("c1" as never).at(-1)!;
    const press = tapsOf(card.card).find(({ tap }) => tap.label === why.sendNow)!.tap.act;
    await attune.phone("c1").taps(why.sendNow);
    const first = [sentTo(attune, "r1"), attune.phone("c1").newest()];
    await attune.phone("c1").presses(card.ref, press);
    await attune.until("2026-12-08T10:00");

    expect(first).toEqual([1, expect.stringContaining(why.sentNow)]);
    expect(attune.phone("c1").chat().join("\n")).toContain(why.notSentNow);
    expect(sentTo(attune, "r1")).toBe(1);
  });

  it("is offered neither in the night, nor in somebody's rest, nor against what they wish", async () => {
    await using attune = await set("2026-12-03T10:00");
    const asks = async (about: string) => {
      await attune.phone("c1").says(`why ${about}`);
      return offers(attune);
    };
    const here = [await asks("r1"), await asks("a1")];
    await attune.store.changeStanding(personId("r1"), { stopped: true }, "stop", attune.clock.now());
    const stopped = await asks("r1");
    await attune.store.changeStanding(personId("r1"), { stopped: false }, "back", attune.clock.now());
    await attune.until("2026-12-03T22:00");

    expect(here).toEqual([true, false]);
    expect([stopped, await asks("r1")]).toEqual([false, false]);
  });

  it.each([
    ["2026-12-03T09:59:59.999", false],
    ["2026-12-03T10:00", true],
  ])("is offered from the very moment at which a pause ends: at %s %s", async (at, isOver) => {
    await using attune = await set("2026-12-03T09:00");
    const pausedUntil = local("2026-12-03T10:00");
    await attune.store.changeStanding(personId("r1"), { pausedUntil }, "pause", attune.clock.now());
    await attune.until(at);

    await attune.phone("c1").says("why r1");

    expect(offers(attune)).toBe(isOver);
    expect(attune.phone("c1").newest().includes(why.takesNone)).toBe(!isOver);
  });

  it("is offered as soon as it could not be sent", async () => {
    await using attune = await set("2026-12-08T10:00", (to) => (to === "r1" ? "unavailable" : undefined));
    await attune.store.changeStanding(personId("r1"), { consent: "given" }, "yes", attune.clock.now());
    await attune.until("2026-12-10T07:44");
    await attune.phone("c1").says("why r1");
    const before = offers(attune);
    await attune.until("2026-12-10T07:45");

    await attune.phone("c1").says("why r1");

    expect([before, offers(attune)]).toEqual([false, true]);
  });

  it.each([
    ["whoever it is for has stopped since", "r1", true],
    ["it names somebody else", "a1", false],
  ])("is not sent by a button of before, where %s", async (_, named, stopped) => {
    await using attune = await set("2026-12-04T10:00");
    await attune.phone("c1").says("why r1");
    const card = attune.cloud.chat("c1" as never).at(-1)!;
    const press = tapsOf(card.card).find(({ tap }) => tap.label === why.sendNow)!.tap.act;
    await attune.store.changeStanding(personId("r1"), { stopped }, "wish", attune.clock.now());

    await attune.phone("c1").presses(card.ref, press.replace("/r1/", `/${named}/`) as Act);

    expect(attune.phone("c1").chat().join("\n")).toContain(why.notSentNow);
    expect(sentTo(attune, "r1")).toBe(0);
  });

  it("is nobody's to send but a coordinator's", async () => {
    await using attune = await set("2026-12-03T10:00");
    await attune.phone("c1").says("why r1");
    const card = attune.cloud.chat("c1" as never).at(-1)!;
    const press = tapsOf(card.card).find(({ tap }) => tap.label === why.sendNow)!.tap.act;

    const response = await attune.phone("a1").presses(card.ref, press);

    expect(response).toMatchObject({ kind: "refused", reason: "not-yours" });
    expect(sentTo(attune, "r1")).toBe(0);
  });

  it("is no ask about a shift that is still to begin", async () => {
    await using attune = await set("2026-12-08T10:00");
    await attune.phone("r1").agrees();

    await attune.phone("c1").says("why r1");

    expect(offers(attune)).toBe(false);
  });
});
