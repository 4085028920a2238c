import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { hospital, idOf, type Hospital } from "#test/support/teams/hospital.ts";
import { BOT, chatOf, objectOf, TENANT } from "#test/support/teams/office.ts";

const ID = "29:r1";

/** r1 writes, or installs or removes the app, and Teams leaves their Entra object id out. */
const nameless = (db: Hospital, over: object = {}): Promise<Response> =>
  db.teams.post(db.teams.activity("r1", { from: { id: ID }, text: "help", ...over }));

const INSTALLED = { type: "installationUpdate", action: "add", text: undefined };
const REMOVED = { type: "conversationUpdate", membersRemoved: [{ id: BOT }], text: undefined, id: undefined };

describe("a sender whose Entra object id Teams leaves out", () => {
  it.each([
    ["as aadObjectId (microsoft/teams.net#525)", { aadObjectId: objectOf("r1").toUpperCase() }],
    ["as objectId (microsoft/botbuilder-js#2257)", { objectId: objectOf("r1"), tenantId: TENANT }],
    ["beside an empty one", { aadObjectId: null, objectId: objectOf("r1"), tenantId: null }],
  ])("is looked up in the roster of the conversation, which has it %s, once", async (_, member) => {
    await using db = await hospital();
    db.teams.service.members.set(ID, member);

    const first = await nameless(db, INSTALLED);
    await db.phone("r1").taps(en.consent.agree);
    await nameless(db);

    expect(first.status).toBe(200);
    expect(db.teams.received.map(({ sender }) => sender.account)).toEqual(
      Array.from({ length: 3 }, () => objectOf("r1")),
    );
    expect(await db.store.identities(idOf("r1"))).toMatchObject([{ account: objectOf("r1") }]);
    expect(db.teams.service.asked.filter(({ path }) => path.includes("/members/"))).toHaveLength(1);
  });

  it.each([
    ["in no roster (microsoft/BotBuilder-Samples#2320)", undefined],
    [
      "a guest of another tenant",
      { aadObjectId: objectOf("r1"), tenantId: "99999999-9999-4999-8999-999999999999" },
    ],
    ["without an account in any tenant", { id: ID, name: "R. One" }],
  ])("is nobody, where they are %s", async (_, member) => {
    await using db = await hospital();
    if (member !== undefined) db.teams.service.members.set(ID, member);

    const { status } = await nameless(db);

    expect(status).toBe(403);
    expect(db.teams.received).toEqual([]);
  });

  it("is delivered again by Teams where the roster cannot be had just now", async () => {
    await using db = await hospital();
    db.teams.service.members.set(ID, { aadObjectId: objectOf("r1") });
    db.teams.service.refuse({ status: 503 });

    const [first, again] = [await nameless(db), await nameless(db)];

    expect([first.status, again.status]).toEqual([503, 200]);
    expect(db.teams.received).toHaveLength(1);
  });

  it("who removes Attune is silent from then on, though the roster is closed to us by then", async () => {
    await using db = await hospital();
    await db.phone("r1").installs();
    await db.phone("r1").taps(en.consent.agree);
    const before = db.phone("r1").chat().length;

    const { status } = await nameless(db, REMOVED);
    await db.until("2026-12-01T07:46");

    expect(status).toBe(200);
    expect(db.phone("r1").chat()).toHaveLength(before);
    expect(db.teams.service.chat(chatOf("r1"))).toHaveLength(before);
  });
});
