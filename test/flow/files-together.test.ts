import { describe, expect, it } from "vitest";
import { plain } from "#src/card/plain.ts";
import { rosterPart } from "#src/domain/files.ts";
import type { Address } from "#src/domain/person.ts";
import { DAY, later } from "#src/domain/time.ts";
import type { FileRead, Inbound } from "#src/ports/inbound.ts";
import { AFTER, town } from "#test/support/files-town.ts";
import { dutyRow as day, rosterCsv as roster } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const TOWN = town("memory", { c1: "C1", r1: "U1", r2: "U2", a1: "U3" });
const FILES = { ...TOWN, "people.csv": `${TOWN["people.csv"]}c2,Ines Roth,coordinator,,C2\n` };
const PART = rosterPart("roster.csv");

/** Two processes on one database. */
async function replicas(files: ReturnType<typeof folder>) {
  const one = await onDisk([files.path("program.yaml")], "2026-12-01T06:00", { name: "one" });
  const { db, clock } = one;
  const two = await onDisk([files.path("program.yaml")], "2026-12-01T06:00", { name: "two", db, clock });
  await one.beat();
  await two.beat();
  return { one, two, store: one.hosted[0]!.store, [Symbol.asyncDispose]: () => one[Symbol.asyncDispose]() };
}

const bytes = (text: string): FileRead => ({ bytes: new TextEncoder().encode(text) });

/** A file as a platform tells of it, the same whichever process is told. */
const given = (read: () => Promise<FileRead>): Inbound => ({
  type: "file",
  event: "slack:said:D1:1",
  sender: { platform: "memory", account: "C1", address: "C1" as Address },
  text: "",
  file: { name: "december.csv", read },
});

describe("a file that two processes are told of", () => {
  it("is answered by whichever has read it first, and one version of it waits", async () => {
    using files = folder(FILES);
    await using both = await replicas(files);
    const act = given(async () => bytes(AFTER));

    const told = await Promise.all([both.one.receive(act), both.two.receive(act)]);
    const again = await both.two.receive(act);

    const cards = told.flatMap((one) => (one.kind === "card" ? [plain(one.card)] : []));
    expect(cards).toHaveLength(1);
    expect(cards[0]).toContain("What december.csv would change");
    expect(told).toContainEqual(expect.objectContaining({ kind: "refused", reason: "already-received" }));
    expect(again).toMatchObject({ kind: "refused", reason: "already-received" });
    expect(await both.store.forgetWaiting(later(both.one.clock.now(), DAY))).toBe(1);
  });

  it("is answered by the second where the first ends while it reads", async () => {
    using files = folder(FILES);
    await using both = await replicas(files);

    void both.one.receive(given(() => new Promise(() => {})));
    const told = await both.two.receive(given(async () => bytes(AFTER)));

    expect(told.kind === "card" && plain(told.card)).toContain("What december.csv would change");
  });
});

describe("coordinators in two processes", () => {
  it("who apply at the same moment put one file in force, and the other reads what theirs would change now", async () => {
    using files = folder(FILES);
    await using both = await replicas(files);
    await both.one.gives("C1", "one.csv", AFTER);
    await both.two.gives("C2", "two.csv", roster(day(2, "r1"), day(2, "r2"), day(2, "a1"), day(9, "a1")));

    const told = await Promise.all([both.one.taps("C1", "Apply"), both.two.taps("C2", "Apply")]);

    expect(told.filter((one) => one.includes("is in force."))).toHaveLength(1);
    expect(told.filter((one) => one.includes("Something has changed since this was shown"))).toHaveLength(1);
    expect((await both.store.filesOf(PART)).map(({ why }) => why)).toEqual(["upload", "file"]);
  });

  it("who apply the same file read that it is in force", async () => {
    using files = folder(FILES);
    await using both = await replicas(files);
    await both.one.gives("C1", "one.csv", AFTER);
    await both.two.gives("C2", "same.csv", AFTER);

    await both.one.taps("C1", "Apply");
    await both.one.beat();
    await both.two.beat();
    const second = await both.two.taps("C2", "Apply");
    const again = await both.two.gives("C2", "same.csv", AFTER);

    expect(second).toContain("It says what is in force already. There is nothing to apply.");
    expect(both.two.labels("C2")).not.toContain("Apply");
    expect(again).toContain("same.csv is what is in force already");
  });
});

it("a file of another program of the house is named as that, and changes nothing in either", async () => {
  const south = town("memory", { c1: "C5", r1: "U5", r2: "U6", a1: "U7" });
  using files = folder({
    ...Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`north/${name}`, text])),
    ...Object.fromEntries(
      Object.entries(south).map(([name, text]) => [
        `south/${name}`,
        text
          .replaceAll("lakeside", "seaside")
          .replaceAll(/\b([cra])([12])\b/gu, "s$1$2")
          .replaceAll(/Kim Lee|Maya Patel|Lea Novak|Daniel Okafor/gu, (person) => `${person} South`),
      ]),
    ),
  });
  const paths = ["north", "south"].map((name) => files.path(`${name}/program.yaml`));
  await using attune = await onDisk(paths, "2026-12-01T06:00");
  await attune.beat();

  const shifts = await attune.gives("C1", "theirs.csv", roster(day(2, "sr1"), day(2, "sr2"), day(2, "sa1")));
  // The same ids, of other people.
  const people = await attune.gives(
    "C1",
    "people.csv",
    FILES["people.csv"]
      .replaceAll(/(Lee|Patel|Novak|Okafor|Roth)/gu, "$1 South")
      .replaceAll(/,[CU]\d/gu, ","),
  );

  expect(shifts).toContain("Nobody in theirs.csv is in this program");
  expect(people).toContain("Nobody in people.csv is in this program");
  for (const { store } of attune.hosted) expect(await store.filesInForce()).toEqual([]);
});

it("a list that would leave nobody to take it back is refused, whoever gives it", async () => {
  using files = folder(FILES);
  await using both = await replicas(files);

  const told = await both.one.gives(
    "C1",
    "people.csv",
    FILES["people.csv"].replaceAll("coordinator", "attending"),
  );

  expect(told).toContain("nobody in it coordinates this program, so nobody could take it back");
  expect(await both.store.filesInForce()).toEqual([]);
});
