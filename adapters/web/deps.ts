import type { ChatLog } from "#src/ports/chat.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Stage } from "#src/ports/stage.ts";
import type { Hub } from "./hub.ts";

/** What the playground needs of the process. */
export interface PlaygroundDeps {
  readonly stage: Stage;
  readonly chat: ChatLog;
  readonly hub: Hub;
  /** Hands an act to the core. Once it resolves, what the response says was stored is on disk. */
  receive(inbound: Inbound): Promise<BotResponse>;
  readonly log: Log;
}
