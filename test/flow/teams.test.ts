import { describe, expect, it } from "vitest";
import { instant } from "#src/domain/time.ts";
import { en } from "#src/words/en.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { hospital, idOf, type Hospital } from "#test/support/teams/hospital.ts";
import { chatOf, objectOf } from "#test/support/teams/office.ts";

const { agree } = en.consent;
const { skip, send } = en.buttons;
const GOAL = "Tests and imaging";
const [lead, , , watch] = ["1", "2", "3", "4"].map((step) => en.strategy.help.answers[step as "1"]);

async function bothAgree(db: Hospital): Promise<void> {
  for (const name of ["r1", "a1"]) {
    await db.phone(name).installs();
    await db.phone(name).taps(agree);
  }
}

describe("on Teams", () => {
  it("goes from installing to a goal, a plan, and both answers side by side", async () => {
    await using db = await hospital();
    const [r1, a1] = [db.phone("r1"), db.phone("a1")];

    await bothAgree(db);
    await db.until("2026-12-01T07:45");
    await r1.taps(GOAL);
    await r1.taps(skip);
    for (const label of [watch!, en.strategy.call.answers["2"], en.strategy.feedback.answers.after])
      await r1.taps(label);
    await db.until("2026-12-01T07:46");
    for (const label of [lead!, en.strategy.call.answers["2"], en.strategy.feedback.answers.after])
      await a1.taps(label);
    expect(r1.reads()).toContain(en.reveal.told("Dr. a1"));
    await r1.taps(en.reveal.open);

    for (const phone of [r1, a1]) {
      expect(phone.reads()).toContain(en.reveal.starters.help.more);
      expect(phone.reads()).toContain(watch);
      expect(phone.reads()).toContain(lead);
    }
    await a1.taps(en.settle.apart);
    expect(r1.reads()).toContain(en.settle.label(en.strategy.help.label));
  });

  it("keeps what was typed beside why it was refused, and takes a typed message as the answer too", async () => {
    await using db = await hospital();
    const r1 = db.phone("r1");
    await bothAgree(db);
    await db.until("2026-12-01T07:45");
    await r1.taps(GOAL);

    await r1.taps(send, "look after MRN 1234567");

    expect(r1.reads()).toContain("look after MRN 1234567");
    expect(r1.reads()).toContain("Nothing was stored");
    await r1.says("ask for help early");
    expect(r1.reads()).toContain("ask for help early");
    expect(r1.reads()).toContain(en.buttons.undo);
    expect(r1.chat().join("\n")).toContain(en.strategy.help.answers["1"]);
  });

  // domain: Commands are snooze, pause until a date
  it("shows home to whoever asks, and help", async () => {
    await using db = await hospital();
    const r1 = db.phone("r1");
    await bothAgree(db);

    await r1.says("home");
    expect(r1.reads()).toContain(en.home.nextShifts);
    await r1.says("help");
    expect(r1.reads()).toContain(en.commands.help.title);
  });

  it("greets nobody it does not know, and keeps nothing", async () => {
    await using db = await hospital();

    await db.phone("zz").installs();

    expect(db.phone("zz").reads()).toContain(en.refused.unknown);
  });

  it("knows somebody by e-mail where people.csv names no account, and by their account from then on", async () => {
    const program = {
      ...programOf(),
      people: [
        someone("r1", { accounts: {}, email: "R1@hospital.example" }),
        someone("a1", { accounts: {} }),
      ],
    };
    await using db = await hospital({ program });
    db.teams.service.members.set("29:r1", { aadObjectId: objectOf("r1"), email: "r1@hospital.example" });

    await db.phone("r1").installs();
    await db.phone("r1").taps(agree);

    expect(await db.store.identities(idOf("r1"))).toMatchObject([
      { platform: "teams", account: objectOf("r1") },
    ]);
  });

  it("fails the nudge of somebody who never installed the app, with its reason", async () => {
    await using db = await hospital();

    await db.until("2026-12-01T08:30");

    const states = (await db.store.nudgesOf(idOf("r1"), instant(0), instant(4e12))).map((one) => one.state);
    expect(states).toContain("failed");
    expect(db.teams.service.asked).toEqual([]);
  });

  it.each(["installationUpdate", "conversationUpdate"] as const)(
    "is silent from the removal on, though the service would take it, and knows the chat again once it is back: %s",
    async (how) => {
      await using db = await hospital();
      await bothAgree(db);
      const before = db.phone("r1").chat().length;

      await db.phone("r1").removes(how);
      await db.until("2026-12-01T07:46");
      const meanwhile = db.phone("r1").chat().length;
      await db.phone("r1").installs();

      expect(meanwhile).toBe(before);
      expect(await stateOf(db, "shift-goal")).toBe("failed");
      expect(await db.store.identities(idOf("r1"))).toMatchObject([{ address: db.teams.addressOf("r1") }]);
    },
  );

  it("fails the nudge of somebody who removed it, once", async () => {
    await using db = await hospital();
    await bothAgree(db);
    db.teams.service.block(chatOf("r1"));
    const before = db.teams.service.asked.length;

    await db.until("2026-12-01T07:50");

    expect(await stateOf(db, "shift-goal")).toBe("failed");
    expect(db.teams.service.asked.slice(before).filter(({ path }) => path.includes("r1"))).toHaveLength(1);
  });

  it.each([502, 504])(
    "is uncertain after %i: not sent again, carried by the one reminder and by home",
    async (status) => {
      await using db = await hospital();
      const r1 = db.phone("r1");
      await bothAgree(db);
      db.teams.service.refuse({ status });
      const before = r1.chat().length;

      await db.until("2026-12-01T07:50");

      expect(await stateOf(db, "shift-goal")).toBe("uncertain");
      expect(r1.chat()).toHaveLength(before);
      await r1.says("home");
      expect(r1.reads()).toContain(en.home.answer);
      await r1.taps(en.home.answer);
      expect(r1.reads()).toContain(GOAL);
    },
  );

  it("writes to the service that the newest activity named", async () => {
    await using db = await hospital();
    await bothAgree(db);
    const service = `${db.teams.service.url}jp/`;

    await db.teams.post(db.teams.activity("r1", { serviceUrl: service, text: "help" }), {
      claims: { serviceurl: service },
    });
    await db.until("2026-12-01T07:50");

    const [goal] = db.teams.service.asked.slice(-1);
    expect(goal!.path).toMatch(/^\/jp\/v3\/conversations\//u);
    expect(await db.store.identities(idOf("r1"))).toMatchObject([
      { address: expect.stringContaining("/jp/") },
    ]);
  });
});

const stateOf = async (db: Hospital, kind: string): Promise<string | undefined> =>
  (await db.store.nudgesOf(idOf("r1"), instant(0), instant(4e12))).find((one) => one.kind === kind)?.state;
