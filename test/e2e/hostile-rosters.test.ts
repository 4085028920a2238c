import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import { expect, it, onTestFinished, vi } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { MINUTE } from "#src/domain/time.ts";
import { seeded } from "#src/simulation/random.ts";
import { en } from "#src/words/en.ts";
import { HOSTILE } from "#test/support/rosters/hostile.ts";
import { accountAt, hospitals, moveIn } from "#test/support/slack/hospitals.ts";
import { member } from "#test/support/slack/member.ts";
import { APP_TOKEN, BOT_TOKEN, standIn, type StandIn } from "#test/support/slack/stand-in.ts";
import { SEED } from "#test/support/seed.ts";
import type { Folder } from "../unit/config/folder.ts";

const NAMES = ["north", "south"] as const;
const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
/** How far each shape goes: what took a minute or all memory, and still a text that a test can make by the dozen. */
const SIZE = 2_000;
const LEAD = 15 * MINUTE;

const written = (at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "minute" }).slice(0, -1);

/** North's rosters are all hostile but for the last; south's is as it should be, and its people are first written to at `due`. */
function rosters(files: Folder, seed: number, due: number): void {
  const random = seeded(seed);
  const names = HOSTILE.map((shape, index) => {
    files.write(`programs/north/${index}.ics`, shape.text(SIZE, random));
    return `${index}.ics`;
  });
  const yaml = readFileSync(files.path("programs/north/program.yaml"), "utf8");
  const sources = names.map((name) => `  - { file: ${name}, format: icalendar }\n`).join("");
  files.write(
    "programs/north/program.yaml",
    yaml.replace("  - { file: roster.csv", `${sources}  - { file: roster.csv`),
  );
  const shift = `${written(due + LEAD)},${written(due + LEAD + 8 * 60 * MINUTE)}`;
  files.write("programs/south/roster.csv", `person,start,end\nr1,${shift}\na1,${shift}\n`);
}

/** The process as an operator runs it, with what it writes and the most memory it ever had, in megabytes. */
async function running(files: Folder, slack: StandIn) {
  const child = spawn(process.execPath, ["src/main.ts"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      PORT: "0",
      ATTUNE_PROGRAM: files.path("programs"),
      ATTUNE_DB: files.path("attune.db"),
      ATTUNE_KEY_FILE: files.path("attune.key"),
      ATTUNE_LOG_LEVEL: "info",
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl,
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await vi.waitFor(
    () => {
      expect(text).toContain("Attune is at");
      return /Attune is at (http:[^\s"]+)/u.exec(text)![1]!;
    },
    { timeout: 60_000, interval: 100 },
  );
  return {
    url,
    text: () => text,
    memory: () =>
      Number(/^VmHWM:\s+(\d+)/mu.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))![1]) / 1_000,
    /** Of the first thread alone; Linux counts in hundredths of a second. */
    worked() {
      const fields = readFileSync(`/proc/${child.pid}/task/${child.pid}/stat`, "utf8")
        .split(") ")[1]!
        .split(" ");
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    stop: async () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/**
 * Asks for /healthz all the time. Tells what an answer waited for at most: how long, and for how much work of the process's own thread, both in
 * milliseconds. Other processes of a busy machine make an answer late, and no work more.
 */
function healthOf(
  url: string,
  worked: () => number,
): () => Promise<{ readonly wait: number; readonly work: number }> {
  let [wait, work, isOver] = [0, 0, false];
  const asking = (async () => {
    while (!isOver) {
      const [began, before] = [performance.now(), worked()];
      await (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(60_000) })).text();
      wait = Math.max(wait, performance.now() - began);
      work = Math.max(work, worked() - before);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return async () => {
    isOver = true;
    await asking;
    return { wait, work };
  };
}

it(`${HOSTILE.length} hostile calendars of one program hold up nobody (ATTUNE_SEED=${SEED})`, async () => {
  await using slack = await standIn();
  using files = hospitals(NAMES);
  moveIn(slack, NAMES);
  // South's first messages are due on a minute of the clock while north's rosters are read.
  const due = Math.ceil((Date.now() + 25_000) / MINUTE) * MINUTE;
  rosters(files, SEED, due);
  const attune = await running(files, slack);
  const health = healthOf(attune.url, attune.worked);
  const south = member(slack, accountAt("south", "r1"));

  const soon = () => ({ timeout: Math.max(due - Date.now(), 0) + 20_000, interval: 200 });
  // By day the consent comes at once, by night with the goal.
  await vi.waitFor(() => expect(south.reads()).toContain(en.consent.agree), soon());
  await south.taps(en.consent.agree);
  await vi.waitFor(() => expect(south.reads()).toContain(GOAL), soon());
  expect(Date.now()).toBeGreaterThanOrEqual(due);
  // All of north's rosters have been read, one after another: each of them has ended.
  await vi.waitFor(() => expect(attune.text()).toMatch(/"program":"north".*"the roster changed"/u), {
    timeout: 180_000,
    interval: 500,
  });
  const answered = await health();

  expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
  // A process that reads by itself answers after minutes.
  expect(answered.work).toBeLessThan(1_000);
  expect(answered.wait).toBeLessThan(20_000);
  expect(attune.memory()).toBeLessThan(600);
  expect(await attune.stop()).toBe(0);
  expect(attune.text()).not.toMatch(/"level":"(?:error|fatal)"/u);
}, 300_000);
