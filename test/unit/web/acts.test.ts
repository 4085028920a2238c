import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { webAddress } from "#adapters/web/address.ts";
import type { HubEvent } from "#adapters/web/hub.ts";
import { act } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { personId } from "#src/domain/person.ts";
import type { RefusalReason } from "#src/ports/inbound.ts";
import { AttuneError } from "#src/errors.ts";
import { CAST, openPlayground, type TestPlayground } from "#test/support/web/playground.ts";

const R1 = personId("r1");
const TAP = act({ verb: "say", command: "help" });

const card = (text: string): Card => ({
  locale: "en",
  notification: "A message",
  blocks: [
    { type: "text", text },
    { type: "actions", actions: [{ label: "Help", act: TAP }] },
  ],
});

const say = (web: TestPlayground, text: string, event = randomUUID()) =>
  web.post("/say", { person: R1, event, text });

const chatOf = async (web: TestPlayground) =>
  (await web.chat.of(R1, 50)).map(
    ({ from, text, card: shown }) => `${from}: ${text ?? JSON.stringify(shown)}`,
  );

describe("what a person types", () => {
  it("joins the chat once the core has taken it, before the answer", async () => {
    await using web = await openPlayground();
    web.answer(() => ({ kind: "card", card: card("Mimosa"), replace: false }));

    await say(web, "help");

    expect(await chatOf(web)).toEqual(["person: help", expect.stringContaining("Mimosa")]);
  });

  it("stands nowhere when it was refused", async () => {
    await using web = await openPlayground();
    web.answer(() => ({ kind: "refused", reason: "identifier", text: "No names, please." }));

    const answer = await say(web, "Mr Smith");

    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ refused: "identifier", text: "No names, please.", messages: [] });
    expect(await chatOf(web)).toEqual([]);
  });

  it("stands once, however often the same request comes", async () => {
    await using web = await openPlayground();
    web.answer(() => ({ kind: "card", card: card("Mimosa"), replace: false }));
    const event = randomUUID();

    await say(web, "help", event);
    await say(web, "help", event);

    expect(await chatOf(web)).toHaveLength(2);
  });
});

describe("what a person taps", () => {
  const messageOf = async (web: TestPlayground): Promise<number> =>
    Number(await web.messenger().send(webAddress(R1), card("Mimosa"), "k1" as never));
  const press = (web: TestPlayground, message: number) =>
    web.post("/press", { person: R1, event: randomUUID(), message, act: TAP });

  it.each<[RefusalReason, number]>([
    ["unknown-person", 404],
    ["not-yours", 403],
    ["already-received", 409],
    ["expired", 410],
    ["locked", 409],
    ["not-understood", 400],
    ["identifier", 422],
    ["too-long", 422],
    ["not-saved", 503],
  ])("is answered for %s with %i and the core's own words", async (reason, status) => {
    await using web = await openPlayground();
    const message = await messageOf(web);
    web.answer(() => ({ kind: "refused", reason, text: "Not this time." }));

    const answer = await press(web, message);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ refused: reason, text: "Not this time." });
  });

  it("changes the message on every open page, not only where it was tapped", async () => {
    await using web = await openPlayground();
    const message = await messageOf(web);
    const seen: HubEvent[] = [];
    web.hub.subscribe((event) => seen.push(event));
    web.answer(() => ({ kind: "card", card: card("Aralia"), replace: true }));

    const answer = await press(web, message);

    const { messages } = (await answer.json()) as { messages: { edited: boolean; html: string }[] };
    expect(messages).toEqual([expect.objectContaining({ edited: true })]);
    expect(messages[0]!.html).toContain("Aralia");
    expect(seen).toEqual([expect.objectContaining({ type: "message", edited: true })]);
  });

  it("that erases the chat is answered, and every page reads that chat again", async () => {
    await using web = await openPlayground();
    const message = await messageOf(web);
    const seen: HubEvent[] = [];
    web.hub.subscribe((event) => seen.push(event));
    web.answer(async () => {
      await web.chat.remove(message);
      return { kind: "card", card: card("Aralia"), replace: true };
    });

    await press(web, message);

    expect(seen).toEqual([
      expect.objectContaining({ type: "message", edited: false }),
      { type: "chat", person: R1 },
    ]);
    expect(await web.chat.of(R1, 9)).toEqual([expect.objectContaining({ card: card("Aralia") })]);
  });

  it("on a message of their own words is on none: only Attune's can be tapped", async () => {
    await using web = await openPlayground();
    await say(web, "hello");
    const [own] = await web.chat.of(R1, 1);

    const answer = await press(web, own!.id);

    expect(answer.status).toBe(404);
    expect(web.received).toHaveLength(1);
  });

  it("is said not to be saved when the disk is full, and nothing of the cause is told", async () => {
    await using web = await openPlayground();
    const message = await messageOf(web);
    web.answer(() => Promise.reject(new AttuneError("store", "SQLITE_FULL: database or disk is full")));

    const answer = await press(web, message);

    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("SQLITE");
  });
});

describe("the language that everybody reads", () => {
  it("is told to the core by each who reads another, and to every page", async () => {
    let cast = CAST;
    await using web = await openPlayground({ cast: async () => cast });
    const seen: HubEvent[] = [];
    web.hub.subscribe((event) => seen.push(event));
    web.answer(() => {
      cast = CAST.map((member) => ({ ...member, locale: "en" }));
      return { kind: "none" };
    });

    const answer = await web.post("/language", { event: randomUUID(), locale: "en" });

    expect(answer.status).toBe(200);
    expect(web.received.map(({ sender, ...rest }) => [sender.account, "text" in rest && rest.text])).toEqual([
      ["a1", "language en"],
    ]);
    expect(seen).toEqual([{ type: "chat", person: "a1" }]);
  });

  it("is theirs to choose where the people are real", async () => {
    await using web = await openPlayground({ travels: false });

    const answer = await web.post("/language", { event: randomUUID(), locale: "en" });

    expect(answer.status).toBe(409);
    expect(web.received).toEqual([]);
  });
});
