import { act } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import type { DeliveryKey, MessageRef } from "#src/ports/messenger.ts";
import type { InboundRig } from "./rig.ts";

const NUDGE = 7 as NudgeId;
export const TAP = act({ verb: "answer", nudge: NUDGE, item: "help", about: undefined, value: "3" });
export const OTHER_TAP = act({ verb: "answer", nudge: NUDGE, item: "help", about: undefined, value: "1" });
export const WRITE = act({ verb: "write", nudge: NUDGE, item: "line", about: undefined });
/** What a platform may take for something else. */
export const ODD = "a < b & *c* _d_ <b>e</b> <@U1> 日本語 😀";

/** A card of Attune's stands in the person's chat. */
export const sent = (rig: InboundRig, card: Card, id = "k1"): Promise<MessageRef> =>
  rig.messenger.send(rig.person.address, card, key(id));

export const key = (text: string): DeliveryKey => text as DeliveryKey;

const NOTIFICATION = "A message from Attune";

/** A card that says one word. */
export const shown = (text: string): Card => ({
  locale: "en",
  notification: NOTIFICATION,
  blocks: [{ type: "text", text }],
});

/** A card with two answers to tap. */
export const asking: Card = {
  locale: "en",
  notification: NOTIFICATION,
  blocks: [
    {
      type: "question",
      text: "Mimosa",
      choices: [
        { label: "One", act: OTHER_TAP },
        { label: "Three", act: TAP },
      ],
    },
  ],
};

/** A card with a line to write. */
export const writing: Card = {
  locale: "en",
  notification: NOTIFICATION,
  blocks: [
    {
      type: "input",
      text: "Mimosa",
      name: "line",
      maximum: 140,
      submit: { label: "Send", act: WRITE },
    },
  ],
};
