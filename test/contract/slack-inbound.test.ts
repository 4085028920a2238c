import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import { readMessage, slackAddress } from "#adapters/slack/address.ts";
import { eventOf, member, tapOf } from "#test/support/slack/member.ts";
import { joined, settle, type Mode } from "#test/support/slack/joined.ts";
import { signatureOf, standIn, type Delivered, type Kind } from "#test/support/slack/stand-in.ts";
import { tappables, wordsOf } from "#test/support/slack/words.ts";
import { channelOf } from "#test/support/slack/workspace.ts";
import { inboundContract } from "./inbound.ts";
import type { Deed, InboundRig } from "./inbound/rig.ts";

type Json = Readonly<Record<string, unknown>>;
const USER = "UR1";

for (const mode of ["socket", "http"] satisfies Mode[]) inboundContract(`slack by ${mode}`, () => open(mode));

async function open(mode: Mode): Promise<InboundRig> {
  const slack = await standIn({ patience: 400, pause: 10 });
  slack.workspace.add({ id: USER });
  const received: Inbound[] = [];
  let reply: (inbound: Inbound) => BotResponse | Promise<BotResponse> = () => ({ kind: "none" });
  const { platform, close } = await joined(slack, {
    mode,
    receive: async (inbound) => {
      received.push(inbound);
      return reply(inbound);
    },
  });
  await platform.start();
  const person = member(slack, USER);
  let typed: string | undefined;
  let told: readonly string[] = [];

  const does = async (kind: Kind, body: Json): Promise<Deed & { delivered: Delivered }> => {
    const delivered = await slack.deliver(kind, body);
    await settle(person);
    return {
      delivered,
      taken: delivered.acknowledged,
      again: async () => {
        await slack.deliverOnce(kind, body, 1);
        await settle(person);
      },
    };
  };
  const tap = (ref: string, wanted: (element: Json) => boolean) => {
    const message = person.messages().find(({ ts }) => ts === readMessage(ref as never)?.ts)!;
    const { element, option } = tappables(message.blocks).find((one) => wanted(one.option ?? one.element))!;
    return tapOf(slack, USER, message, {
      type: element["type"],
      action_id: element["action_id"],
      action_ts: slack.workspace.ts(),
      ...(option === undefined ? { value: element["value"] } : { selected_option: option }),
    });
  };
  const said = (text: string): Json => ({
    type: "message",
    channel: channelOf(USER),
    channel_type: "im",
    user: USER,
    text: text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    ts: slack.workspace.ts(),
  });
  const event = (inner: Json) => eventOf(slack.workspace.next("Ev"), inner);
  // Another workspace's is acknowledged, so that Slack does not repeat it, and goes no further.
  const foreign = (kind: Kind, body: Json) => async () => {
    const before = received.length;
    await slack.deliverOnce(kind, body);
    return { taken: received.length > before };
  };
  const posted = (headers: (body: string) => Record<string, string>) => async () => {
    const body = JSON.stringify(event(said("hello")));
    return { taken: (await slack.post(body, headers(body))).ok };
  };
  const at = (seconds: number) => String(Math.floor(Date.now() / 1_000) + seconds);
  const signed = (body: string, when: string, secret?: string) => ({
    "x-slack-request-timestamp": when,
    "x-slack-signature": signatureOf(body, when, secret),
  });

  const sends = async (values: Readonly<Record<string, string>>): Promise<Deed> => {
    typed = values["line"];
    const delivered = await person.submits(typed ?? "");
    await settle(person);
    const errors = delivered.answer?.["errors"] as Record<string, string> | undefined;
    told = Object.values(errors ?? {});
    // A dialog with an error stays open, with what was typed in it.
    if (errors === undefined) typed = undefined;
    return { taken: delivered.acknowledged, again: async () => {} };
  };

  return {
    messenger: platform.messenger,
    person: { platform: "slack", account: USER, address: slackAddress(USER, channelOf(USER)) },
    received,
    answer: (with_) => {
      reply = with_;
    },
    opens: () =>
      does(
        "events_api",
        event({ type: "app_home_opened", user: USER, channel: channelOf(USER), tab: "home" }),
      ),
    says: (text) => does("events_api", event(said(text))),
    presses: (message, act) =>
      does(
        "interactive",
        tap(message, ({ value }) => value === act),
      ),
    async submits(message, _act, values) {
      await does(
        "interactive",
        tap(message, ({ action_id: id }) => String(id).startsWith("open-")),
      );
      return sends(values);
    },
    gives: ({ name, text }, typedBeside) =>
      does(
        "events_api",
        event({ ...said(typedBeside), subtype: "file_share", files: [slack.files.keeps(name, text)] }),
      ),
    files: async () => person.messages().flatMap(({ file }) => file ?? []),
    fetched: () => slack.files.handed,
    corrects: (_message, _act, values) => sends(values),
    shows: async () =>
      person
        .messages()
        .filter(({ ephemeral }) => ephemeral !== true)
        .map(({ blocks, text }) => (blocks.length === 0 ? text : wordsOf(blocks))),
    told: async () => [
      ...told,
      ...person
        .messages()
        .filter(({ ephemeral }) => ephemeral === true)
        .map(({ blocks }) => wordsOf(blocks)),
    ],
    typed: async () => typed,
    forgeries: {
      "an event of another workspace": foreign("events_api", { ...event(said("hello")), team_id: "T0OTHER" }),
      "a command of another workspace": foreign("slash_commands", {
        command: "/attune",
        text: "help",
        team_id: "T0OTHER",
        user_id: USER,
        channel_id: "C1",
        trigger_id: "t1",
      }),
      "a shortcut of another workspace": foreign("interactive", {
        type: "shortcut",
        team: { id: "T0OTHER" },
        user: { id: USER },
        callback_id: "set-goal",
        trigger_id: "t1",
        action_ts: "1.1",
      }),
      ...(mode === "socket"
        ? {}
        : {
            "signed with another secret": posted((body) => signed(body, at(0), "another")),
            "signed six minutes ago": posted((body) => signed(body, at(-360))),
            "signed for tomorrow": posted((body) => signed(body, at(86_400))),
            "with the signature of another body": posted((body) => signed(`${body} `, at(0))),
            "without a signature": posted(() => ({ "x-slack-signature": "" })),
          }),
    },
    async [Symbol.asyncDispose]() {
      await close();
      await slack[Symbol.asyncDispose]();
    },
  };
}
