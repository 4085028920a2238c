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
  /** The core's way in. By the time it resolves, what it says was kept is on disk. */
  receive(inbound: Inbound): Promise<BotResponse>;
  readonly log: Log;
}
