import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { deeds, FILES, lived } from "#test/support/files-life.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

describe("files on PostgreSQL, whatever is done with them", { timeout: 600_000 }, () => {
  it("what is planned in the end is what the newest version gives alone, and none is lost", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        using files = folder(FILES);
        await using db = await openPostgres({ url: await server.database(), keys: passingKey() });

        const { planned, expected, places, isGrowing, changedByOthers, backTooLate } = await lived(
          files,
          db,
          all,
        );

        expect(planned).toEqual(expected);
        expect(places).toEqual(places.map((ofOne) => ofOne.map((_, at) => at + 1)));
        expect([isGrowing, changedByOthers, backTooLate]).toEqual([true, 0, []]);
      }),
      { numRuns: campaignSize({ usual: 3, long: 40 }) },
    );
  });
});
