import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encoded, ISSUER, newKey, token, type SigningKey } from "#test/support/teams/key-server.ts";
import { APP, TENANT, chatOf, office, objectOf, type Office, type Wish } from "#test/support/teams/office.ts";

const OTHER = "99999999-9999-4999-8999-999999999999";
const now = Math.floor(Date.now() / 1_000);
const unknown = newKey("unknown");

type Forged = (teams: Office) => { activity?: unknown; wish?: Wish };

/** What a token can be, that is none of the channel's for us. */
const tokens: Readonly<Record<string, Forged>> = {
  none: () => ({ wish: { authorization: "" } }),
  blank: () => ({ wish: { authorization: " " } }),
  "the word Bearer alone": () => ({ wish: { authorization: "Bearer" } }),
  "Bearer and a space": () => ({ wish: { authorization: "Bearer  " } }),
  "Basic credentials": () => ({ wish: { authorization: "Basic dXNlcjpwYXNz" } }),
  garbage: () => ({ wish: { authorization: "Bearer garbage" } }),
  "garbage in three parts": () => ({ wish: { authorization: "Bearer a.b.c" } }),
  "two dots": () => ({ wish: { authorization: "Bearer .." } }),
  "JSON that is no token": () => ({ wish: { authorization: `Bearer ${encoded({})}.${encoded({})}.` } }),
  "a token without its signature": (t) => ({
    wish: { authorization: `Bearer ${signed(t).split(".").slice(0, 2).join(".")}.` },
  }),
  "a token cut short": (t) => ({ wish: { authorization: `Bearer ${signed(t).slice(0, -20)}` } }),
  "a token with one letter changed": (t) => ({ wish: { authorization: `Bearer ${tampered(signed(t))}` } }),
  "a token whose claims were exchanged": (t) => ({
    wish: { authorization: `Bearer ${exchanged(signed(t), { sub: "somebody" })}` },
  }),
  "two tokens": (t) => ({ wish: { authorization: `Bearer ${signed(t)} ${signed(t)}` } }),
  "a scheme of its own": (t) => ({ wish: { authorization: `Token ${signed(t)}` } }),
  "a lower-case scheme": (t) => ({ wish: { authorization: `bearer ${signed(t)}` } }),
  "an unknown key": () => ({ wish: { key: unknown } }),
  "an unknown key under a known id": (t) => ({ wish: { key: { ...unknown, id: t.keys.key.id } } }),
  "no key id": () => ({ wish: { header: { kid: undefined } } }),
  "a key id that is a path": () => ({ wish: { header: { kid: "../../etc/passwd" } } }),
  "a key that the token brings along": () => ({
    wish: { key: unknown, header: { jwk: unknown.publicKey.export({ format: "jwk" }) } },
  }),
  "the algorithm none": (t) => ({ wish: { authorization: `Bearer ${unsigned(t, "none")}` } }),
  "the algorithm None": (t) => ({ wish: { authorization: `Bearer ${unsigned(t, "None")}` } }),
  "the public key as a shared secret": (t) => ({ wish: { authorization: `Bearer ${hmac(t)}` } }),
  "an algorithm that it does not have": () => ({ wish: { header: { alg: "RS512" } } }),
  "an algorithm of elliptic curves": () => ({ wish: { header: { alg: "ES256" } } }),
  "a key endorsed for another channel": (t) => ({ wish: { key: t.keys.webchat } }),
  "no audience": () => ({ wish: { claims: { aud: undefined } } }),
  "another audience": () => ({ wish: { claims: { aud: OTHER } } }),
  "an empty audience": () => ({ wish: { claims: { aud: "" } } }),
  "an audience that begins like ours": () => ({ wish: { claims: { aud: `${APP}0` } } }),
  "several audiences": () => ({ wish: { claims: { aud: [APP, OTHER] } } }),
  "no issuer": () => ({ wish: { claims: { iss: undefined } } }),
  "another issuer": () => ({ wish: { claims: { iss: "https://evil.example" } } }),
  "an issuer that begins like the channel's": () => ({ wish: { claims: { iss: `${ISSUER}.evil.example` } } }),
  "Entra as its issuer": () => ({ wish: { claims: { iss: `https://sts.windows.net/${TENANT}/` } } }),
  "the emulator as its issuer": () => ({ wish: { claims: { ...EMULATOR, appid: APP } } }),
  "another bot as its issuer": () => ({ wish: { claims: { ...EMULATOR, appid: OTHER } } }),
  "another bot of version 2 as its issuer": () => ({
    wish: { claims: { ...EMULATOR, ver: "2.0", azp: OTHER } },
  }),
  "a time that is over": () => ({ wish: { claims: { exp: now - 3_600 } } }),
  "a time that has not come": () => ({ wish: { claims: { nbf: now + 3_600, exp: now + 7_200 } } }),
  "a time that is no number": () => ({ wish: { claims: { exp: "tomorrow" } } }),
};

/** A right token for what is not ours to take. */
const foreign: Readonly<Record<string, Forged>> = {
  "another service in the token": () => ({ wish: { claims: { serviceurl: "https://evil.example/" } } }),
  "no service in the token": () => ({ wish: { claims: { serviceurl: undefined } } }),
  "another service in the activity": (t) => ({
    activity: t.activity("r1", { serviceUrl: "https://evil.example/" }),
  }),
  "a service without a closing slash": (t) => ({
    activity: t.activity("r1", { serviceUrl: t.service.url.slice(0, -1) }),
  }),
  "no service in the activity": (t) => ({ activity: t.activity("r1", { serviceUrl: undefined }) }),
  "a service in both that is none of Teams'": (t) => service(t, "https://evil.example/"),
  "a service whose name begins like Teams'": (t) =>
    service(t, "https://smba.trafficmanager.net.evil.example/"),
  "a service with Teams' name as a user": (t) => service(t, "https://smba.trafficmanager.net@evil.example/"),
  "Teams' service without HTTPS": (t) => service(t, "http://smba.trafficmanager.net/amer/"),
  "Teams' service on another port": (t) => service(t, "https://smba.trafficmanager.net:8443/amer/"),
  "a service that is a file": (t) => service(t, "file:///etc/passwd"),
  "a service that is no address": (t) => service(t, "nowhere"),
  "another tenant": (t) => tenants(t, OTHER, OTHER),
  "another tenant in the conversation": (t) => tenants(t, OTHER, TENANT),
  "another tenant in the channel's data": (t) => tenants(t, TENANT, OTHER),
  "no tenant": (t) => tenants(t, undefined, undefined),
  "a group chat": (t) => chat(t, "groupChat"),
  "a channel of a team": (t) => chat(t, "channel"),
  "a chat of no type that says it is a group": (t) => talk(t, { isGroup: true }),
  "a personal chat that says it is a group": (t) => talk(t, { conversationType: "personal", isGroup: true }),
  "a personal chat that says in words that it is a group": (t) =>
    talk(t, { conversationType: "personal", isGroup: "true" }),
  "a group that calls itself personal in capitals": (t) => talk(t, { conversationType: "Personal" }),
  "a chat whose type is no word": (t) => talk(t, { conversationType: null }),
  "a thread of no type": (t) => talk(t, { id: "19:abc@thread.v2" }),
  "a personal chat in a team": (t) => ({
    activity: t.activity("r1", { channelData: { tenant: { id: TENANT }, team: { id: "19:t" } } }),
  }),
  "another channel, endorsed for it": (t) => ({
    activity: t.activity("r1", { channelId: "webchat" }),
    wish: { key: t.keys.webchat },
  }),
  "a channel that the key is not endorsed for": (t) => ({
    activity: t.activity("r1", { channelId: "slack" }),
  }),
  "the channel of streaming extensions": (t) => ({ activity: t.activity("r1", { channelId: "AseChannel" }) }),
  "nobody's Entra account": (t) => ({ activity: t.activity("r1", { from: { id: "29:r1" } }) }),
};

describe("a request that is not Teams' own", () => {
  let teams: Office;
  beforeAll(async () => {
    teams = await office();
  });
  afterAll(() => teams[Symbol.asyncDispose]());

  const refused = async (forge: Forged) => {
    const { activity = teams.activity("r1"), wish = {} } = forge(teams);
    const response = await teams.post(activity, wish);
    return { status: response.status, body: await response.text() };
  };

  it.each(Object.entries(tokens))("is refused with 401 for its token: %s", async (_, forge) => {
    expect(await refused(forge)).toEqual({ status: 401, body: "" });
  });

  it.each(Object.entries(foreign))("is refused with 401 or 403: %s", async (_, forge) => {
    const { status, body } = await refused(forge);

    expect([401, 403]).toContain(status);
    expect(body).toBe("");
  });

  it("is one of sixty and more, none of which reached the core or made it speak", () => {
    expect(Object.keys(tokens).length + Object.keys(foreign).length).toBeGreaterThanOrEqual(60);
    expect(teams.received).toEqual([]);
    expect(teams.service.asked.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("is what the right one is not", async () => {
    const response = await teams.post(teams.activity("r1"));

    expect(response.status).toBe(200);
    expect(teams.received).toHaveLength(1);
    expect(teams.received[0]).toMatchObject({
      type: "said",
      text: "home",
      sender: { platform: "teams", account: objectOf("r1") },
    });
    expect(teams.received[0]!.event).toBe(`teams:${chatOf("r1")}:${lastId(teams)}`);
  });

  it("is neither one that says that it is no group", async () => {
    const before = teams.received.length;
    const conversation = { id: chatOf("r1"), conversationType: "personal", tenantId: TENANT, isGroup: false };

    const response = await teams.post(teams.activity("r1", { conversation }));

    expect(response.status).toBe(200);
    expect(teams.received).toHaveLength(before + 1);
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["nothing", ""],
    ["no type", "{}"],
    ["a type that is no word", `{"type":7}`],
    ["far too much", JSON.stringify({ type: "message", text: "x".repeat(300_000) })],
  ])("makes no sense: %s", async (_, body) => {
    expect((await teams.post(body)).status).toBe(400);
  });

  it("never shows a token or a text in a log", () => {
    expect(teams.logged.join("\n")).not.toMatch(/token-of-the-bot|home|eyJ/u);
  });
});

it("waits rather than believes when the channel's keys are out of reach", async () => {
  await using teams = await office();
  teams.keys.break();

  const response = await teams.post(teams.activity("r1"));

  expect(response.status).toBe(503);
  expect(teams.received).toEqual([]);
  expect(teams.platform.trouble()).toBe("requests");
});

const EMULATOR = {
  iss: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
  ver: "1.0",
};

const signed = (teams: Office, key: SigningKey = teams.keys.key): string => token(claimsFor(teams), key);
const claimsFor = (teams: Office) => ({
  iss: ISSUER,
  aud: APP,
  exp: now + 3_600,
  serviceurl: teams.service.url,
});

const tampered = (text: string): string => {
  const at = text.lastIndexOf(".") + 10;
  return text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
};

const exchanged = (text: string, claims: object): string => {
  const [head, body, signature] = text.split(".");
  const old = JSON.parse(Buffer.from(body!, "base64url").toString()) as object;
  return [head, encoded({ ...old, ...claims }), signature].join(".");
};

const unsigned = (teams: Office, alg: string): string =>
  `${encoded({ alg, typ: "JWT", kid: teams.keys.key.id })}.${encoded(claimsFor(teams))}.`;

function hmac(teams: Office): string {
  const { key } = teams.keys;
  const body = `${encoded({ alg: "HS256", typ: "JWT", kid: key.id })}.${encoded(claimsFor(teams))}`;
  const secret = key.publicKey.export({ type: "pkcs1", format: "pem" });
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

const service = (teams: Office, url: string) => ({
  activity: teams.activity("r1", { serviceUrl: url }),
  wish: { claims: { serviceurl: url } },
});

const tenants = (teams: Office, inConversation: string | undefined, inChannel: string | undefined) => ({
  activity: teams.activity("r1", {
    conversation: { id: chatOf("r1"), conversationType: "personal", tenantId: inConversation },
    channelData: { tenant: { id: inChannel } },
  }),
});

const talk = (teams: Office, conversation: object) => ({
  activity: teams.activity("r1", { conversation: { id: chatOf("r1"), tenantId: TENANT, ...conversation } }),
});

const chat = (teams: Office, conversationType: string) => ({
  activity: teams.activity("r1", { conversation: { id: chatOf("r1"), conversationType, tenantId: TENANT } }),
});

const lastId = (teams: Office): number => Number(teams.activity("r1")["id"]) - 1;
