import { Hono } from "hono";
import { PLATFORM, webAddress } from "./address.ts";
import { withBody } from "./body.ts";
import type { PlaygroundDeps } from "./deps.ts";
import { refuse } from "./guard.ts";
import { speaking } from "./requests.ts";

/**
 * Sets the language of all people of the demo to the visitor's: by a command of each person, which is not shown in the chat. Not beside
 * real platforms: there the people are real and choose for themselves.
 */
export function languageRoutes(deps: PlaygroundDeps): Hono {
  const { stage, hub } = deps;
  return new Hono().post("/language", (c) =>
    withBody(c, speaking, async ({ event, locale }) => {
      if (!stage.travels) return refuse(c, 409, "real-people");
      for (const member of await stage.cast()) {
        if (member.locale === locale) continue;
        const sender = { platform: PLATFORM, account: member.id, address: webAddress(member.id) };
        const said = {
          type: "said",
          event: `${event}:${member.id}`,
          sender,
          text: `language ${locale}`,
        } as const;
        const reply = await deps.receive(said);
        if (reply.kind === "refused") return refuse(c, 503, "not-saved");
        hub.push({ type: "person", member: { ...member, locale } });
      }
      return c.json({ locale });
    }),
  );
}
