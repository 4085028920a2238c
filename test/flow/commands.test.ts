import { describe, expect, it } from "vitest";
import { act } from "#src/card/act.ts";
import type { IdentifierKind } from "#src/domain/identifiers.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { en, type Catalogue } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { buttonOf } from "#test/support/buttons.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";

interface Tongue {
  readonly locale: "en" | "ja";
  readonly say: Catalogue;
  readonly other: Catalogue;
  /** One of the program's goals. */
  readonly goal: string;
  /** A quarter past eight. */
  readonly time: string;
  /** What a person types for each command. */
  readonly typed: Readonly<Record<string, string>>;
}

const ENGLISH: Tongue = {
  locale: "en",
  say: en,
  other: ja,
  goal: "Procedures and ultrasound",
  time: "08:15",
  typed: {
    help: "Help",
    goal: "goal",
    snooze: "snooze 30",
    tooLong: "snooze for 10 hours",
    pause: "pause until 2026-12-05",
    past: "pause until 2026-11-30",
    today: "pause until Dec 1",
    noDay: "pause until the moon is full",
    resume: "resume",
    stop: "stop",
    language: "language ja",
    data: "my data",
    erase: "erase me",
  },
};

const JAPANESE: Tongue = {
  locale: "ja",
  say: ja,
  other: en,
  goal: "手技・超音波（エコー）",
  time: "8:15",
  typed: {
    help: "使い方",
    goal: "目標",
    snooze: "３０分後に",
    tooLong: "あとで 10時間",
    pause: "12月5日まで休止",
    past: "休止 2026-11-30 まで",
    today: "12月1日まで休止",
    noDay: "休止 満月まで",
    resume: "再開",
    stop: "停止",
    language: "言語 英語",
    data: "マイデータ",
    erase: "データを消去",
  },
};

const SHIFTS = ["01", "03", "05"].flatMap((day) =>
  ["r1", "a1"].map((id) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`),
);

/** The resident has agreed to take part, and the goal of the first of three shifts is asked. */
async function atGoal({ locale, say }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: rosterOf(SHIFTS) });
  await attune.until("2026-12-01T07:45");
  await attune.phone("r1").taps(say.consent.agree);
  return attune;
}

const goalsAsked = (attune: Flow, question: string): number =>
  attune
    .phone("r1")
    .chat()
    .filter((text) => text.includes(question)).length;

describe.each([ENGLISH, JAPANESE])("what a person can say, in $locale", (tongue) => {
  const { say, other, typed } = tongue;
  const { commands } = say;

  // domain: Commands are snooze, pause until a date
  it("“help” names every command, and each does what it is told", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");
    await resident.says(typed["help"]!);
    const help = resident.reads();

    for (const [command, does] of [...commands.help.own.resident, ...commands.help.rows]) {
      expect(help).toContain(does);
      await resident.says(command);
      expect(resident.reads()).not.toContain(en.commands.unknownText);
      expect(resident.reads()).not.toContain(ja.commands.unknownText);
    }
  });

  // domain: A check refuses free text before
  it.each([
    "snooze MRN 00482913 Smith",
    "snooze 72F in bed 4",
    "snooze Mr Smith",
    "pause for the lady in 9",
    "pause until pt T.K. goes home",
    "pause until DOB 2026-12-05",
    "snooze 田中さん",
    "休止 3番の患者さん",
    "language 昭和25年生まれ",
  ])(
    "nothing is obeyed that holds what looks like a patient, typed or by a slash command: “%s”",
    async (text) => {
      await using attune = await atGoal(tongue);
      const resident = attune.phone("r1");
      const before = JSON.stringify(await attune.store.export(personId("r1")));
      const [message] = attune.cloud.chat("r1" as Address);

      const typedIn = await resident.says(text);
      const slashed = await resident.presses(message!.ref, act({ verb: "say", command: text }));

      const reasons = Object.keys(say.identifiers) as IdentifierKind[];
      const texts = reasons.map((kind) => say.refused.identifier(kind));
      for (const reply of [typedIn, slashed]) {
        expect(reply).toMatchObject({ kind: "refused", reason: "identifier" });
        expect(texts).toContain(reply.kind === "refused" ? reply.text : "");
      }
      expect(JSON.stringify(await attune.store.export(personId("r1")))).toBe(before);
    },
  );

  it("“goal” opens the next shift's goal ahead of time, and the shift then does not ask again", async () => {
    await using attune = await atGoal(tongue);
    await attune.until("2026-12-02T20:00");
    const resident = attune.phone("r1");

    await resident.says(typed["goal"]!);
    await resident.taps(tongue.goal);
    await resident.taps(say.buttons.skip);
    for (const label of [
      say.strategy.help.answers[3],
      say.strategy.call.answers[2],
      say.strategy.feedback.answers.after,
    ])
      await resident.taps(label);

    expect(resident.reads()).toContain(say.goal.saved);
    const asked = resident.chat().length;
    await attune.until("2026-12-03T12:00");
    expect(resident.chat()).toHaveLength(asked);
  });

  it("“goal” says so when no shift is near, and to an attending that goals are the residents'", async () => {
    await using attune = await atGoal(tongue);
    await attune.until("2026-12-01T18:00");
    await attune.phone("a1").taps(say.consent.agree);

    for (const id of ["r1", "a1"]) await attune.phone(id).says(typed["goal"]!);

    expect(attune.phone("r1").reads()).toContain(commands.goalNone);
    expect(attune.phone("a1").reads()).toContain(commands.goalNotResident);
  });

  it("“snooze” asks once more at the time it names, and that is the ask's one reminder", async () => {
    await using attune = await atGoal(tongue);

    await attune.phone("r1").says(typed["snooze"]!);

    expect(attune.phone("r1").reads()).toContain(commands.snoozed(tongue.time));
    const before = sentTo(attune, "r1");
    await attune.until("2026-12-01T08:14");
    expect(sentTo(attune, "r1")).toBe(before);
    await attune.until("2026-12-01T08:15");
    expect(sentTo(attune, "r1")).toBe(before + 1);
    await attune.until("2026-12-01T10:59");
    expect(sentTo(attune, "r1")).toBe(before + 1);
    expect(goalsAsked(attune, say.goal.question)).toBe(1);
  });

  it("“snooze” is refused past the question's end, and when nothing is open", async () => {
    await using attune = await atGoal(tongue);

    const tooLong = await attune.phone("r1").says(typed["tooLong"]!);
    await attune.until("2026-12-01T18:00");
    await attune.phone("r1").says(typed["snooze"]!);

    expect(tooLong).toMatchObject({ kind: "refused", text: commands.snoozeTooLate });
    expect(attune.phone("r1").reads()).toContain(commands.snoozeNone);
  });

  it.each([
    ["2026-12-01T16:44:59.999", true],
    ["2026-12-01T16:45", false],
  ])(
    "“snooze” puts a question off to a moment before its end: 15 minutes before 17:00, at %s %s",
    async (at, can) => {
      await using attune = await atGoal(tongue);
      await attune.until(at);

      await attune.phone("r1").taps(say.buttons.later);
      const menu = attune.phone("r1").reads();
      const said = await attune.phone("r1").says(tongue.locale === "ja" ? "15分後に" : "snooze 15");

      expect(menu.includes(commands.minutes(15))).toBe(can);
      expect(menu.includes(commands.snoozeNoTime)).toBe(!can);
      expect(said).toMatchObject(can ? { kind: "card" } : { kind: "refused", text: commands.snoozeTooLate });
    },
  );

  it("“pause until” a day is silence until that day begins, and then asks again", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");
    await resident.says(typed["pause"]!);
    const said = resident.chat().length;

    await attune.until("2026-12-04T23:59");
    expect(resident.chat()).toHaveLength(said);
    await attune.until("2026-12-05T07:45");

    expect(resident.reads()).toContain(say.goal.question);
  });

  it("“pause” asks back for a day that it does not understand or that has passed", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");

    await resident.says(typed["noDay"]!);
    expect(resident.reads()).toContain(commands.pauseTitle);
    expect(resident.reads()).toContain(commands.pauseChoices.week);
    for (const past of [typed["past"]!, typed["today"]!]) {
      await resident.says(past);

      expect(resident.newest()).toContain(commands.pausePast);
      expect(await attune.store.standing(personId("r1"))).not.toHaveProperty("pausedUntil");
    }
  });

  it("“stop” is silence for good, and “resume” ends it, as it ends a pause", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");
    await resident.says(typed["stop"]!);
    expect(resident.reads()).toContain(commands.stopped);
    const said = resident.chat().length;
    await attune.until("2026-12-03T18:00");
    expect(resident.chat()).toHaveLength(said);

    await resident.says(typed["pause"]!);
    await resident.says(typed["resume"]!);
    expect(resident.reads()).toContain(commands.resumed);
    await attune.until("2026-12-05T07:45");

    expect(resident.reads()).toContain(say.goal.question);
  });

  // domain: Every ask prints its "visible to" line
  it("“who sees what” tells nobody of answers of their own that they do not give", async () => {
    const program = programOf({ people: ["r1", "a1", "c1"], locale: tongue.locale });
    await using attune = await flow({ program, roster: rosterOf(SHIFTS) });
    const { others, ...own } = commands.whoSees;

    const seen: string[] = [];
    for (const id of ["r1", "a1", "c1"]) {
      await attune.phone(id).says("who sees what");
      seen.push(attune.phone(id).newest());
    }

    const [resident = "", attending = "", coordinator = ""] = seen;
    for (const text of [`${own.goal}: ${own.goalText}`, own.pairText, own.trustText])
      expect(resident).toContain(text);
    for (const text of [`${others.goal}: ${others.goalText}`, own.pairText, own.trustText])
      expect(attending).toContain(text);
    for (const text of [`${others.goal}: ${others.goalText}`, others.pairText, others.trustText])
      expect(coordinator).toContain(text);
  });

  it("an old “later” puts nothing off that is answered or over: the card stands as it is", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");
    const open = buttonOf(attune, "r1", say.buttons.later);
    await resident.taps(say.buttons.later);
    const longer = buttonOf(attune, "r1", commands.minutes(15));
    await resident.taps(say.buttons.back);
    await taps(attune, "r1", [tongue.goal, say.buttons.skip]);
    const { help, call, feedback } = say.strategy;
    await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.end]);

    for (const { message, act: put } of [open, longer]) {
      await resident.presses(message, put);

      expect(resident.newest()).toContain(commands.snoozeNone);
      expect(resident.newest()).toContain(say.goal.saved);
    }
    await attune.until("2026-12-01T17:00");
    const late = await resident.presses(open.message, open.act);

    expect(late).toMatchObject({ kind: "refused", reason: "expired" });
    expect(resident.chat().join("\n")).toContain(say.closed.expired);
  });

  it("“resume” says what comes next to somebody on a shift, and to a coordinator, who works none", async () => {
    await using attune = await flow({
      program: programOf({ people: ["r1", "a1", "c1"], locale: tongue.locale }),
      roster: rosterOf(SHIFTS),
    });
    for (const id of ["r1", "c1"]) {
      await attune.phone(id).says("resume");
      await attune.phone(id).taps(say.consent.agree);
    }
    await attune.until("2026-12-01T12:00");

    for (const id of ["r1", "c1"])
      for (const said of ["stop", "resume"]) await attune.phone(id).says(typed[said]!);

    expect(attune.phone("r1").chat().join("\n")).toContain(commands.resumedMidShift);
    expect(attune.phone("c1").newest()).toContain(commands.resumedWeekly);
    for (const id of ["r1", "c1"]) expect(attune.phone(id).chat().join("\n")).not.toContain(commands.resumed);
  });

  it("“goal” says nothing of plans to a coordinator who has none", async () => {
    const program = programOf({ people: ["r1", "a1", "c1"], locale: tongue.locale });
    await using attune = await flow({ program, roster: rosterOf(SHIFTS) });
    await attune.phone("c1").says("resume");
    await attune.phone("c1").taps(say.consent.agree);

    await attune.phone("c1").says(typed["goal"]!);

    expect(attune.phone("c1").newest().split("\n")).toContain(commands.goalResidents);
  });

  it("“language” is answered in the new language, and the next ask is in it", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");

    await resident.says(typed["language"]!);

    expect(resident.reads()).toContain(other.commands.language(other.name));
    await attune.until("2026-12-03T07:45");
    expect(resident.reads()).toContain(other.goal.question);
  });

  it("“my data” shows the consent and the latest answers, in words, to the person alone", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");
    await resident.taps(tongue.goal);
    await resident.writes("one central line");

    await resident.says(typed["data"]!);
    await attune.phone("a1").says("resume");
    await attune.phone("a1").taps(say.consent.agree);
    await attune.phone("a1").says(typed["data"]!);

    expect(resident.reads()).toContain(commands.data.consents.given);
    expect(resident.reads()).toContain(`${commands.data.accounts}: memory`);
    expect(resident.reads()).toContain(tongue.goal);
    expect(resident.reads()).toContain("one central line");
    expect(attune.phone("a1").reads()).toContain(commands.data.title);
    expect(attune.phone("a1").reads()).not.toContain("one central line");
  });

  // domain: A person can have everything of theirs exported
  it("“erase me” asks first, then leaves no answer, and never writes again", async () => {
    await using attune = await atGoal(tongue);
    const resident = attune.phone("r1");
    await resident.taps(tongue.goal);
    const kept = () => attune.store.replies("r1@2026-11-30T23:00Z");

    await resident.says(typed["erase"]!);
    expect(resident.reads()).toContain(commands.eraseTitle);
    expect(await kept()).toHaveLength(1);
    await resident.taps(commands.eraseYes);

    expect(resident.reads()).toContain(commands.erased);
    expect(await kept()).toEqual([]);
    const said = resident.chat().length;
    await attune.until("2026-12-08T12:00");
    expect(resident.chat()).toHaveLength(said);
  });
});
