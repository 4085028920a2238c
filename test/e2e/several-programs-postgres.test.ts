import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { en } from "#src/words/en.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { accountAt, hospitals, moveIn } from "#test/support/slack/hospitals.ts";
import { member } from "#test/support/slack/member.ts";
import { APP_TOKEN, BOT_TOKEN, standIn } from "#test/support/slack/stand-in.ts";
import { started } from "#test/support/started.ts";

const NAMES = ["north", "south", "east", "west", "mid", "isle"] as const;

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const patience = { timeout: 60_000, interval: 250 };

it("two replicas serve six programs: each roster is read by one of them, and everybody is asked once", async () => {
  await using slack = await standIn();
  using files = hospitals(NAMES);
  moveIn(slack, NAMES);
  const env = {
    ATTUNE_PROGRAM: files.path("programs"),
    ATTUNE_DB: await server.database(),
    ATTUNE_KEY_FILE: files.path("attune.key"),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
  };
  await using one = await started(env);
  await using two = await started(env);
  const residents = NAMES.map((name) => member(slack, accountAt(name, "r1")));

  for (const { url } of [one, two])
    await vi.waitFor(
      async () => expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: "ok" }),
      patience,
    );
  await vi.waitFor(() => {
    for (const resident of residents) expect(resident.reads()).toContain(en.consent.agree);
  }, patience);
  await residents[5]!.taps(en.consent.agree);
  await vi.waitFor(() => expect(residents[5]!.chat().join("\n")).toContain("Dr. isle"), patience);
  await sleep(1_000);

  // Whoever agreed has the goal below it.
  expect(residents.map((resident) => resident.messages().length)).toEqual([1, 1, 1, 1, 1, 2]);
  const read = [one, two]
    .flatMap((replica) => replica.written().split("\n"))
    .filter((line) => line.includes('"the roster changed"'))
    .map((line) => (JSON.parse(line) as { program: string }).program);
  expect(read.toSorted()).toEqual(NAMES.toSorted());
}, 600_000);
