import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { HOUR, later } from "#src/domain/time.ts";
import { PEOPLE, rosterPart, type FilePart } from "#src/domain/files.ts";
import { firstVersion } from "#src/roster/reading/files-in-force.ts";
import { dutyRow as day, LAKESIDE, rosterCsv as roster } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const people = (...rows: readonly string[]) =>
  `${["id,name,role,email,memory", "c1,Kim Lee,coordinator,,C1", "r1,Maya Patel,resident,,U1", "a1,Daniel Okafor,attending,,U3", ...rows].join("\n")}\n`;
const FIRST = roster(...[2, 3, 4, 5, 6, 7].flatMap((date) => [day(date), day(date, "a1")]));
const FILES = { "program.yaml": LAKESIDE, "people.csv": people(), "roster.csv": FIRST };
const ROSTER = rosterPart("roster.csv");

type OnDisk = Awaited<ReturnType<typeof onDisk>>;

const start = async (files: ReturnType<typeof folder>): Promise<OnDisk> => {
  const attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");
  await attune.beat();
  return attune;
};

/** A coordinator puts a text in force. */
async function upload(
  { hosted, clock }: OnDisk,
  files: ReturnType<typeof folder>,
  part: FilePart,
  text: string,
) {
  const bytes = new TextEncoder().encode(text);
  const { store } = hosted[0]!;
  const path = files.path(part === PEOPLE ? "people.csv" : "roster.csv");
  const over = await firstVersion(store, { part, path, most: 1_000_000 }, clock.now());
  return store.keepFile(
    {
      part,
      at: clock.now(),
      by: personId("c1"),
      why: "upload",
      about: { name: "new.csv", fingerprint: createHash("sha256").update(bytes).digest("hex") },
      bytes,
    },
    over,
  );
}

const shifts = async ({ hosted }: Pick<OnDisk, "hosted">): Promise<readonly string[]> =>
  (await hosted[0]!.store.roster()).assignments.map(
    ({ person, start: at }) => `${person} ${new Date(at).toISOString().slice(8, 13)}`,
  );
const of = (...all: readonly string[]) => all.map((one) => `${one}T08`);

describe("a file in force", () => {
  it("counts in place of the one that program.yaml names, within a beat, and nothing that it takes away is doubted", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    await upload(attune, files, ROSTER, roster(day(2), day(2, "a1"), day(7, "a1")));
    await attune.beat();

    expect(await shifts(attune)).toEqual(of("a1 02", "r1 02", "a1 07"));
    expect(attune.hosted[0]!.context().rosters?.().files).toMatchObject([
      { part: ROSTER, name: "new.csv", by: "c1", why: "upload" },
    ]);
  });

  it("stays in force when the replica that reads has the old file still, and gives way to a file that was never there", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    await upload(attune, files, ROSTER, roster(day(2), day(2, "a1")));
    await attune.beat();
    files.write("roster.csv", FIRST);
    await attune.beat();
    const kept = await shifts(attune);

    files.write("roster.csv", roster(...[2, 3, 4, 5, 6].flatMap((date) => [day(date), day(date, "a1")])));
    await attune.beat();

    expect(kept).toEqual(of("a1 02", "r1 02"));
    expect(await shifts(attune)).toHaveLength(10);
    expect(attune.hosted[0]!.context().rosters?.().files?.[0]).toMatchObject({ why: "file" });
    expect(await attune.hosted[0]!.store.filesOf(ROSTER)).toHaveLength(3);
  });

  it("is taken back exactly by undoing it, also where it took away what no file says any more", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    // Later days come in a file of their own; the first ones stay.
    await upload(
      attune,
      files,
      ROSTER,
      roster(...[14, 15, 16].flatMap((date) => [day(date), day(date, "a1")])),
    );
    await attune.beat();
    const before = await shifts(attune);
    await upload(attune, files, ROSTER, roster(day(4), day(4, "a1"), day(8), day(8, "a1")));
    for (let beats = 0; beats < 3; beats += 1) await attune.beat();
    const between = await shifts(attune);

    const [, restored] = await attune.hosted[0]!.store.filesOf(ROSTER);
    await attune.hosted[0]!.store.keepFile(
      {
        ...restored!,
        at: attune.clock.now(),
        why: "undo",
        bytes: await attune.hosted[0]!.store.fileBytes(restored!.id),
      },
      3,
    );
    for (let beats = 0; beats < 4; beats += 1) await attune.beat();

    expect(before).toHaveLength(18);
    expect(between).not.toEqual(before);
    expect(await shifts(attune)).toEqual(before);
  });

  it("may be the people too: who is new can act before the first beat of a process that starts", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:00");

    await upload(attune, files, PEOPLE, people("r2,Lea Novak,resident,,U4"));

    expect(await attune.says("U4", "help")).not.toContain("I don’t recognize this account");
    expect(attune.hosted[0]!.program.people.map(({ id }) => id)).toEqual(["c1", "r1", "a1", "r2"]);
  });

  it("with a mistake leaves the people as they were, and says so", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    await upload(attune, files, PEOPLE, people("r2,Lea Novak,nurse,,U4"));
    await attune.clock.set(later(attune.clock.now(), HOUR));
    await attune.beat();

    expect(attune.hosted[0]!.program.people).toHaveLength(3);
    expect(attune.hosted[0]!.troubles()[0]).toMatchObject({ name: "new.csv", mend: true });
  });
});
