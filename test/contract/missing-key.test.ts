import { existsSync, readdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, openExistingDatabase } from "#src/composition/open-database.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { isPostgresBound } from "#db/postgres/bound.ts";
import { commandLine } from "#test/support/command-line.ts";
import { folder } from "../unit/config/folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

describe("a missing key", () => {
  it("is told in one line, and no new one is made beside a database that has one", async () => {
    using place = folder({});
    const keyFile = place.path("keys/attune.key");
    for (const database of [place.path("attune.db"), await server.database()]) {
      await (await openDatabase({ database, keyFile })).close();
      rmSync(keyFile);

      for (const open of [openDatabase, openExistingDatabase])
        await expect(open({ database, keyFile })).rejects.toMatchObject({
          code: "config",
          message: expect.stringMatching(
            /^The key of .+ is not at .+keys\/attune\.key: put the copy of its key there .+ no new key was made\.$/,
          ),
        });

      expect(readdirSync(place.path("keys"))).toEqual([]);
    }
  });

  it("is no trouble for an empty file, an empty server database, or one whose tables alone are there", async () => {
    using place = folder({ "empty.db": "" });
    for (const [i, database] of [place.path("empty.db"), await server.database()].entries()) {
      const keyFile = place.path(`${i}.key`);

      await (await openDatabase({ database, keyFile })).close();

      expect(existsSync(keyFile)).toBe(true);
    }
  });

  it("is left missing by all but one of the replicas that start on an empty database, each with a folder of its own", async () => {
    using place = folder({});
    const database = await server.database();
    const files = [0, 1, 2, 3].map((i) => place.path(`${i}/attune.key`));

    const started = await Promise.allSettled(files.map((keyFile) => openDatabase({ database, keyFile })));

    const databases = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await Promise.all(databases.map((db) => db.close()));
    expect(databases).toHaveLength(1);
    expect(files.map(existsSync)).toEqual(started.map(({ status }) => status === "fulfilled"));
  });

  it("has a clear error when its folder, or the database's, cannot be made", async () => {
    using place = folder({ file: "no folder" });
    for (const keyFile of [place.path("file/attune.key"), "/proc/nowhere/attune.key"])
      await expect(openDatabase({ database: ":memory:", keyFile })).rejects.toMatchObject({
        code: "config",
        message: expect.stringMatching(
          /^The folder .+ cannot be made \((?:ENOTDIR|ENOENT|EACCES)\)\. Make it, /u,
        ),
      });
  });

  it("is named by the doctor, who writes nothing", async () => {
    using place = folder({});
    const url = await server.database();
    const attune = commandLine(place);
    for (const database of [place.path("attune.db"), url]) {
      await (await openDatabase({ database, keyFile: place.path("attune.key") })).close();
      rmSync(place.path("attune.key"));
      const before = readdirSync(place.path("."));

      const { stdout, status } = attune.runWith({ ATTUNE_DB: database }, "doctor");

      expect(stdout).toMatch(
        /^fix {3}key .*attune\.key is not there, but .* is\n.*put back the copy of the key/m,
      );
      expect(status).toBe(1);
      expect(readdirSync(place.path("."))).toEqual(before);
    }
  });

  it("of an empty server stays as it is: the doctor binds none to it", async () => {
    using place = folder({});
    const url = await server.database();
    loadMasterKey(place.path("attune.key"), { create: true });
    const slack = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      SLACK_API_URL: "http://127.0.0.1:9/",
    };

    commandLine(place).runWith({ ...slack, ATTUNE_DB: url }, "doctor");

    expect(await isPostgresBound(url)).toBe(false);
  });
});
