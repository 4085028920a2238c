import { standingOf } from "#adapters/teams/address.ts";
import type { Act } from "#src/card/card.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { chatOf, objectOf, office } from "#test/support/teams/office.ts";
import { attachmentsIn, consentIn, taking } from "#test/support/teams/files.ts";
import { actionsIn, wordsIn } from "#test/support/teams/words.ts";
import { inboundContract } from "./inbound.ts";
import type { Deed } from "./inbound/rig.ts";

const OTHER = "99999999-9999-4999-8999-999999999999";

inboundContract("teams", async () => {
  let answer: (inbound: Inbound) => BotResponse | Promise<BotResponse> = () => ({ kind: "none" });
  let fetched = 0;
  let given = "";
  const teams = await office(
    async (inbound) => answer(inbound),
    async () => {
      fetched += 1;
      return { bytes: new TextEncoder().encode(given) };
    },
    async ({ url, bytes }) => {
      drive.set(url, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
      return true;
    },
  );
  const drive = new Map<string, string>();
  const told: string[] = [];
  let typed: string | undefined;

  /** Sends an activity; what Teams would do with the answer is done to the chat as its client shows it. */
  const deliver = async (activity: object): Promise<boolean> => {
    const response = await teams.post(activity);
    const text = await response.text();
    if (response.status !== 200) return false;
    const shown = text === "" ? undefined : (JSON.parse(text) as { type: string; value: unknown });
    if (shown?.type.endsWith("activity.message") === true) told.push(String(shown.value));
    if (shown?.type.endsWith("card.adaptive") === true) typed = undefined;
    await teams.platform.settled();
    return true;
  };
  const deed = async (activity: object): Promise<Deed> => ({
    taken: await deliver(activity),
    again: async () => void (await deliver(activity)),
  });
  const tap = (message: MessageRef, act: Act, values: Readonly<Record<string, string>> = {}) => {
    const id = standingOf(message)!.activity;
    const kept = teams.service.chat(chatOf("r1")).find((one) => one.id === id)!;
    const { data } = actionsIn(kept.body).find((one) => one.data["act"] === act)!;
    const [text] = Object.values(values);
    typed = text;
    return teams.activity("r1", {
      type: "invoke",
      name: "adaptiveCard/action",
      text: undefined,
      replyToId: id,
      value: {
        action: {
          type: "Action.Execute",
          verb: "attune",
          data: { ...data, ...(text === undefined ? {} : { [String(data["input"])]: text }) },
        },
      },
    });
  };
  const forged = async (activity: unknown, wish = {}) => ({
    taken: (await teams.post(activity, wish)).status === 200,
  });

  return {
    messenger: teams.platform.messenger,
    person: { platform: "teams", account: objectOf("r1"), address: teams.addressOf("r1") },
    received: teams.received,
    answer: (reply) => void (answer = reply),
    opens: () => deed(teams.activity("r1", { type: "installationUpdate", action: "add", text: undefined })),
    says: (text) => deed(teams.activity("r1", { text })),
    presses: (message, act) => deed(tap(message, act)),
    submits: (message, act, values) => deed(tap(message, act, values)),
    gives: ({ name, text }, said) => {
      given = text;
      const content = { downloadUrl: "https://lakeside.sharepoint.com/x?tempauth=1", uniqueId: "1" };
      const attachments = [
        { contentType: "application/vnd.microsoft.teams.file.download.info", name, content },
      ];
      return deed(teams.activity("r1", { text: said, attachments }));
    },
    async files() {
      for (const { id, body } of teams.service.chat(chatOf("r1"))) {
        const asked = consentIn(body);
        if (asked !== undefined) await deliver(taking(teams, "r1", id, asked));
      }
      return teams.service.chat(chatOf("r1")).flatMap(({ body }) => {
        const [shown] = attachmentsIn(body);
        return shown?.contentType.endsWith("file.info") === true
          ? [{ name: shown.name, text: drive.get(`${shown.contentUrl}?upload`)! }]
          : [];
      });
    },
    fetched: () => fetched,
    corrects: (message, act, values) => deed(tap(message, act, values)),
    shows: async () => teams.service.chat(chatOf("r1")).map(({ body }) => wordsIn(body).join("\n")),
    told: async () => told,
    typed: async () => typed,
    forgeries: {
      "no token": () => forged(teams.activity("r1"), { authorization: "" }),
      "a token of nobody's": () => forged(teams.activity("r1"), { authorization: "Bearer a.b.c" }),
      "another bot's token": () => forged(teams.activity("r1"), { claims: { aud: OTHER } }),
      "an old token": () => forged(teams.activity("r1"), { claims: { exp: 1, nbf: 0 } }),
      "another service": () => forged(teams.activity("r1", { serviceUrl: "https://evil.example/" })),
      "another tenant": () => forged(teams.activity("r1", { channelData: { tenant: { id: OTHER } } })),
      "a group chat": () =>
        forged(teams.activity("r1", { conversation: { id: "g", conversationType: "groupChat" } })),
    },
    [Symbol.asyncDispose]: () => teams[Symbol.asyncDispose](),
  };
});
