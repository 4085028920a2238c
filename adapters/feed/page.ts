import type { IncomingMessage } from "node:http";
import { AttuneError } from "#src/errors.ts";
import type { FeedMark, FeedPage } from "#src/ports/feed.ts";
import { feedUrl } from "./addresses.ts";
import { ask, bodyOf, type ProxyOf } from "./request.ts";
import { refusedBy, told } from "./trouble.ts";

export interface Limits {
  /** Milliseconds for one request, with redirects and body. */
  readonly timeout: number;
  /** Bytes, unpacked. A feed of 50,000 shifts has about 15 million. */
  readonly maximum: number;
  readonly proxyOf: ProxyOf;
}

const MOST_REDIRECTS = 5;

/**
 * Fetches one page over https (and webcal); undefined when it is as it was. The operator's address may be in the hospital's own
 * network. A redirect may stay on the same server or lead to the public internet, but never to another private address.
 *
 * @param before the page as it was fetched last, from this address
 */
export async function fetchPage(
  address: string,
  before: FeedPage | undefined,
  { timeout, maximum, proxyOf }: Limits,
): Promise<FeedPage | undefined> {
  const first = feedUrl(address);
  const signal = AbortSignal.timeout(timeout);
  try {
    let url = first;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const publicOnly = url.host !== first.host;
      const answer = await ask({ url, headers: conditions(before?.mark), publicOnly, signal, proxyOf });
      const next = redirectOf(answer, url);
      if (next === undefined) return await pageOf(answer, address, before, maximum);
      answer.destroy();
      url = feedUrl(next.href);
    }
    throw new AttuneError("rejected", "the server sends us on and on");
  } catch (error) {
    throw told(error, signal, timeout);
  }
}

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

async function pageOf(
  answer: IncomingMessage,
  address: string,
  before: FeedPage | undefined,
  maximum: number,
): Promise<FeedPage | undefined> {
  const { statusCode = 0, headers } = answer;
  if (statusCode === 304 && before !== undefined) {
    answer.destroy();
    return undefined;
  }
  if (statusCode !== 200) throw refusedBy(answer);
  const { etag, "last-modified": lastModified } = headers;
  const bytes = await bodyOf(answer, maximum);
  if (isWebPage(bytes))
    throw new AttuneError("rejected", "the server answers with a web page, as for signing in, and no roster");
  return {
    address,
    bytes,
    mark: {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    },
  };
}

/** Whether the body is a web page. No roster begins like this, whatever its content type says. */
export const isWebPage = (bytes: Uint8Array): boolean =>
  /^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/isu.test(
    new TextDecoder().decode(bytes.subarray(0, 2_000)),
  );
