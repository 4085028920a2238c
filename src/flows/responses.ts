import type { Card } from "#src/card/card.ts";
import type { RefusalReason, BotResponse } from "#src/ports/inbound.ts";

/** A response, and what else the act has made due: asks, or a new plan and whatever that makes due. */
export type Handled = BotResponse & { readonly makesDue?: "asks" | "plan" };

/** The response for a refused act. `card`: what the message should show now. */
export const refused = (reason: RefusalReason, text: string, card?: Card): BotResponse => ({
  kind: "refused",
  reason,
  text,
  ...(card === undefined ? {} : { card }),
});

/** A card as a new message. */
export const shown = (card: Card): Extract<BotResponse, { kind: "card" }> => ({
  kind: "card",
  card,
  replace: false,
});
