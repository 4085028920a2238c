import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import { PEOPLE as PEOPLE_PART, rosterPart } from "#src/domain/files.ts";
import type { Address } from "#src/domain/person.ts";
import { LARGEST_FILE, type FileRead } from "#src/ports/inbound.ts";
import { HOUR, later, DAY } from "#src/domain/time.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { dutyRow as day, LAKESIDE, rosterCsv as roster } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const { files: say, people: ofPeople, refused } = CATALOGUES.en;

const PEOPLE = [
  "id,name,role,email,memory",
  "c1,Kim Lee,coordinator,,C1",
  "c2,Ines Roth,coordinator,,C2",
  "r1,Maya Patel,resident,,U1",
  "r2,Lea Novak,resident,,U2",
  "a1,Daniel Okafor,attending,,U3",
];
const people = (...rows: readonly string[]) => `${[...PEOPLE, ...rows].join("\n")}\n`;
const weeks = (of: readonly number[], ...who: readonly string[]) =>
  of.flatMap((date) => who.map((one) => day(date, one)));
const DAYS = [2, 3, 4, 5, 6, 7, 8, 9];
const FIRST = roster(...weeks(DAYS, "r1", "r2", "a1"));
const FILES = { "program.yaml": LAKESIDE, "people.csv": people(), "roster.csv": FIRST };

async function start(files: ReturnType<typeof folder>) {
  const attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00");
  await attune.beat();
  return attune;
}

let events = 0;
/** What an account reads at a button that is not on what it read last. */
async function presses({ receive }: Awaited<ReturnType<typeof onDisk>>, account: string, act: string) {
  const response = await receive({
    type: "pressed",
    event: `press ${(events += 1)}`,
    sender: { platform: "memory", account, address: account as Address },
    act: act as Act,
  });
  return response.kind === "refused" ? response.text : JSON.stringify(response);
}

const shifts = async ({ hosted }: Awaited<ReturnType<typeof onDisk>>) =>
  (await hosted[0]!.store.roster()).assignments.map(
    ({ person, start: at }) => `${person} ${new Date(at).toISOString().slice(8, 10)}`,
  );

describe("a roster file that a coordinator gives", () => {
  it("is compared first, and counts once it is applied, and no longer once it is undone", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const before = await shifts(attune);

    const card = await attune.gives(
      "C1",
      "march.csv",
      roster(...weeks(DAYS, "r1", "a1"), ...weeks([2, 3, 4, 5, 6, 7, 8], "r2"), day(12, "r2")),
    );
    await attune.beat();
    const between = await shifts(attune);
    const applied = await attune.taps("C1", "Apply");
    await attune.beat();
    const after = await shifts(attune);
    const undone = await attune.taps("C1", "Undo");
    for (let beats = 0; beats < 3; beats += 1) await attune.beat();

    expect(card).toContain("What march.csv would change");
    expect(card).toContain("Dr. Novak: 1 shift added and 1 shift removed");
    expect(between).toEqual(before);
    expect(applied).toContain("march.csv is in force");
    expect(after.toSorted()).toEqual([...before.filter((one) => one !== "r2 09"), "r2 12"].toSorted());
    expect(undone).toContain("march.csv is taken back, and roster.csv is in force again");
    expect((await shifts(attune)).toSorted()).toEqual(before.toSorted());
  });

  it("that changes nothing but somebody's leave can be applied, and is taken back", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const away = async () => (await attune.hosted[0]!.store.roster()).absences.map(({ person }) => person);

    const card = await attune.gives(
      "C1",
      "leave.csv",
      `${FIRST.replaceAll("\n", ",\n").replace("end,", "end,label")}r1,2026-12-20,2026-12-22,Leave\n`,
    );
    const whole = await attune.taps("C1", "Show everything");
    await attune.taps("C1", "Apply");
    await attune.beat();
    const on = await away();
    await attune.taps("C1", "Undo");
    for (let beats = 0; beats < 3; beats += 1) await attune.beat();

    expect(card).toContain("Dr. Patel: 1 change of leave");
    expect(whole).toContain("Dr. Patel: on leave Sun, Dec 20");
    expect(on).toEqual(["r1"]);
    expect(await away()).toEqual([]);
  });

  it("counts leave that is gone, and leave that is new", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const leave = (...dates: readonly number[]) =>
      `${FIRST.replaceAll("\n", ",\n").replace("end,", "end,label")}${dates
        .map((date) => `r1,2026-12-${date},2026-12-${date},Leave\n`)
        .join("")}`;
    await attune.gives("C1", "leave.csv", leave(20, 23));
    await attune.taps("C1", "Apply");
    await attune.beat();

    const card = await attune.gives("C1", "other.csv", leave(26));

    expect(card).toContain("Dr. Patel: 3 changes of leave");
  });

  it.each([
    [6, 0, 0],
    [7, 1, 0],
    [60, 54, 0],
    [61, 55, 1],
  ])(
    "that changes something for %i people names six of them, and sixty when asked",
    async (many, few, left) => {
      const ids = Array.from({ length: many }, (_, index) => `n${index + 1}`);
      using files = folder({
        ...FILES,
        "people.csv": people(...ids.map((id) => `${id},Name ${id},resident,,`)),
      });
      await using attune = await start(files);
      const more = (count: number): readonly string[] => (count === 0 ? [] : [`and ${count} more`]);

      const card = await attune.gives("C1", "new.csv", FIRST + ids.map((id) => `${day(12, id)}\n`).join(""));
      const whole = await attune.taps("C1", "Show everything");

      const added = (text: string): readonly string[] =>
        text.match(/^Dr\. .*: .*(?:added|Dec 12).*$/gmu) ?? [];
      const hidden = (text: string): readonly string[] => text.match(/^and \d+ more$/gmu) ?? [];
      expect([added(card).length, ...hidden(card)]).toEqual([6, ...more(few)]);
      expect([added(whole).length, ...hidden(whole)]).toEqual([many - left, ...more(left)]);
    },
  );

  it.each([
    [4, ""],
    [5, "1 more name is not known. It is asked about once these are."],
    [6, "2 more names are not known. They are asked about once these are."],
  ])("with %i names that nobody has asks about four of them", async (many, more) => {
    using files = folder(FILES);
    await using attune = await start(files);
    const names = Array.from({ length: many }, (_, index) => `Zyx Qwert${"abcdef"[index]}`);

    const card = await attune.gives(
      "C1",
      "new.csv",
      FIRST + names.map((one) => `${day(12, one)}\n`).join(""),
    );

    expect(card.match(/Who is “/gu)).toHaveLength(4);
    expect(card.match(/^.*more names? .*$/gmu) ?? []).toEqual(more === "" ? [] : [more]);
  });

  it("can be looked at whole, as a table, before it is decided on", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.gives(
      "C1",
      "march.csv",
      roster(...weeks(DAYS, "r1", "a1"), ...weeks([2, 3, 4, 5, 6, 7, 8], "r2"), day(12, "r2")),
    );

    const said = await attune.taps("C1", "All changes as a file");
    const table = attune.got("C1");
    await attune.gives(
      "C1",
      "people.csv",
      people("r3,+HYPERLINK(1),resident,,U9").replace("Maya Patel", "Maya Stone"),
    );
    await attune.taps("C1", "All changes as a file");
    const peopleTable = attune.got("C1");

    expect(said).toContain("The 2 changes that march.csv would make");
    expect(table?.split("\r\n")).toEqual([
      "Person,Change,Start,End,Start before,End before",
      "Lea Novak,added,2026-12-12 08:00,2026-12-12 17:00,,",
      "Lea Novak,removed,2026-12-09 08:00,2026-12-09 17:00,,",
      "",
    ]);
    expect(peopleTable).toContain("'+HYPERLINK(1),New");
    expect(peopleTable).toContain("Maya Patel,Other name: Maya Patel becomes Maya Stone");
  });

  it("does not ask who a name is whose shifts are all over, and says that they are left out", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const past = [day(1, "Tomas Ek"), day(2, "Tomas Ek"), day(2, "Ada Lund"), day(24, "Ada Lund")];
    const named = roster(...weeks(DAYS, "r1", "a1", "r2"), ...past);
    await attune.clock.set(later(attune.clock.now(), 10 * DAY));

    const asked = await attune.gives("C1", "march.csv", named);

    expect(asked).toContain("Who is “Ada Lund”? 2 shifts");
    expect(asked).not.toContain("Who is “Tomas Ek”");
    expect(asked).toContain("“Tomas Ek” is nobody in the list of people");
  });

  it("asks who a name is, and knows it from then on", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const named = roster(...weeks(DAYS, "r1", "a1", "r2"), day(14, "Surge T"), day(15, "Surge T"));

    const asked = await attune.gives("C1", "march.csv", named);
    const picker = await attune.taps("C1", "Choose a person");
    const known = await attune.taps("C1", "Dr. Novak");
    await attune.taps("C1", "Apply");
    await attune.beat();
    const again = await attune.gives("C1", "april.csv", `${named}${day(16, "Surge T")}\n`);

    expect(asked).toContain("Who is “Surge T”? 2 shifts");
    expect(picker).toContain("Who is “Surge T”?");
    expect(known).not.toContain("Who is");
    expect(await shifts(attune)).toEqual(expect.arrayContaining(["r2 14", "r2 15"]));
    expect(again).toContain("Dr. Novak: 1 shift added");
    expect(again).not.toContain("Who is");
  });

  it("gives a name to nobody by a form that was sent empty, and by a surname, as elsewhere, to whom it means", async () => {
    const many = Array.from({ length: 20 }, (_, i) => `r${i + 3},Noor Vale${i},resident,,U${i + 10}`);
    using files = folder({ ...FILES, "people.csv": people(...many) });
    await using attune = await start(files);
    await attune.gives("C1", "march.csv", roster(...weeks(DAYS, "r1", "a1", "r2"), day(14, "Surge T")));
    await attune.taps("C1", "Choose a person");

    const empty = await attune.submits("C1", "Save", " ");
    const coordinator = await attune.submits("C1", "Save", "Kim Lee");
    const known = await attune.submits("C1", "Save", "Dr. Novak");

    for (const card of [empty, coordinator]) expect(card).toContain("Who is “Surge T”?");
    expect(known).not.toContain("Who is");
    expect(known).toContain("Dr. Novak");
  });

  it.each([
    [20, true],
    [21, false],
  ])("has up to twenty people to tap for a name, of %i on shifts", async (onShifts, areTapped) => {
    const many = Array.from(
      { length: onShifts - 3 },
      (_, i) => `r${i + 3},Noor Vale${i},resident,,U${i + 10}`,
    );
    using files = folder({ ...FILES, "people.csv": people(...many) });
    await using attune = await start(files);
    await attune.gives("C1", "march.csv", roster(...weeks(DAYS, "r1", "a1", "r2"), day(14, "Surge T")));

    const picker = await attune.taps("C1", "Choose a person");

    expect(attune.labels("C1").includes("Dr. Novak")).toBe(areTapped);
    expect(picker.includes(say.whoTyped)).toBe(!areTapped);
  });

  it("is asked which roster it is where there are several, and takes no other answer", async () => {
    using files = folder({
      ...FILES,
      "program.yaml": `${LAKESIDE}  - file: nights.csv\n    format: csv\n`,
      "nights.csv": roster(day(20, "r1"), day(20, "a1")),
    });
    await using attune = await start(files);
    const before = await shifts(attune);

    const asked = await attune.gives(
      "C1",
      "new.csv",
      roster(...[20, 21].flatMap((date) => weeks([date], "r1", "a1"))),
    );
    const offered = attune.labels("C1");
    const [first] = tapsOf(attune.shownTo("C1"));
    const forged = [
      await presses(attune, "C1", first!.tap.act.replace("roster", "rotor")),
      await presses(attune, "C1", first!.tap.act.replace(/part.*/u, "part/people")),
    ];
    const difference = await attune.taps("C1", "nights.csv");
    await attune.taps("C1", "Apply");
    await attune.beat();

    expect(asked).toContain(say.whichRoster("new.csv"));
    expect(offered).toEqual(["roster.csv", "nights.csv", say.notNow]);
    expect(forged).toEqual([refused.notUnderstood, refused.notUnderstood]);
    expect(difference).toContain("What new.csv would change");
    expect((await shifts(attune)).toSorted()).toEqual([...before, "a1 21", "r1 21"].toSorted());
  });

  it("is no list of people by a button that says so", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.gives("C1", "march.csv", roster(...weeks([...DAYS, 10], "r1", "r2", "a1")));
    const { tap } = tapsOf(attune.shownTo("C1")).find(
      ({ meaning }) => "step" in meaning && meaning.step === "apply",
    )!;

    const told = await presses(attune, "C1", tap.act.replace(/apply.*/u, "people-sheet/People"));

    expect(told).toBe(refused.notUnderstood);
    expect(await attune.hosted[0]!.store.filesOf(PEOPLE_PART)).toEqual([]);
  });

  it.each([
    [0, say.nothing],
    [1, say.troubles["too-large"]("march.csv")],
  ])("is read up to 10 MB, and not with %i bytes more", async (more, says) => {
    using files = folder(FILES);
    await using attune = await start(files);

    const told = await attune.gives("C1", "march.csv", FIRST.padEnd(LARGEST_FILE + more, "\n"));

    expect(told).toContain(says);
  });

  it("is asked about once more where a large part would go, and is told to the others in the roster's card", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const card = await attune.gives(
      "C1",
      "short.csv",
      roster(...weeks([2, 3], "r1", "a1"), ...weeks([9], "a1")),
    );
    const confirm = attune.confirmOf("C1", "Apply");
    await attune.taps("C1", "Apply");
    await attune.beat();

    expect(card).toContain("of 24 coming shifts would go, and all of Dr. Novak");
    expect(confirm).toContain("Is this the right file?");
    expect(await shifts(attune)).toHaveLength(5);
    expect(await attune.says("C2", "roster")).toContain("In force: roster.csv: short.csv (Kim Lee");
  });

  it.each<[string, string, string | FileRead, string]>([
    [
      "another program's",
      "x.csv",
      roster(day(3, "Somebody Else"), day(4, "Nobody Here")),
      "Nobody in x.csv is in this program",
    ],
    ["the one in force", "x.csv", FIRST, "There is nothing to apply"],
    [
      "the one in force, written otherwise",
      "x.csv",
      FIRST.replace("\n", "\n\n"),
      "There is nothing to apply",
    ],
    [
      "another month's",
      "x.csv",
      FIRST.replaceAll("2026-12", "2026-10"),
      "No shift of x.csv is in a rotation of this program: ER (Dec 1 – Dec 28)",
    ],
    [
      "another month's, with a name that nobody has",
      "x.csv",
      roster(...weeks(DAYS, "r1"), day(7, "Surge T")).replaceAll("2026-12", "2025-12"),
      "No shift of x.csv is in a rotation",
    ],
    ["of a table without rows", "x.csv", roster(), "No shift of x.csv is in a rotation"],
    ["a page for signing in", "x.csv", "<!DOCTYPE html><html><body>Sign in</body></html>", "cannot be used"],
    ["a page in place of a file", "x.csv", { trouble: "sign-in" }, "may not read files yet"],
    ["too large", "x.csv", { trouble: "too-large" }, "larger than 10 MB"],
    ["not to be had", "x.csv", { trouble: "unavailable" }, "could not be fetched"],
    ["a picture with another name", "x.csv", "\u0089PNG\r\n\u001a\n\u0000\u0000", "cannot be used"],
    ["of a kind that is not read", "x.png", "", "I read a roster or a list of people as .csv"],
    ["empty", "x.csv", "", "cannot be used"],
  ])("is %s: one sentence, and nothing changes or waits", async (_, name, given, says) => {
    using files = folder(FILES);
    await using attune = await start(files);
    const before = await shifts(attune);

    const told = await attune.gives("C1", name, given);
    await attune.beat();

    expect(told).toContain(says);
    expect(await shifts(attune)).toEqual(before);
    const { store } = attune.hosted[0]!;
    expect(await store.filesOf(rosterPart("roster.csv"))).toEqual([]);
    expect(attune.labels("C1")).toEqual([]);
    // Nothing waits.
    expect(await store.forgetWaiting(later(attune.clock.now(), DAY))).toBe(0);
  });

  it("is not even read from anybody else", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    let reads = 0;
    const read = async (): Promise<FileRead> => {
      reads += 1;
      return { bytes: new Uint8Array() };
    };

    const told = [await attune.gives("U1", "march.csv", read), await attune.gives("X9", "march.csv", read)];

    expect(told[0]).toContain("I read only text");
    expect(told[1]).toContain("I don’t recognize this account");
    expect(reads).toBe(0);
  });
});

it("a file that nobody decides on is forgotten after a week, and can be given again", async () => {
  using files = folder(FILES);
  await using attune = await start(files);
  const changed = roster(...weeks([...DAYS, 10], "r1", "r2", "a1"));
  await attune.gives("C1", "one.csv", changed);
  const { clock } = attune;

  await clock.set(later(clock.now(), 7 * DAY - HOUR));
  await attune.beat();
  const whole = await attune.taps("C1", "Show everything");
  await clock.set(later(clock.now(), 2 * HOUR));
  await attune.beat();
  const late = await attune.taps("C1", "Apply");
  const again = await attune.gives("C1", "one.csv", changed);

  expect(whole).toContain("What one.csv would change");
  expect(late).toContain("This file is not kept any more");
  expect(again).toContain("one.csv");
  expect(attune.lines.filter(({ message }) => message.includes("were forgotten"))).toHaveLength(1);
});

describe("in the hands of several", () => {
  const other = roster(...weeks(DAYS, "r1", "a1"), ...weeks([2, 3, 4, 5, 6, 7, 9], "r2"));

  it("the second to apply sees what it would change now", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.gives("C1", "one.csv", roster(...weeks([...DAYS, 10], "r1", "r2", "a1")));
    await attune.gives("C2", "two.csv", other);

    const first = await attune.taps("C1", "Apply");
    const second = await attune.taps("C2", "Apply");
    await attune.beat();
    const third = await attune.taps("C2", "Apply");

    expect(first).toContain("one.csv is in force");
    expect(second).toContain("Something has changed since this was shown");
    expect(third).toMatch(/is in force|Something has changed/u);
    expect(await attune.hosted[0]!.store.filesOf(rosterPart("roster.csv"))).not.toHaveLength(1);
  });

  it("who lost the role while a difference was open applies nothing", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.gives("C2", "two.csv", other);

    files.write("people.csv", people().replace("c2,Ines Roth,coordinator", "c2,Ines Roth,resident"));
    await attune.beat();
    const told = await attune.taps("C2", "Apply");

    expect(told).toContain("for coordinators of this program. Nothing was changed");
    expect(await attune.hosted[0]!.store.filesOf(rosterPart("roster.csv"))).toEqual([]);
  });

  it("undo after somebody else's file, or after a week, takes nothing back", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.gives("C1", "one.csv", roster(...weeks([...DAYS, 10], "r1", "r2", "a1")));
    await attune.taps("C1", "Apply");
    await attune.beat();
    await attune.gives("C2", "two.csv", other);
    await attune.taps("C2", "Apply");
    await attune.beat();

    const overtaken = await attune.taps("C1", "Undo");
    await attune.clock.set(later(attune.clock.now(), 7 * DAY + HOUR));
    const late = await attune.taps("C2", "Undo");

    expect(overtaken).toContain("nothing was taken back. In force: two.csv (Ines Roth");
    expect(late).toContain("A week has passed");
  });
});

describe("a people file that a coordinator gives", () => {
  it("is compared first, and counts once it is applied", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const card = await attune.gives(
      "C1",
      "people.csv",
      people("r3,Jonas Weber,resident,,U9")
        .replace("Maya Patel", "Maya Patel-Stone")
        .replace(/r2,.*\n/u, ""),
    );
    const before = await attune.says("U9", "help");
    const applied = await attune.taps("C1", "Apply");
    await attune.beat();

    expect(card).toContain("Jonas Weber");
    expect(card).toContain("Maya Patel becomes Maya Patel-Stone");
    expect(card).toContain("Lea Novak (8 shifts to come)");
    expect(card).toContain("Who leaves is not erased");
    expect(before).toContain("I don’t recognize this account");
    expect(applied).toContain("people.csv is in force");
    expect(await attune.says("U9", "help")).not.toContain("I don’t recognize this account");
  });

  it("with a mistake is told where, and nothing waits", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const told = await attune.gives("C1", "people.csv", people("r3,Jonas Weber,nurse,,U9"));

    expect(told).toContain("people.csv cannot be used");
    expect(told).toContain("people.csv:7");
    expect(attune.labels("C1")).not.toContain("Apply");
  });
});

describe("the list of people, one by one", () => {
  it("somebody is added by a line, with an id that nobody has had, and counts once it is applied", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const list = await attune.says("C1", "people");
    const card = await attune.submits("C1", "Save", "Jonas Weber, resident, jonas@example.org");
    const applied = await attune.taps("C1", "Apply");
    await attune.beat();

    expect(list).toContain("Maya Patel: resident");
    expect(card).toContain("Jonas Weber");
    expect(card).toContain("Nobody is asked anything by being added");
    expect(applied).toContain("people.csv is in force");
    expect(attune.hosted[0]!.program.people.at(-1)).toMatchObject({
      id: "r3",
      name: "Jonas Weber",
      roles: ["resident"],
      email: "jonas@example.org",
    });
  });

  it("roles, e-mail and name are changed, and a time is ended, each with its difference first", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("C1", "people Novak");

    const roles = await attune.taps("C1", "resident and attending");
    await attune.taps("C1", "Apply");
    await attune.beat();
    await attune.says("C1", "名簿 r2");
    const ended = await attune.taps("C1", "End their time here");
    await attune.taps("C1", "Apply");
    await attune.beat();

    expect(roles).toContain("Lea Novak: resident and attending");
    expect(ended).toContain("Lea Novak (8 shifts to come)");
    expect(ended).toContain("Who leaves is not erased");
    expect(attune.hosted[0]!.program.people.map(({ id }) => id)).toEqual(["c1", "c2", "r1", "a1"]);
  });

  it("what is no line of it, and what is wrong about it, gets a sentence", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await attune.says("C1", "people");

    const vague = await attune.submits("C1", "Save", "Jonas Weber");
    await attune.says("C1", "people");
    const nurse = await attune.submits("C1", "Save", "Jonas Weber, resident+nurse");
    await attune.says("C1", "people");
    const wrong = await attune.submits("C1", "Save", "Jonas Weber, resident, not an address");

    expect(nurse).toBe(vague);
    expect(vague).toContain(
      "a name, a role (resident, attending or coordinator) and, if you like, an e-mail",
    );
    expect(wrong).toContain("is no e-mail address");
    expect(attune.labels("C1")).not.toContain("Apply");
  });

  it.each([
    ["a name of nobody", "people/name//Jo", ofPeople.notUnderstood],
    ["a name of somebody who is gone", "people/name/r9/Jo", ofPeople.gone],
    ["a rotation with another first day", "people/rotation/r2/0%202026-11-01", ofPeople.gone],
    ["a rotation that there is not", "people/rotation/r2/7%202026-12-01", ofPeople.gone],
  ])("has no change by a button of before: %s", async (_, act, says) => {
    using files = folder(FILES);
    await using attune = await start(files);

    expect(await presses(attune, "C1", act)).toBe(says);
    expect(await attune.hosted[0]!.store.filesOf(PEOPLE_PART)).toEqual([]);
  });

  it("is for coordinators alone", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    expect(await attune.says("U1", "people")).not.toContain("Maya Patel: resident");
  });
});
