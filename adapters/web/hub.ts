import type { ChatMessage } from "#src/ports/chat.ts";
import type { CastMember } from "#src/ports/stage.ts";
import type { Instant } from "#src/domain/time.ts";

/** What the open pages of the playground are told. */
export type HubEvent =
  /** A message arrived in a chat, or shows something else from now on. */
  | { readonly type: "message"; readonly message: ChatMessage; readonly edited: boolean }
  /** The clock moved. */
  | { readonly type: "time"; readonly now: Instant }
  /** Somebody reads Attune in another language from now on. */
  | { readonly type: "person"; readonly member: CastMember }
  /** What a page has seen is no longer so: it reads everything again. */
  | { readonly type: "resync" }
  /** The process closes. */
  | { readonly type: "close" };

export type HubListener = (event: HubEvent, sequence: number) => void;

/** Tells every open page what happened, in one order. */
export interface Hub {
  /** Resolves nothing and waits for nobody; returns the event's place in the order. */
  push(event: HubEvent): number;
  /** Returns the way out. */
  subscribe(listener: HubListener): () => void;
  /** Ends every page's stream, so that a server can close. */
  close(): void;
}

export function createHub(): Hub {
  const listeners = new Set<HubListener>();
  let sequence = 0;
  let isClosed = false;

  const push = (event: HubEvent): number => {
    sequence += 1;
    for (const listener of listeners) listener(event, sequence);
    return sequence;
  };

  return {
    push,
    subscribe(listener) {
      // A page that comes while the process closes is not kept waiting.
      if (isClosed) listener({ type: "close" }, sequence);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      isClosed = true;
      push({ type: "close" });
      listeners.clear();
    },
  };
}
