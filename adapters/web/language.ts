import { Hono } from "hono";
import type { Locale } from "#src/domain/locale.ts";
import type { CastMember } from "#src/ports/stage.ts";
import { PLATFORM, webAddress } from "./address.ts";
import { withBody } from "./body.ts";
import { byId } from "./cast.ts";
import type { PlaygroundDeps } from "./deps.ts";
import { refuse } from "./guard.ts";
import { speaking } from "./requests.ts";

/** How often it is looked whether all speak the language: a new start may begin while they are told. */
const ROUNDS = 3;

/**
 * Sets the language of all people of the demo to the visitor's: by a command of each person, which is not shown in the chat. Not beside
 * real platforms: there the people are real and choose for themselves.
 */
export function languageRoutes(deps: PlaygroundDeps): Hono {
  const { stage } = deps;
  return new Hono().post("/language", (c) =>
    withBody(c, speaking, async ({ event, locale }) => {
      if (!stage.travels) return refuse(c, 409, "real-people");
      for (let round = 1; round <= ROUNDS; round++) {
        const others = (await stage.cast()).filter((member) => member.locale !== locale);
        if (others.length === 0) break;
        for (const member of others)
          if (!(await told(deps, member, locale, `${event}:${round}`))) return refuse(c, 503, "not-saved");
      }
      return c.json({ locale });
    }),
  );
}

/** Has one person choose the language. Pages are told what the person speaks then, whatever else has happened meanwhile. */
async function told(
  { stage, hub, receive }: PlaygroundDeps,
  member: CastMember,
  locale: Locale,
  event: string,
): Promise<boolean> {
  const sender = { platform: PLATFORM, account: member.id, address: webAddress(member.id) };
  const said = { type: "said", event: `${event}:${member.id}`, sender, text: `language ${locale}` } as const;
  const response = await receive(said);
  if (response.kind === "refused" && response.reason !== "already-received") return false;
  const after = byId(await stage.cast(), member.id);
  if (after !== undefined) hub.push({ type: "chat", person: after.id });
  return true;
}
