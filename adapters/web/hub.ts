import type { ChatMessage } from "#src/ports/chat.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";

/** An event for the open pages of the playground. */
export type HubEvent =
  /** A message arrived or was edited. */
  | { readonly type: "message"; readonly message: ChatMessage; readonly edited: boolean }
  /** The clock moved. */
  | { readonly type: "time"; readonly now: Instant }
  /** A message was taken out of its chat. */
  | { readonly type: "removed"; readonly person: PersonId; readonly id: number }
  /** A person reads another language, or was erased: their phone must load again. */
  | { readonly type: "chat"; readonly person: PersonId }
  /** Everything has changed: the page must load again. */
  | { readonly type: "resync" }
  /** The process closes. */
  | { readonly type: "close" };

export type HubListener = (event: HubEvent, sequence: number) => void;

/** Sends events to every open page, in the same order. */
export interface Hub {
  /** Sends an event without waiting. Returns its number in the order. */
  push(event: HubEvent): number;
  /** The number of the last event. */
  last(): number;
  /** Returns a function that ends the subscription. */
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
    last: () => sequence,
    subscribe(listener) {
      // A page that connects while the process closes is ended at once.
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
