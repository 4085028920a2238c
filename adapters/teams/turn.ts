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

/** Hands what a person did to the core and shows the response where they are. */
export async function takeTurn(deps: TurnDeps, activity: TeamsActivity): Promise<Answer | undefined> {
  deps.members.saw(activity);
  const { what } = activity;
  switch (what.type) {
    case "said": {
      if (what.text === "") return undefined;
      const response = await deps.receive({ type: "said", ...happened(activity), text: what.text });
      // Delivered again: the first time was answered.
      if (response.kind !== "refused" || response.reason !== "already-received")
        await tell(deps, activity, response);
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
  const response = await deps.receive({
    ...happened(activity),
    act: (typeof act === "string" ? act : "") as Act,
    ...(message === undefined ? {} : { message: teamsMessage({ ...activity, activity: message }) }),
    ...(typeof input === "string"
      ? { type: "submitted", values: valuesOf(data, input) }
      : { type: "pressed" }),
  });
  const card = cardIn(response);
  const isInPlace =
    card !== undefined && (response.kind === "refused" || (response.kind === "card" && response.replace));
  if (isInPlace && message !== undefined) {
    // Only the client that tapped shows our answer: the stored message has to say the same to all others.
    deps.afterwards(edit(deps, activity, message, card));
    if (isExecute) return answer(CARD, renderCard(card).payload);
    return undefined;
  }
  if (!isExecute || card !== undefined) await tell(deps, activity, response);
  return isExecute
    ? answer(MESSAGE, response.kind === "refused" ? response.text : (card?.notification ?? ""))
    : undefined;
}

/** What a response shows. Why it was refused stands on its card, above all else unless it is said beside an input. */
function cardIn(response: BotResponse): Card | undefined {
  if (response.kind === "none" || response.card === undefined) return undefined;
  const { card } = response;
  if (
    response.kind === "card" ||
    card.blocks.some((block) => block.type === "input" && block.problem === response.text)
  )
    return card;
  return { ...card, blocks: [{ type: "text", text: response.text, tone: "strong" }, ...card.blocks] };
}

const MESSAGE = "application/vnd.microsoft.activity.message";
const answer = (type: string, value: unknown): Answer => ({ statusCode: 200, type, value });

/** Shows a response as a new message. What the person did is kept by now, so a failure here costs only the response. */
async function tell(deps: TurnDeps, activity: TeamsActivity, response: BotResponse): Promise<void> {
  const message = newMessage(response, deps.log);
  if (message === undefined) return;
  await orLogged(deps, "a reply could not be shown", async () => {
    await deps.connector.send(activity.service, activity.conversation, message);
  });
}

function newMessage(response: BotResponse, log: Log): Outgoing | undefined {
  const card = cardIn(response);
  if (card !== undefined) return messageOf(card, log);
  return response.kind === "refused" ? lineOf(response.text) : undefined;
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
