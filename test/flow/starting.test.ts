import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import { personId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { LeftOut, RosterReport } from "#src/domain/roster-report.ts";
import { instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf, someone } from "#test/support/programs.ts";

const { settingUp: say } = CATALOGUES.en;

const DAYS = ["2026-12-10", "2026-12-11"].flatMap((day) => [
  `r1 ${day}T08:00 ${day}T17:00`,
  `a1 ${day}T08:00 ${day}T17:00`,
]);
const roster = rosterOf([...DAYS, "r2 2026-12-12T08:00 2026-12-12T17:00"]);

const waiting = (over: Partial<Program> = {}): Program => ({
  ...programOf({ people: ["r1", "r2", "a1", "c1", "c2"] }),
  waitsForStart: true,
  ...over,
});

const set = (over: Partial<Parameters<typeof flow>[0]> = {}): Promise<Flow> =>
  flow({ program: waiting(), roster, start: "2026-12-01T09:00", ...over });

const OTHERS = ["r1", "r2", "a1"];
const WRITTEN = [
  "hello",
  "help",
  "home",
  "goal",
  "my rotation",
  "figures",
  "roster",
  "people",
  "why r1",
  "who sees what",
  "pause until friday",
  "snooze",
  "resume",
  "stop",
  "my data",
  "language",
];

describe("a new program", () => {
  // domain: A new program greets its coordinators
  // domain: Until a coordinator starts the program, nobody else is told
  it("greets its coordinators, and nobody else, before one of them starts it", async () => {
    await using attune = await set();

    await attune.until("2026-12-11T20:00");

    expect(OTHERS.map((id) => sentTo(attune, id))).toEqual([0, 0, 0]);
    expect([sentTo(attune, "c1"), sentTo(attune, "c2")]).toEqual([1, 1]);
    const text = attune.phone("c1").reads();
    expect(text).toContain("2 residents, 1 attending");
    expect(text).toContain("5 shifts of 3 people");
    expect(text).toContain("Dr. r2: Sat, Dec 12");
    expect(text).toContain("07:45 Dr. r1: goal");
  });

  // domain: Until a coordinator starts the program, nobody else is told
  it.each([...WRITTEN])("meets nobody with whether they take part before it starts: %s", async (text) => {
    await using attune = await set();

    for (const id of ["c1", "r1"]) await attune.phone(id).says(text);

    const chats = ["c1", "r1"].map((id) => attune.phone(id).chat().join("\n")).join("\n");
    expect(chats).not.toContain(CATALOGUES.en.consent.agree);
  });

  it("shows its coordinators how the roster was read before it starts", async () => {
    await using attune = await set();

    await attune.phone("c1").says("roster");

    expect(attune.phone("c1").newest()).toContain(CATALOGUES.en.roster.title);
  });

  it("waits for a civil hour with its greeting", async () => {
    await using attune = await set({ start: "2026-12-01T02:00" });
    const atNight = sentTo(attune, "c1");

    await attune.until("2026-12-01T09:30");

    expect([atNight, sentTo(attune, "c1")]).toEqual([0, 1]);
  });

  it("asks everybody whether they take part once it has started, two days before their first shift", async () => {
    await using attune = await set();

    await attune.phone("c1").taps(say.start);
    await attune.until("2026-12-08T10:00");

    expect(attune.phone("c1").chat()[0]).toContain("Attune has started: Name c1, Tue, Dec 1 09:00");
    expect(attune.phone("r1").reads()).toContain("Attune");
    expect([sentTo(attune, "r1"), sentTo(attune, "a1")]).toEqual([1, 1]);
  });
});

describe("Start", () => {
  // domain: A program starts once
  it("counts once: whoever is second reads who was first, and both greetings say so", async () => {
    await using attune = await set();
    const [card] = attune.cloud.chat("c2" as never);
    const press = tapsOf(card!.card).find(({ tap }) => tap.label === say.start)!.tap.act;

    await attune.phone("c1").taps(say.start);
    const shown = attune.phone("c2").chat()[0];
    await attune.phone("c2").presses(card!.ref, press);

    expect(shown).toContain("Attune has started: Name c1");
    expect(attune.phone("c2").chat()[0]).toContain("It has started already: Name c1");
    expect(await attune.store.beginning()).toMatchObject({ started: { by: "c1" } });
  });

  it("is nobody's who coordinates the program no more", async () => {
    await using attune = await set();
    const [card] = attune.cloud.chat("c1" as never);
    const press = tapsOf(card!.card).find(({ tap }) => tap.label === say.start)!.tap.act;
    const { people } = waiting();

    const roles = ["resident"] as const;
    await attune.reopens(
      waiting({ people: people.map((one) => (one.id === "c1" ? { ...one, roles } : one)) }),
      roster,
    );
    const response = await attune.phone("c1").presses(card!.ref, press);

    expect(response).toMatchObject({ kind: "refused", reason: "not-yours" });
    expect(await attune.store.beginning()).not.toHaveProperty("started");
  });

  it("waits for a roster and for people, also on a card that was shown before they went", async () => {
    await using attune = await set();
    const [card] = attune.cloud.chat("c1" as never);
    const press = tapsOf(card!.card).find(({ tap }) => tap.label === say.start)!.tap.act;

    await attune.publishes(rosterOf([]));
    const follows = attune.phone("c1").reads();
    await attune.phone("c1").presses(card!.ref, press);

    expect(follows).toContain(say.noShifts);
    expect(attune.phone("c1").reads()).toContain(say.noShifts);
    expect(await attune.store.beginning()).not.toHaveProperty("started");
  });

  // domain: What was due before the start
  it("holds after a restart, and looks back at nothing from before it", async () => {
    const longer = rosterOf([...DAYS, "r1 2026-12-20T08:00 2026-12-20T17:00"]);
    await using attune = await set({ start: "2026-12-10T09:00", roster: longer });

    await attune.until("2026-12-15T09:30");
    await attune.phone("c1").taps(say.start);
    await attune.reopens(waiting(), longer);

    const nudges = await attune.store.nudgesDuring(0 as never, attune.clock.now());
    expect(nudges.map(({ kind }) => kind)).not.toContain("coordinator-digest");
    expect(nudges.map(({ kind }) => kind)).not.toContain("pair-check-in");
    expect(attune.phone("c2").chat()[0]).toContain("Attune has started");
  });
});

describe("before it has started", () => {
  it("whoever opens Attune or writes to it is asked nothing, and may still say stop", async () => {
    await using attune = await set();

    await attune.phone("r1").says("goal");
    const told = attune.phone("r1").reads();
    await attune.phone("r1").says("stop");

    expect(told).toBe(say.notYet("Test Hospital"));
    expect((await attune.store.standing(personId("r1"))).stopped).toBe(true);
    expect((await attune.store.nudgesOf(personId("r1"), 0 as never, 9e15 as never)).length).toBe(0);
  });

  it("the greeting follows the roster and the people", async () => {
    await using attune = await set();

    await attune.publishes(rosterOf(DAYS));
    const after = attune.phone("c1").reads();
    await attune.reopens(waiting({ people: [...waiting().people, someone("r3")] }), rosterOf(DAYS));

    expect(after).toContain("4 shifts of 2 people");
    expect(attune.phone("c1").reads()).toContain("3 residents, 1 attending");
    expect(sentTo(attune, "c1")).toBe(1);
  });

  /** Their e-mails are looked up: of `found` it is known, of `unsure` nobody can say it just now. */
  const lookedUp = (found: readonly string[], unsure: readonly string[]) =>
    set({
      program: waiting({
        people: waiting().people.map((one) =>
          one.roles.includes("coordinator") ? one : { ...one, accounts: {}, email: `${one.id}@x.org` },
        ),
      }),
      messenger: {
        directory: {
          emailsOf: async () => [],
          accountOf: async (email) => {
            const [id] = email.split("@") as [string];
            if (unsure.includes(id)) throw new AttuneError("unavailable", "The directory is away.");
            return found.includes(id) ? `U-${id}` : undefined;
          },
        },
      },
    });

  it.each([
    [OTHERS, [], "all 3"],
    [["r1"], [], "1 of 3\nnot Dr. r2 and Dr. a1: no account with their e-mail"],
    [["r1"], ["a1"], "1 of 3\nnot Dr. r2: no account with their e-mail\n1 person not looked up yet"],
    [[], OTHERS, "0 of 3\n3 people not looked up yet"],
  ])(
    "the greeting says who can be written to: accounts of %j, and nobody can tell of %j",
    async (found, unsure, told) => {
      await using attune = await lookedUp(found, unsure);

      expect(attune.phone("c1").reads()).toContain(`${say.reached}: ${told}\n`);
    },
  );

  it("the greeting names whom the roster has and the list of people has not, once each, and no other line", async () => {
    const leftOut = [
      { why: { code: "nobody", text: "Dr. Stranger" } },
      { why: { code: "nobody", text: "Dr. Stranger" } },
      { why: { code: "nobody", text: "" } },
      { why: { code: "nobody" } },
      { why: { code: "two-readings", text: "Vacation 8-17" } },
    ] as const satisfies readonly Pick<LeftOut, "why">[];
    const report: RosterReport = {
      at: instant(0),
      shifts: 5,
      copies: 0,
      matched: 3,
      people: 3,
      leftOut: leftOut.map((one) => ({ ...one, place: "roster.csv:7", reason: "" })),
      withoutShifts: [],
      withoutAttending: [],
    };
    await using attune = await set({ rosters: () => ({ troubles: [], report }) });

    const told = attune.phone("c1").reads();
    expect(told).toContain(`${say.unknown}: Dr. Stranger\n`);
    expect(told).not.toContain("Vacation");
  });

  it("the greeting counts shifts that are not over yet and begin within four weeks", async () => {
    const at = (...duties: readonly string[]) =>
      set({ roster: rosterOf(duties.map((hours) => `r1 ${hours}`)), start: "2026-12-01T09:00" });
    const [over, last] = ["2026-12-01T01:00 2026-12-01T09:00", "2026-12-28T23:59 2026-12-29T08:00"];
    await using none = await at(over, "2026-12-29T00:00 2026-12-29T08:00");
    await using both = await at("2026-12-01T00:00 2026-12-01T09:01", last);
    await using nothing = await at(over);

    expect(none.phone("c1").reads()).toContain(say.shiftsOf(0, 0));
    expect(none.phone("c1").reads()).not.toContain(say.noShifts);
    expect(both.phone("c1").reads()).toContain(say.shiftsOf(2, 1));
    expect(nothing.phone("c1").reads()).toContain(say.noShifts);
  });

  it("the greeting counts from the first rotation on where none has begun, whichever is listed first", async () => {
    const rotations = [
      { name: "ICU", from: "2027-01-11", to: "2027-02-07" },
      { name: "ER", from: "2026-12-14", to: "2027-01-10" },
    ];
    await using attune = await set({ program: waiting({ rotations }) });

    expect(attune.phone("c1").reads()).toContain(say.shifts("Dec 14 – Jan 10"));
  });

  it.each([
    ["2026-12-10T07:59:59.999", true],
    ["2026-12-10T08:00", false],
  ])(
    "the greeting and a trial are about a shift that is still to begin: at %s %s",
    async (start, isToCome) => {
      await using attune = await set({ roster: rosterOf(DAYS.slice(0, 2)), start });
      const card = attune.phone("c1");
      await card.says("home");
      const greeting = card.newest();

      await card.taps(say.try);
      await card.taps(say.trials.goal);

      expect(greeting.includes(say.firstAsked)).toBe(isToCome);
      expect(card.newest().includes(say.noTrial)).toBe(!isToCome);
    },
  );

  // domain: A trial of a message
  it("a trial shows each message, and nothing of it is stored or told", async () => {
    await using attune = await set();
    const before = await attune.store.versions();

    for (const label of Object.values(say.trials)) {
      await attune.phone("c1").taps(say.try);
      await attune.phone("c1").taps(label);
      const card = attune.cloud.chat("c1" as never).at(-1)!;
      expect(attune.phone("c1").newest()).toContain("A trial, as Dr.");
      for (const { tap } of tapsOf(card.card).filter(({ tap: { label: is } }) => is !== say.another))
        await attune.phone("c1").presses(card.ref, tap.act);
      expect(attune.phone("c1").newest()).toContain(say.tapped);
    }

    expect(await attune.store.versions()).toEqual(before);
    expect(await attune.store.repliesDuring(0 as never, 9e15 as never)).toEqual([]);
    expect(OTHERS.map((id) => attune.phone(id).chat().length)).toEqual([0, 0, 0]);
  });
});

it("a program that had messages already, from an older Attune, has started", async () => {
  await using attune = await set({ program: programOf({ people: ["r1", "r2", "a1", "c1", "c2"] }) });

  await attune.reopens(waiting(), roster);
  await attune.until("2026-12-08T10:00");

  expect(sentTo(attune, "r1")).toBe(1);
  expect(attune.phone("c1").chat().join("\n")).not.toContain(say.title);
});
