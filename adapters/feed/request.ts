import { lookup } from "node:dns";
import { lookup as lookedUp } from "node:dns/promises";
import type { IncomingMessage, RequestOptions } from "node:http";
import { isIP } from "node:net";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { AttuneError } from "#src/errors.ts";
import { isPrivate } from "./addresses.ts";

/** The proxy by which an address is to be asked; undefined where the way is direct. */
export type ProxyOf = (url: URL) => { readonly address: URL } | undefined;

export const DIRECT: ProxyOf = () => undefined;

/** One request, without redirects. */
export interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Only servers in the public internet are allowed. */
  readonly publicOnly: boolean;
  readonly signal: AbortSignal;
  readonly proxyOf: ProxyOf;
  /** Is sent as a form (POST). */
  readonly form?: URLSearchParams;
  /** Is put there (PUT). */
  readonly put?: Uint8Array;
}

/** Resolves to the head of the answer. Its body is not read yet. */
export async function ask({
  url,
  headers,
  publicOnly,
  signal,
  proxyOf,
  form,
  put,
}: Asked): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  const proxy = proxyOf(url);
  if (publicOnly && isIP(host) !== 0 && isPrivate(host)) throw new PrivateAddress();
  if (publicOnly && proxy !== undefined && (await isPrivateHere(host))) throw new PrivateAddress();
  const type = form && { "content-type": "application/x-www-form-urlencoded" };
  const options: RequestOptions = {
    method: put !== undefined ? "PUT" : form === undefined ? "GET" : "POST",
    headers: { "user-agent": "Attune", accept: "text/calendar, text/csv, */*", ...type, ...headers },
    signal,
    ...(await wayTo(proxy?.address, publicOnly)),
  };
  // Loaded when something is asked for: Node's HTTP takes longer to load than most commands take to run.
  const { request } = await (url.protocol === "http:" ? import("node:http") : import("node:https"));
  return new Promise((resolve, reject) => {
    request(url, options, resolve)
      .once("error", reject)
      .end(put ?? form?.toString());
  });
}

/**
 * Directly, the name is resolved once, for the check and the connection, so the address cannot change in between. A proxy resolves
 * the name itself.
 */
async function wayTo(proxy: URL | undefined, publicOnly: boolean): Promise<RequestOptions> {
  if (proxy === undefined) return { agent: false, ...(publicOnly ? { lookup: publicLookup } : {}) };
  const { Agent } = await import("node:https");
  return { agent: new Agent({ proxyEnv: { HTTPS_PROXY: proxy.href } }) };
}

/**
 * Whether a name is one of a private network by what this machine knows of it. Where it knows nothing, since only the proxy resolves
 * names of the internet, the proxy decides.
 */
const isPrivateHere = async (host: string): Promise<boolean> =>
  (await lookedUp(host, { all: true }).catch(() => [])).some(({ address }) => isPrivate(address));

const publicLookup: NonNullable<RequestOptions["lookup"]> = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, "", 4);
    if (found.some(({ address }) => isPrivate(address))) return done(new PrivateAddress(), "", 4);
    if (options.all === true) return done(null, found);
    return done(null, found[0]?.address ?? "", found[0]?.family ?? 4);
  });
};

/** The address that we are sent to is one of a private network. */
export class PrivateAddress extends AttuneError {
  constructor() {
    super("rejected", "the server sends us on to an address of a private network");
  }
}

/** The body is larger than allowed. */
export class TooLarge extends AttuneError {
  constructor(maximum: number) {
    super("rejected", `it is larger than ${Math.round(maximum / 1_000_000)} MB`);
  }
}

/** The whole unpacked body. Fails as soon as it is larger than allowed. */
export async function bodyOf(message: IncomingMessage, maximum: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of unpacked(message)) {
    size += (part as Uint8Array).length;
    if (size > maximum) {
      message.destroy();
      throw new TooLarge(maximum);
    }
    parts.push(part as Uint8Array);
  }
  if (!message.complete) throw new AttuneError("unavailable", "the connection ended before the roster did");
  return Buffer.concat(parts);
}

function unpacked(message: IncomingMessage): Readable {
  const unpack = {
    gzip: createGunzip,
    "x-gzip": createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  const encoding = (message.headers["content-encoding"] ?? "identity").toLowerCase();
  const make = unpack[encoding as keyof typeof unpack];
  if (make === undefined) return message;
  const out = make();
  message.once("error", (error) => out.destroy(error));
  return message.pipe(out);
}
