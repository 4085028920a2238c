import { describe, expect, it } from "vitest";
import { personTables } from "#src/commands/person-export.ts";
import { programTables } from "#src/commands/program-export.ts";
import { instant, dayNumber } from "#src/domain/time.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import type { Store } from "#src/ports/store.ts";
import { personId } from "#src/domain/person.ts";
import { researchAnswers, researchConsent } from "#src/domain/research.ts";
import { whyOf } from "#src/schedule/why.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";
import { STUDY, studied } from "#test/support/studied.ts";
import { together } from "#test/support/together.ts";
import { TONGUES, type Tongue } from "#test/support/tongues.ts";

const R1 = personId("r1");
const DAYS = ["03", "04", "05"];

const wellBefore = ({ locale }: Tongue, start = "2026-11-30T00:00"): Promise<Flow> =>
  flow({
    program: studied({ locale, people: ["r1", "a1", "c1"] }),
    roster: together(["r1", "a1"], DAYS),
    start,
  });

const answersOf = async ({ store }: Flow, id = R1) => researchAnswers((await store.export(id)).replies);
const consentOf = async (attune: Flow, version = STUDY.version) =>
  researchConsent(await answersOf(attune), version);

describe.each(TONGUES)("the question about a study, in $locale", (tongue) => {
  const { locale, say } = tongue;
  const { research } = say;

  it.each([
    [["resident"], true],
    [["attending", "coordinator"], true],
    [["coordinator"], false],
  ] as const)("has its command named to whom it asks: %j %s", async (roles, isNamed) => {
    const program = studied({ locale, people: ["r1", "a1", "c1"] });
    const people = program.people.map((one) => (one.id === "c1" ? { ...one, roles } : one));
    await using attune = await flow({ program: { ...program, people } });

    await attune.phone("c1").says("help");

    expect(attune.phone("c1").newest().includes(research.help.join(": "))).toBe(isNamed);
  });

  // domain: A study asks in the words of its approval
  it("comes once, a day after the consent, with the given words and Attune's own, and to nobody who has not agreed", async () => {
    await using attune = await wellBefore(tongue);
    await attune.until("2026-12-01T12:00");
    await attune.phone("r1").taps(say.consent.agree);
    const atConsent = attune.phone("r1").chat();

    await attune.until("2026-12-02T09:01");

    const text = attune.phone("r1").reads();
    expect(atConsent.join("\n")).not.toContain(research.title);
    for (const part of [
      research.title,
      STUDY.title[locale],
      STUDY.approval,
      STUDY.contact,
      ...STUDY.text[locale].split("\n\n"),
      research.promise,
      research.limits,
      `[${research.agree}] [${research.decline}]`,
    ])
      expect(text).toContain(part);
    expect(attune.phone("a1").chat().join("\n")).not.toContain(research.title);
    await attune.until("2026-12-10T12:00");
    expect(
      attune
        .phone("r1")
        .chat()
        .filter((one) => one.includes(research.title)),
    ).toHaveLength(1);
  });

  // domain: A study has answers about trust only by a tap
  it("takes a yes, and asks for trust with a tap of its own", async () => {
    await using attune = await wellBefore(tongue);
    await attune.until("2026-12-01T12:00");
    await attune.phone("r1").taps(say.consent.agree);
    await attune.until("2026-12-02T10:00");

    await attune.phone("r1").taps(research.agree);

    expect(attune.phone("r1").reads()).toContain(research.trustQuestion);
    expect(await consentOf(attune)).toEqual({ since: local("2026-12-02T10:00") });
    await attune.until("2026-12-02T11:00");
    await attune.phone("r1").taps(research.trustIn);
    expect(await consentOf(attune)).toEqual({
      since: local("2026-12-02T10:00"),
      trustSince: local("2026-12-02T11:00"),
    });
    expect(attune.phone("r1").reads()).toContain(research.inWithTrust);
  });

  it.each(["research", "Research, please", "研究", "研究について"])(
    "is read again by “%s”",
    async (typed) => {
      await using attune = await wellBefore(tongue);
      await attune.until("2026-12-01T12:00");
      await attune.phone("r1").taps(say.consent.agree);

      await attune.phone("r1").says(typed);

      expect(attune.phone("r1").newest()).toContain(STUDY.approval);
    },
  );

  it.each(["withdraw from the study", "stop research", "研究をやめる", "研究への参加をやめる"])(
    "a yes is taken back by “%s”, and the card in the chat follows",
    async (typed) => {
      await using attune = await wellBefore(tongue);
      await attune.until("2026-12-01T12:00");
      await attune.phone("r1").taps(say.consent.agree);
      await attune.until("2026-12-02T10:00");
      await attune.phone("r1").taps(research.agree);

      await attune.phone("r1").says(typed);

      expect(attune.phone("r1").newest()).toContain(research.out);
      expect(await consentOf(attune)).toBeUndefined();
      const chat = attune.phone("r1").chat();
      expect(chat.filter((one) => one.includes(research.trustQuestion))).toEqual([]);
    },
  );

  it("does not come to somebody who has said before what they want", async () => {
    await using attune = await wellBefore(tongue);
    await attune.until("2026-12-01T12:00");
    await attune.phone("r1").taps(say.consent.agree);
    await attune.phone("r1").says("stop research");

    await attune.until("2026-12-03T07:00");

    expect(attune.phone("r1").chat().join("\n")).not.toContain(research.title);
  });

  it("comes anew when its text has changed, and a tap on the old card agrees to nothing", async () => {
    await using attune = await wellBefore(tongue);
    await attune.until("2026-12-01T12:00");
    await attune.phone("r1").taps(say.consent.agree);
    await attune.until("2026-12-02T10:00");
    const old = attune.cloud.chat("r1" as never).at(-1)!;
    const yes = old.card.blocks.flatMap((one) => (one.type === "actions" ? one.actions : []))[0]!;
    await attune.phone("r1").taps(research.agree);
    const changed = studied(
      { locale, people: ["r1", "a1", "c1"] },
      { version: "lkjihgfedcba", approval: "IRB 2027-3" },
    );

    await attune.reopens(changed, together(["r1", "a1"], DAYS));
    await attune.until("2026-12-04T20:00");
    await attune.phone("r1").presses(old.ref, yes.act);

    expect(
      attune
        .phone("r1")
        .chat()
        .some((one) => one.includes("IRB 2027-3")),
    ).toBe(true);
    expect(await consentOf(attune, "lkjihgfedcba")).toBeUndefined();
    expect((await answersOf(attune)).map(({ version }) => version)).toEqual([STUDY.version]);
    await attune.phone("r1").taps(research.agree);
    expect(await consentOf(attune, "lkjihgfedcba")).toEqual({ since: local("2026-12-02T10:00") });
    expect(await attune.store.note(`research text ${STUDY.version}`)).toContain(STUDY.approval);
  });

  it("is in “my data” and in the export of one's own, and gone with erasing", async () => {
    await using attune = await wellBefore(tongue);
    await attune.until("2026-12-01T12:00");
    await attune.phone("r1").taps(say.consent.agree);
    await attune.until("2026-12-02T10:00");
    await attune.phone("r1").taps(research.agree);

    await attune.phone("r1").says("my data");

    expect(attune.phone("r1").newest()).toContain(`${research.label}: ${research.answers.yes}`);
    const record = await attune.store.export(R1);
    expect(personTables(R1, undefined, record)["answers"]!.map(({ item }) => item)).toEqual([
      "research",
      "research-trust",
    ]);
    await attune.phone("r1").says("erase me for good");
    expect(await answersOf(attune)).toEqual([]);
  });
});

/** All that anybody but r1 could read, and what operators get, after r1 has said this (or tapped yes, where it is nothing). */
async function others(says: readonly string[]) {
  const program = studied({ people: ["r1", "r2", "a1", "a2", "c1"] });
  let store: Store | undefined;
  const metrics = createMetrics({
    nudgeCounts: async () => (await store?.nudgeCounts(attune.clock.now())) ?? [],
    programs: () => [],
  });
  await using attune = await flow({
    program,
    roster: together(["r1", "r2", "a1", "a2"], ["03", "04", "07", "08"]),
    start: "2026-11-30T00:00",
    metrics,
  });
  ({ store } = attune);
  await attune.until("2026-12-01T12:00");
  for (const id of ["r1", "r2", "a1", "a2"]) await attune.phone(id).agrees();
  await attune.phone("c1").says("resume");
  await attune.until("2026-12-02T10:00");
  for (const text of says) await attune.phone("r1").says(text);
  if (says.length === 0) await attune.phone("r1").taps(TONGUES[0]!.say.research.agree);
  await attune.until("2026-12-16T12:00");
  const now = attune.clock.now();
  const { outlook } = attune.running.context().roster;
  const nudges = await store.nudgesOf(R1, instant(0), instant(Number.MAX_SAFE_INTEGER));
  const why = [1, 2, 3, 4].map((day) => whyOf(outlook, R1, nudges, dayNumber(`2026-12-0${day}`), now));
  const counted = (await metrics.text()).split("\n").filter((one) => /^attune_(?!.*seconds)/u.test(one));
  return {
    chats: ["r2", "a1", "a2", "c1"].map((id) => attune.phone(id).chat()),
    tables: await programTables({ program, store, now }),
    why,
    counted,
    // What r1 reads besides is the same as well.
    own: attune
      .phone("r1")
      .chat()
      .filter((one) => !one.includes("study")),
  };
}

// domain: Who takes part in a study is seen by nobody else
it("a no, a yes, a yes taken back and silence look the same to everybody else, and change nothing else", async () => {
  const yes = await others([]);

  for (const says of [["stop research"], ["research"], ["stop research", "research"]])
    expect(await others(says)).toEqual(yes);
  expect(yes.chats.flat().length).toBeGreaterThan(10);
  expect(yes.counted.length).toBeGreaterThan(3);
  expect(JSON.stringify(yes.why)).not.toContain("research");
});

// domain: Whether answers may be used for a study is asked once
it("without a study the word is no command, and nothing speaks of one: no card, table, count or reason", async () => {
  const program = programOf({ people: ["r1", "a1", "c1"] });
  let store: Store | undefined;
  const metrics = createMetrics({
    nudgeCounts: async () => (await store?.nudgeCounts(attune.clock.now())) ?? [],
    programs: () => [],
  });
  await using attune = await flow({
    program,
    roster: together(["r1", "a1"], DAYS),
    start: "2026-11-30T00:00",
    metrics,
  });
  ({ store } = attune);
  await attune.until("2026-12-01T12:00");
  for (const id of ["r1", "a1"]) await attune.phone(id).agrees();

  for (const text of ["help", "home", "my data", "who sees what", "research", "研究"])
    await attune.phone("r1").says(text);
  await attune.until("2026-12-08T12:00");

  const now = attune.clock.now();
  const nudges = await store.nudgesDuring(instant(0), instant(Number.MAX_SAFE_INTEGER));
  const all = [
    ...["r1", "a1", "c1"].flatMap((id) => attune.phone(id).chat()),
    JSON.stringify(await programTables({ program, store, now })),
    JSON.stringify(nudges),
    await metrics.text(),
  ].join("\n");
  expect(all.length).toBeGreaterThan(1_000);
  expect(all).not.toMatch(/study|research|研究/iu);
});
