import type { IncomingMessage } from "node:http";
import { AttuneError } from "#src/errors.ts";
import type { Feed, FeedMark, Fetched } from "#src/ports/feed.ts";
import { feedUrl } from "./addresses.ts";
import { ask, bodyOf } from "./request.ts";

export interface HttpFeedOptions {
  /** Milliseconds for one fetch, with redirects and body. */
  readonly timeout?: number;
  /** Bytes, unpacked. A feed of 50,000 shifts has about 15 million. */
  readonly maximum?: number;
}

const TIMEOUT = 20_000;
const MAXIMUM = 32_000_000;
const MOST_REDIRECTS = 5;

/**
 * Fetches feeds over https (and webcal). The operator's address may be in the hospital's own network. A redirect may stay on the
 * same server or lead to the public internet, but never to another private address.
 */
export const httpFeed = ({ timeout = TIMEOUT, maximum = MAXIMUM }: HttpFeedOptions = {}): Feed => ({
  async fetch(address, mark) {
    const first = feedUrl(address);
    const signal = AbortSignal.timeout(timeout);
    try {
      let url = first;
      for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
        const publicOnly = url.host !== first.host;
        const answer = await ask({ url, headers: conditions(mark), publicOnly, signal });
        const next = redirectOf(answer, url);
        if (next === undefined) return await fetched(answer, mark, maximum);
        answer.destroy();
        url = feedUrl(next.href);
      }
      throw new AttuneError("rejected", "the server sends us on and on");
    } catch (error) {
      throw told(error, signal, timeout);
    }
  },
});

function conditions(mark: FeedMark | undefined): Record<string, string> {
  return {
    ...(mark?.etag === undefined ? {} : { "if-none-match": mark.etag }),
    ...(mark?.lastModified === undefined ? {} : { "if-modified-since": mark.lastModified }),
  };
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  const { location } = headers;
  if (location === undefined || !URL.canParse(location, from))
    throw new AttuneError("rejected", "the server sends us on to nowhere");
  return new URL(location, from);
}

async function fetched(
  answer: IncomingMessage,
  mark: FeedMark | undefined,
  maximum: number,
): Promise<Fetched> {
  const { statusCode = 0, headers } = answer;
  if (statusCode === 304 && mark !== undefined) {
    answer.destroy();
    return { kind: "unchanged" };
  }
  if (statusCode !== 200) {
    answer.destroy();
    const isPassing = statusCode >= 500 || statusCode === 429 || statusCode === 408;
    throw new AttuneError(isPassing ? "unavailable" : "rejected", `the server answers ${statusCode}`);
  }
  const { etag, "last-modified": lastModified } = headers;
  const bytes = await bodyOf(answer, maximum);
  if (isWebPage(bytes))
    throw new AttuneError("rejected", "the server answers with a web page, as for signing in, and no roster");
  return {
    kind: "fresh",
    bytes,
    mark: {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    },
  };
}

/** Whether the body is a web page. No roster begins like this, whatever its content type says. */
const isWebPage = (bytes: Uint8Array): boolean =>
  /^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/isu.test(
    new TextDecoder().decode(bytes.subarray(0, 2_000)),
  );

/** An AttuneError without Node's own error as its cause: that may contain the address. */
function told(error: unknown, signal: AbortSignal, timeout: number): AttuneError {
  if (error instanceof AttuneError) return error;
  if (signal.aborted)
    return new AttuneError("unavailable", `the server took longer than ${Math.round(timeout / 1000)} s`);
  const code = (error as NodeJS.ErrnoException).code ?? "error";
  if (CERTIFICATE.test(code))
    return new AttuneError("rejected", `the server's certificate is not trusted (${code})`);
  return new AttuneError("unavailable", `the server cannot be reached (${code})`);
}

/** The codes of OpenSSL and Node for a wrong certificate: expired, unknown issuer, other host name. */
const CERTIFICATE = /CERT|SIGNATURE|ISSUER|CRL|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH/u;
