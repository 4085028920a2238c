import { describe, expect, it } from "vitest";
import { placeOf, standingOf } from "#adapters/teams/address.ts";
import type { Act, Card } from "#src/card/card.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import { BOT, TENANT, chatOf, objectOf, office, type Office } from "#test/support/teams/office.ts";
import { wordsIn } from "#test/support/teams/words.ts";

const card = (text: string): Card => ({
  locale: "en",
  notification: `About ${text}`,
  blocks: [{ type: "text", text }],
});
const shown = (text: string, replace = true): BotResponse => ({ kind: "card", card: card(text), replace });
const refused = (over: object = {}): BotResponse => ({
  kind: "refused",
  reason: "expired",
  text: "Too late *now*.",
  ...over,
});

/** What Teams sends when a button of the message `replyToId` is tapped. */
const tap = (teams: Office, replyToId: string, data: object) =>
  teams.activity("r1", {
    type: "invoke",
    name: "adaptiveCard/action",
    text: undefined,
    replyToId,
    value: { action: { type: "Action.Execute", verb: "attune", data }, trigger: "manual" },
  });

const inChat = (teams: Office): readonly string[] =>
  teams.service.chat(chatOf("r1")).map(({ body }) => wordsIn(body).join(" | "));

const sent = async (teams: Office, text: string): Promise<string> =>
  standingOf(await teams.platform.messenger.send(teams.addressOf("r1"), card(text), "k" as never))!.activity;

describe("a tap", () => {
  it("is answered with the next card in place, and the stored message says the same", async () => {
    await using teams = await office(async () => shown("next"));
    const message = await sent(teams, "first");

    const response = await teams.post(tap(teams, message, { act: "show/1" }));
    await teams.platform.stop();

    expect(await response.json()).toMatchObject({
      statusCode: 200,
      type: "application/vnd.microsoft.card.adaptive",
      value: { type: "AdaptiveCard", version: "1.5" },
    });
    expect(inChat(teams)).toEqual([expect.stringContaining("next")]);
    const [inbound] = teams.received;
    expect(inbound).toMatchObject({ type: "pressed", act: "show/1" });
    expect(inbound?.type === "pressed" && standingOf(inbound.message!)).toEqual({
      service: teams.service.url,
      conversation: chatOf("r1"),
      activity: message,
    });
  });

  it("is answered in place also when the message cannot be edited just now", async () => {
    await using teams = await office(async () => shown("next"));
    const message = await sent(teams, "first");
    teams.service.refuse({ status: 502 });

    const response = await teams.post(tap(teams, message, { act: "show/1" }));
    await teams.platform.stop();

    expect(response.status).toBe(200);
    expect(teams.logged.join("\n")).toContain("a message could not be edited");
  });

  it("that asks for something new gets it as a message of its own", async () => {
    await using teams = await office(async () => shown("help", false));
    const message = await sent(teams, "first");

    const response = await teams.post(tap(teams, message, { act: "say/help" }));

    expect(await response.json()).toEqual({
      statusCode: 200,
      type: "application/vnd.microsoft.activity.message",
      value: "About help",
    });
    expect(inChat(teams)).toEqual([expect.stringContaining("first"), expect.stringContaining("help")]);
  });

  it("that is refused says why, in place where there is a card for it", async () => {
    const replies = [refused(), refused({ card: card("why") })];
    await using teams = await office(async () => replies.shift()!);
    const message = await sent(teams, "first");

    const plain = await teams.post(tap(teams, message, { act: "show/1" }));
    const inPlace = await teams.post(tap(teams, message, { act: "show/1" }));
    await teams.platform.stop();

    expect(await plain.json()).toMatchObject({ value: "Too late *now*." });
    expect(await inPlace.json()).toMatchObject({ value: { type: "AdaptiveCard" } });
    expect(inChat(teams)).toEqual([expect.stringContaining("why")]);
  });

  it("sends what was typed by the input's name, and an empty input as nothing typed", async () => {
    await using teams = await office(async () => shown("next"));
    const message = await sent(teams, "first");
    const own = { act: "write/1/line/", input: "i2:line" };

    await teams.post(
      tap(teams, message, { ...own, "i2:line": "mine", "i1:line": "another", "i1:note": "x" }),
    );
    await teams.post(tap(teams, message, own));

    expect(teams.received.map((one) => one.type === "submitted" && one.values)).toEqual([
      { line: "mine", note: "x" },
      { line: "" },
    ]);
  });

  it("of an older client arrives as a message, and edits the card that was tapped", async () => {
    await using teams = await office(async () => shown("next"));
    const message = await sent(teams, "first");

    const response = await teams.post(
      teams.activity("r1", { text: undefined, replyToId: message, value: { act: "show/1" } }),
    );
    await teams.platform.stop();

    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(inChat(teams)).toEqual([expect.stringContaining("next")]);
  });

  it.each([
    undefined,
    null,
    7,
    "x",
    [],
    { action: 1 },
    { action: { data: "x" } },
    { action: { data: { act: 7 } } },
  ])("that says %j is handed on as one that means nothing", async (value) => {
    await using teams = await office(async () => refused());

    const response = await teams.post({ ...tap(teams, "m1", {}), value });

    expect(response.status).toBe(200);
    expect(teams.received).toEqual([expect.objectContaining({ type: "pressed", act: "" as Act })]);
  });

  it("is one event, however often it is delivered; another tap is another", async () => {
    await using teams = await office(async () => refused());
    const activity = tap(teams, "m1", { act: "show/1" });

    await teams.post(activity);
    await teams.post(activity);
    await teams.post(tap(teams, "m1", { act: "show/1" }));

    expect(new Set(teams.received.map(({ event }) => event)).size).toBe(2);
  });
});

describe("a typed message", () => {
  it("is answered with a message", async () => {
    await using teams = await office(async () => shown("home", false));

    await teams.post(teams.activity("r1", { text: " home\n" }));

    expect(teams.received).toEqual([expect.objectContaining({ type: "said", text: "home" })]);
    expect(inChat(teams)).toEqual([expect.stringContaining("home")]);
  });

  it("is taken as it was typed, though Teams writes some of it as HTML does", async () => {
    await using teams = await office();

    await teams.post(teams.activity("r1", { text: "a &lt; b &amp;&amp;&nbsp;c" }));

    expect(teams.received[0]).toMatchObject({ text: "a < b && c" });
  });

  it("that is refused is told why in plain text", async () => {
    await using teams = await office(async () => refused());

    await teams.post(teams.activity("r1"));

    expect(teams.service.chat(chatOf("r1")).map(({ body }) => body)).toEqual([
      { type: "message", textFormat: "plain", text: "Too late *now*." },
    ]);
  });

  it("that Teams delivers again is not answered again", async () => {
    await using teams = await office(async () => refused({ reason: "already-received" }));

    await teams.post(teams.activity("r1"));

    expect(inChat(teams)).toEqual([]);
  });

  it("without text is nothing said", async () => {
    await using teams = await office();

    await teams.post(teams.activity("r1", { text: "" }));

    expect(teams.received).toEqual([]);
  });

  it("is Teams' to deliver again when we fail", async () => {
    await using teams = await office(() => Promise.reject(new Error("no disk")));

    expect((await teams.post(teams.activity("r1"))).status).toBe(503);
  });
});

describe("installing", () => {
  const update = (teams: Office, action: string) =>
    teams.activity("r1", { type: "installationUpdate", action, text: undefined });

  it("opens the conversation, and the address says all that writing later needs", async () => {
    await using teams = await office(async () => shown("welcome", false));

    await teams.post(update(teams, "add"));

    const [inbound] = teams.received;
    expect(inbound).toMatchObject({ type: "opened", sender: { account: objectOf("r1") } });
    expect(placeOf(inbound!.sender.address)).toEqual({
      tenant: TENANT,
      user: objectOf("r1"),
      conversation: chatOf("r1"),
      service: teams.service.url,
      bot: BOT,
    });
    expect(inChat(teams)).toEqual([expect.stringContaining("welcome")]);
  });

  it.each(["add-upgrade", "remove"])("is silent about %s", async (action) => {
    await using teams = await office(async () => shown("welcome", false));

    const response = await teams.post(update(teams, action));

    expect(response.status).toBe(200);
    expect(inChat(teams)).toEqual([]);
  });

  it("renews the address without a word when a conversation changes", async () => {
    await using teams = await office(async () => shown("welcome", false));

    await teams.post(
      teams.activity("r1", { type: "conversationUpdate", id: undefined, membersAdded: [{ id: BOT }] }),
    );

    expect(teams.received).toEqual([expect.objectContaining({ type: "opened" })]);
    expect(inChat(teams)).toEqual([]);
  });
});

describe("the member look-up", () => {
  const { directory } = { directory: (teams: Office) => teams.platform.messenger.directory! };
  const member = { aadObjectId: objectOf("r1").toUpperCase(), tenantId: TENANT };

  it.each([
    [
      "an e-mail",
      { ...member, email: "r1@h.example", userPrincipalName: "u@h.example" },
      ["r1@h.example", "u@h.example"],
    ],
    ["a principal name only", { ...member, userPrincipalName: "u@h.example" }, ["u@h.example"]],
    ["neither", member, []],
    ["somebody else", { ...member, aadObjectId: objectOf("a1"), email: "r1@h.example" }, []],
    ["another tenant's", { ...member, tenantId: "t", email: "r1@h.example" }, []],
  ])("finds %s", async (_, found, emails) => {
    await using teams = await office();
    teams.service.members.set("29:r1", found);
    await teams.post(teams.activity("r1"));

    expect(await directory(teams).emailsOf(objectOf("r1"))).toEqual(emails);
  });

  it("asks about nobody who never came", async () => {
    await using teams = await office();

    expect(await directory(teams).emailsOf(objectOf("r1"))).toEqual([]);
    expect(teams.service.asked).toEqual([]);
  });
});

it("takes nothing while it is stopped, and finishes what is under way first", async () => {
  await using teams = await office();
  await teams.platform.stop();

  expect((await teams.post(teams.activity("r1"))).status).toBe(503);
  expect(teams.platform.trouble()).toBe("connection");
});

it.each(["privacy", "terms"])("serves the %s page that the app's manifest names", async (page) => {
  await using teams = await office();

  const response = await fetch(`${teams.url}/teams/${page}`);

  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(await response.text()).toMatch(/Attune.*[ぁ-ん]/su);
});
