import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
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

/** Everything stored that somebody has given: their answers, where to write to them, what they have decided. */
const kept = async ({ store }: Flow) => ({
  replies: await store.replies("r1@2026-11-30T23:00Z"),
  identities: await store.identities(R1),
  consent: (await store.standing(R1)).consent,
});

const NOTHING = { replies: [], identities: [], consent: "unasked" };

describe.each(TONGUES)("consent, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { consent } = say;

  // domain: Consent is asked in place of the first question
  // domain: Consent says what is kept, who sees it
  it("is asked in place of the first question, and says what is kept, who sees it and how to leave", async () => {
    await using attune = await firstContact(tongue);

    const text = attune.phone("r1").reads();

    expect(text).toContain(consent.hello(who("r1"), "Test Hospital"));
    const { seenText, ...facts } = consent.facts;
    for (const line of [consent.what, seenText(5), ...Object.values(facts)]) expect(text).toContain(line);
    expect(text).toContain(`[${consent.agree}] [${consent.decline}]`);
    expect(text).not.toContain(say.goal.question);
    expect(await kept(attune)).toEqual(NOTHING);
  });

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

  it("given, puts the question in its own place", async () => {
    await using attune = await firstContact(tongue);

    await attune.phone("r1").taps(consent.agree);

    expect(attune.phone("r1").chat()).toHaveLength(1);
    expect(attune.phone("r1").reads()).toContain(say.goal.question);
    expect(await kept(attune)).toMatchObject({ consent: "given", identities: [{ account: "r1" }] });
  });

  it("given when the question has closed, says when the next one comes", async () => {
    await using attune = await firstContact(tongue);
    await attune.until("2026-12-01T18:00");

    await attune.phone("r1").taps(consent.agree);

    expect(attune.phone("r1").reads()).toBe(consent.agreed);
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
    expect(attune.phone("r1").chat().join("\n")).not.toContain(consent.what);
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

  // domain: Consent that is unanswered is not asked again
  it("unanswered, is not asked again with every question, but once a week", async () => {
    await using attune = await firstContact(tongue);
    const asked = () =>
      attune
        .phone("r1")
        .chat()
        .filter((text) => text.includes(consent.what)).length;

    await attune.until("2026-12-08T07:44");
    const inTheWeek = asked();
    await attune.until("2026-12-09T07:45");

    expect(inTheWeek).toBe(1);
    expect(asked()).toBe(2);
  });
});
