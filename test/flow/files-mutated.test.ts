import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rosterPart } from "#src/domain/files.ts";
import { instant } from "#src/domain/time.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { FILES, FIRST } from "#test/support/files-life.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { bomb, workbook } from "#test/support/rosters/workbooks.ts";
import { folder } from "../unit/config/folder.ts";

const CALENDAR = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "UID:1",
  "DTSTART:20261204T080000Z",
  "DTEND:20261204T170000Z",
  "SUMMARY:Maya Patel",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n");
const sheet = FIRST.trimEnd()
  .split("\n")
  .map((row) => row.split(","));
const WHOLE = [
  ...[FIRST, FILES["people.csv"], CALENDAR].map((text) => Buffer.from(text)),
  Buffer.from(await workbook([{ name: "December", rows: sheet }])),
];

type Mutation = readonly [how: "cut" | "put" | "twice" | "flip", at: number, what: string];

const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.constantFrom("cut" as const, "put" as const, "twice" as const, "flip" as const),
  fc.nat(10_000),
  fc.oneof(
    fc.string({ maxLength: 12, unit: "binary" }),
    fc.constantFrom("\u0000", "\n", '"', ",,", "\ufeff", "=1+1"),
  ),
);

function mutated(whole: Buffer, all: readonly Mutation[]): Uint8Array {
  let bytes = Buffer.from(whole);
  for (const [how, at, what] of all) {
    const place = bytes.length === 0 ? 0 : at % bytes.length;
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (how === "cut") bytes = Buffer.from(before);
    else if (how === "put") bytes = Buffer.concat([before, Buffer.from(what), after]);
    else if (how === "twice") bytes = Buffer.concat([before, after, after]);
    else if (bytes.length > 0) {
      bytes = Buffer.from(bytes);
      bytes[place]! ^= 1 << (at % 8);
    }
  }
  return new Uint8Array(bytes);
}

const FAR = instant(Date.UTC(2027, 0, 1));

const shifts = async ({ hosted }: Awaited<ReturnType<typeof onDisk>>) =>
  (await hosted[0]!.store.roster()).assignments.length;

describe("a file that was broken on its way", { timeout: 300_000 }, () => {
  it("gets a sentence, and changes nothing before somebody applies it", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00");
    await attune.beat();
    const before = await shifts(attune);
    const { store } = attune.hosted[0]!;

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...WHOLE),
        fc.array(mutation, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("a.csv", "b.ics", "c.xlsx", "people.csv"),
        async (whole, all, name) => {
          const told = await attune.gives("C1", name, { bytes: mutated(whole, all) });
          await attune.beat();

          expect(told.trim()).not.toBe("");
          expect(told).not.toMatch(/undefined|\[object|NaN|:$/u);
          // What has no button waits for nobody.
          const waiting = await store.forgetWaiting(FAR);
          expect(waiting).toBe(attune.labels("C1").length === 0 ? 0 : 1);
          expect(await shifts(attune)).toBe(before);
          expect(await store.filesInForce()).toEqual([]);
          expect(await store.filesOf(rosterPart("roster.csv"))).toEqual([]);
        },
      ),
      { numRuns: campaignSize({ quick: 10, usual: 40, long: 400 }) },
    );
  });

  it("too large, or a bomb, is refused with a sentence", async () => {
    using files = folder(FILES);
    await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00");
    await attune.beat();

    const large = await attune.gives("C1", "a.csv", { bytes: new Uint8Array(50_000_000) });
    const packed = await attune.gives("C1", "a.xlsx", { bytes: bomb(200) });

    expect(large).toContain("larger than 10 MB");
    expect(packed).toContain("cannot be used");
    expect(await attune.hosted[0]!.store.filesInForce()).toEqual([]);
  });
});
