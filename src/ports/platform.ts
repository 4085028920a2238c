import type { Call } from "./callers.ts";
import type { Download } from "./download.ts";
import type { Messenger } from "./messenger.ts";
import type { Inbound, BotResponse } from "./inbound.ts";
import type { Log } from "./log.ts";

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
  /** Whether acts of people arrive at the moment. */
  health(): "ok" | "failing";
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
  /** Returns a function to call for each request to the platform's own address. A platform asks for it once. */
  watchCalls?(platform: string): (call: Call) => void;
}
