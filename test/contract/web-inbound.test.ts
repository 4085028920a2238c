import { randomUUID } from "node:crypto";
import { webAddress } from "#adapters/web/address.ts";
import { personId } from "#src/domain/person.ts";
import { readHtml } from "#test/support/web/html.ts";
import { openPlayground, type TestPlayground } from "#test/support/web/playground.ts";
import { inboundContract } from "./inbound.ts";
import type { Deed, InboundRig } from "./inbound/rig.ts";

const PERSON = personId("r1");

inboundContract("web", async () => {
  const web = await openPlayground();
  const page = openPage(web);
  const saying = { person: PERSON, text: "hello" };
  const posting = async (headers: Record<string, string>, path = "/say", body: object = saying) => {
    const { ok } = await web.post(path, { event: randomUUID(), ...body }, headers);
    return { taken: ok };
  };

  const submits: InboundRig["submits"] = (message, act, values) => {
    page.types(values["line"] ?? "");
    return page.does("/submit", { message: Number(message), act, values });
  };
  const rig: InboundRig = {
    messenger: web.messenger(),
    person: { platform: "playground", account: PERSON, address: webAddress(PERSON) },
    received: web.received,
    answer: web.answer,
    opens: () => page.does("/open", {}),
    says: (text) => page.does("/say", { text }),
    presses: (message, act) => page.does("/press", { message: Number(message), act }),
    submits,
    gives: ({ name, text }) => page.does("/file", { name, bytes: Buffer.from(text).toString("base64") }),
    files: async () => page.files,
    // The page sends a file whole.
    fetched: () => 0,
    corrects: submits,
    shows: page.shows,
    told: async () => page.told,
    typed: async () => page.typed,
    forgeries: {
      "from another site": () => posting({ origin: "https://evil.example" }),
      "from another port of this machine": () => posting({ origin: "http://127.0.0.1:8080" }),
      "under a name that points here": () => posting({ host: "evil.example", origin: "http://evil.example" }),
      "without the page's token": () => posting({ "x-attune-token": "" }),
      "with a token of an earlier run": () => posting({ "x-attune-token": "A".repeat(32) }),
      "as a form, which any site can send": () => posting({ "content-type": "text/plain" }),
      "across sites, as the browser says": () => posting({ "sec-fetch-site": "cross-site" }),
      "as nobody of the program": () => posting({}, "/say", { person: "nobody", text: "hello" }),
      "on another person's message": async () => {
        const ref = await web
          .messenger()
          .send(
            webAddress(personId("a1")),
            { locale: "ja", notification: "x", blocks: [{ type: "text", text: "x" }] },
            "k9" as never,
          );
        return posting({}, "/press", { person: PERSON, message: Number(ref), act: "show/1" });
      },
    },
    [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
  };
  return rig;
});

/** What the page's script makes of an answer, without a browser; test/e2e looks at the script itself. */
function openPage(web: TestPlayground) {
  const page = {
    told: [] as string[],
    files: [] as { name: string; text: string }[],
    typed: undefined as string | undefined,
    types(text: string) {
      page.typed = text;
    },
    async does(path: string, body: object): Promise<Deed> {
      const request = { person: PERSON, event: randomUUID(), ...body };
      const response = await web.post(path, request);
      const answer = (await response.json()) as Answer;
      if (answer.file !== undefined)
        page.files.push({
          name: answer.file.name,
          text: Buffer.from(answer.file.bytes, "base64").toString(),
        });
      page.told = answer.text === undefined ? [] : [answer.text];
      // A message that is shown anew has its field anew; one that is not stays with what was typed.
      if (answer.messages?.some(({ edited }) => edited) === true) page.typed = undefined;
      return { taken: response.ok, again: async () => void (await web.post(path, request)) };
    },
    async shows() {
      const html = await (await web.fetch(`/phone?seat=1&person=${PERSON}`)).text();
      const messages = html.match(/<article class="message attune".*?<\/article>/gs) ?? [];
      return messages.map((message) => readHtml(message).texts.join("\n"));
    },
  };
  return page;
}

interface Answer {
  readonly text?: string;
  readonly messages?: readonly { readonly edited: boolean }[];
  readonly file?: { readonly name: string; readonly bytes: string };
}
