import type { Card } from "#src/card/card.ts";
import type { Instant } from "#src/domain/time.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Shown } from "#src/ports/outbox.ts";

/** What a message shows since this process has sent or edited it. */
interface Last {
  /** Of the card: what somebody wrote is kept nowhere else than in the database. */
  readonly digest: string;
  /** To which its nudge's messages were edited. Another one in the database: another process has edited them since. */
  readonly version: number;
  readonly at: Instant;
}

/** Messages of which it is known what they show. An older one costs an edit that says the same. */
const MOST = 5_000;

/**
 * What messages show since this process has sent or edited them: an edit that changes nothing that its reader sees is not sent.
 * It is kept in memory alone. A process that starts again knows nothing, and its first edit of a message is always sent.
 */
export class LastShown {
  readonly #known = new Map<string, Last>();

  /** This message shows this card from now on. */
  shows({ platform, message }: Shown, card: Card, version: number, at: Instant): void {
    const place = placeOf(platform, message);
    const digest = digestOf(card);
    this.#known.delete(place);
    this.#known.set(place, { digest, version, at });
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value!);
  }

  /** Since when a message whose nudge was last edited to `version` shows this very card; undefined where that is not known. */
  sinceWhen({ platform, message }: Shown, card: Card, version: number): Instant | undefined {
    const last = this.#known.get(placeOf(platform, message));
    return last?.version === version && last.digest === digestOf(card) ? last.at : undefined;
  }
}

const placeOf = (platform: string, message: MessageRef): string => `${platform} ${message}`;

/**
 * FNV-1a twice, from two beginnings: of 64 bits, so that no two cards of a message meet by chance. The platform's own digests answer later, in
 * any order, and edits of one beat would then go out in another order each time.
 */
function digestOf(card: Card): string {
  const text = JSON.stringify(card);
  let [one, other] = [0x811c9dc5, 0x1000193];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x01000193) + one;
  }
  return `${one >>> 0} ${other >>> 0}`;
}
