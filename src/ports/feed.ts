/** What a server says to identify a version of a feed (ETag, Last-Modified). It is sent along with the next request. */
export interface FeedMark {
  readonly etag?: string;
  readonly lastModified?: string;
}

export type Fetched =
  | { readonly kind: "fresh"; readonly bytes: Uint8Array; readonly mark: FeedMark }
  /** The same as when `mark` was given. */
  | { readonly kind: "unchanged" };

/** Fetches rosters that are published at an address. */
export interface Feed {
  /**
   * Fetches once. The address is a secret: no error contains it.
   * @throws AttuneError `unavailable` when a later try may work, `rejected` when an operator has to change something
   */
  fetch(address: string, mark?: FeedMark): Promise<Fetched>;
}
