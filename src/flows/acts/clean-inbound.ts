import { cleanText, hiddenIn } from "#src/domain/text.ts";
import type { Inbound } from "#src/ports/inbound.ts";

/**
 * What a person did with their words cleaned, whatever platform it came from: before anything reads, checks, counts,
 * stores or echoes them. The rule: src/domain/text.ts.
 */
export function cleaned(inbound: Inbound): Inbound {
  if (inbound.type === "said") return { ...inbound, text: cleanText(inbound.text) };
  if (inbound.type !== "submitted") return inbound;
  const values = Object.entries(inbound.values).map(([name, value]) => [name, cleanText(value)] as const);
  return { ...inbound, values: Object.fromEntries(values) };
}

/** In letters: more than any platform's ids have, and as much as an index of every database bears. */
const LONGEST_ID = 1_000;

/**
 * Whether all by which an act is known is as a platform writes it: who, where, which event, which message. None is
 * cleaned: it would be another one's. An act without such ids is nobody's.
 */
export function isPlain(inbound: Inbound): boolean {
  const { event, sender } = inbound;
  const message = "message" in inbound ? inbound.message : undefined;
  return [event, sender.platform, sender.account, sender.address, message ?? "-"].every(
    (id) => id !== "" && id.length <= LONGEST_ID && hiddenIn(id) === undefined,
  );
}
