import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { local } from "#test/support/programs.ts";
import { standIn, type StandIn } from "#test/support/slack/stand-in.ts";

const KILLS = campaignSize({ usual: 2, long: 10, soak: 50 });
const PEOPLE = KILLS * 10;
/** Beyond a worker's lease, so that what a killed one left is looked into at once. */
const LATER = 100_000;

it("repeats no message and loses none when it is killed between Slack's acceptance and its own commit", async () => {
  await using slack = await standIn();
  for (let index = 1; index <= PEOPLE; index++) slack.workspace.add({ id: `UR${index}` });
  const folder = mkdtempSync(join(tmpdir(), "attune-kill-"));
  let time: number = local("2026-12-01T07:45");
  let kills = 0;
  let died = false;

  do {
    died = await life(slack, [join(folder, "attune.db"), String(time)], kills < KILLS);
    if (died) kills += 1;
    time += LATER;
  } while (died);
  rmSync(folder, { recursive: true });

  const chats = [...slack.workspace.channels.values()].map((chat) => chat.length);
  const looked = slack.calls.filter(({ method }) => method === "conversations.history").length;
  console.log(
    `${kills} kills, ${looked} look-ups, ${chats.filter((count) => count === 1).length} of ${PEOPLE} once`,
  );
  expect(kills).toBe(KILLS);
  expect(looked).toBeGreaterThanOrEqual(KILLS / 2);
  expect(new Set(chats)).toEqual(new Set([1]));
}, 600_000);

/** One process, killed shortly after Slack has taken one of its first messages. Whether it was killed. */
async function life(
  slack: StandIn,
  [file, time]: readonly [string, string],
  isMortal: boolean,
): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ["test/support/slack/mortal.ts", file, slack.apiUrl, String(PEOPLE), time],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  let left = 1 + Math.floor(Math.random() * 3);
  const kill = () => child.kill("SIGKILL");
  slack.onPosted = () => {
    if (!isMortal || --left > 0) return;
    // At once: Slack has it and has not answered. A little later: about when the answer is written down.
    if (Math.random() < 0.5) kill();
    else setTimeout(kill, Math.random() * 6);
  };
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, by) =>
      code === 0 || by !== null ? resolve(by) : reject(new Error(`it ended with ${code}`)),
    );
  });
  slack.onPosted = undefined;
  return signal !== null;
}
