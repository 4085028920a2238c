import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { deeds, FILES, lived, type Deed } from "#test/support/files-life.ts";
import { folder } from "../unit/config/folder.ts";

/** What is rare among random deeds: a file of each kind is applied, and taken back after more than a week. */
const TOO_LATE = (["roster.csv", "people.csv"] as const).map((name): [readonly Deed[]] => [
  [{ deed: "give", who: "C1", name, bits: 6, now: true }, { deed: "week" }],
]);

describe("whatever coordinators, operators and processes do with files", { timeout: 300_000 }, () => {
  it("what is planned in the end is what the newest version gives alone, no version is lost, and nobody else changed anything", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        using files = folder(FILES);
        await using db = openSqlite({ file: ":memory:", keys: passingKey() });

        const { planned, expected, places, isGrowing, changedByOthers, backTooLate } = await lived(
          files,
          db,
          all,
        );

        expect(planned).toEqual(expected);
        expect(places).toEqual(places.map((ofOne) => ofOne.map((_, at) => at + 1)));
        expect(isGrowing).toBe(true);
        expect(changedByOthers).toBe(0);
        expect(backTooLate).toEqual([]);
      }),
      { examples: TOO_LATE, numRuns: campaignSize({ quick: 4, usual: 12, long: 150 }) },
    );
  });
});
