import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf, someone } from "#test/support/programs.ts";
import { takePart } from "#test/support/tongues.ts";

const GOAL = "Procedures and ultrasound";
const LEADS = "Resident leads, attending steps in when needed";
const WATCHES = "Attending leads, resident watches";
const CALL = "Before orders or procedures";
const FEEDBACK = "After the case";

/** A resident, their attending and a coordinator, before the first of two shifts together. */
async function beforeTheShift(locale: "en" | "ja" = "en"): Promise<Flow> {
  const roster = rosterOf(
    ["01", "03"].flatMap((day) =>
      ["r1", "a1"].map((id) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`),
    ),
  );
  const attune = await flow({ program: programOf({ people: ["r1", "a1", "c1"], locale }), roster });
  await attune.until("2026-12-01T07:45");
  return attune;
}

/** The goal is set, with a line of the resident's own. */
async function withGoal(): Promise<Flow> {
  const attune = await beforeTheShift();
  const resident = attune.phone("r1");
  await resident.agrees();
  await resident.taps(GOAL);
  await resident.writes("one central line");
  for (const label of [LEADS, CALL, FEEDBACK]) await resident.taps(label);
  await attune.phone("a1").agrees();
  return attune;
}

const home = async (attune: Flow, id: string): Promise<string> => {
  await attune.phone(id).says("home");
  return attune.phone(id).reads();
};

it("names the next four shifts, and no more", async () => {
  const days = ["01", "02", "03", "04", "05"];
  const roster = rosterOf(
    days.flatMap((day) => ["r1", "a1"].map((id) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`)),
  );
  await using attune = await flow({ program: programOf(), roster });
  await takePart(attune, en, ["r1", "a1"]);

  const text = await home(attune, "r1");

  expect(days.filter((day) => text.includes(`Dec ${Number(day)}: `))).toEqual(days.slice(0, 4));
});

// domain: Names are family-first there
// domain: Weeks, dates and times are formatted
it("names people, program and shifts as each reader's language has them", async () => {
  const plain = programOf();
  const program = {
    ...plain,
    name: { en: "Sakura Hospital", ja: "さくら病院" },
    labels: new Map([["日勤 Day", { en: "Day", ja: "日勤" }]]),
    people: [
      someone("r1", { name: "佐藤 健", nameEn: "Ken Sato", locale: "ja" }),
      someone("a1", { name: "田中 真理", nameEn: "Mari Tanaka", locale: "en" }),
    ],
  };
  const { assignments } = rosterOf(["r1", "a1"].map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`));
  const roster = { assignments: assignments.map((one) => ({ ...one, label: "日勤 Day" })), absences: [] };
  await using attune = await flow({ program, roster });
  await takePart(attune, ja, ["r1"]);
  await takePart(attune, en, ["a1"]);

  const [japanese, english] = [await home(attune, "r1"), await home(attune, "a1")];

  expect(japanese).toContain("さくら病院");
  expect(japanese).toContain("日勤 · 8:00〜17:00（田中先生と一緒）");
  expect(english).toContain("Sakura Hospital");
  expect(english).toContain("Day · 08:00–17:00, with Dr. Sato");
});

describe("a resident's home", () => {
  it("offers to set the next goal while there is none, and leads back to what is open", async () => {
    await using attune = await beforeTheShift();
    await attune.phone("r1").agrees();

    const text = await home(attune, "r1");
    await attune.until("2026-12-02T18:00");
    const evening = await home(attune, "r1");

    expect(evening).toContain(`${en.home.noGoalYet}\n[${en.home.setGoal}]`);
    expect(text).not.toContain(en.home.setGoal);
    expect(text).toContain("Goal for the shift: Tue, Dec 1 · with Dr. a1 · open until 17:00 [Answer]");
  });

  it("offers the goal until the shift ends, and no longer: the command would find none", async () => {
    await using attune = await beforeTheShift();
    await attune.phone("r1").agrees();
    await attune.until("2026-12-01T16:59");
    const before = await home(attune, "r1");
    await attune.until("2026-12-01T17:01");

    const after = await home(attune, "r1");

    expect(before).toContain("open until 17:00 [Answer]");
    expect(after).not.toContain("[Answer]");
    expect(after).not.toContain(en.home.setGoal);
  });

  it("offers the goal of the shift that is on, also where the next one's is asked already", async () => {
    let isAway = false;
    await using attune = await flow({
      roster: rosterOf([
        "r1 2026-12-01T08:00 2026-12-01T17:00",
        "r1 2026-12-01T16:00 2026-12-01T22:00",
        "a1 2026-12-01T08:00 2026-12-01T22:00",
      ]),
      start: "2026-11-28T00:00",
      messenger: { trouble: () => (isAway ? "rejected" : undefined) },
    });
    await attune.until("2026-11-29T12:00");
    await attune.phone("r1").agrees();
    isAway = true;
    await attune.until("2026-12-01T12:00");
    isAway = false;
    await attune.until("2026-12-01T16:30");

    const text = await home(attune, "r1");

    expect(text).toContain("Goal for the shift: Tue, Dec 1 · with Dr. a1 · open until 22:00 [Answer]");
    expect(text).toContain(en.home.setGoal);
  });

  it("shows an attending the goals that residents shared, until a week after the time together", async () => {
    await using attune = await withGoal();
    await attune.until("2026-12-08T16:59");
    const before = await home(attune, "a1");
    await attune.until("2026-12-08T17:00");

    const after = await home(attune, "a1");

    expect(before).toContain(GOAL);
    expect(after).not.toContain(GOAL);
  });

  it("offers it again to a resident who stopped and resumed in time", async () => {
    await using attune = await beforeTheShift();
    const resident = attune.phone("r1");
    await resident.agrees();
    await resident.says("stop");
    await attune.until("2026-12-01T08:05");
    await resident.says("resume");
    await attune.until("2026-12-01T08:10");

    await home(attune, "r1");
    await resident.taps(en.home.answer);

    expect(resident.reads()).toContain(en.goal.question);
  });

  it("shows today's goal with how much of it is shared, and the next shifts and with whom", async () => {
    await using attune = await withGoal();

    const text = await home(attune, "r1");

    expect(text).toContain(`Goal: ${GOAL}: one central line`);
    expect(text).toContain("Shared: Goal and my own line");
    expect(text).toContain("Thu, Dec 3: 08:00–17:00, with Dr. a1");
  });

  it("changes today's goal, and how much of it is shared, where it stands", async () => {
    await using attune = await withGoal();
    const resident = attune.phone("r1");

    await home(attune, "r1");
    await resident.taps(en.buttons.change);
    await resident.taps("Treatment and drugs");

    expect(await home(attune, "r1")).toContain("Goal: Treatment and drugs");
  });

  // domain: The goal may be changed until the shift ends
  it("offers to change it until the shift ends, also once the attending has answered too", async () => {
    await using attune = await withGoal();
    for (const label of [WATCHES, CALL, FEEDBACK]) await attune.phone("a1").taps(label);

    expect(await home(attune, "r1")).toMatch(new RegExp(`Goal: ${GOAL}.* \\[${en.buttons.change}\\]`, "u"));
    await attune.until("2026-12-01T17:01");
    expect(await home(attune, "r1")).not.toContain(`[${en.buttons.change}]`);
  });

  it("names a goal by the day of its shift, though it was set the evening before", async () => {
    await using attune = await beforeTheShift();
    await attune.phone("r1").agrees();
    await attune.until("2026-12-02T18:00");
    await attune.phone("r1").says("goal");
    await attune.phone("r1").taps(GOAL);

    const text = await home(attune, "r1");

    expect(text).toContain(en.home.goalFor("Thu, Dec 3 · 08:00–17:00"));
    expect(text).toContain(`Thu, Dec 3: ${GOAL}`);
    expect(text).not.toContain("Dec 2");
  });

  it("shows the next shifts as they are, also after a stop and with somebody who has stopped", async () => {
    await using attune = await withGoal();
    for (const id of ["r1", "a1"]) await attune.phone(id).says("stop");

    const text = await home(attune, "r1");

    expect(text).toContain(`${en.home.stopped}\n[${en.home.resume}]`);
    expect(text).toContain("Thu, Dec 3: 08:00–17:00, with Dr. a1");
  });

  it("shows what became of the goals of the rotation", async () => {
    await using attune = await withGoal();
    await attune.until("2026-12-01T17:00");
    await attune.phone("r1").taps("Partly");

    const text = await home(attune, "r1");

    expect(text).toContain(`Tue, Dec 1: ${GOAL}: one central line (partly worked on)`);
  });

  it("shows the newest twelve of them", async () => {
    const days = Array.from({ length: 13 }, (_, i) => String(i + 1).padStart(2, "0"));
    await using attune = await flow({
      program: programOf({ people: ["r1"] }),
      roster: rosterOf(days.map((day) => `r1 2026-12-${day}T08:00 2026-12-${day}T17:00`)),
    });
    for (const day of days) {
      await attune.until(`2026-12-${day}T07:45`);
      if (day === "01") await attune.phone("r1").agrees();
      await attune.phone("r1").taps(GOAL);
    }

    const text = await home(attune, "r1");

    const shown = days.filter((day) => text.includes(`Dec ${Number(day)}: ${GOAL}`));
    expect(shown).toEqual(days.slice(1));
  });

  it("shows what both answered alike as agreed, what differs as worth a talk, and what was settled", async () => {
    await using attune = await withGoal();
    const before = await home(attune, "r1");
    for (const label of [WATCHES, CALL, FEEDBACK]) await attune.phone("a1").taps(label);

    const differing = await home(attune, "r1");
    await attune.phone("a1").taps("Each as we answered");
    const settled = await home(attune, "r1");
    const attending = await home(attune, "a1");

    expect(attending).toContain("Dr. r1 · Settled: Help: Each as we answered");
    expect(before).not.toContain(en.home.agreed);
    expect(differing).toContain(`When to check in: ${CALL}`);
    expect(differing).toContain("Dr. a1: Help");
    expect(differing).not.toContain(WATCHES);
    expect(settled).toContain("Settled: Help");
    expect(settled).toContain(en.home.noDifferences);
  });
});

describe("an attending's home", () => {
  it("shows the shared goal, nothing of the resident's answers, and the next shifts together", async () => {
    await using attune = await withGoal();

    const during = await home(attune, "a1");
    await attune.until("2026-12-01T17:00");
    const text = await home(attune, "a1");

    // How much of it is shared can change until the shift ends, and nobody edits a page that stands in a chat.
    expect(during).toContain(en.home.goalsInPlan);
    expect(during).not.toContain(GOAL);
    expect(text).toContain(`Dr. r1 · Tue, Dec 1: ${GOAL}: one central line`);
    expect(text).not.toContain(LEADS);
    expect(text).toContain("Thu, Dec 3: 08:00–17:00, with Dr. r1");
  });

  it.each(["Only the category", "Keep it private"])(
    "keeps nothing of a goal that its resident shares less while the shift lasts: %s",
    async (share) => {
      await using attune = await withGoal();
      const resident = attune.phone("r1");
      await attune.phone("a1").says("home");
      await attune.phone("a1").taps(en.home.answer);
      await attune.beat();
      const shown = attune.phone("a1").chat().join("\n");

      await resident.taps("Share less or more");
      await resident.taps(share);
      await attune.until("2026-12-01T17:00");

      expect(shown).toContain("one central line");
      expect(attune.phone("a1").chat().join("\n")).not.toContain("one central line");
      const text = await home(attune, "a1");
      expect(text.includes(GOAL)).toBe(share === "Only the category");
      expect(text).not.toContain("one central line");
      expect(text.includes(en.home.noResidentsGoals)).toBe(share === "Keep it private");
    },
  );
});

describe("a coordinator's home", () => {
  // domain: A coordinator never sees one person's answers
  it("shows whether messages arrive, by reason and whose, and never an answer", async () => {
    await using attune = await withGoal();
    await attune.phone("c1").says("home");
    await attune.phone("c1").agrees();

    const text = await home(attune, "c1");

    expect(text).toContain(en.coordinator.arrived);
    expect(text).toContain(en.coordinator.tooFew(5, 3));
    expect(text).toContain(en.coordinator.visible);
    for (const word of [GOAL, LEADS, "central line"]) expect(text).not.toContain(word);
  });
});

describe("the settings at home", () => {
  it("change the language in one tap", async () => {
    await using attune = await withGoal();
    await home(attune, "r1");

    await attune.phone("r1").taps("日本語");

    expect(await home(attune, "r1")).toContain(ja.home.settings);
  });

  it("change the language of a question that stands open, in its own place", async () => {
    await using attune = await beforeTheShift();
    await attune.phone("r1").agrees();

    await attune.phone("r1").says("language ja");

    const [, question, ...others] = attune.phone("r1").chat();
    expect(question).toContain(ja.goal.question);
    expect(others.join("\n")).not.toContain(ja.goal.question);
  });

  it("pause until a day that is tapped, and offer to start again", async () => {
    await using attune = await withGoal();
    await home(attune, "r1");
    await attune.phone("r1").taps("For a week");

    const paused = await home(attune, "r1");
    await attune.phone("r1").taps(en.home.resume);

    expect(paused).toContain(en.home.paused("Tue, Dec 8"));
    expect(paused).not.toContain("For a week");
    expect(await home(attune, "r1")).not.toContain("Paused until");
  });

  it("show a pause until it ends, and from that very moment on what starts another one", async () => {
    await using attune = await withGoal();
    await attune.phone("r1").says("pause for a week");
    await attune.until("2026-12-07T23:59");
    const before = await home(attune, "r1");
    await attune.until("2026-12-08T00:00");

    const after = await home(attune, "r1");

    const shows = (text: string) =>
      [en.home.paused("Tue, Dec 8"), "[For a week]"].map((part) => text.includes(part));
    expect([shows(before), shows(after)]).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it("say when Attune is quiet, who sees what, and lead to one's data and to erasing it", async () => {
    await using attune = await withGoal();
    const text = await home(attune, "r1");
    const resident = attune.phone("r1");

    await resident.taps("Who sees what");
    expect(resident.reads()).toContain(en.commands.whoSees.trustText);

    expect(text).toContain(en.home.quietTimes(11, "09:00"));
    await resident.taps(en.buttons.home);
    await resident.taps("My data");
    expect(resident.reads()).toContain(en.commands.data.title);
    await resident.taps(en.buttons.home);
    await resident.taps("Delete my data");
    expect(resident.reads()).toContain(en.commands.eraseText(5));
  });

  it("read well in Japanese", async () => {
    await using attune = await beforeTheShift("ja");
    await attune.phone("r1").taps("同意してはじめる");

    const text = await home(attune, "r1");

    expect(text).toContain(ja.home.openUntil("17:00"));
    expect(text).toContain(ja.home.quietTimes(11, "9:00"));
    expect(text).toContain("[1週間]");
  });
});
