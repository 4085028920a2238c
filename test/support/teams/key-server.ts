import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { listening, type Listening } from "./listening.ts";

export const ISSUER = "https://api.botframework.com";

export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const newKey = (id: string): SigningKey => ({
  id,
  ...generateKeyPairSync("rsa", { modulusLength: 2048 }),
});

/** Claims of a token that the channel would send; what a test names takes their place, and `undefined` leaves one out. */
export type Claims = Readonly<Record<string, unknown>>;

/** A JSON web token, signed with `key` (RS256, or as the header says). */
export function token(claims: Claims, key: SigningKey, header: Claims = {}): string {
  const head = { alg: "RS256", typ: "JWT", kid: key.id, ...header };
  const body = `${encoded(head)}.${encoded(claims)}`;
  return `${body}.${createSign("RSA-SHA256").update(body).sign(key.privateKey, "base64url")}`;
}

export const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export interface KeyServer extends AsyncDisposable {
  /** Every request to it ends in a broken connection from now on. */
  break(): void;
  /** What of the SDK's settings points to it: the whole group, since it takes them all or none. */
  readonly cloud: Readonly<Record<string, string>>;
  /** Endorsed for Teams. */
  readonly key: SigningKey;
  /** Endorsed for another channel. */
  readonly webchat: SigningKey;
}

/** The channel's keys: one pair for all servers of a process, since to make one costs more than most tests. */
let channelsKeys: { readonly key: SigningKey; readonly webchat: SigningKey } | undefined;

/** The channel's key server, as a test owns it. */
export async function keyServer(): Promise<KeyServer> {
  const { key, webchat } = (channelsKeys ??= { key: newKey("teams"), webchat: newKey("webchat") });
  let isBroken = false;
  const server: Listening = await listening((request, _body, answer) => {
    if (isBroken) return request.socket.destroy();
    if (request.url === "/openid") return answer(200, { issuer: ISSUER, jwks_uri: `${server.url}/keys` });
    const jwk = ({ id, publicKey }: SigningKey, endorsements: readonly string[]) => ({
      ...publicKey.export({ format: "jwk" }),
      use: "sig",
      kid: id,
      endorsements,
    });
    return answer(200, { keys: [jwk(key, ["msteams"]), jwk(webchat, ["webchat"])] });
  });
  const openid = `${server.url}/openid`;
  return {
    key,
    webchat,
    break: () => void (isBroken = true),
    cloud: {
      ToChannelFromBotLoginUrl: `${server.url}/login`,
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: openid,
      ToBotFromEmulatorOpenIdMetadataUrl: openid,
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
