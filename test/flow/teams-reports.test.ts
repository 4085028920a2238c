import { describe, expect, it } from "vitest";
import { instant } from "#src/domain/time.ts";
import { en } from "#src/words/en.ts";
import { hospital, idOf, type Hospital } from "#test/support/teams/hospital.ts";
import { BOT, chatOf } from "#test/support/teams/office.ts";
import { actionsIn } from "#test/support/teams/words.ts";

/*
 * What people reported of other bots in Teams, tried on ours through the real Bot Framework. Each title names the report.
 */

const GOAL = "Tests and imaging";

async function agreed(): Promise<Hospital> {
  const db = await hospital();
  await db.phone("r1").installs();
  await db.phone("r1").taps(en.consent.agree);
  return db;
}

/** Sends what Teams sends of r1, and says what was answered. */
async function sends(db: Hospital, ...activities: readonly Readonly<Record<string, unknown>>[]) {
  const before = db.phone("r1").chat().length;
  const statuses: number[] = [];
  for (const over of activities) statuses.push((await db.teams.post(db.teams.activity("r1", over))).status);
  await db.running.beat();
  await db.teams.platform.settled();
  return { statuses, answers: db.phone("r1").chat().slice(before) };
}

const states = async (db: Hospital, kind: string) =>
  (await db.store.nudgesOf(idOf("r1"), instant(0), instant(4e12)))
    .filter((one) => one.kind === kind)
    .map(({ state }) => state);

describe("installing and removing", () => {
  const ADDED = {
    type: "conversationUpdate",
    membersAdded: [{ id: BOT }, { id: "29:r1" }],
    text: undefined,
    id: undefined,
  };
  const INSTALLED = { type: "installationUpdate", action: "add", text: undefined };

  it("MicrosoftDocs/msteams-docs#1354: two additions of everybody, beside the installation, bring one consent", async () => {
    await using db = await hospital();

    const { statuses, answers } = await sends(db, ADDED, INSTALLED, ADDED);

    expect(statuses).toEqual([200, 200, 200]);
    expect(answers).toEqual([expect.stringContaining(en.consent.agree)]);
  });

  it("microsoft/BotFramework-Services#169: where no addition is told, the first words bring the consent", async () => {
    await using db = await hospital();

    const { answers } = await sends(db, { text: "hello" });

    expect(answers).toEqual([expect.stringContaining(en.consent.agree)]);
  });

  it("OfficeDev/BotBuilder-MicrosoftTeams#286: nothing is sent after the removal, though the service would take it", async () => {
    await using db = await agreed();
    const before = db.phone("r1").chat().length;

    await db.phone("r1").removes();
    await db.until("2026-12-01T07:46");

    expect(db.phone("r1").chat()).toHaveLength(before);
  });

  it.each(["BotNotInConversationRoster", "ConversationBlockedByUser"])(
    "OfficeDev/microsoft-teams-apps-company-communicator#744, MicrosoftDocs/msteams-docs#10229: %s fails once, by its name",
    async (code) => {
      await using db = await agreed();
      const before = db.teams.service.asked.length;
      db.teams.service.refuse({ status: 403, body: { error: { code, message: "blocked" } } });

      await db.until("2026-12-01T07:50");

      expect(await states(db, "shift-goal")).toEqual(["failed"]);
      expect(db.teams.service.asked.slice(before)).toHaveLength(1);
    },
  );
});

describe("what people type", () => {
  it.each([
    ["HKUDS/nanobot#3447: hard spaces around a command", { text: "\u00A0help\u00A0" }],
    ["microsoft/BotBuilder-Samples#1747: the bot's name before a command", { text: "<at>Attune</at> help" }],
    [
      "a command that comes with its own format",
      { text: "help\n", attachments: [{ contentType: "text/html", content: "<p>help</p>" }] },
    ],
  ])("%s is the command", async (_, over) => {
    await using db = await agreed();

    const { answers } = await sends(db, over);

    expect(answers).toEqual([expect.stringContaining(en.commands.help.title)]);
  });

  // domain: Mentions and emoji are stored
  it("microsoft/teams.ts#833: another person's name stays in a line", async () => {
    await using db = await agreed();
    await db.until("2026-12-01T07:45");
    await db.phone("r1").taps(GOAL);

    const { answers } = await sends(db, { text: "ask <at>Hana</at> early" });

    expect(answers.join("\n")).toContain("ask @Hana early");
  });

  it("MicrosoftDocs/OfficeDocs-SkypeForBusiness#4723: what stands in angle brackets stays, and the format is no file", async () => {
    await using db = await agreed();
    await db.until("2026-12-01T07:45");
    await db.phone("r1").taps(GOAL);

    const { answers } = await sends(db, {
      text: "stay below <2 minutes>",
      attachments: [
        { contentType: "text/html", content: "<div><div>stay below &lt;2 minutes&gt;</div></div>" },
      ],
    });

    expect(answers.join("\n")).toContain("stay below <2 minutes>");
    expect(answers.join("\n")).not.toContain(en.typed.onlyText);
  });

  it("microsoft/BotFramework-Services#344: a personal chat with an id like a thread's is a personal chat", async () => {
    await using db = await hospital();
    const chat =
      "19:33333333-3333-4333-8333-000000000001_11111111-1111-4111-8111-111111111111@unq.gbl.spaces";

    await db.phone("r1", chat).says("hello");

    expect(db.phone("r1", chat).reads()).toContain(en.consent.agree);
  });

  it("guidone/node-red-contrib-chatbot#389: an activity without a type is refused, and ends nothing", async () => {
    await using db = await agreed();

    const { statuses } = await sends(db, { type: undefined }, { type: 7 }, { text: "help" });

    expect(statuses).toEqual([400, 400, 200]);
  });
});

describe("taps", () => {
  /** The newest tap with this label, as its data. */
  const tapOn = (db: Hospital, label: string) => {
    const found = db.teams.service
      .chat(chatOf("r1"))
      .findLast(({ body }) => actionsIn(body).some(({ title }) => title === label))!;
    return { id: found.id, data: actionsIn(found.body).find(({ title }) => title === label)!.data };
  };

  it.each([
    ["a card that is answered in place", () => "agree", "application/vnd.microsoft.card.adaptive"],
    ["a tap that means nothing", () => "nothing/at/all", "application/vnd.microsoft.activity.message"],
  ])(
    "microsoft/botbuilder-js#4430, #4445: an invoke is answered in the form that clients read: %s",
    async (_, act, type) => {
      await using db = await hospital();
      await db.phone("r1").installs();
      const { id, data } = tapOn(db, en.consent.agree);

      const response = await db.teams.post(
        db.teams.activity("r1", {
          type: "invoke",
          name: "adaptiveCard/action",
          text: undefined,
          replyToId: id,
          value: {
            action: { type: "Action.Execute", data: act() === "agree" ? data : { act: act() } },
            trigger: "manual",
          },
        }),
      );

      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toContain("application/json");
      const body = (await response.json()) as { value: unknown };
      expect(body).toMatchObject({ statusCode: 200, type });
      expect(typeof body.value).toBe(type.endsWith("message") ? "string" : "object");
    },
  );

  it("MicrosoftDocs/msteams-docs#4284: a tap that an Android sends as a message, twice, is done once", async () => {
    await using db = await agreed();
    await db.until("2026-12-01T07:45");
    const { id, data } = tapOn(db, GOAL);
    const tap = { type: "message", id: "tap-1", text: undefined, replyToId: id, value: data };

    const { statuses } = await sends(db, tap, tap);

    expect(statuses).toEqual([200, 200]);
    expect((await db.store.export(idOf("r1"))).replies.map(({ item }) => item)).toEqual(["goal"]);
    expect(db.phone("r1").reads()).toContain(en.goal.line);
  });

  it("MicrosoftDocs/msteams-docs#6529: an invoke that is none of ours is answered, and nothing is made of it", async () => {
    await using db = await agreed();
    const before = db.teams.received.length;

    const { statuses, answers } = await sends(
      db,
      ...["task/fetch", "signin/verifyState", "composeExtension/query", undefined].map((name) => ({
        type: "invoke",
        name,
        text: undefined,
        value: {},
      })),
    );

    expect(statuses).toEqual([200, 200, 200, 200]);
    expect([answers, db.teams.received.slice(before)]).toEqual([[], []]);
  });
});
