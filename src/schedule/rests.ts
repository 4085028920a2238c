import { HOUR, SECOND } from "#src/domain/time.ts";
import { AttuneError, codeOf } from "#src/errors.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Card } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { DeliveryKey, Directory, Messenger } from "#src/ports/messenger.ts";

/** So many failures in a row are the platform's, and not one message's. */
const IN_A_ROW = 3;
/** Milliseconds that a platform in trouble is left alone. What hangs then costs a time-out for few, and not for everybody. */
const REST = 30 * SECOND;

/** The platform is left alone just now: nothing was asked of it. */
export class Resting extends AttuneError {}

/** A messenger whose platform is left alone where that is better. */
export interface RestfulMessenger extends Messenger {
  /**
   * @param comesAnyway whether this message is sent whatever anybody has answered. Only what became of such a message ends
   * a row of failures: else the moment of other people's messages would tell of a private goal
   */
  send(to: Address, card: Card, key: DeliveryKey, comesAnyway?: boolean): ReturnType<Messenger["send"]>;
}

/**
 * The same messenger, which asks nothing of its platform while that wants to be left alone or is in trouble: people on
 * other platforms do not wait behind it.
 */
export function restful(messenger: Messenger, clock: Pick<Clock, "now">): RestfulMessenger {
  const quiet = new Map<string, number>();
  let inARow = 0;
  let trouble = 0;

  const left = (until: number): number => {
    const wait = until - clock.now();
    // A clock may step back: no rest is that long.
    return wait > HOUR ? 0 : wait;
  };

  const guarded = async <Result>(
    what: string,
    work: () => Promise<Result>,
    endsRow = false,
  ): Promise<Result> => {
    const asked = left(quiet.get(what) ?? 0);
    if (asked > 0)
      throw new Resting("rate-limited", "The platform asked to be left alone.", { retryAfter: asked });
    const rest = left(trouble);
    if (rest > 0) throw new Resting("unavailable", "The platform is in trouble.", { retryAfter: rest });
    try {
      const result = await work();
      if (endsRow) inARow = 0;
      return result;
    } catch (error) {
      heed(what, error, endsRow);
      throw error;
    }
  };

  const heed = (what: string, error: unknown, endsRow: boolean): void => {
    const code = codeOf(error);
    if (code === "rate-limited")
      quiet.set(what, clock.now() + Math.min(HOUR, (error as AttuneError).retryAfter ?? SECOND));
    if (code === "unavailable" || code === "ambiguous") inARow += 1;
    else if (endsRow) inARow = 0;
    if (inARow >= IN_A_ROW) trouble = clock.now() + REST;
  };

  const { find, directory } = messenger;
  return {
    ...messenger,
    send: (to, card, key, comesAnyway = false) =>
      guarded("send", () => messenger.send(to, card, key), comesAnyway),
    update: (message, card) => guarded("update", () => messenger.update(message, card)),
    ...(find === undefined
      ? {}
      : { find: (to, key) => guarded("find", () => find.call(messenger, to, key)) }),
    ...(directory === undefined ? {} : { directory: restfulDirectory(directory, guarded) }),
  };
}

const restfulDirectory = (
  directory: Directory,
  guarded: <Result>(what: string, work: () => Promise<Result>) => Promise<Result>,
): Directory => ({
  accountOf: (email, how) => guarded("directory", () => directory.accountOf(email, how)),
  emailsOf: (account) => directory.emailsOf(account),
});
