import { Hono, type Context } from "hono";
import type { ChatMessage } from "#src/ports/chat.ts";
import type { Inbound, RefusalReason, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";
import type { CastMember } from "#src/ports/stage.ts";
import { PLATFORM, messageRef, webAddress } from "./address.ts";
import { withBody } from "./body.ts";
import { byId } from "./cast.ts";
import type { PlaygroundDeps } from "./deps.ts";
import { FILE_PATH } from "./file-limits.ts";
import { refuse } from "./guard.ts";
import { payloadOf, type MessagePayload } from "./payload.ts";
import { TEXT_MAXIMUM, giving, opening, saying, submission, tap } from "./requests.ts";

const STATUS: Readonly<Record<RefusalReason, 400 | 403 | 404 | 409 | 410 | 422 | 503>> = {
  "unknown-person": 404,
  "not-yours": 403,
  "already-received": 409,
  expired: 410,
  locked: 409,
  "not-understood": 400,
  identifier: 422,
  "too-long": 422,
  "not-saved": 503,
};

/** An act in the playground: who did it, on which message, with which typed text. */
interface Occasion {
  readonly member: CastMember;
  readonly event: string;
  readonly tapped?: ChatMessage;
  readonly said?: string;
}

/** The routes to which a phone posts its person's acts. */
export function actRoutes(deps: PlaygroundDeps): Hono {
  const routes = new Hono();

  routes.post("/press", (c) =>
    withBody(c, tap, ({ person, event, message, act }) =>
      onMessage(c, deps, person, message, (member, tapped) => {
        const inbound = {
          type: "pressed",
          event,
          sender: senderOf(member),
          act,
          message: messageRef(message),
        } as const;
        return take(c, deps, inbound, { member, event, tapped });
      }),
    ),
  );

  routes.post("/submit", (c) =>
    withBody(c, submission, ({ person, event, message, act, values }) => {
      const long = Object.values(values).some((value) => value.length > TEXT_MAXIMUM);
      if (long) return Promise.resolve(refuse(c, 422, "text-size"));
      return onMessage(c, deps, person, message, (member, tapped) => {
        const sender = senderOf(member);
        const inbound = {
          type: "submitted",
          event,
          sender,
          act,
          message: messageRef(message),
          values,
        } as const;
        return take(c, deps, inbound, { member, event, tapped });
      });
    }),
  );

  routes.post("/say", (c) =>
    withBody(c, saying, async ({ person, event, text }) => {
      const member = byId(await deps.stage.cast(), person);
      if (member === undefined) return refuse(c, 404, "person");
      if (text.length > TEXT_MAXIMUM) return refuse(c, 422, "text-size");
      const inbound = { type: "said", event, sender: senderOf(member), text } as const;
      return take(c, deps, inbound, { member, event, said: text });
    }),
  );

  routes.post("/open", (c) =>
    withBody(c, opening, async ({ person, event }) => {
      const member = byId(await deps.stage.cast(), person);
      if (member === undefined) return refuse(c, 404, "person");
      return take(c, deps, { type: "opened", event, sender: senderOf(member) }, { member, event });
    }),
  );

  giveFiles(routes, deps);
  return routes;
}

/** A file comes whole, and as text: whoever may not give one is answered without a look at it. */
function giveFiles(routes: Hono, deps: PlaygroundDeps): void {
  routes.post(FILE_PATH, (c) =>
    withBody(c, giving, async ({ person, event, name, bytes }) => {
      const member = byId(await deps.stage.cast(), person);
      if (member === undefined) return refuse(c, 404, "person");
      const file = { name, read: () => Promise.resolve({ bytes }) };
      const inbound = { type: "file", event, sender: senderOf(member), file, text: "" } as const;
      return take(c, deps, inbound, { member, event, said: name });
    }),
  );
}

/** The playground has no accounts: its visitor plays all people of the demo. */
const senderOf = (member: CastMember): Sender => ({
  platform: PLATFORM,
  account: member.id,
  address: webAddress(member.id),
});

/** Finds the message that was tapped, only in this person's chat. */
async function onMessage(
  c: Context,
  deps: PlaygroundDeps,
  person: string,
  id: number,
  then: (member: CastMember, tapped: ChatMessage) => Promise<Response>,
): Promise<Response> {
  const member = byId(await deps.stage.cast(), person);
  if (member === undefined) return refuse(c, 404, "person");
  const tapped = await deps.chat.get(id);
  if (tapped?.card === undefined) return refuse(c, 404, "message");
  return tapped.person === member.id ? then(member, tapped) : refuse(c, 403, "not-yours");
}

/** Hands an act to the core and shows the response: first in the stored chat, then on every open page. */
async function take(
  c: Context,
  deps: PlaygroundDeps,
  inbound: Inbound,
  occasion: Occasion,
): Promise<Response> {
  const [newest] = await deps.chat.of(occasion.member.id, 1);
  const response = await deps.receive(inbound);
  const isErased = newest !== undefined && (await deps.chat.get(newest.id)) === undefined;
  const messages = await show(deps, response, occasion);
  const after = byId(await deps.stage.cast(), occasion.member.id);
  const isAnotherLanguage = after !== undefined && after.locale !== occasion.member.locale;
  if (isAnotherLanguage || isErased) deps.hub.push({ type: "chat", person: occasion.member.id });
  if (response.kind !== "refused") return c.json({ messages, ...fileIn(response) });
  return c.json({ refused: response.reason, text: response.text, messages }, STATUS[response.reason]);
}

/** A file is handed over as the page can store it, and kept nowhere. */
function fileIn(response: BotResponse): {
  readonly file?: { readonly name: string; readonly bytes: string };
} {
  if (response.kind !== "card" || response.file === undefined) return {};
  const { name, bytes } = response.file;
  return { file: { name, bytes: Buffer.from(bytes).toString("base64") } };
}

/** A typed text appears in the chat only after the core has accepted it. A refused text is not shown. */
async function show(
  deps: PlaygroundDeps,
  response: BotResponse,
  occasion: Occasion,
): Promise<readonly MessagePayload[]> {
  const { chat, stage } = deps;
  const { member, event, tapped, said } = occasion;
  const shown: MessagePayload[] = [];
  const tell = async (message: ChatMessage, edited: boolean): Promise<void> => {
    const sequence = deps.hub.push({ type: "message", message, edited });
    shown.push(await payloadOf(stage, message, edited, sequence));
  };
  const key = (part: string): DeliveryKey => `${event}:${part}` as DeliveryKey;

  if (said !== undefined && response.kind !== "refused") {
    const own = { person: member.id, from: "person", at: stage.now(), text: said } as const;
    await tell(await chat.append(own, key("said")), false);
  }
  const card = response.kind === "none" ? undefined : response.card;
  if (card === undefined) return shown;
  const isInPlace = response.kind === "refused" || (response.kind === "card" && response.replace);
  const edited =
    tapped !== undefined && isInPlace ? await chat.edit(tapped.id, card, stage.now()) : undefined;
  if (edited !== undefined) {
    await tell(edited, true);
  } else if (response.kind === "card") {
    const answer = { person: member.id, from: "attune", at: stage.now(), card } as const;
    await tell(await chat.append(answer, key("reply")), false);
  }
  return shown;
}
