import type { Call } from "./callers.ts";
import type { Messenger } from "./messenger.ts";
import type { Inbound, BotResponse } from "./inbound.ts";
import type { Log } from "./log.ts";

/** A chat platform that is configured: what carries cards to people, and what brings back what people do. */
export interface Platform {
  /** The same as its messenger's `platform`. */
  readonly name: string;
  readonly messenger: Messenger;
  /** What the platform calls over HTTP, to be mounted on Attune's own server. None where it is called over a socket. */
  readonly routes: readonly PlatformRoute[];
  /**
   * Makes sure of the credentials and begins to listen. A platform that is out of reach just now does not fail the start:
   * it goes on trying by itself.
   * @throws AttuneError `config` when the platform refuses the credentials
   */
  start(): Promise<void>;
  /** Takes nothing new, and finishes what is under way. */
  stop(): Promise<void>;
  /** Whether what people do arrives just now. */
  health(): "ok" | "failing";
}

export interface PlatformRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Bytes of the largest body that the process reads before it calls `handle`. Absent where none is looked at. */
  readonly largestBody?: number;
  handle(request: Request): Promise<Response>;
}

/** What a platform needs of the process. */
export interface PlatformDeps {
  /** The core's way in. By the time it resolves, what it says was kept is on disk. */
  receive(inbound: Inbound): Promise<BotResponse>;
  readonly log: Log;
  /** Who is told of the requests to a platform's own address, asked for once by each platform that has one. */
  watchCalls?(platform: string): (call: Call) => void;
}
