/** What a server said of a version of a feed, to be told at the next look. */
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
   * One look. The address is a secret: no error repeats it.
   * @throws AttuneError `unavailable` when a later look may work, `rejected` when somebody must mend something
   */
  fetch(address: string, mark?: FeedMark): Promise<Fetched>;
}
