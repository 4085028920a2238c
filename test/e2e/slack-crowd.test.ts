import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { rosterOf } from "#test/support/programs.ts";
import { office, slackProgram } from "#test/support/slack/office.ts";
import { slackRates } from "#test/support/slack/rates.ts";

const PEOPLE = 1_000;
/** What Slack's limits allow, in seconds: ten at once, and three hundred a minute from then on. */
const ALLOWED = ((PEOPLE - 10) / 300) * 60;
/** In milliseconds: so long a call has, to reach the stand-in before its time moves on. */
const CALL = 2;

/** A time that moves on only while somebody waits for it, for the stand-in and for our pace alike. In milliseconds. */
function waitedTime() {
  let now = 0;
  let last = Promise.resolve();
  return {
    now: () => now,
    sleep(wait: number): Promise<void> {
      const wakes = now + wait;
      last = last.then(() => sleep(CALL)).then(() => void (now = Math.max(now, wakes)));
      return last;
    },
  };
}

it(`asks ${PEOPLE} people at the same minute within Slack's limits, and hardly slower than they allow`, async () => {
  const people = Array.from({ length: PEOPLE }, (_, index) => `r${index + 1}`);
  const time = waitedTime();
  await using slack = await office({
    program: slackProgram(people),
    roster: rosterOf(people.map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`)),
    start: "2026-12-01T07:40",
    slack: { rates: slackRates(time.now) },
    pace: time,
  });

  await slack.until("2026-12-01T07:45");

  const took = time.now() / 1_000;
  const posts = slack.slack.calls.filter(({ method }) => method === "chat.postMessage");
  expect(posts.map(({ answer }) => answer)).toEqual(people.map(() => "ok"));
  expect(new Set(posts.map(({ args }) => args["channel"])).size).toBe(PEOPLE);
  expect(took / ALLOWED).toBeLessThanOrEqual(1.1);
});
