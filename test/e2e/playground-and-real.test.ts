import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { readSettings } from "#src/config.ts";
import { startAttune, type Attune } from "#src/composition/start.ts";
import { commandLine } from "#test/support/command-line.ts";
import { APP_TOKEN, BOT_TOKEN, standIn, type StandIn } from "#test/support/slack/stand-in.ts";
import { openPage } from "#test/support/web/page.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

const DEMO = resolve("program/program.yaml");
const PROGRAM = loadPrograms([DEMO], PLATFORMS)[0]!.program.id;

let slack: StandIn;
let files: Folder;
beforeEach(async () => {
  slack = await standIn();
  files = folder({});
});
afterEach(async () => {
  await slack[Symbol.asyncDispose]();
  files[Symbol.dispose]();
});

const tokens = () => ({
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  SLACK_API_URL: slack.apiUrl,
});

const start = (name: string, env: Readonly<Record<string, string>>): Promise<Attune> =>
  startAttune(
    readSettings({ PORT: "0", ATTUNE_DB: files.path(name), ATTUNE_LOG_LEVEL: "silent", ...env }, PLATFORMS),
    loadPrograms([DEMO], PLATFORMS),
  );

const refused = (name: string, env: Readonly<Record<string, string>>): Promise<string> =>
  start(name, env).then(
    async (attune) => {
      await attune.stop();
      return "it started";
    },
    (error: Error) => error.message,
  );

const opened = (name: string) =>
  openSqlite({ file: files.path(name), keys: loadMasterKey(files.path("attune.key")) });

const kindOf = async (name: string) => {
  await using db = opened(name);
  return await db.kind();
};

/** Of how many people of the demo program a database knows anything. */
const known = async (name: string) => {
  await using db = opened(name);
  return (await db.store(PROGRAM).standings()).size;
};

it("a real database does not open without a platform, and the playground's does not open on one", async () => {
  await (await start("attune.db", tokens())).stop();
  await (await start("playground.db", {})).stop();

  const lost = await refused("attune.db", {});
  const mixed = await refused("playground.db", tokens());

  expect(lost).toMatch(/attune\.db is a real database, and no platform is configured/);
  expect(mixed).toMatch(/playground\.db is the playground's database/);
  expect([await kindOf("attune.db"), await kindOf("playground.db")]).toEqual(["real", "playground"]);
  await (await start("attune.db", tokens())).stop();
});

it("the playground beside Slack has a database of its own: what is done there counts nowhere else", async () => {
  const attune = await start("attune.db", { ...tokens(), ATTUNE_PLAYGROUND: "1" });
  try {
    const page = await openPage(attune.url);
    const startedOver = await page.post("/start-over", {});
    const said = await page.post("/say", { person: "r1", event: randomUUID(), text: "stop" });

    expect([startedOver.status, said.status]).toEqual([409, 200]);
  } finally {
    await attune.stop();
  }
  expect([await kindOf("attune.db"), await kindOf("playground.db")]).toEqual(["real", "playground"]);
  expect([await known("attune.db"), await known("playground.db")]).toEqual([0, 1]);
});

it("doctor and commands say which kind it is, and what to set where a start would be refused", async () => {
  await (await start("attune.db", tokens())).stop();
  const attune = commandLine(files);
  const demo = { ATTUNE_PROGRAM: DEMO };

  const lost = attune.runWith(demo, "doctor");
  const elsewhere = attune.runWith({ ...demo, ATTUNE_DB: "" }, "doctor");
  const saved = attune.runWith(demo, "backup", files.path("copy.db"));

  expect(lost.status).toBe(1);
  expect(lost.stdout).toMatch(/^fix {3}database {3}.*attune\.db is a real database, and no platform/m);
  // The default is a place of its own: here there is none yet, and no real one at ./data/attune.db either.
  expect(elsewhere.stdout).toMatch(/^ok {4}database .*none yet: the first start makes .*playground\.db$/m);
  expect(saved).toMatchObject({ status: 0 });
  expect(saved.stderr).toMatch(/attune\.db is a real database\.\n/);
  expect(await kindOf("copy.db")).toBe("real");
});

it("doctor notices that the platforms' variables are lost, also where no database is named", async () => {
  await (await start("data/attune.db", tokens())).stop();

  const ran = commandLine(files).runWith(
    { ATTUNE_PROGRAM: DEMO, ATTUNE_DB: "", ATTUNE_KEY_FILE: "" },
    "doctor",
  );

  expect(ran.status).toBe(1);
  expect(ran.stdout).toMatch(/^fix .*\.\/data\/attune\.db is a real database, and no platform/m);
});
