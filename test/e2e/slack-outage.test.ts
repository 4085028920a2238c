import { expect, it } from "vitest";
import type { KeepClock } from "#adapters/slack/keep-open.ts";
import { handClock, type HandClock } from "#adapters/memory/hand-clock.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { startPlatforms } from "#src/composition/start-platforms.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import type { Program } from "#src/domain/program.ts";
import { MINUTE, SECOND } from "#src/domain/time.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { createRouter } from "#src/runtime/router.ts";
import { givenRoster } from "#src/simulation/given-roster.ts";
import { en } from "#src/words/en.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf, rosterOf, someone } from "#test/support/programs.ts";
import { joined } from "#test/support/slack/joined.ts";
import { accountOf } from "#test/support/slack/office.ts";
import { standIn, type Ailment } from "#test/support/slack/stand-in.ts";
import { teamsPhone } from "#test/support/teams/hospital.ts";
import { objectOf, office as teamsOffice } from "#test/support/teams/office.ts";

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;

const onTeams = (id: string) => someone(id, { accounts: { teams: objectOf(id) } });
const onSlack = (id: string) => someone(id, { accounts: { slack: accountOf(id) } });

/** A program whose people start at these times of one morning. */
function at(id: string, people: Program["people"], starts: Readonly<Record<string, string>>) {
  const program: Program = { ...programOf(), id, people };
  const lines = Object.entries(starts).map(([who, time]) => `${who} 2026-12-01T${time} 2026-12-01T17:00`);
  return { program, roster: rosterOf(lines, program.timeZone) };
}

/** Time in which a socket is kept open, moved by hand. */
const keepingOf = (clock: HandClock): KeepClock => ({
  now: () => clock.now(),
  sleep: (wait, until) => clock.sleep(wait, until),
});

/** Begins a beat at each minute, as the ticker does, and none while one is under way. */
function beating(running: RunningProgram) {
  let beat: Promise<void> | undefined;
  return {
    begin() {
      beat ??= running.beat().finally(() => {
        beat = undefined;
      });
    },
    isUnderWay: () => beat !== undefined,
  };
}

const AILMENTS: readonly Ailment[] = [
  { how: "refuses" },
  { how: "floods", seconds: 30 },
  { how: "closes" },
  { how: "greets-and-closes" },
  // As ten seconds are to a minute, where a minute takes a hundred milliseconds.
  { how: "hangs", milliseconds: 15 },
];

it.each(AILMENTS)(
  "Teams' people are asked and answered on the minute while Slack's endpoint is ill: $how",
  async (ailment) => {
    const clock = handClock(local("2026-12-01T07:00"));
    const db = openSqlite({ file: ":memory:", keys: passingKey() });
    await using slack = await standIn();
    for (const id of ["r8", "r9"]) slack.workspace.add({ id: accountOf(id) });
    let receive: (inbound: Inbound) => Promise<BotResponse> = () => Promise.reject(new Error("not open"));
    await using teams = await teamsOffice((inbound) => receive(inbound));
    const { platform, close } = await joined(slack, {
      mode: "socket",
      receive: (inbound) => receive(inbound),
      keeping: keepingOf(clock),
    });
    const messengers: readonly Messenger[] = [platform.messenger, teams.platform.messenger];
    const residents = ["r1", "r2", "r3"];
    const sites = [
      at("teams-site", [...residents.map(onTeams), onSlack("r8")], {
        r1: "08:02",
        r2: "08:05",
        r3: "08:08",
        r8: "08:02",
      }),
      at("slack-site", [onSlack("r9")], { r9: "08:01" }),
    ];
    const programs = sites.map(({ program, roster }) => {
      const running = runProgram({
        program,
        store: db.store(program.id),
        clock,
        messengers,
        owner: "test",
        log: SILENT,
        meters: NO_METERS,
        findRosterUpdate: givenRoster(roster),
        wake() {},
      });
      return { program, running };
    });
    const router = createRouter({
      hostedPrograms: programs.map(({ program, running }) => ({
        program,
        context: () => running.context(),
        receive: (inbound) => running.bot.receive(inbound),
        notSaved: (inbound) => running.bot.notSaved(inbound),
        asksWhose: (sender) => running.bot.asksWhose(sender),
      })),
      emailsOf: async () => [],
      meters: NO_METERS,
      log: SILENT,
    });
    receive = router;
    for (const { running } of programs) await running.beat();
    const beats = programs.map(({ running }) => beating(running));
    const phones = Object.fromEntries(
      residents.map((id) => [id, teamsPhone(teams, { beat: async () => {} }, id)]),
    );
    for (const phone of Object.values(phones)) {
      await phone.installs();
      await phone.taps(en.consent.agree);
    }
    await clock.set(local("2026-12-01T07:44"));

    slack.ailment = ailment;
    void startPlatforms([platform, teams.platform], {
      log: SILENT,
      shutdown: new AbortController().signal,
    });
    const asked: string[] = [];
    for (let second = 0; second < (10 * MINUTE) / SECOND; second++) {
      if (second % 60 === 0) {
        for (const beat of beats) beat.begin();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      // A beat that waits for Slack looks every five seconds what is due elsewhere.
      if (second % 60 === 10) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        for (const [id, phone] of Object.entries(phones)) {
          if (!phone.reads().includes(en.goal.question) || phone.reads().includes("2 / 4")) continue;
          await phone.taps(GOAL);
          if (phone.reads().includes("2 / 4")) asked.push(`${id} at minute ${44 + Math.floor(second / 60)}`);
        }
      }
      await clock.advance(SECOND);
    }

    expect(asked).toEqual(["r1 at minute 47", "r2 at minute 50", "r3 at minute 53"]);
    const openings = slack.calls.filter(({ method }) => method === "apps.connections.open");
    expect(openings.length).toBeLessThan(300);
    expect(slack.calls.filter(({ method }) => method === "auth.test").length).toBeLessThan(100);
    expect(teams.platform.trouble()).toBeUndefined();
    slack.ailment = undefined;
    // A beat may wait for Slack still; it ends before its database does.
    while (beats.some((beat) => beat.isUnderWay())) {
      await clock.advance(5 * SECOND);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await close();
    await db.close();
  },
  60_000,
);
