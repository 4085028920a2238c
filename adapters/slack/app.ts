import { App, type Receiver } from "@slack/bolt";
import type { View } from "@slack/web-api";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import { readAddress } from "./address.ts";
import { clientOptions, type Calls } from "./calls.ts";
import { FIELD, FORM, formView } from "./form.ts";
import { COMMAND, SET_GOAL } from "./inbound.ts";
import type { Place } from "./read.ts";
import { quietLogger } from "./logger.ts";
import { ACT, OPEN } from "./controls.ts";
import { TAKEN } from "./saving-receiver.ts";
import type { SlackSettings } from "./settings.ts";
import { publish, showResponse } from "./show.ts";
import type { ShowDeps } from "./write.ts";
import { textsIn } from "./texts.ts";
import { textModal } from "./views.ts";
import type { Installation, Taken } from "./take.ts";

/** The events that Attune listens to; manifest.json asks for these and no others. */
export const EVENTS = ["message", "app_home_opened", "user_change"] as const;

export interface AppDeps extends ShowDeps {
  readonly settings: SlackSettings;
  readonly receiver: Receiver;
  installation(): Installation | undefined;
  receive(inbound: Inbound): Promise<BotResponse>;
}

type Acknowledge = (answer?: never) => Promise<void>;
type Answered = Extract<Taken, { type: "response" }>;

/** For how long after it was opened a home tab follows what its person does. */
const FRESH = 60 * 60_000;

/** Bolt's app. When a listener runs, the act is stored already. The listener only acknowledges it and shows the response. */
export function slackApp(deps: AppDeps): App {
  const { settings, receiver, installation, log } = deps;
  const refreshHome = homesOpened(deps);
  const app = new App({
    receiver,
    clientOptions: clientOptions(settings),
    logger: quietLogger(),
    attachFunctionToken: false,
    authorize: async () => {
      const us = installation();
      return {
        botToken: settings.botToken,
        ...(us === undefined ? {} : { botId: us.bot, botUserId: us.botUser, teamId: us.team }),
      };
    },
  });

  const listener = async ({ context, ack: given }: { context: Record<string, unknown>; ack?: unknown }) => {
    const taken = context[TAKEN] as Taken | undefined;
    const ack = given as Acknowledge | undefined;
    if (taken?.type === "form") {
      await ack?.();
      await openForm(deps.calls, taken);
    } else if (taken?.type === "later") {
      const view = textModal(textsIn(taken.locale).reading);
      await ack?.({ response_action: "update", view } as never);
      const done = await taken.taken;
      if (done.type === "response") await showResponse(deps, done.inbound, done.place, done.response);
    } else if (taken?.type === "response") {
      if (await keepRefusedDialog(deps, taken, ack)) return;
      if (taken.isFailed !== true) await ack?.();
      await showResponse(deps, taken.inbound, taken.place, taken.response);
      await refreshHome(taken.inbound, taken.place);
    }
  };
  for (const event of EVENTS) app.event(event, listener);
  app.action(new RegExp(`^(?:${ACT}|${OPEN})-`, "u"), listener);
  app.view(FORM, listener);
  app.shortcut(SET_GOAL, listener);
  app.command(COMMAND, listener);
  app.error(async (error) => {
    log.error({ error }, "an answer could not be shown in Slack");
  });
  return app;
}

/** A dialog that was refused stays open with what was typed, and says why. False where none was refused. */
async function keepRefusedDialog(
  deps: AppDeps,
  { inbound, place, response }: Answered,
  ack: Acknowledge | undefined,
): Promise<boolean> {
  if (inbound.type !== "submitted" && place.type !== "dialog") return false;
  if (response.kind !== "refused" || response.reason === "already-received") return false;
  await ack?.({ response_action: "errors", errors: { [FIELD]: response.text } } as never);
  if (["expired", "locked"].includes(response.reason) && response.card !== undefined)
    await showResponse(deps, inbound, place, { kind: "card", card: response.card, replace: true });
  return true;
}

/** Updates the home tab of a person who has it open. */
function homesOpened(deps: AppDeps): (inbound: Inbound, place: Place) => Promise<void> {
  /** When a person opened it, by their account. */
  const homes = new Map<string, number>();

  return async ({ event, sender }, place) => {
    const { user } = readAddress(sender.address);
    const now = performance.now();
    if (place.type === "home") {
      homes.set(user, now);
      return;
    }
    const opened = homes.get(user);
    if (opened === undefined) return;
    if (now - opened > FRESH) {
      homes.delete(user);
      return;
    }
    const response = await deps.receive({ type: "opened", event: `${event}:home`, sender });
    if (response.kind === "card") await publish(deps, user, response.card);
  };
}

/** A tap on a card's text field opens a dialog. It is no answer yet, so nothing is stored. */
async function openForm(
  calls: Calls,
  { form, place, trigger }: Extract<Taken, { type: "form" }>,
): Promise<void> {
  const where =
    place.type === "message"
      ? {
          channel: place.channel,
          ts: place.ts,
          ...(place.isEphemeral === true ? { isEphemeral: place.isEphemeral } : {}),
          ...(place.respond === undefined ? {} : { respond: place.respond }),
        }
      : place.type === "modal"
        ? { view: place.view }
        : {};
  const view = formView(form, where) as unknown as View;
  await calls(
    place.type === "modal" ? "views.push" : "views.open",
    { rate: "views", patience: 1_500 },
    (client) =>
      place.type === "modal"
        ? client.views.push({ trigger_id: trigger, view })
        : client.views.open({ trigger_id: trigger, view }),
  );
}
