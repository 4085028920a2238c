import type { Act, Card } from "#src/card/card.ts";
import { AttuneError } from "#src/errors.ts";
import type { Inbound, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import { PLATFORM, teamsAddress, teamsMessage } from "./address.ts";
import type { TeamsActivity } from "./activity.ts";
import type { Connector, Outgoing } from "./connector.ts";
import type { Members } from "./members.ts";
import { CARD, lineOf, messageOf } from "./messenger.ts";
import { renderCard } from "./render.ts";
import { valuesOf } from "./submission.ts";

export interface TurnDeps {
  receive(inbound: Inbound): Promise<BotResponse>;
  readonly connector: Connector;
  readonly members: Members;
  readonly log: Log;
  /** Work that goes on after the answer; the platform waits for it before it stops. */
  afterwards(work: Promise<void>): void;
}

/** What an Action.Execute is answered with; nothing for all else. */
export interface Answer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** Hands what a person did to the core and shows the reply where they are. */
export async function takeTurn(deps: TurnDeps, activity: TeamsActivity): Promise<Answer | undefined> {
  deps.members.saw(activity);
  const { what } = activity;
  switch (what.type) {
    case "said": {
      if (what.text === "") return undefined;
      const reply = await deps.receive({ type: "said", ...happened(activity), text: what.text });
      // Delivered again: the first time was answered.
      if (reply.kind !== "refused" || reply.reason !== "already-received") await tell(deps, activity, reply);
      return undefined;
    }
    case "installed":
      await tell(deps, activity, await deps.receive({ type: "opened", ...happened(activity) }));
      return undefined;
    case "seen":
      // Keeps where to write to; there is nothing to say.
      await deps.receive({ type: "opened", ...happened(activity) });
      return undefined;
    case "removed":
      deps.log.info({}, "somebody has removed Attune from Teams");
      return undefined;
    case "tapped":
      return tapped(deps, activity, what);
    case "other":
      return undefined;
    default:
      return what satisfies never;
  }
}

const happened = (activity: TeamsActivity): { readonly event: string; readonly sender: Sender } => {
  const { tenant, user, conversation, service, bot } = activity;
  return {
    event: `${PLATFORM}:${conversation}:${activity.id}`,
    sender: {
      platform: PLATFORM,
      account: user.object,
      address: teamsAddress({ tenant, user: user.object, conversation, service, bot }),
    },
  };
};

async function tapped(
  deps: TurnDeps,
  activity: TeamsActivity,
  { data, message, isExecute }: Extract<TeamsActivity["what"], { type: "tapped" }>,
): Promise<Answer | undefined> {
  const { act, input } = data;
  const reply = await deps.receive({
    ...happened(activity),
    act: (typeof act === "string" ? act : "") as Act,
    ...(message === undefined ? {} : { message: teamsMessage({ ...activity, activity: message }) }),
    ...(typeof input === "string"
      ? { type: "submitted", values: valuesOf(data, input) }
      : { type: "pressed" }),
  });
  const card = cardIn(reply);
  const isInPlace =
    card !== undefined && (reply.kind === "refused" || (reply.kind === "card" && reply.replace));
  if (isInPlace && message !== undefined) {
    // Only the client that tapped shows our answer: the stored message has to say the same to all others.
    deps.afterwards(edit(deps, activity, message, card));
    if (isExecute) return answer(CARD, renderCard(card).payload);
    return undefined;
  }
  if (!isExecute || card !== undefined) await tell(deps, activity, reply);
  return isExecute
    ? answer(MESSAGE, reply.kind === "refused" ? reply.text : (card?.notification ?? ""))
    : undefined;
}

/** What a reply shows. Why it was refused stands on its card, above all else unless it is said beside an input. */
function cardIn(reply: BotResponse): Card | undefined {
  if (reply.kind === "none" || reply.card === undefined) return undefined;
  const { card } = reply;
  if (
    reply.kind === "card" ||
    card.blocks.some((block) => block.type === "input" && block.problem === reply.text)
  )
    return card;
  return { ...card, blocks: [{ type: "text", text: reply.text, tone: "strong" }, ...card.blocks] };
}

const MESSAGE = "application/vnd.microsoft.activity.message";
const answer = (type: string, value: unknown): Answer => ({ statusCode: 200, type, value });

/** Shows a reply as a new message. What the person did is kept by now, so a failure here costs only the reply. */
async function tell(deps: TurnDeps, activity: TeamsActivity, reply: BotResponse): Promise<void> {
  const message = newMessage(reply, deps.log);
  if (message === undefined) return;
  await orLogged(deps, "a reply could not be shown", async () => {
    await deps.connector.send(activity.service, activity.conversation, message);
  });
}

function newMessage(reply: BotResponse, log: Log): Outgoing | undefined {
  const card = cardIn(reply);
  if (card !== undefined) return messageOf(card, log);
  return reply.kind === "refused" ? lineOf(reply.text) : undefined;
}

const edit = (deps: TurnDeps, { service, conversation }: TeamsActivity, message: string, card: Card) =>
  orLogged(deps, "a message could not be edited", () =>
    deps.connector.edit(service, conversation, message, messageOf(card, deps.log)),
  );

async function orLogged({ log }: TurnDeps, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    log.warn({ code: error.code, error }, what);
  }
}
