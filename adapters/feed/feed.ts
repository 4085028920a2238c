import type { Feed, FeedPage } from "#src/ports/feed.ts";
import { fetchPage, type Limits } from "./page.ts";
import { qgendaSchedules } from "./qgenda.ts";
import { DIRECT } from "./request.ts";

const TIMEOUT = 20_000;
const MAXIMUM = 32_000_000;

/** Fetches feeds over https, page after page: one server is not asked for everything at once. */
export function httpFeed({
  timeout = TIMEOUT,
  maximum = MAXIMUM,
  proxyOf = DIRECT,
}: Partial<Limits> = {}): Feed {
  const limits = { timeout, maximum, proxyOf };
  const schedule = qgendaSchedules(limits);
  return {
    async fetch(request, before = []) {
      if (request.kind === "qgenda") {
        const pages = await schedule(request);
        return isSame(pages, before) ? { kind: "unchanged" } : { kind: "fresh", pages };
      }
      const pages: FeedPage[] = [];
      let isFresh = before.length !== request.addresses.length;
      for (const address of request.addresses) {
        const known = before.find((page) => page.address === address);
        const found = await fetchPage(address, known, limits);
        isFresh ||= found !== undefined;
        pages.push(found ?? known!);
      }
      return isFresh ? { kind: "fresh", pages } : { kind: "unchanged" };
    },
  };
}

const isSame = (pages: readonly FeedPage[], before: readonly FeedPage[]): boolean =>
  pages.length === before.length &&
  pages.every(({ bytes }, at) => Buffer.compare(bytes, before[at]!.bytes) === 0);
