import { HOUR, SECOND } from "#src/domain/time.ts";
import { AttuneError, codeOf } from "#src/errors.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Directory, Messenger } from "#src/ports/messenger.ts";

/** So many failures in a row are the platform's, and not one message's. */
const IN_A_ROW = 3;
/** Milliseconds that a platform in trouble is left alone. What hangs then costs a time-out for few, and not for everybody. */
const REST = 30 * SECOND;

/** The platform is left alone just now: nothing was asked of it. */
export class Resting extends AttuneError {}

/**
 * The same messenger, which asks nothing of its platform while that wants to be left alone or is in trouble: people on
 * other platforms do not wait behind it.
 */
export function restful(messenger: Messenger, clock: Pick<Clock, "now">): Messenger {
  const quiet = new Map<string, number>();
  let inARow = 0;
  let trouble = 0;

  const left = (until: number): number => {
    const wait = until - clock.now();
    // A clock may step back: no rest is that long.
    return wait > HOUR ? 0 : wait;
  };

  const guarded = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    const asked = left(quiet.get(what) ?? 0);
    if (asked > 0)
      throw new Resting("rate-limited", "The platform asked to be left alone.", { retryAfter: asked });
    const rest = left(trouble);
    if (rest > 0) throw new Resting("unavailable", "The platform is in trouble.", { retryAfter: rest });
    try {
      const result = await work();
      inARow = 0;
      return result;
    } catch (error) {
      heed(what, error);
      throw error;
    }
  };

  const heed = (what: string, error: unknown): void => {
    const code = codeOf(error);
    if (code === "rate-limited")
      quiet.set(what, clock.now() + Math.min(HOUR, (error as AttuneError).retryAfter ?? SECOND));
    inARow = code === "unavailable" || code === "ambiguous" ? inARow + 1 : 0;
    if (inARow >= IN_A_ROW) trouble = clock.now() + REST;
  };

  const { find, directory } = messenger;
  return {
    ...messenger,
    send: (to, card, key) => guarded("send", () => messenger.send(to, card, key)),
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
