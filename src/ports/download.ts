import type { FileRead } from "./inbound.ts";

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

/** Fetches a file once, without following it anywhere else. Never rejects. */
export type Download = (wanted: Downloaded) => Promise<FileRead>;

/** A place that a platform has made for one file of ours. */
export interface Uploaded {
  readonly url: string;
  readonly bytes: Uint8Array;
  /** Whether the platform keeps its files at this host. Nothing is sent anywhere else. */
  isOurs(url: URL): boolean;
}

/** Puts a whole file there, once. False if it is not there now. Never rejects. */
export type Upload = (wanted: Uploaded) => Promise<boolean>;
