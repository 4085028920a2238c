/** One file that a platform keeps. */
export interface Downloaded {
  readonly url: string;
  /** Is sent along, to this address alone. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the platform keeps its files at this host. Anything else is not asked for anything. */
  isOurs(url: URL): boolean;
  /** Whether it may be in a private network: a stand-in of the platform on this machine. */
  readonly isNear?: boolean;
}

/**
 * What came. `refused`: whoever asked may not read it. `page`: a web page came in its place, or the way to one. The others are those of
 * `FileRead`.
 */
export type DownloadResult =
  | { readonly bytes: Uint8Array }
  | { readonly trouble: "too-large" | "refused" | "page" | "unavailable" | "elsewhere" };

/** Fetches a file once, without following it anywhere else. Never rejects. */
export type Download = (wanted: Downloaded) => Promise<DownloadResult>;

/** A place that a platform has made for one file of ours. */
export interface Uploaded {
  readonly url: string;
  readonly bytes: Uint8Array;
  /** Whether the platform keeps its files at this host. Nothing is sent anywhere else. */
  isOurs(url: URL): boolean;
}

/** Puts a whole file there, once. False if it is not there now. Never rejects. */
export type Upload = (wanted: Uploaded) => Promise<boolean>;
