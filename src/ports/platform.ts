import type { Call } from "./callers.ts";
import type { Download, Upload } from "./download.ts";
import type { Messenger } from "./messenger.ts";
import type { Inbound, BotResponse } from "./inbound.ts";
import type { Log } from "./log.ts";

/** What can keep a platform from its work. */
export const PLATFORM_TROUBLES = [
  /** It refuses our credentials. */
  "token",
  /** It gives us no token just now, so that nothing can be sent. */
  "no-token",
  /** Requests to our own address are not believed: a wrong secret, app id or tenant, or the keys to check them are out of reach. */
  "requests",
  /** It is out of reach, or has not started. */
  "connection",
] as const;

export type PlatformTrouble = (typeof PLATFORM_TROUBLES)[number];

/** A configured chat platform. It sends cards to people and reports what people do. */
export interface Platform {
  /** The same as its messenger's `platform`. */
  readonly name: string;
  readonly messenger: Messenger;
  /** The HTTP routes that the platform calls; Attune's server mounts them. None for a platform that uses a socket. */
  readonly routes: readonly PlatformRoute[];
  /**
   * Checks the credentials and begins to listen. If the platform is out of reach, the start does not fail: the platform
   * goes on trying by itself. It may be called again after it has failed.
   * @throws AttuneError `config` when the platform refuses the credentials
   */
  start(): Promise<void>;
  /** Accepts nothing new, and finishes what is under way. */
  stop(): Promise<void>;
  /** What keeps messages from going out, or what people do from arriving, at the moment. */
  trouble(): PlatformTrouble | undefined;
}

export interface PlatformRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** The largest body that is accepted, in bytes. Absent for a route that reads no body. */
  readonly largestBody?: number;
  handle(request: Request): Promise<Response>;
}

/** What a platform needs of the process. */
export interface PlatformDeps {
  /** Hands an act to the core. Once it resolves, what the response says was stored is on disk. */
  receive(inbound: Inbound): Promise<BotResponse>;
  readonly log: Log;
  /** Fetches files that people give. Without it, none can be had. */
  readonly download?: Download;
  /** Puts files where a platform has made room for them. Without it, none can be given that way. */
  readonly upload?: Upload;
  /** Returns a function to call for each request to the platform's own address. A platform asks for it once. */
  watchCalls?(platform: string): (call: Call) => void;
}
