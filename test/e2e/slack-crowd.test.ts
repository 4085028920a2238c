import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { rosterOf } from "#test/support/programs.ts";
import { office, slackProgram } from "#test/support/slack/office.ts";
import { slackRates } from "#test/support/slack/rates.ts";

const PEOPLE = campaignSize({ usual: 400, long: 1_000 });
/** Slack's minute lasts twelve seconds here, for the stand-in and for our pace alike. */
const SPEED = 5;
/** What Slack's limits allow: ten at once, and three hundred a minute from then on. */
const ALLOWED = ((PEOPLE - 10) / 300) * 60;

it(`asks ${PEOPLE} people at the same minute within Slack's limits, and hardly slower than they allow`, async () => {
  const people = Array.from({ length: PEOPLE }, (_, index) => `r${index + 1}`);
  await using slack = await office({
    program: slackProgram(people),
    roster: rosterOf(people.map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`)),
    start: "2026-12-01T07:40",
    slack: { rates: slackRates(SPEED) },
    pace: { now: () => performance.now() * SPEED, sleep: (wait) => sleep(wait / SPEED) },
  });
  const start = performance.now();

  await slack.until("2026-12-01T07:45");

  const took = ((performance.now() - start) * SPEED) / 1_000;
  const posts = slack.slack.calls.filter(({ method }) => method === "chat.postMessage");
  const refused = posts.filter(({ answer }) => answer === "ratelimited").length;
  console.log(
    `${PEOPLE} goals in ${took.toFixed(1)} s of Slack's time, where ${ALLOWED.toFixed(1)} s are allowed (ratio ${(took / ALLOWED).toFixed(3)}); told to wait ${refused} times`,
  );
  expect(posts.filter(({ answer }) => answer === "ok")).toHaveLength(PEOPLE);
  expect(new Set(posts.map(({ args }) => args["channel"])).size).toBe(PEOPLE);
  expect(refused).toBeLessThanOrEqual(1);
  expect(took / ALLOWED).toBeLessThanOrEqual(1.1);
});
