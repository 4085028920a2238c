import { describe, expect, it } from "vitest";
import { act, tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { instant } from "#src/domain/time.ts";
import { local, programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { TONGUES, type Tongue } from "#test/support/tongues.ts";

const R1 = personId("r1");

/** The first goal is due, of somebody who was never asked anything. */
async function firstContact({ locale }: Tongue): Promise<Flow> {
  const attune = await flow({
    program: programOf({ locale }),
    roster: together(["r1", "a1"], ["01", "03", "09"]),
  });
  await attune.until("2026-12-01T07:45");
  return attune;
}

/** A week before the first of three shifts; the rotation begins on November 30. */
const wellBefore = ({ locale }: Tongue): Promise<Flow> =>
  flow({
    program: programOf({ locale, people: ["r1", "a1", "c1"] }),
    roster: together(["r1", "a1"], ["01", "03", "09"]),
    start: "2026-11-24T00:00",
  });

/** Everything stored that somebody has given: their answers, where to write to them, what they have decided. */
const kept = async ({ store }: Flow) => ({
  replies: await store.replies("r1@2026-11-30T23:00Z"),
  identities: await store.identities(R1),
  consent: (await store.standing(R1)).consent,
});

const NOTHING = { replies: [], identities: [], consent: "unasked" };

describe.each(TONGUES)("consent, in $locale", (tongue) => {
  const { locale, say, goal, who } = tongue;
  const { consent } = say;

  // domain: Consent is asked once, at a civil hour
  // domain: Consent names the program that asks
  // domain: Consent says how long an ask takes
  // domain: A coordinator's consent is about
  it.each([
    ["r1", "resident", "2026-11-29T09:00"],
    ["a1", "attending", "2026-11-29T09:00"],
    ["c1", "coordinator", "2026-11-28T09:00"],
  ] as const)("is asked of %s, in words for a %s, at a civil hour two days before", async (id, role, at) => {
    await using attune = await wellBefore(tongue);
    const before = instant(local(at) - 60_000);
    await attune.running.liveUntil(before, (to) => attune.clock.set(to));
    const early = attune.phone(id).chat();

    await attune.until(at);

    expect(early).toEqual([]);
    const text = attune.phone(id).reads();
    expect(text).toContain(consent.hello(who(id), programOf().name[locale]));
    for (const part of [consent.what, consent.kept, consent.seen]) expect(text).toContain(part[role]);
    expect(text).toContain(`[${consent.agree}] [${consent.more}] [${consent.decline}]`);
  });

  // domain: Consent is asked in words for the role
  it.each(["resident", "attending", "coordinator"] as const)("is short for a %s", (role) => {
    const { hello, what, kept, seen } = consent;
    const site = locale === "ja" ? "さくら市立病院 救急科" : "Sakura City Hospital, Emergency Department";
    const whole = [hello(who("r1"), site), what[role], kept[role], seen[role]];

    const [length, limit] =
      locale === "ja" ? [[...whole.join("")].length, 180] : [whole.join(" ").split(/\s+/u).length, 70];

    expect(length).toBeLessThan(limit);
  });

  it("says the rest behind one tap, and stores nothing for it", async () => {
    await using attune = await firstContact(tongue);

    await attune.phone("r1").taps(consent.more);

    const { whoSees } = say.commands;
    for (const text of [whoSees.about, whoSees.systemText, whoSees.outText, whoSees.not])
      expect(attune.phone("r1").reads()).toContain(text);
    expect(await kept(attune)).toEqual(NOTHING);
  });

  it("can be given where the rest is told, and stands nowhere as a question then", async () => {
    await using attune = await firstContact(tongue);
    await attune.phone("r1").taps(consent.more);

    await attune.phone("r1").taps(consent.agree);

    const [asked, behindMore, question] = attune.phone("r1").chat();
    expect([asked, behindMore]).toEqual([consent.agreed.resident, consent.agreed.resident]);
    expect(question).toContain(say.goal.question);
  });

  // domain: Consent is asked once, at a civil hour
  it("is asked at once where that moment is past, by day; at night it waits until the first goal would come", async () => {
    const roster = together(["r1", "a1"], ["01"]);
    await using day = await flow({ program: programOf({ locale }), roster, start: "2026-11-30T14:00" });
    await using night = await flow({ program: programOf({ locale }), roster, start: "2026-11-30T23:30" });

    const [atOnce, waiting] = [day.phone("r1").chat(), night.phone("r1").chat()];
    await night.until("2026-12-01T07:45");

    expect(atOnce).toHaveLength(1);
    expect(waiting).toEqual([]);
    expect(night.phone("r1").reads()).toContain(consent.what.resident);
  });

  it("may be as late as the goal that waits for it, and after that comes when the shift is over", async () => {
    const roster = together(["r1", "a1"], ["01", "03"]);
    await using inTime = await flow({ program: programOf({ locale }), roster, start: "2026-12-01T10:45" });
    await using late = await flow({ program: programOf({ locale }), roster, start: "2026-12-01T11:00" });

    await inTime.phone("r1").taps(consent.agree);
    const during = late.phone("r1").chat();
    await late.until("2026-12-02T09:00");

    expect(inTime.phone("r1").reads()).toContain(say.goal.question);
    expect(during).toEqual([]);
    expect(late.phone("r1").reads()).toContain(consent.what.resident);
  });

  // domain: Consent has one reminder
  it("has one reminder, before the first shift, and then there is silence: nobody is asked anything before", async () => {
    await using attune = await wellBefore(tongue);
    const asked = () =>
      attune.cloud.deliveries.filter(({ type, to }) => type === "sent" && to === "r1").length;

    await attune.until("2026-12-01T07:44");
    const once = asked();
    await attune.until("2026-12-01T07:45");
    const reminded = asked();
    await attune.until("2027-01-24T23:00");

    expect([once, reminded, asked()]).toEqual([1, 2, 2]);
    expect(attune.phone("r1").chat().join()).not.toContain(say.goal.question);
    expect(attune.phone("r1").chat()).toHaveLength(1);
    expect(attune.phone("r1").reads()).toContain(consent.what.resident);
  });

  it.each(["agree", "decline"] as const)("is not asked of somebody who has said %s already", async (verb) => {
    await using attune = await wellBefore(tongue);
    await attune.phone("r1").says(locale === "en" ? "resume" : "再開");
    await attune.phone("r1").taps(consent[verb]);
    const before = attune.phone("r1").chat().length;

    await attune.until("2026-11-30T23:00");

    expect(attune.phone("r1").chat()).toHaveLength(before);
  });

  it.each([
    ["2026-12-01T16:59:59.999", true],
    ["2026-12-01T17:00", false],
  ])("given in place of a question is followed by it until that closes: at %s %s", async (at, isOpen) => {
    await using attune = await firstContact(tongue);
    const { ref } = attune.cloud.chat("r1" as Address).at(-1)!;
    const asked = (await attune.store.nudgeAbout("shift-goal", R1, "r1@2026-11-30T23:00Z"))!;
    await attune.until(at);

    const reply = await attune.phone("r1").presses(ref, act({ verb: "agree", nudge: asked.id }));

    const told = reply.kind === "card" ? plain(reply.card) : "";
    expect(told.includes(say.goal.question)).toBe(isOpen);
    expect(told === consent.agreed.resident).toBe(!isOpen);
  });

  it.each([
    ["while a question is open", "2026-12-01T07:50", true],
    ["while none is", "2026-12-01T18:00", false],
  ])("given, is not taken back by a button of before: %s", async (_, at, isOpen) => {
    await using attune = await firstContact(tongue);
    await attune.phone("r1").says("hello");
    const { ref, card } = attune.cloud.chat("r1" as Address).at(-1)!;
    const decline = tapsOf(card).find(({ tap }) => tap.label === consent.decline)!.tap.act;
    await attune.phone("r1").says("resume");
    await attune.phone("r1").taps(consent.agree);
    await attune.until(at);

    const reply = await attune.phone("r1").presses(ref, decline);

    const told = reply.kind === "card" ? plain(reply.card) : "";
    expect(told.includes(say.goal.question)).toBe(isOpen);
    expect(told.startsWith(consent.already)).toBe(true);
    expect((await kept(attune)).consent).toBe("given");
  });

  it.each([
    ["edited", { type: "edited", said: "before", text: "one central line" }],
    ["deleted", { type: "deleted", said: "before" }],
  ] as const)(
    "is asked for once more where a message of before is %s, if anything is said",
    async (_, does) => {
      await using attune = await firstContact(tongue);
      const sender = { platform: "memory", account: "r1", address: "r1" as Address };

      const response = await attune.running.bot.receive({ event: "after", sender, ...does });

      expect(JSON.stringify(response).includes(consent.agree)).toBe(does.type === "edited");
      expect(response.kind).toBe(does.type === "edited" ? "card" : "none");
      expect(await kept(attune)).toEqual(NOTHING);
    },
  );

  // domain: An ended rotation does not ask again
  it("unanswered, is not asked again in another rotation", async () => {
    await using attune = await wellBefore(tongue);
    await attune.until("2026-12-20T00:00");
    const before = attune.cloud.deliveries.filter(({ to }) => to === "r1").length;
    const program = programOf({ locale, from: "2026-12-21", to: "2027-01-24" });

    await attune.reopens(program, together(["r1", "a1"], ["22", "23"]));
    await attune.until("2026-12-24T00:00");

    expect(attune.cloud.deliveries.filter(({ to }) => to === "r1")).toHaveLength(before);
  });

  it("goes out in place of what is due later where it did not arrive", async () => {
    const people = programOf({ locale }).people;
    const unreached = people.map((person) => ({ ...person, accounts: {} }));
    const roster = together(["r1", "a1"], ["01", "03"]);
    await using attune = await flow({
      program: { ...programOf({ locale }), people: unreached },
      roster,
      start: "2026-11-27T00:00",
    });
    await attune.until("2026-12-02T00:00");
    const before = attune.phone("r1").chat();

    await attune.reopens(programOf({ locale }), roster);
    await attune.until("2026-12-03T07:45");

    expect(before).toEqual([]);
    expect(attune.phone("r1").reads()).toContain(consent.what.resident);
    await attune.phone("r1").taps(consent.agree);
    expect(attune.phone("r1").reads()).toContain(say.goal.question);
  });

  it("goes out so once a week at most, however much is due", async () => {
    const people = programOf({ locale }).people;
    const unreached = people.map((person) => ({ ...person, accounts: {} }));
    const roster = together(["r1", "a1"], ["01", "03", "04", "05", "10"]);
    await using attune = await flow({
      program: { ...programOf({ locale }), people: unreached },
      roster,
      start: "2026-11-27T00:00",
    });
    await attune.until("2026-12-02T00:00");
    await attune.reopens(programOf({ locale }), roster);

    await attune.until("2026-12-09T00:00");
    const inTheWeek = attune.phone("r1").chat().length;
    await attune.until("2026-12-10T08:00");

    expect(inTheWeek).toBe(1);
    expect(attune.phone("r1").chat()).toHaveLength(2);
  });

  it.each([
    ["r1", "07:00"],
    ["a1", "07:00"],
    ["r1", "07:44"],
    ["a1", "07:50"],
  ])(
    "fails once at first contact, where its person cannot be reached, and is tried again with a later shift: %s from %s",
    async (id, start) => {
      let tries = 0;
      await using attune = await flow({
        program: programOf({ locale }),
        roster: together(["r1", "a1"], ["01", "03"]),
        start: `2026-12-01T${start}`,
        messenger: {
          trouble(to) {
            if (to !== id) return undefined;
            tries += 1;
            return "unreachable";
          },
        },
      });

      await attune.until("2026-12-01T23:00");
      const first = tries;
      await attune.until("2026-12-04T00:00");

      expect(first).toBe(1);
      expect(tries).toBe(2);
    },
  );

  // domain: Nobody is asked anything before they agree
  // domain: Consent is asked before the first reply
  it("comes before anything is stored, whatever is typed", async () => {
    await using attune = await firstContact(tongue);

    for (const text of ["one central line", "home", "snooze 30", "goal", "who sees what", "help"]) {
      const reply = await attune.phone("r1").says(text);
      expect(reply.kind).toBe("card");
    }

    expect(await kept(attune)).toEqual(NOTHING);
  });

  // domain: Nobody is asked anything before they agree
  it("given, thanks, and what was due meanwhile is asked", async () => {
    await using attune = await firstContact(tongue);

    await attune.phone("r1").taps(consent.agree);

    const [thanks, question] = attune.phone("r1").chat();
    expect(thanks).toBe(consent.agreed.resident);
    expect(question).toContain(say.goal.question);
    expect(await kept(attune)).toMatchObject({ consent: "given", identities: [{ account: "r1" }] });
  });

  it("given when the question has closed, says when the next one comes", async () => {
    await using attune = await firstContact(tongue);
    await attune.until("2026-12-01T18:00");

    await attune.phone("r1").taps(consent.agree);

    expect(attune.phone("r1").reads()).toBe(consent.agreed.resident);
    await attune.until("2026-12-03T07:45");
    expect(attune.phone("r1").reads()).toContain(say.goal.question);
  });

  // domain: An ended rotation does not ask again
  it("given, is not asked for again in the next rotation", async () => {
    const program = programOf({ locale: tongue.locale });
    const [rotation] = program.rotations;
    const rotations = [
      { ...rotation!, to: "2026-12-02" as never },
      { ...rotation!, name: "next", from: "2026-12-03" as never },
    ];
    await using attune = await flow({
      program: { ...program, rotations },
      roster: together(["r1", "a1"], ["01", "03"]),
    });
    await attune.until("2026-12-01T07:45");
    await attune.phone("r1").taps(consent.agree);

    await attune.until("2026-12-03T07:45");

    expect(attune.phone("r1").reads()).toContain(say.goal.question);
    expect(attune.phone("r1").chat().join("\n")).not.toContain(consent.what.resident);
  });

  // domain: Whoever declines is asked nothing more
  it("refused, is the end of it, and “resume” is a way back", async () => {
    await using attune = await firstContact(tongue);

    await attune.phone("r1").taps(consent.decline);

    expect(attune.phone("r1").chat()).toEqual([`${consent.declined}\n[${say.home.start}]`]);
    await attune.until("2026-12-08T23:00");
    expect(attune.phone("r1").chat()).toHaveLength(1);
    await attune.phone("r1").says(tongue.locale === "en" ? "resume" : "再開");
    await attune.until("2026-12-09T07:45");
    expect(attune.phone("r1").reads()).toContain(goal("resuscitation"));
  });

  // In Teams nothing but an act tells where somebody is written to.
  it.each(["typed", "tapped"])(
    "refused, and taken back by “resume”, %s, it keeps where they are written to",
    async (how) => {
      await using attune = await firstContact(tongue);
      await attune.phone("r1").taps(consent.decline);
      const before = await attune.store.identities(personId("r1"));

      if (how === "tapped") await attune.phone("r1").taps(say.home.start);
      else await attune.phone("r1").says(tongue.locale === "en" ? "resume" : "再開");

      expect(before).toEqual([]);
      expect(await attune.store.identities(personId("r1"))).toMatchObject([{ account: "r1", address: "r1" }]);
    },
  );
});
