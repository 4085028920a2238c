import { expect, it } from "vitest";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { accountOf, office as slackOffice } from "#test/support/slack/office.ts";
import { teamsPhone } from "#test/support/teams/hospital.ts";
import { objectOf, office as teamsOffice } from "#test/support/teams/office.ts";

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const { help, call, feedback } = en.strategy;

it("gives a resident on Slack and an attending on Teams one talk: goal, plan, both answers on both platforms", async () => {
  let receive: (inbound: Inbound) => Promise<BotResponse> = () => Promise.reject(new Error("not yet open"));
  await using teams = await teamsOffice((inbound) => receive(inbound));
  const program = {
    ...programOf(),
    people: [
      someone("r1", { accounts: { slack: accountOf("r1") } }),
      someone("a1", { accounts: { teams: objectOf("a1") } }),
    ],
  };
  await using slack = await slackOffice({ program, others: [teams.platform.messenger] });
  receive = (inbound) => slack.running.bot.receive(inbound);
  const resident = slack.member("r1");
  const attending = teamsPhone(teams, slack.running, "a1");

  await attending.installs();
  await attending.taps(en.consent.agree);
  await slack.until("2026-12-01T07:45");
  for (const label of [en.consent.agree, GOAL, en.buttons.skip]) await resident.taps(label);
  for (const label of [help.answers[3], call.answers[2], feedback.answers.after]) await resident.taps(label);

  expect(attending.reads()).toContain(GOAL);
  expect(attending.reads()).not.toContain(feedback.answers.after);
  for (const label of [help.answers[1], call.answers[2], feedback.answers.after]) await attending.taps(label);

  await resident.taps(en.reveal.open);
  for (const shown of [resident.reads(), attending.reads()]) {
    expect(shown).toContain(help.answers[3]);
    expect(shown).toContain(help.answers[1]);
    expect(shown).toContain(en.reveal.starters.help.more);
  }
  await resident.taps(en.settle.apart);
  expect(attending.reads()).toContain(en.settle.label(en.strategy.help.label));
  expect(
    teams.service.asked.every(({ authorization }) => authorization?.startsWith("Bearer ") === true),
  ).toBe(true);
});
