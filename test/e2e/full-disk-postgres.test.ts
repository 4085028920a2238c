import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, it, vi } from "vitest";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { FULL_BY, smallDisk } from "#test/support/small-disk.ts";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { storedEvents, type SealedEvent } from "#test/support/stored-events.ts";
import { started } from "#test/support/started.ts";
import { answering, healthz } from "#test/support/web/in-trouble.ts";
import { openPage } from "#test/support/web/page.ts";
import { folder } from "../unit/config/folder.ts";

/** A new cluster with one database, and its log of 16 MB a file. */
const MEGABYTES = 128;

it(`tells the person and the supervisor of a full disk under PostgreSQL, loses nothing, and goes on by itself (${FULL_BY})`, async () => {
  using disk = smallDisk(MEGABYTES);
  using files = folder({});
  await using server = await postgresServer(serverFolder(disk.folder), undefined, []);
  const url = await server.database();
  await using attune = await started({ ATTUNE_DB: url, ATTUNE_KEY_FILE: files.path("attune.key") });
  const page = await openPage(attune.url);
  const person = answering(page);
  await page.post("/jump", { jump: "next-message" });
  for (let i = 0; i < 3; i += 1) await person.say(crypto.randomUUID());

  disk.fill(server.pid()!);
  const { event, answer } = await person.untilRefused();
  const ill = await healthz(attune);
  disk.free(server.pid()!);
  await supervised(server);

  expect([answer.status, answer.body.refused]).toEqual([503, "not-saved"]);
  expect(answer.body.text).toMatch(/could not be saved.*Please try again/);
  expect([ill.status, ill.health.status, ill.health.database]).toEqual([503, "failing", "failing"]);
  await vi.waitFor(async () => expect((await healthz(attune)).status).toBe(200), {
    timeout: 60_000,
    interval: 250,
  });
  // 409: it was kept, and only the words that answer it found no room.
  expect([200, 409]).toContain((await person.say(event)).status);
  expect((await page.post("/jump", { jump: "next-message" })).status).toBe(200);
  const { events, keys } = await kept(url, files.path("attune.key"));
  expect(person.acknowledged.filter((one) => !events.has(one.event))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
});

/** PostgreSQL's own user must get in. */
function serverFolder(disk: string): string {
  execFileSync("chmod", ["755", disk]);
  const place = join(disk, "server");
  mkdirSync(place);
  return place;
}

/** A server that could not even write its log has ended itself: its supervisor starts it again, once there is room. */
async function supervised(server: PostgresServer): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  if (server.pid() === undefined) await server.start();
}

async function kept(url: string, keyFile: string) {
  const client = new pg.Client(url);
  await client.connect();
  const column = async (text: string) =>
    (await client.query<[string]>({ text, rowMode: "array" })).rows.map(([value]) => value);
  const { rows } = await client.query<SealedEvent>("select program, sealed_event as sealed from inbox");
  const events = storedEvents(rows, loadMasterKey(keyFile));
  const keys = await column("select key from chat where key like 'attune-%'");
  await client.end();
  return { events, keys };
}
