import { Hono } from "hono";
import { PLATFORM, webAddress } from "./address.ts";
import { withBody } from "./body.ts";
import type { PlaygroundDeps } from "./deps.ts";
import { refuse } from "./guard.ts";
import { speaking } from "./requests.ts";

/**
 * Lets everybody of the demo read the visitor's language: each says so to Attune, as they could from their
 * phone, without a word in the chat. Where real platforms share the process, the people are real too, and it
 * is theirs to choose.
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
