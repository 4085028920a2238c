import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import type { Taken } from "./take.ts";

/** The name in a listener's context of what the core answered. */
export const TAKEN = "attune";

export interface SavingReceiver extends Receiver {
  /** From now on events are neither handled nor acknowledged. Slack delivers them again later, to a process that runs then. */
  close(): void;
  /** Resolves once what is under way is finished. */
  idle(): Promise<void>;
}

/**
 * A receiver that stores each act before Bolt sees it, because Bolt acknowledges events before it runs their listeners. An act
 * that could not be stored is not handed to Bolt and so not acknowledged. Slack delivers it again.
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
    if (taken.type === "nothing" || taken.type === "foreign") {
      await event.ack(taken.type === "foreign" ? taken.answer : undefined);
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
