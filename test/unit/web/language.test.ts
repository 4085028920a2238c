import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { CastMember } from "#src/ports/stage.ts";
import { CAST, openPlayground } from "#test/support/web/playground.ts";

it("has everybody speak the visitor's language, also when the demo starts over while they are told", async () => {
  const first: readonly CastMember[] = CAST.map((member) => ({ ...member, locale: "ja" }));
  let cast = first;
  let isStartedOver = false;
  await using web = await openPlayground({ cast: async () => cast });
  const pushed: string[] = [];
  web.hub.subscribe((event) => {
    const told = event.type === "chat" ? cast.find(({ id }) => id === event.person) : undefined;
    if (told !== undefined) pushed.push(`${told.id} ${told.locale}`);
  });
  web.answer((inbound) => {
    cast = cast.map((one) => (one.id === inbound.sender.account ? { ...one, locale: "en" } : one));
    if (inbound.sender.account === "a1" && !isStartedOver) {
      isStartedOver = true;
      cast = first;
    }
    return { kind: "none" };
  });

  const answer = await web.post("/language", { event: randomUUID(), locale: "en" });

  expect(answer.status).toBe(200);
  expect(cast.map(({ locale }) => locale)).toEqual(["en", "en", "en"]);
  // What is pushed is what each one speaks then.
  expect(pushed).toEqual(["r1 en", "a1 ja", "c1 en", "r1 en", "a1 en"]);
  expect(new Set(web.received.map(({ event }) => event)).size).toBe(web.received.length);
});
