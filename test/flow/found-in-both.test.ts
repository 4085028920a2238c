import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address, type Person } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { BotResponse, Inbound } from "#src/ports/inbound.ts";
import type { Directory, MessageRef } from "#src/ports/messenger.ts";
import { en } from "#src/words/en.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { joined, settle } from "#test/support/slack/joined.ts";
import { member } from "#test/support/slack/member.ts";
import { accountOf } from "#test/support/slack/office.ts";
import { standIn } from "#test/support/slack/stand-in.ts";
import { teamsPhone } from "#test/support/teams/hospital.ts";
import { objectOf, office } from "#test/support/teams/office.ts";
import {
  NORTH,
  SOUTH,
  twoPrograms,
  type ProgramName,
  type TwoPrograms,
  type TwoProgramsOptions,
} from "#test/support/two-programs.ts";

/*
 * Dr. Both is resident r9 in the north and attending a9 in the south. One people.csv has their account, the other their e-mail alone: only
 * the platform knows that they are one person.
 */

const NAMES: readonly ProgramName[] = [NORTH, SOUTH];
const BOTH = "UB";
const EMAIL = "bo@example.org";
const IDS = { [NORTH]: personId("r9"), [SOUTH]: personId("a9") };
const [FROM, TO] = [instant(0), instant(Date.UTC(2100, 0))];
const AGREE = en.consent.agree;
const GOAL = "Tests and imaging";

const onDuty = (start: string, ids: readonly string[]) =>
  ids.flatMap((id) => ["01", "03"].map((day) => `${id} 2026-12-${day}T${start} 2026-12-${day}T17:00`));
const DUTIES = { [NORTH]: onDuty("08:00", ["a1", "r9"]), [SOUTH]: onDuty("08:10", ["r1", "a9"]) };

/** @param named the program whose people.csv has the account; the other has the e-mail */
const programs = (named: ProgramName, platform = "memory", account = BOTH) =>
  NAMES.map((name) => ({
    ...programOf(),
    id: name,
    people: [
      ...["r1", "a1"].map((id) => someone(id, { accounts: { [platform]: `${name}-${id}` } })),
      someone(IDS[name], {
        name: "Bo Both",
        accounts: {},
        ...(name === named ? { accounts: { [platform]: account } } : { email: EMAIL }),
      } satisfies Partial<Person>),
    ],
  })) as unknown as Parameters<typeof twoPrograms>[0] & object;

/** What the platform says of e-mails; it can be away, and learn of one later. */
const says = { isAway: false, knows: true };
const directory = (said: typeof says): Directory => ({
  async accountOf(email) {
    if (said.isAway) throw new AttuneError("unavailable", "The directory is away.");
    return said.knows && email.toLowerCase() === EMAIL ? BOTH : undefined;
  },
  async emailsOf(account) {
    if (said.isAway) throw new AttuneError("unavailable", "The directory is away.");
    return said.knows && account === BOTH ? ["Bo@example.org"] : [];
  },
});

const opened = (named: ProgramName, said = says, options: TwoProgramsOptions = {}) =>
  twoPrograms(programs(named), { directory: directory(said), ...options }, { isAway: false }, DUTIES);

let events = 0;
function phone(db: TwoPrograms, process: Pick<TwoPrograms, "receive" | "sender"> = db) {
  const chat = () => db.cloud.chat(BOTH as Address);
  const done = async (act: Partial<Inbound>, message?: MessageRef): Promise<BotResponse> => {
    const inbound = { event: `e${(events += 1)}`, sender: process.sender(BOTH), message, ...act } as Inbound;
    const response = await process.receive(inbound);
    if (response.kind === "card" && message !== undefined)
      db.cloud.edit(message, response.card, db.clock.now());
    for (const name of NAMES) await db.running[name].beat();
    return response;
  };
  return {
    chat: () => chat().map(({ card }) => plain(card)),
    /** Taps the button in the newest message that has it, or in the oldest. */
    taps(label: string, which: "newest" | "oldest" = "newest") {
      const all = chat().flatMap(({ ref, card }) => tapsOf(card).map(({ tap }) => ({ ref, tap })));
      const found = all.filter(({ tap }) => tap.label === label).at(which === "newest" ? -1 : 0)!;
      return done({ type: "pressed", act: found.tap.act }, found.ref);
    },
    says: (text: string) => done({ type: "said", text }),
  };
}

const consents = (db: TwoPrograms) =>
  Promise.all(NAMES.map(async (name) => (await db.stores[name].standing(IDS[name])).consent));
const answers = (db: TwoPrograms) =>
  Promise.all(
    NAMES.map(async (name) => (await db.stores[name].repliesOf(IDS[name], FROM, TO)).map(({ item }) => item)),
  );

describe.each(NAMES)(
  "somebody with an account in one people.csv (%s) and an e-mail in the other",
  (named) => {
    it("is asked once, their answer counts in both, and each tap where its message came from", async () => {
      await using db = await opened(named);
      await db.until("2026-12-01T07:56");
      const both = phone(db);
      const asked = both.chat();

      await both.taps(AGREE);
      await db.until("2026-12-01T08:15");
      const goal = await both.taps(GOAL);
      const plan = await both.taps(en.strategy.help.answers[2]);

      expect(asked).toEqual([expect.stringContaining(AGREE)]);
      expect(await consents(db)).toEqual(["given", "given"]);
      expect([goal.kind, plan.kind]).toEqual(["card", "card"]);
      expect(await answers(db)).toEqual([["goal"], ["help"]]);
    });

    it("is not asked again where the platform tells it after the first has asked", async () => {
      const said = { isAway: false, knows: false };
      await using db = await opened(named, said);
      await db.until("2026-12-01T07:56");
      const both = phone(db);
      const asked = both.chat();

      said.knows = true;
      await db.until("2026-12-03T08:15");
      const later = both.chat();
      await both.taps(AGREE);

      expect([asked.length, later.length]).toEqual([1, 1]);
      expect(await consents(db)).toEqual(["given", "given"]);
    });

    it.each(["newest", "oldest"] as const)(
      "who was asked twice before anybody could know it, answers once: on the %s",
      async (which) => {
        const said = { ...says };
        await using db = await opened(named, said, {
          directory: { ...directory(said), emailsOf: async () => [] },
        });
        await db.until("2026-12-01T07:56");
        const asked = phone(db).chat();
        // A process that has just started, and learns it from the tap.
        await using fresh = await opened(named, said, { beside: db });

        const tapped = await phone(db, fresh).taps(AGREE, which);

        expect(asked).toHaveLength(2);
        expect(tapped.kind).toBe("card");
        expect(await consents(db)).toEqual(["given", "given"]);
        expect(phone(db).chat().join("\n")).not.toContain(AGREE);
      },
    );

    it("is known from what they agreed to, in every process and while the platform says nothing", async () => {
      await using db = await opened(named);
      await db.until("2026-12-01T07:56");
      await phone(db).taps(AGREE);
      await db.until("2026-12-01T08:15");
      await using fresh = await opened(named, { isAway: true, knows: true }, { beside: db });
      const both = phone(db, fresh);

      const goal = await both.taps(GOAL);
      const plan = await both.taps(en.strategy.help.answers[2]);
      await both.says("stop");

      expect([goal.kind, plan.kind]).toEqual(["card", "card"]);
      expect(await answers(db)).toEqual([["goal"], ["help"]]);
      const standings = await Promise.all(NAMES.map((name) => db.stores[name].standing(IDS[name])));
      expect(standings.map(({ stopped }) => stopped)).toEqual([true, true]);
    });

    it("is asked by nobody while the platform cannot say who they are, and once afterwards", async () => {
      const said = { isAway: true, knows: true };
      await using db = await opened(named, said);
      await db.until("2026-12-01T07:56");
      const before = phone(db).chat();

      said.isAway = false;
      await db.until("2026-12-01T08:15");

      expect(before).toEqual([]);
      expect(phone(db).chat()).toHaveLength(1);
    });

    it("is asked once in Slack", async () => {
      await using slack = await standIn();
      const account = accountOf("both");
      slack.workspace.add({ id: account, email: EMAIL });
      let db: TwoPrograms | undefined;
      const { platform, close } = await joined(slack, {
        mode: "socket",
        receive: (inbound) => db!.receive(inbound),
      });
      try {
        const people = programs(named, "slack", account);
        await using two = await twoPrograms(people, { messenger: platform.messenger }, undefined, DUTIES);
        db = two;
        await platform.start();
        await two.until("2026-12-01T07:56");
        const both = member(slack, account);
        const asked = both.chat();

        await both.taps(AGREE);
        await settle(both);

        expect(asked).toHaveLength(1);
        expect(await consents(two)).toEqual(["given", "given"]);
      } finally {
        await close();
      }
    }, 60_000);

    it("is asked once in Teams, where only what they do tells who they are", async () => {
      let db: TwoPrograms | undefined;
      await using teams = await office((inbound) => db!.receive(inbound));
      const object = objectOf("both");
      teams.service.members.set("29:both", { aadObjectId: object, userPrincipalName: "Bo@example.org" });
      const people = programs(named, "teams", object);
      await using two = await twoPrograms(people, { messenger: teams.platform.messenger }, undefined, DUTIES);
      db = two;
      const beat = async () => {
        for (const name of NAMES) await two.running[name].beat();
      };
      await two.until("2026-12-01T07:56");
      const both = teamsPhone(teams, { beat }, "both");

      await both.installs();
      const asked = both.chat();
      await both.taps(AGREE);
      await two.until("2026-12-01T08:15");
      await both.taps(GOAL);
      await both.taps(en.strategy.help.answers[2]);

      expect(asked).toHaveLength(1);
      expect(await consents(two)).toEqual(["given", "given"]);
      expect(await answers(two)).toEqual([["goal"], ["help"]]);
    });
  },
);
