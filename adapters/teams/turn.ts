import type { Act, Card } from "#src/card/card.ts";
import { AttuneError } from "#src/errors.ts";
import type { BotResponse, Inbound, Sender } from "#src/ports/inbound.ts";
import type { Download, Upload } from "#src/ports/download.ts";
import type { Log } from "#src/ports/log.ts";
import { PLATFORM, removedAddress, teamsAddress, teamsMessage } from "./address.ts";
import type { FileConsent, TeamsActivity } from "./activity.ts";
import type { Connector, Outgoing } from "./connector.ts";
import { teamsFile } from "./files.ts";
import type { Members } from "./members.ts";
import { CARD, lineOf, messageOf } from "./messenger.ts";
import { renderCard } from "./render.ts";
import { askedToTake, storedFile } from "./sent-file.ts";
import { valuesOf } from "./submission.ts";

export interface TurnDeps {
  receive(inbound: Inbound): Promise<BotResponse>;
  readonly connector: Connector;
  readonly members: Members;
  readonly log: Log;
  /** Fetches files that people give. */
  readonly download?: Download | undefined;
  /** Puts files where people have made room for them. */
  readonly upload?: Upload | undefined;
  /** Work that continues after the answer. The platform waits for it before it stops. */
  afterwards(work: Promise<void>): void;
}

/** The answer to an Action.Execute. Undefined for other activities. */
export interface Answer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** Hands an act to the core and shows the response in the chat. */
export async function takeTurn(deps: TurnDeps, activity: TeamsActivity): Promise<Answer | undefined> {
  deps.members.saw(activity);
  const { what } = activity;
  switch (what.type) {
    case "said": {
      if (what.text === "" && !what.hasFile) return undefined;
      const response = await deps.receive(saidAct(deps, activity, what));
      // Teams delivered it again. It was answered the first time.
      if (response.kind !== "refused" || response.reason !== "already-received")
        await tell(deps, activity, response);
      return undefined;
    }
    case "edited":
    case "deleted": {
      const { event: said, sender } = happened(activity);
      const act = { event: `${said}:${what.type}:${what.at}`, sender, said };
      await tell(
        deps,
        activity,
        await deps.receive(
          what.type === "edited" ? { type: "edited", ...act, text: what.text } : { type: "deleted", ...act },
        ),
      );
      return undefined;
    }
    case "installed":
      await tell(deps, activity, await deps.receive({ type: "opened", ...happened(activity) }));
      return undefined;
    case "seen":
      // Only remembers the chat. There is nothing to show.
      await deps.receive({ type: "opened", ...happened(activity) });
      return undefined;
    case "removed":
      deps.log.info({}, "somebody has removed Attune from Teams");
      // Remembered in place of the chat: silence from now on, whether the service still takes messages or not.
      await deps.receive({ type: "opened", ...removal(activity) });
      return undefined;
    case "tapped":
      return tapped(deps, activity, what);
    case "consented":
      return consented(deps, activity, what);
    case "other":
      return undefined;
    default:
      return what satisfies never;
  }
}

function saidAct(
  { download }: TurnDeps,
  activity: TeamsActivity,
  { text, under, hasFile, file }: Extract<TeamsActivity["what"], { type: "said" }>,
): Inbound {
  const act = { ...happened(activity), text };
  if (file !== undefined) return { type: "file", ...act, file: teamsFile(file, download) };
  return {
    type: "said",
    ...act,
    ...(under === undefined ? {} : { under: teamsMessage({ ...activity, activity: under }) }),
    ...(hasFile ? { hasFile } : {}),
  };
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

const removal = (activity: TeamsActivity): ReturnType<typeof happened> => {
  const { event, sender } = happened(activity);
  const address = removedAddress({ tenant: activity.tenant, user: activity.user.object });
  return { event, sender: { ...sender, address } };
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
    // Our answer changes only the client that tapped. The person's other devices show the stored message, so edit that too.
    deps.afterwards(edit(deps, activity, message, card));
    if (isExecute) return answer(CARD, renderCard(card).payload);
    return undefined;
  }
  if (!isExecute || card !== undefined) await tell(deps, activity, response);
  return isExecute
    ? answer(MESSAGE, response.kind === "refused" ? response.text : (card?.notification ?? ""))
    : undefined;
}

/** Whoever takes a file gets it made anew: it is what is true now, and for them now. */
async function consented(
  deps: TurnDeps,
  activity: TeamsActivity,
  { isTaken, act, message, room }: FileConsent,
): Promise<undefined> {
  const { service, conversation } = activity;
  if (message !== undefined)
    deps.afterwards(
      orLogged(deps, "a message could not be removed", () =>
        deps.connector.remove(service, conversation, message),
      ),
    );
  if (!isTaken) return;
  const response = await deps.receive({ type: "pressed", ...happened(activity), act: act as Act });
  if (response.kind !== "card" || response.file === undefined) {
    await tell(deps, activity, response);
    return;
  }
  const { card, file } = response;
  const put = async () => {
    const shown = await storedFile(deps.upload, room, card.locale, file);
    await orLogged(deps, "a reply could not be shown", async () => {
      await deps.connector.send(service, conversation, shown);
    });
  };
  deps.afterwards(put());
}

/** The card of a response. The reason of a refusal is put on top, unless the card says it beside an input. */
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

/** Shows a response as a new message. The act is stored already, so a failure here loses only the response. */
async function tell(deps: TurnDeps, activity: TeamsActivity, response: BotResponse): Promise<void> {
  const message = newMessage(response, deps.log);
  if (message === undefined) return;
  await orLogged(deps, "a reply could not be shown", async () => {
    await deps.connector.send(activity.service, activity.conversation, message);
  });
}

function newMessage(response: BotResponse, log: Log): Outgoing | undefined {
  if (response.kind === "card" && response.file !== undefined)
    return askedToTake(response.card, response.file);
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
