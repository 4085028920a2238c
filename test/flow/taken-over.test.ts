import { describe, expect, it } from "vitest";
import { PEOPLE, TOLD_OF } from "#src/domain/files.ts";
import { DAY, HOUR, later } from "#src/domain/time.ts";
import { dutyRow as day, rosterCsv as roster } from "#test/support/lakeside.ts";
import { AFTER, town } from "#test/support/files-town.ts";
import { memoryCloud } from "#adapters/memory/messenger.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const TOWN = town("memory", { c1: "C1", r1: "U1", r2: "U2", a1: "U3" });
const MORE = "c2,Ines Roth,coordinator,,C2\n";
const FILES = { ...TOWN, "people.csv": `${TOWN["people.csv"]}${MORE}` };

/** A day less than at first, and another one for the attending. */
const ANOTHER = roster(
  ...[2, 3, 4, 5].flatMap((date) => [day(date), day(date, "r2"), day(date, "a1")]),
  day(9, "a1"),
);

type OnDisk = Awaited<ReturnType<typeof onDisk>>;

const start = async (files: ReturnType<typeof folder>, at = "2026-12-01T10:00"): Promise<OnDisk> => {
  const attune = await onDisk([files.path("program.yaml")], at);
  await attune.beat();
  return attune;
};

/** A coordinator puts another roster in force. */
async function applies(attune: OnDisk, name: string, text: string): Promise<void> {
  await attune.gives("C1", name, text);
  await attune.taps("C1", "Apply");
  await attune.beat();
  await attune.beat();
}

const told = (attune: Pick<OnDisk, "chat">, account = "C1"): readonly string[] =>
  attune.chat(account).filter((card) => card.includes("Your administrator has put it in place"));

describe("a file of an operator that counts instead of one that a coordinator applied", () => {
  // domain: Where an operator's file counts
  it("is told to every coordinator and to nobody else, with what it changed and what counted before, and can be taken back", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await applies(attune, "december.csv", AFTER);
    const before = told(attune);

    files.write("roster.csv", ANOTHER);
    await attune.beat();
    await attune.beat();

    expect(before).toEqual([]);
    const [text] = told(attune);
    expect(text).toContain("roster.csv: roster.csv counts since");
    expect(text).toContain("It changed: 1 shift added and 4 shifts removed.");
    expect(text).toContain("Before it: december.csv (Kim Lee");
    expect(text).toContain("[See the whole report]");
    expect(text).toContain("[Undo]");
    expect(["C1", "C2", "U1", "U2", "U3"].map((one) => told(attune, one).length)).toEqual([1, 1, 0, 0, 0]);
  });

  it("names what is not believed of it, with no number of what is not done", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await applies(attune, "december.csv", AFTER);

    files.write("roster.csv", roster(day(2), day(3), day(2, "a1"), day(3, "a1")));
    await attune.beat();
    await attune.beat();

    expect(told(attune)[0]).toMatch(/Dr\. Novak/u);
    expect(told(attune)[0]).not.toContain("It changed");
  });

  it("is told of a list of people, too, in its own numbers", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await applies(attune, "people.csv", `${FILES["people.csv"]}r3,Tomas Ek,resident,,U4\n`);

    files.write("people.csv", FILES["people.csv"].replace("Lea Novak", "Lea Nowak"));
    for (let beats = 0; beats < 3; beats += 1) await attune.beat();

    expect(attune.hosted[0]!.program.people).toHaveLength(5);
    expect(told(attune)[0]).toContain("List of people: people.csv counts since");
    expect(told(attune)[0]).toContain("[The people of this program]");
    expect(told(attune)[0]).toContain(
      "1 person not in it any more and 1 person with something else in their row",
    );
  });

  it("with a mistake in it says that everybody stays", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await applies(attune, "people.csv", `${FILES["people.csv"]}r3,Tomas Ek,resident,,U4\n`);

    files.write("people.csv", FILES["people.csv"].replace("r2,Lea Novak,resident", "r2,Lea Novak,nurse"));
    for (let beats = 0; beats < 3; beats += 1) await attune.beat();

    expect(attune.hosted[0]!.program.people).toHaveLength(6);
    expect(told(attune)[0]).toContain("It has mistakes, so everybody stays");
  });

  it("waits for a civil hour, and goes out once over replicas and a restart", async () => {
    using files = folder(FILES);
    const cloud = memoryCloud();
    await using one = await onDisk([files.path("program.yaml")], "2026-12-01T22:00", { cloud });
    const { db, clock } = one;
    const two = await onDisk([files.path("program.yaml")], "2026-12-01T22:00", {
      name: "two",
      db,
      clock,
      cloud,
    });
    await one.beat();
    await applies(one, "december.csv", AFTER);
    files.write("roster.csv", roster(day(2), day(3), day(2, "a1"), day(3, "a1")));
    for (const each of [one, two, one, two]) await each.beat();
    const atNight = told(one);

    const three = await onDisk([files.path("program.yaml")], "2026-12-01T22:00", {
      name: "three",
      db,
      clock,
      cloud,
    });
    await clock.set(later(clock.now(), 11 * HOUR));
    await Promise.all([one, two, three].map((each) => each.beat()));
    await three.beat();

    expect(atNight).toEqual([]);
    expect([told(one).length, told(one, "C2").length]).toEqual([1, 1]);
  });

  it("is not told any more once another version counts, or it is long ago", async () => {
    using files = folder(FILES);
    await using attune = await start(files, "2026-12-01T22:00");
    await applies(attune, "december.csv", AFTER);
    files.write("roster.csv", roster(day(2), day(3), day(2, "a1"), day(3, "a1")));
    await attune.beat();
    await applies(attune, "again.csv", `${AFTER}${day(8, "a1")}\n`);

    await attune.clock.set(later(attune.clock.now(), 11 * HOUR));
    await attune.beat();
    const superseded = told(attune);
    const late = await onDisk([files.path("program.yaml")], "2026-12-01T22:00", { ...attune, name: "late" });
    await attune.clock.set(later(attune.clock.now(), TOLD_OF + DAY));
    await late.beat();

    expect(superseded).toEqual([]);
    expect(told(attune)).toEqual([]);
  });

  it("is nothing that coordinators who apply a file are told: they know", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    await applies(attune, "december.csv", AFTER);

    expect(await attune.hosted[0]!.store.filesOf(PEOPLE)).toEqual([]);
    expect(told(attune, "C2")).toEqual([]);
  });
});
