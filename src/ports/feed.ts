import type { DateText } from "#src/domain/time.ts";

/** What a server says to identify a version of a page (ETag, Last-Modified). It is sent along with the next request. */
export interface FeedMark {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** What to fetch. What stands in it is a secret. */
export type FeedRequest =
  /** Each address is one page of the same roster. */
  | { readonly kind: "pages"; readonly addresses: readonly string[] }
  /** What QGenda has for an account, from the first day to the last one, both included. */
  | { readonly kind: "qgenda"; readonly account: string; readonly from: DateText; readonly to: DateText };

/** One page of a feed as it was fetched. It has its address, a secret, to be known again by whoever fetches. */
export interface FeedPage {
  readonly address: string;
  readonly bytes: Uint8Array;
  readonly mark: FeedMark;
}

export type Fetched =
  /** All pages: what one of them says is never told without the others. */
  | { readonly kind: "fresh"; readonly pages: readonly FeedPage[] }
  /** The same as `before`. */
  | { readonly kind: "unchanged" };

/** Fetches rosters that are published at an address. */
export interface Feed {
  /**
   * Fetches once. No error contains an address or anything else of the request.
   *
   * @param before what the last look brought; a server may say that it has not changed
   * @throws AttuneError `unavailable` when a later try may work (not before `retryAfter`, where the server says so),
   *   `rejected` when an operator has to change something
   */
  fetch(request: FeedRequest, before?: readonly FeedPage[]): Promise<Fetched>;
}
