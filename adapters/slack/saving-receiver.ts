import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import type { Taken } from "./take.ts";

/** Under this name a listener finds in its context what was taken. */
export const TAKEN = "attune";

export interface SavingReceiver extends Receiver {
  /** What comes from now on is neither taken nor acknowledged: Slack delivers it again, to whoever is there then. */
  close(): void;
  /** Resolves once what is under way is finished. */
  idle(): Promise<void>;
}

/**
 * A receiver that keeps what happened before Bolt sees it, because Bolt acknowledges events before their listeners
 * run. What could not be kept is not handed on and so not acknowledged: Slack delivers it again.
 */
export function savingReceiver(
  inner: Receiver,
  take: (body: unknown, repeat: number) => Promise<Taken>,
): SavingReceiver {
  const underWay = new Set<Promise<void>>();
  let isClosed = false;

  const process = async (app: App, event: ReceiverEvent): Promise<void> => {
    const taken = await take(event.body, event.retryNum ?? 0);
    if (taken.type === "again") return;
    if (taken.type === "nothing") {
      await event.ack();
      return;
    }
    await app.processEvent({ ...event, customProperties: { ...event.customProperties, [TAKEN]: taken } });
  };

  return {
    init(app) {
      const saving = {
        async processEvent(event: ReceiverEvent): Promise<void> {
          if (isClosed) return;
          const work = process(app, event).finally(() => underWay.delete(work));
          underWay.add(work);
          await work;
        },
      };
      inner.init(saving as unknown as App);
    },
    start: (...settings: unknown[]) => inner.start(...settings),
    stop: (...settings: unknown[]) => inner.stop(...settings),
    close() {
      isClosed = true;
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
