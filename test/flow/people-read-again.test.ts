import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { LEFT } from "#src/domain/nudge-life.ts";
import { personId } from "#src/domain/person.ts";
import { DAY, later } from "#src/domain/time.ts";
import { notedPeople } from "#src/runtime/current-people.ts";
import { changeText } from "#src/commands/roster-text.ts";
import { wouldChange } from "#src/commands/roster-change.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { readRoster } from "#src/roster/reading/read-roster.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import { COLUMNS, onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";
import { SOON } from "#test/support/soon.ts";

const yaml = (id: string): string => `name: ${id}
id: ${id}
timeZone: UTC
locale: en
start: at-once
rotations:
  - name: ER
    from: 2026-12-01
    to: 2026-12-28
people: people.csv
roster:
  - file: roster.csv
    format: csv
`;
const HEAD = "id,name,role,email,memory";
const MAYA = "r1,Maya Patel,resident,maya@example.org,U1";
const JONAS = "r2,Jonas Weber,resident,jonas@example.org,U2";
const DANIEL = "a1,Daniel Okafor,attending,daniel@example.org,U3";
const people = (...rows: readonly string[]): string => `${[HEAD, ...rows].join("\n")}\n`;
const ROSTER = [
  "person,start,end",
  ...["r1", "a1", "r2"].map((id) => `${id},2026-12-01T08:00,17:00`),
  ...["r1", "a1"].map((id) => `${id},2026-12-02T08:00,17:00`),
  "Lea Novak,2026-12-02T08:00,17:00",
].join("\n");
const FILES = {
  "program.yaml": yaml("lakeside"),
  "people.csv": people(MAYA, JONAS, DANIEL),
  "roster.csv": ROSTER,
};

/** What becomes of one person's goals, plans and debriefs. */
async function asked({ hosted, clock }: Awaited<ReturnType<typeof onDisk>>, id: string) {
  const all = await hosted[0]!.store.nudgesOf(personId(id), clock.now(), later(clock.now(), 7 * DAY));
  return all.map(({ kind, state, reason }) => [kind, state, reason].filter(Boolean).join(" "));
}

describe("people.csv is read again", () => {
  it("at the next beat: who is new is asked, who has another account is written to there, and the log counts", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
    await attune.beat();
    const before = await asked(attune, "r3");

    files.write(
      "people.csv",
      people(
        MAYA.replace("U1", "U9").replace("Maya Patel", "Maya Patel-Stone"),
        JONAS.replace("resident", "resident+attending"),
        DANIEL,
        "r3,Lea Novak,resident,,U4",
      ),
    );
    await attune.beat();
    await attune.clock.set(later(attune.clock.now(), 50 * 60_000));
    await attune.beat();

    expect(before).toEqual([]);
    expect(await asked(attune, "r3")).toContain("shift-goal planned");
    expect(attune.chat("U1")).toEqual([]);
    expect(attune.chat("U9")[0]).toContain("# Your goal for this shift");
    expect(await attune.says("U1", "help")).toContain("I don’t recognize this account");
    expect(attune.lines.filter(({ message }) => message === "people.csv has changed")).toEqual([
      {
        level: "info",
        fields: {
          program: "lakeside",
          joined: 1,
          left: 0,
          renamed: 1,
          inLatin: 0,
          moved: 1,
          recast: 1,
          inLanguage: 0,
          rotated: 0,
        },
        message: "people.csv has changed",
      },
    ]);
    const { store } = attune.hosted[0]!;
    expect(Object.keys((await notedPeople(store))!.people)).toEqual(["r1", "r2", "a1", "r3"]);
  });

  it("when it was only touched, what another replica has noted since stays noted", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
    await attune.beat();
    const { store } = attune.hosted[0]!;
    const others = JSON.stringify({ at: attune.clock.now(), people: {} });
    await store.setNote("people.csv", others);

    files.write("people.csv", FILES["people.csv"]);
    await attune.beat();

    expect(await store.note("people.csv")).toBe(others);
  });

  it("with a mistake keeps the last good one, names line, field and what to do once, and follows what is mended", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
    await attune.beat();

    files.write("people.csv", people(MAYA, "r2,Jonas Weber,intern,,U2", DANIEL));
    for (let beats = 0; beats < 3; beats += 1) await attune.beat();
    const [trouble] = attune.hosted[0]!.troubles();
    const told = attune.lines.filter(({ level }) => level === "warn");
    const stillAsked = await asked(attune, "r2");
    files.write("people.csv", people(MAYA, DANIEL));
    await attune.beat();

    const mistake =
      'people.csv:3: role: "intern" is no role; write resident, attending or coordinator, or several, the usual one first: resident+attending';
    expect(trouble).toMatchObject({ name: "people.csv", reason: mistake, mend: true });
    expect(told.filter(({ message }) => message === "people.csv stays as it was last read")).toEqual([
      {
        level: "warn",
        fields: { program: "lakeside", problem: mistake },
        message: "people.csv stays as it was last read",
      },
    ]);
    expect(stillAsked).toContain("shift-goal planned");
    expect(attune.hosted[0]!.troubles().filter(({ doubt }) => doubt === undefined)).toEqual([]);
    expect(await asked(attune, "r2")).toContain(`shift-goal withdrawn ${LEFT}`);
  });

  it("without somebody withdraws their unsent messages and nobody else's, until the row is put back", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
    await attune.beat();
    const before = [await asked(attune, "r1"), await asked(attune, "a1")];

    files.write("people.csv", people(JONAS, DANIEL));
    await attune.beat();
    const gone = [await asked(attune, "r1"), await asked(attune, "a1")];
    files.write("people.csv", FILES["people.csv"]);
    await attune.beat();

    expect(new Set(before[0])).toEqual(
      new Set(["shift-goal", "shift-debrief", "pair-check-in"].map((kind) => `${kind} planned`)),
    );
    expect(new Set(gone[0])).toEqual(
      new Set(["shift-goal", "shift-debrief", "pair-check-in"].map((kind) => `${kind} withdrawn ${LEFT}`)),
    );
    expect(gone[1]).toEqual(before[1]);
    expect([await asked(attune, "r1"), await asked(attune, "a1")]).toEqual(before);
  });

  it("without somebody still lets them see and erase what is kept of them, and answers nothing else", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
    await attune.beat();
    await attune.says("U1", "language en");

    files.write("people.csv", people(JONAS, DANIEL));
    await attune.beat();

    expect(await attune.says("U1", "home")).toMatch(/^You are no longer on this program’s list/u);
    expect(await attune.says("U1", "I want to place two lines")).toMatch(/^You are no longer/u);
    expect(await attune.says("U1", "my data")).toContain("Everything kept about you");
    expect(await attune.says("U1", "erase me")).toContain("Delete everything of yours?");
    expect(await attune.says("U1", "erase me for good")).not.toMatch(/^You are no longer/u);
    expect(await attune.says("U1", "my data")).toContain("I don’t recognize this account");
    const { standing, identities } = await attune.hosted[0]!.store.export(personId("r1"));
    expect([standing.stopped, identities]).toEqual([true, []]);
  });
});

it("a card that was made before it was read does not take the place of one that was made after", async () => {
  let arrives: (() => void) | undefined;
  let isSlow = false;
  using files = folder({
    ...FILES,
    "program.yaml": yaml("lakeside").replace("start: at-once\n", ""),
    "people.csv": people(MAYA, DANIEL, "c1,Emily Carter,coordinator,,U5"),
  });
  await using attune = await onDisk([files.path("program.yaml")], "2026-11-30T10:00", {
    underWay: () => (isSlow ? new Promise((resolve) => (arrives = resolve)) : Promise.resolve()),
  });
  await attune.beat();
  const [hosted] = attune.hosted;
  // Another day has other dates in the greeting.
  await attune.clock.set(later(attune.clock.now(), DAY));
  await hosted!.store.greetAnew(attune.clock.now());
  isSlow = true;
  const before = hosted!.running().edit();
  await vi.waitFor(() => expect(arrives).toBeDefined(), SOON);
  isSlow = false;

  files.write("people.csv", people(MAYA, JONAS, DANIEL, "c1,Emily Carter,coordinator,,U5"));
  const beat = attune.beat();
  await sleep(200);
  arrives!();
  await Promise.all([before, beat]);

  expect(attune.chat("U5")[0]).toContain("2 residents, 1 attending");
});

it("other rotations, another language and another name in Latin letters are shown, with the messages that go", async () => {
  const yamlOfTwo = FILES["program.yaml"].replace(
    "rotations:\n",
    "$&  - name: ICU\n    from: 2027-01-04\n    to: 2027-01-31\n",
  );
  const more = (text: string, cells: string) =>
    text.replace(HEAD, `${HEAD},name_en,locale,rotation`).replace(MAYA, `${MAYA},${cells}`);
  using files = folder({
    ...FILES,
    "program.yaml": yamlOfTwo,
    "people.csv": more(FILES["people.csv"], ",,"),
  });
  await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
  await attune.beat();
  files.write("people.csv", more(FILES["people.csv"], "Maya Patel,ja,ICU"));

  const { lines, ofPeople } = await planDiff(attune, files.path("program.yaml"));

  expect(ofPeople).toEqual([
    "~ Maya Patel (r1) has another name in Latin letters: Maya Patel",
    "~ Maya Patel (r1) is written to in ja, before en, unless they chose a language",
    "~ Maya Patel (r1) is in ICU, before the rotations that program.yaml says",
  ]);
  expect(lines.slice(lines.indexOf("Messages")).join("\n")).toMatch(/\n {2}Maya Patel\n {4}- /u);
});

it("what people.csv changes is shown before it is followed, with the messages of it", async () => {
  using files = folder(FILES);
  await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
  await attune.beat();
  files.write(
    "people.csv",
    people(
      MAYA.replace("Maya Patel", "Maya Patel-Stone"),
      DANIEL.replace("U3", "U8").replace("attending", "attending+coordinator"),
      "r3,Lea Novak,resident,,U4",
    ),
  );

  const { lines, ofPeople } = await planDiff(attune, files.path("program.yaml"));

  expect(ofPeople).toEqual([
    "+ Lea Novak (r3) joins as resident",
    "- r2 leaves: what is unsent is withdrawn; what is kept of them stays until it is erased",
    "~ Maya Patel-Stone (r1) has another name",
    "~ Daniel Okafor (a1) has another e-mail or account: messages go there",
    "~ Daniel Okafor (a1) is attending+coordinator, before attending",
  ]);
  const messages = lines.slice(lines.indexOf("Messages")).join("\n");
  expect(messages).toMatch(/\n  r2\n    - /u);
  expect(messages).toMatch(/\n  Lea Novak\n    \+ /u);
});

/** What `plan --diff` says of the files as they are now: all of it, and what stands below "People". */
async function planDiff(attune: Awaited<ReturnType<typeof onDisk>>, file: string) {
  const { program, sources } = loadProgram(file, COLUMNS);
  const read = await readRoster(program, sources, { read: carryOut });
  const now = attune.clock.now();
  const lines = changeText(await wouldChange(program, attune.hosted[0]!.store, read, now), now);
  const people = lines.indexOf("People");
  const ofPeople = lines.slice(people + 1, lines.indexOf("", people)).map((line) => line.trim());
  return { lines, ofPeople };
}

describe("somebody who moves to another program of the process", () => {
  it.each(["north first", "south first"])(
    "belongs to both in between, and to the new one afterwards, whichever is read first: %s",
    async (order) => {
      using files = folder({
        "north/program.yaml": yaml("north"),
        "north/people.csv": people(MAYA, DANIEL),
        "north/roster.csv": ROSTER,
        "south/program.yaml": yaml("south"),
        "south/people.csv": people(JONAS),
        "south/roster.csv": ROSTER,
      });
      const names = order === "north first" ? ["north", "south"] : ["south", "north"];
      await using attune = await onDisk(
        names.map((name) => files.path(`${name}/program.yaml`)),
        "2026-12-01T06:00",
      );
      await attune.beat();
      const ofNorth = await attune.says("U1", "home");

      files.write("south/people.csv", people(JONAS, MAYA));
      await attune.beat();
      const inBoth = attune.hosted.flatMap(({ troubles }) =>
        troubles().filter((one) => one.doubt === undefined),
      );
      const homeOfBoth = await attune.says("U1", "home");
      files.write("north/people.csv", people(DANIEL));
      await attune.beat();
      await attune.beat();

      expect(ofNorth).toContain("north");
      expect(inBoth).toEqual([]);
      expect(homeOfBoth).toContain("south");
      expect(await attune.says("U1", "my data")).toContain("north");
      expect(await attune.says("U1", "help")).not.toMatch(/recognize|no longer/u);
      const south = attune.hosted.find(({ program }) => program.id === "south")!;
      expect(south.program.people.map(({ id }) => id)).toEqual(["r2", "r1"]);
      expect(south.troubles().filter(({ doubt }) => doubt === undefined)).toEqual([]);
    },
  );
});
