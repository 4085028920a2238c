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
  async shows({ platform, message }: Shown, card: Card, version: number, at: Instant): Promise<void> {
    const place = placeOf(platform, message);
    const digest = await digestOf(card);
    this.#known.delete(place);
    this.#known.set(place, { digest, version, at });
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value!);
  }

  /** Since when a message whose nudge was last edited to `version` shows this very card; undefined where that is not known. */
  async sinceWhen({ platform, message }: Shown, card: Card, version: number): Promise<Instant | undefined> {
    const last = this.#known.get(placeOf(platform, message));
    return last?.version === version && last.digest === (await digestOf(card)) ? last.at : undefined;
  }
}

const placeOf = (platform: string, message: MessageRef): string => `${platform} ${message}`;

async function digestOf(card: Card): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(card));
  return new Uint32Array(await crypto.subtle.digest("SHA-256", bytes)).join(" ");
}
