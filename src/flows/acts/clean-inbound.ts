import { cleanText, hiddenIn } from "#src/domain/text.ts";
import type { Inbound } from "#src/ports/inbound.ts";

/**
 * An act with its text cleaned (by the rule of src/domain/text.ts). This happens before anything else reads, checks, counts, stores
 * or shows the text.
 */
export function cleaned(inbound: Inbound): Inbound {
  if (inbound.type === "said" || inbound.type === "edited")
    return { ...inbound, text: cleanText(inbound.text) };
  if (inbound.type !== "submitted") return inbound;
  const values = Object.entries(inbound.values).map(([name, value]) => [name, cleanText(value)] as const);
  return { ...inbound, values: Object.fromEntries(values) };
}

/** The longest id, in letters. No platform has longer ones, and every database can index it. */
const LONGEST_ID = 1_000;

/**
 * Whether all ids of an act (account, address, event, message) are valid. Ids are never cleaned, since a cleaned id could be another
 * person's. An act with an invalid id is treated as an unknown person's.
 */
export function isPlain(inbound: Inbound): boolean {
  const { event, sender } = inbound;
  const message = "message" in inbound ? inbound.message : undefined;
  const under = inbound.type === "said" ? inbound.under : undefined;
  const said = "said" in inbound ? inbound.said : undefined;
  return [
    event,
    sender.platform,
    sender.account,
    sender.address,
    message ?? "-",
    under ?? "-",
    said ?? "-",
  ].every((id) => id !== "" && id.length <= LONGEST_ID && hiddenIn(id) === undefined);
}
