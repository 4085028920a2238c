import { setTimeout as sleepFor } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import type { PlatformTrouble } from "#src/ports/platform.ts";
import { refusalOf } from "./entra.ts";

/** Milliseconds that the start waits for Entra. */
const PATIENCE = 8_000;
/** Milliseconds before Entra is asked again, doubled each time up to the longest. */
const FIRST = 2_000;
const LONGEST = 60_000;
/** Milliseconds between two looks while all is well. */
const LOOK = 60_000;

export interface OwnToken {
  /** The bot's own token. Fails when none can be had just now. */
  get(): Promise<string>;
  /** Whether Entra refused us the last time, or gave no token. */
  trouble(): Extract<PlatformTrouble, "token" | "no-token"> | undefined;
  /** The first try. Where Entra is out of reach it goes on in the background. @throws AttuneError `config` when it refuses us */
  start(): Promise<void>;
  stop(): void;
}

/**
 * Watches whether Entra gives the bot its token, since nobody else may ask for hours: it asks now and then, which costs a request
 * only when the last token is over, and goes on asking while none is given.
 * @param every milliseconds
 */
export function ownToken(token: () => Promise<string>, log: Log, every = LOOK): OwnToken {
  const ending = new AbortController();
  let isGiven = false;
  let isRefused = false;
  let isAsking = false;
  let isWatched = false;

  const get = async (): Promise<string> => {
    try {
      const given = await token();
      isGiven = true;
      isRefused = false;
      return given;
    } catch (error) {
      isGiven = false;
      isRefused = refusalOf(error) !== undefined;
      void askAgain();
      throw error;
    }
  };

  const askAgain = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    for (let wait = FIRST; !isGiven && !ending.signal.aborted; wait = Math.min(LONGEST, 2 * wait)) {
      await sleepFor(wait * (0.5 + Math.random() / 2), undefined, {
        signal: ending.signal,
        ref: false,
      }).catch(() => undefined);
      if (!ending.signal.aborted && !isGiven) await get().catch(() => undefined);
    }
    isAsking = false;
    if (isGiven) log.info({}, "Microsoft Entra gives the bot its token again");
  };

  return {
    get,
    trouble: () => (isGiven ? undefined : isRefused ? "token" : "no-token"),
    async start() {
      if (!isWatched) nowAndThen(every, ending.signal, () => void get().catch(() => undefined));
      isWatched = true;
      const late = sleepFor(PATIENCE, "late" as const, { ref: false });
      try {
        if ((await Promise.race([get(), late])) === "late")
          log.warn({}, "Microsoft Entra does not answer; Attune goes on");
      } catch (cause) {
        const said = refusalOf(cause);
        if (said !== undefined)
          throw new AttuneError(
            "config",
            `Microsoft Entra refuses MicrosoftAppId with MicrosoftAppPassword (${said}): copy both anew from the Azure bot.`,
            { cause },
          );
        log.warn({}, "Microsoft Entra is out of reach just now; Attune goes on trying");
      }
    },
    stop: () => ending.abort(),
  };
}

function nowAndThen(pause: number, until: AbortSignal, look: () => void): void {
  const timer = setInterval(look, pause).unref();
  until.addEventListener("abort", () => clearInterval(timer), { once: true });
}
