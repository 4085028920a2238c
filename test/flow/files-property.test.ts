import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { deeds, FILES, lived } from "#test/support/files-life.ts";
import { folder } from "../unit/config/folder.ts";

describe("whatever coordinators, operators and processes do with files", { timeout: 300_000 }, () => {
  it("what is planned in the end is what the newest version gives alone, no version is lost, and nobody else changed anything", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        using files = folder(FILES);
        await using db = openSqlite({ file: ":memory:", keys: passingKey() });

        const { planned, expected, places, isGrowing, changedByOthers } = await lived(files, db, all);

        expect(planned).toEqual(expected);
        expect(places).toEqual(places.map((_, at) => at + 1));
        expect(isGrowing).toBe(true);
        expect(changedByOthers).toBe(0);
      }),
      { numRuns: campaignSize({ usual: 12, long: 150 }) },
    );
  });
});
