import { lookup } from "node:dns";
import { request as plainRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP } from "node:net";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { AttuneError } from "#src/errors.ts";
import { isPrivate } from "./addresses.ts";

/** One request, without redirects. */
export interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Only servers in the public internet are allowed. */
  readonly publicOnly: boolean;
  readonly signal: AbortSignal;
  /** Is sent as a form (POST). */
  readonly form?: URLSearchParams;
}

/** Resolves to the head of the answer. Its body is not read yet. */
export function ask({ url, headers, publicOnly, signal, form }: Asked): Promise<IncomingMessage> {
  // The name is resolved once, for the check and the connection. So the address cannot change in between.
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  if (publicOnly && isIP(host) !== 0 && isPrivate(host)) return Promise.reject(toPrivate());
  const type = form && { "content-type": "application/x-www-form-urlencoded" };
  const options: RequestOptions = {
    method: form === undefined ? "GET" : "POST",
    headers: { "user-agent": "Attune", accept: "text/calendar, text/csv, */*", ...type, ...headers },
    signal,
    agent: false,
    ...(publicOnly ? { lookup: publicLookup } : {}),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === "http:" ? plainRequest : secureRequest;
    send(url, options, resolve).once("error", reject).end(form?.toString());
  });
}

const publicLookup: NonNullable<RequestOptions["lookup"]> = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, "", 4);
    if (found.some(({ address }) => isPrivate(address))) return done(toPrivate(), "", 4);
    if (options.all === true) return done(null, found);
    return done(null, found[0]?.address ?? "", found[0]?.family ?? 4);
  });
};

const toPrivate = () =>
  new AttuneError("rejected", "the server sends us on to an address of a private network");

/** The whole unpacked body. Fails as soon as it is larger than allowed. */
export async function bodyOf(message: IncomingMessage, maximum: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of unpacked(message)) {
    size += (part as Uint8Array).length;
    if (size > maximum) {
      message.destroy();
      throw new AttuneError("rejected", `it is larger than ${Math.round(maximum / 1_000_000)} MB`);
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
