import { afterAll, beforeAll, expect, it, onTestFailed } from "vitest";
import { seeded } from "#src/simulation/random.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { liveWeek, type WeekEnd } from "#test/support/chaos/run.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { SEED } from "#test/support/seed.ts";

const { weeks, days } = campaignSize({
  usual: { weeks: 1, days: 1 },
  long: { weeks: 1, days: 7 },
  soak: { weeks: 20, days: 7 },
});
const SEEDS = Array.from({ length: weeks }, (_, i) => SEED + i);

let server: PostgresServer;
let undisturbed: WeekEnd;
beforeAll(async () => {
  server = await postgresServer();
  undisturbed = await liveWeek({ server, replicas: 1, days });
}, 600_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

it("has a week in which things happen", () => {
  const { nudges, replies, messages } = undisturbed;

  expect(nudges.length).toBeGreaterThan((100 * days) / 7);
  expect(replies.length).toBeGreaterThan((200 * days) / 7);
  expect(new Set(messages).size).toBe(messages.length);
});

it.each(SEEDS)(
  "three replicas that are killed, cut off and left without a server end where one undisturbed does (seed %i)",
  async (seed) => {
    let differs: readonly string[] = [];
    // Told at once: a soak of twenty weeks takes an hour.
    onTestFailed(() => console.error([`ATTUNE_SEED=${seed}`, ...differs].join("\n")));

    const { nudges, replies, messages, ...what } = await liveWeek({
      server,
      replicas: 3,
      days,
      random: seeded(seed),
    });

    if (weeks > 1) console.log({ seed, nudges: nudges.length, replies: replies.length, ...what });
    // An ask that went astray explains the answers that are missing: it is looked at first.
    differs = [
      ...difference(undisturbed.nudges, nudges),
      ...difference(undisturbed.replies, replies),
      ...difference(undisturbed.messages, messages),
    ];
    expect(differs).toEqual([]);
    expect(what.kills).toBeGreaterThan(3);
    expect(what.cuts).toBeGreaterThan(3);
  },
  1_200_000,
);

/** What stands in one ledger only; a line that is there twice counts twice. */
function difference(due: readonly string[], found: readonly string[]): readonly string[] {
  const left = [...due];
  const more = found.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...left.map((line) => `missing: ${line}`), ...more.map((line) => `more: ${line}`)];
}
