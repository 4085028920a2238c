import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { ASKED_ELSEWHERE } from "#src/domain/nudge-life.ts";
import { isAsk } from "#src/domain/nudge.ts";
import { researchWord } from "#src/domain/research-command.ts";
import { researchAnswers } from "#src/domain/research.ts";
import type { Program } from "#src/domain/program.ts";
import { instant } from "#src/domain/time.ts";
import type { BotResponse, Inbound } from "#src/ports/inbound.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { sendNowTap } from "#src/flows/commands/sendable.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { dutyRow, LAKESIDE, rosterCsv } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { local, programOf, someone } from "#test/support/programs.ts";
import { STUDY } from "#test/support/studied.ts";
import {
  NORTH,
  programCalled,
  SOUTH,
  twoPrograms,
  type ProgramName,
  type TwoPrograms,
} from "#test/support/two-programs.ts";
import { folder } from "../unit/config/folder.ts";

/* Dr. Both is resident r9 in the north and attending a9 in the south: one account, one person, two rows. */

const NAMES: readonly ProgramName[] = [NORTH, SOUTH];
const BOTH = "UB";
const IDS = { [NORTH]: personId("r9"), [SOUTH]: personId("a9") };
const [FROM, TO] = [instant(0), instant(Date.UTC(2100, 0))];

const program = (name: ProgramName) => ({
  ...programOf(),
  id: name,
  name: { en: `${name} hospital`, ja: `${name} hospital` },
  people: [
    ...["r1", "a1"].map((id) =>
      someone(id, { name: `Li${id} ${name}erson`, accounts: { memory: `${name}-${id}` } }),
    ),
    someone(IDS[name], { name: "Bo Both", accounts: { memory: BOTH } }),
  ],
});

/** In the north by day, and the next day in the south. */
const DUTIES = {
  [NORTH]: ["a1 2026-12-01T08:00 2026-12-01T17:00", "r9 2026-12-01T08:00 2026-12-01T17:00"],
  [SOUTH]: ["r1 2026-12-02T08:00 2026-12-02T17:00", "a9 2026-12-02T08:00 2026-12-02T17:00"],
};

/** On one day, and the one in the south begins a little later. */
const TOGETHER = {
  [NORTH]: DUTIES[NORTH],
  [SOUTH]: ["r1 2026-12-01T08:10 2026-12-01T17:00", "a9 2026-12-01T08:10 2026-12-01T17:00"],
};

const opened = (duties: Readonly<Record<ProgramName, readonly string[]>> = DUTIES) =>
  twoPrograms([program(NORTH), program(SOUTH)], {}, { isAway: false }, duties);

let events = 0;

/** What one account does; its chat shows what it was answered, as a platform would show it. */
function phone(db: TwoPrograms, account: string) {
  const address = account as Address;
  const event = () => `e${(events += 1)}`;
  const sender = db.sender(account);
  const done = async (inbound: Inbound): Promise<BotResponse> => {
    const response = await db.receive(inbound);
    const message = "message" in inbound ? inbound.message : undefined;
    const card = response.kind === "none" ? undefined : response.card;
    const isInPlace = response.kind === "refused" || (response.kind === "card" && response.replace);
    if (card !== undefined && message !== undefined && isInPlace)
      db.cloud.edit(message, card, db.clock.now());
    else if (card !== undefined)
      db.cloud.post({ to: address, card, key: `answer-${event()}` as never, at: db.clock.now() });
    for (const name of NAMES) await db.running[name].beat();
    return response;
  };
  return {
    cards: () => db.cloud.chat(address),
    chat: () => db.cloud.chat(address).map(({ card }) => plain(card)),
    tappable: () =>
      db.cloud.chat(address).flatMap(({ ref, card }) => tapsOf(card).map(({ tap }) => ({ ref, tap }))),
    press: (act: Act, message: MessageRef) => done({ type: "pressed", event: event(), sender, act, message }),
    async taps(label: string) {
      const found = this.tappable().findLast(({ tap }) => tap.label === label);
      if (found === undefined) throw new Error(`no "${label}" in:\n${this.chat().join("\n\n")}`);
      return this.press(found.tap.act, found.ref);
    },
    /** Types into the newest field, and sends it. */
    async writes(text: string): Promise<void> {
      for (const { ref, card } of db.cloud.chat(address).toReversed()) {
        const input = card.blocks.find((block) => block.type === "input");
        if (input === undefined) continue;
        const values = { [input.name]: text };
        await done({
          type: "submitted",
          event: event(),
          sender,
          act: input.submit.act,
          message: ref,
          values,
        });
        return;
      }
      throw new Error("there is no field to write into");
    },
    async says(text: string): Promise<string> {
      const response = await done({ type: "said", event: event(), sender, text });
      if (response.kind === "none") return "";
      return response.kind === "refused" ? response.text : plain(response.card);
    },
    home: async () => done({ type: "opened", event: event(), sender }),
  };
}

const AGREE = "I agree, let’s start";
const standings = (db: TwoPrograms) =>
  Promise.all(
    NAMES.map(async (name) => {
      const { consent, locale, pausedUntil, stopped } = await db.stores[name].standing(IDS[name]);
      return { consent, locale, pausedUntil, stopped };
    }),
  );

it("takes a line back by “undo” where it was written, also once a line was skipped in the other program", async () => {
  const [line, skips] = ["one central line", "Skip"];
  const programs = NAMES.map((name) => programCalled(name, "en", [{ accounts: { memory: BOTH } }, {}]));
  await using db = await twoPrograms(programs as [Program, Program]);
  await db.until("2026-12-01T07:46");
  const both = phone(db, BOTH);
  await both.taps(AGREE);
  await both.taps("Tests and imaging");
  await both.writes(line);
  await both.taps("Tests and imaging");
  await both.taps(skips);
  const before = both.chat().join("\n");

  await both.says("undo");

  expect(before).toContain(line);
  expect(both.chat().at(-1)).toContain(en.typed.undone);
});

describe("somebody who works in two programs", () => {
  it("is asked once whether they take part, and their answer counts in both", async () => {
    await using db = await opened();

    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    const asked = both.chat();
    await both.taps(AGREE);

    expect(asked).toEqual([expect.stringContaining(AGREE)]);
    expect((await standings(db)).map(({ consent }) => consent)).toEqual(["given", "given"]);
    const told = await Promise.all(
      NAMES.map((name) => db.stores[name].nudgeAbout("consent", IDS[name], "taking-part")),
    );
    expect(told.map((one) => one?.reason ?? one?.state)).toContain(ASKED_ELSEWHERE);
    expect(await Promise.all(NAMES.map((name) => db.stores[name].knownBy("memory", BOTH)))).toEqual([
      IDS[NORTH],
      IDS[SOUTH],
    ]);
  });

  it("says stop, pause and language once for both", async () => {
    await using db = await opened();
    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    await both.taps(AGREE);

    await both.says("language ja");
    await both.says("pause until 2026-12-20");
    const paused = await standings(db);
    await both.says("resume");
    await both.says("stop");

    expect(paused[0]).toMatchObject({ locale: "ja", pausedUntil: local("2026-12-20T00:00") });
    expect(paused[1]).toEqual(paused[0]);
    const [north, south] = await standings(db);
    expect(north).toMatchObject({ stopped: true, consent: "given" });
    expect(south).toEqual(north);
  });

  it("says in neither that the next message waits for a shift, while they are on one in the other", async () => {
    await using db = await opened();
    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    await both.taps(AGREE);

    await db.until("2026-12-01T12:00");
    await both.says("stop");
    await db.until("2026-12-02T12:00");

    expect(await both.says("resume")).toContain(en.commands.resumedMidShift);
  });

  it("who decided in one before the other had them, is not asked again", async () => {
    await using db = await opened();
    const { north } = db.stores;
    await north.changeStanding(IDS[NORTH], { consent: "given", locale: "ja" }, "e", db.clock.now());
    await north.rememberIdentity(IDS[NORTH], db.sender(BOTH), db.clock.now());

    await db.until("2026-12-01T07:46");

    expect(phone(db, BOTH).chat().join("\n")).not.toContain(ja.consent.agree);
    const [first, second] = await standings(db);
    expect(second).toEqual(first);
    expect(await db.stores.south.identities(IDS[SOUTH])).toMatchObject([{ account: BOTH }]);
  });

  it("types into the program whose ask is open, and what is kept is kept there alone", async () => {
    await using db = await opened();
    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    await both.taps(AGREE);
    await db.until("2026-12-01T07:50");
    await both.taps("Tests and imaging");
    const south = await db.kept(SOUTH);

    const kept = await both.says("read each ECG aloud before the attending does");
    const answered = await db.stores.north.repliesOf(IDS[NORTH], FROM, TO);
    await db.until("2026-12-02T08:05");
    const plan = both.chat().at(-1);
    await both.says("2");

    expect(kept).toContain("read each ECG aloud");
    expect(answered.map(({ item }) => item)).toContain("line");
    expect(await db.stores.south.repliesOf(IDS[SOUTH], FROM, local("2026-12-02T08:00"))).toEqual([]);
    expect(south).not.toContain("read each ECG");
    expect(plan).toContain("plan");
    expect(await db.stores.south.repliesOf(IDS[SOUTH], FROM, TO)).toMatchObject([{ item: "help" }]);
    expect(JSON.stringify(await db.stores.south.export(IDS[SOUTH]))).not.toContain("read each ECG");
  });

  it("takes back at once what they have just typed, in whichever program it was kept", async () => {
    await using db = await opened();
    await db.until("2026-12-01T07:46");
    const [both, resident] = [phone(db, BOTH), phone(db, "south-r1")];
    await both.taps(AGREE);
    await db.until("2026-12-02T07:46");
    await resident.taps(AGREE);
    await resident.taps("Tests and imaging");
    await db.until("2026-12-02T08:05");
    await both.taps(en.buttons.counter);
    await both.taps("Procedures and ultrasound");

    const kept = await both.says("we have seen many of these lately");
    const undone = await both.says("undo");

    expect(kept).toContain("we have seen many of these lately");
    expect(undone).toContain(en.typed.undone);
  });

  // domain: A message that its writer edits or deletes
  it.each([
    ["edited", { type: "edited", text: "read two ECGs" }, "read two ECGs"],
    ["deleted", { type: "deleted" }, null],
  ] as const)(
    "has a line %s where it was kept, also once the other program has asked them something",
    async (_, does, stands) => {
      await using db = await opened(TOGETHER);
      await db.until("2026-12-01T07:46");
      const both = phone(db, BOTH);
      await both.taps(AGREE);
      await db.until("2026-12-01T07:50");
      await both.taps("Tests and imaging");
      const sender = db.sender(BOTH);
      await db.receive({ type: "said", event: "line", sender, text: "read each ECG aloud" });
      await db.until("2026-12-01T08:15");

      await db.receive({ event: "again", sender, said: "line", ...does });

      const kept = await db.stores.north.repliesOf(IDS[NORTH], FROM, TO);
      expect(kept.filter(({ item }) => item === "line").map(({ value }) => value)).toEqual([stands]);
      expect(await db.stores.south.repliesOf(IDS[SOUTH], FROM, TO)).toEqual([]);
    },
  );

  it("sets the goal of the shift that is nearest, in whichever program that is", async () => {
    const named = (name: ProgramName) => programCalled(name, "en", [{ accounts: { memory: BOTH } }, {}]);
    await using db = await twoPrograms(
      [named(NORTH), named(SOUTH)],
      {},
      { isAway: false },
      {
        [SOUTH]: ["r1 2026-12-01T17:15 2026-12-01T23:00", "a1 2026-12-01T17:15 2026-12-01T23:00"],
      },
    );
    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    await both.taps(AGREE);

    const begun = await both.says("goal");
    await db.until("2026-12-01T16:50");
    const coming = await both.says("goal");

    expect(begun).toContain("08:00–17:00");
    expect(coming).toContain("17:15–23:00");
  });

  it("taps on a message of either, whichever is newer, and it counts in the program that sent it", async () => {
    await using db = await opened(TOGETHER);
    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    await both.taps(AGREE);
    await db.until("2026-12-01T08:15");

    const goal = await both.taps("Tests and imaging");
    const plan = await both.taps(en.strategy.help.answers[2]);

    expect([goal, plan].map(({ kind }) => kind)).toEqual(["card", "card"]);
    const given = await Promise.all(NAMES.map((name) => db.stores[name].repliesOf(IDS[name], FROM, TO)));
    expect(given.map((replies) => replies.map(({ item }) => item))).toEqual([["goal"], ["help"]]);
  });

  it("sees both at home and under my data, and is erased from both", async () => {
    await using db = await opened();
    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    await both.taps(AGREE);
    await db.until("2026-12-01T07:50");
    await both.taps("Tests and imaging");

    const home = await both.home();
    const data = await both.says("my data");
    await both.says("erase me for good");

    const shown = home.kind === "card" ? plain(home.card) : "";
    expect(shown).toContain("Lia1 northerson");
    expect(shown).toContain("Lir1 southerson");
    for (const name of NAMES) expect(data).toContain(`${name} hospital`);
    const records = await Promise.all(NAMES.map((name) => db.stores[name].export(IDS[name])));
    for (const { standing, replies, identities, nudges } of records) {
      expect([standing.stopped, replies, identities]).toEqual([true, [], []]);
      expect(nudges.filter(({ sentAt }) => sentAt !== undefined)).toEqual([]);
    }
  });

  it("reads of each program's study, answers each by its button, and leaves both by one word", async () => {
    const studies = {
      [NORTH]: { ...STUDY, approval: "North 1" },
      [SOUTH]: { ...STUDY, approval: "South 2", version: "southern" },
    };
    await using db = await twoPrograms(
      [
        { ...program(NORTH), research: studies[NORTH] },
        { ...program(SOUTH), research: studies[SOUTH] },
      ],
      {},
      { isAway: false },
      DUTIES,
    );
    await db.until("2026-12-01T07:46");
    const both = phone(db, BOTH);
    await both.taps(AGREE);
    const said = async () => {
      const told = NAMES.map(async (name) => {
        const { replies } = await db.stores[name].export(IDS[name]);
        return researchAnswers(replies).at(-1)?.takesPart;
      });
      return Promise.all(told);
    };

    const read = await both.says("research");
    await both.taps(en.research.agree);
    const southern = await said();
    await both.press(`say/${researchWord("yes", STUDY.version)}` as Act, both.cards().at(-1)!.ref);
    const inBoth = await said();
    await both.says("no research");

    expect(read).toContain("North 1");
    expect(read).toContain("South 2");
    expect([southern, inBoth, await said()]).toEqual([
      [undefined, true],
      [true, true],
      [false, false],
    ]);
  });

  it("reaches both after they have left one", async () => {
    await using db = await opened();
    const { south } = db.stores;
    const gone = personId("a7");
    await south.changeStanding(gone, { consent: "given" }, "e0", db.clock.now());
    await south.rememberIdentity(gone, db.sender("north-r1"), db.clock.now());
    await db.until("2026-12-01T07:46");

    const data = await phone(db, "north-r1").says("my data");
    await phone(db, "north-r1").says("erase me for good");

    expect(data).toContain("south hospital");
    expect((await south.export(gone)).standing.stopped).toBe(true);
    expect((await db.stores.north.export(personId("r1"))).standing.stopped).toBe(true);
  });

  it("has limits that count over both", async () => {
    const policy = { ...programOf().policy, asksPerMonth: 1 };
    await using db = await twoPrograms(
      [
        { ...program(NORTH), policy },
        { ...program(SOUTH), policy },
      ],
      {},
      { isAway: false },
      DUTIES,
    );
    await db.until("2026-12-01T07:46");
    await phone(db, BOTH).taps(AGREE);

    await db.until("2026-12-03T00:00");

    const sent = await Promise.all(
      NAMES.map(async (name) =>
        (await db.stores[name].nudgesOf(IDS[name], FROM, TO)).filter(
          (one) => isAsk(one) && one.sentAt !== undefined,
        ),
      ),
    );
    expect(sent.flat()).toHaveLength(1);
    const plan = (await db.stores.south.nudgesOf(IDS[SOUTH], FROM, TO)).find(
      ({ kind }) => kind === "shift-plan",
    );
    expect(plan).toMatchObject({ state: "withdrawn", reason: "month-cap" });
  });

  it("gets no weekly message of one program in the rest after the other's night shift", async () => {
    await using db = await opened({
      [NORTH]: [
        ...["a1", "r9"].map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`),
        "r9 2026-12-15T08:00 2026-12-15T17:00",
      ],
      // Until Monday morning: the check-in about the week would come at noon.
      [SOUTH]: ["a9 2026-12-06T20:00 2026-12-07T08:00", "r1 2026-12-06T20:00 2026-12-07T08:00"],
    });
    await db.until("2026-12-01T07:46");
    for (const account of [BOTH, "north-a1"]) await phone(db, account).taps(AGREE);

    await db.until("2026-12-09T00:00");

    const weekly = (await db.stores.north.nudgesOf(IDS[NORTH], FROM, TO)).filter(
      ({ kind, sentAt }) => kind === "pair-check-in" && sentAt !== undefined,
    );
    expect(weekly).toHaveLength(1);
    expect(weekly[0]!.sentAt).toBeGreaterThanOrEqual(local("2026-12-07T19:00"));
  });
});

/** Kim Lee is a resident in the north, and coordinates the south, which waits for its start. */
const HOUSE = {
  "north.yaml": LAKESIDE.replaceAll("lakeside", NORTH).replace("people.csv", "north.csv"),
  "north.csv":
    "id,name,role,memory\nc2,Ines Roth,coordinator,C2\nr1,Kim Lee,resident,C1\na1,Jo Ito,attending,U3\n",
  "south.yaml": LAKESIDE.replaceAll("lakeside", SOUTH)
    .replace("start: at-once\n", "")
    .replace("roster.csv", "south.csv"),
  "people.csv":
    "id,name,role,memory\nc1,Kim Lee,coordinator,C1\nr2,Lea Novak,resident,U2\na2,Daniel Okafor,attending,U4\n",
  "roster.csv": rosterCsv(...["r1", "a1"].map((id) => dutyRow(9, id))),
  "south.csv": rosterCsv(...["r2", "a2"].map((id) => dutyRow(9, id))),
};

it("somebody who works in one program and coordinates another taps there what a coordinator of it taps", async () => {
  using files = folder(HOUSE);
  await using attune = await onDisk([files.path("north.yaml"), files.path("south.yaml")], "2026-12-01T10:00");
  const south = attune.hosted[1]!.store;
  await attune.beat();
  attune.looks("C1");

  const started = await attune.taps("C1", en.settingUp.start);
  await attune.beat();
  const [soon] = await south.nudgesOf(personId("r2"), FROM, TO);
  const why = await attune.receive({
    type: "pressed",
    event: "send",
    sender: { platform: "memory", account: "C1", address: "C1" as Address },
    act: sendNowTap(soon!),
  });
  await attune.gives(
    "C1",
    "new.csv",
    rosterCsv(...["r2", "a2"].flatMap((id) => [dutyRow(9, id), dutyRow(10, id)])),
  );
  const applied = await attune.taps("C1", en.files.apply);

  expect(started).toContain("Attune has started");
  expect(why.kind === "card" && plain(why.card)).toContain(en.why.about("Dr. Novak"));
  expect(applied).toContain("new.csv is in force");
});

it("somebody who works in one program and coordinates another hears at “resume” what a shift brings", async () => {
  using files = folder(HOUSE);
  await using attune = await onDisk([files.path("north.yaml"), files.path("south.yaml")], "2026-12-01T10:00");
  await attune.beat();
  await attune.says("C1", "stop");

  expect(await attune.says("C1", "resume")).toContain(en.commands.resumed);
});

describe("two programs that share a person", () => {
  it("learn nothing of each other, and ask once for each shift, whatever anybody taps and types", async () => {
    const step = fc.record({ who: fc.nat(), what: fc.nat(), text: fc.option(fc.constantFrom(...TYPED)) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 14 }),
        fc.boolean(),
        async (steps, sameDay) => {
          await using db = await opened(sameDay ? SAME_DAY : DUTIES);
          await db.until("2026-12-01T07:50");
          const accounts = [BOTH, "north-a1", "south-r1"];
          for (const [turn, { who, what, text }] of steps.entries()) {
            const account = accounts[who % accounts.length]!;
            const actor = phone(db, account);
            const before = await Promise.all(NAMES.map((name) => db.stores[name].repliesDuring(FROM, TO)));
            const taps = actor.tappable();
            if (text !== null) await actor.says(text);
            else if (taps.length > 0) {
              const { tap, ref } = taps[what % taps.length]!;
              await actor.press(tap.act, ref);
            }
            const after = await Promise.all(NAMES.map((name) => db.stores[name].repliesDuring(FROM, TO)));
            // An act answers in one program at most.
            expect(after.filter((one, place) => one.length !== before[place]!.length).length).toBeLessThan(2);
            if (turn % 3 === 2)
              await db.until(
                ["2026-12-01T17:05", "2026-12-02T08:05", "2026-12-02T17:10"][(turn / 3) | 0] ??
                  "2026-12-03T09:00",
              );
          }
          await db.until("2026-12-03T10:00");

          // Only the one who works in both reads the names of both, and each message of theirs is one program's.
          const foreign = db.cloud.deliveries.filter(({ to, card, key }) => {
            const isNorths = to === BOTH ? key.startsWith("attune-north") : to.startsWith(NORTH);
            const isTheirs = to !== BOTH || key.startsWith("attune-");
            return isTheirs && JSON.stringify(card).includes(isNorths ? "southerson" : "northerson");
          });
          expect(foreign.map(({ card }) => plain(card))).toEqual([]);
          const asked = db.cloud.deliveries.filter(
            ({ type, key }) => type === "sent" && key.startsWith("attune-"),
          );
          expect(new Set(asked.map(({ key }) => key)).size).toBe(asked.length);
          for (const name of NAMES) {
            const all = await db.stores[name].nudgesDuring(FROM, TO);
            const subjects = all.map(({ kind, person, subject }) => `${kind} ${person} ${subject}`);
            expect(new Set(subjects).size).toBe(subjects.length);
            // Each shift is the program's whose roster has it.
            const elsewhere = IDS[name === NORTH ? SOUTH : NORTH];
            expect(all.filter(({ person }) => person === elsewhere)).toEqual([]);
          }
          // Whether they take part is asked once, whatever their answers say again.
          const agrees = asked.filter(({ to, card }) => to === BOTH && plain(card).includes(AGREE));
          expect(agrees.length).toBeLessThan(2);
        },
      ),
      { numRuns: campaignSize({ quick: 2, usual: 6, long: 150 }) },
    );
  }, 600_000);
});

const TYPED = [
  "I would like to lead the resuscitation",
  "2",
  "undo",
  "skip",
  "thanks",
  "goal",
  "home",
  "my rotation",
  "my data",
  "snooze 15",
  "stop",
  "resume",
  "language ja",
  "language en",
];

/** Both on one day: a short morning in the north, then the south. */
const SAME_DAY = {
  [NORTH]: ["a1 2026-12-01T08:00 2026-12-01T12:00", "r9 2026-12-01T08:00 2026-12-01T12:00"],
  [SOUTH]: ["r1 2026-12-01T13:00 2026-12-01T17:00", "a9 2026-12-01T13:00 2026-12-01T17:00"],
};
