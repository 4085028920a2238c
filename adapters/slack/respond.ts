import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";

/** Answers by the address that came with a tap or a command. False when that did not work. */
export type Respond = (
  url: string | undefined,
  answer: Readonly<Record<string, unknown>>,
) => Promise<boolean>;

/** Slack's own address, or the one that this process was told to take for it. */
export function responder(apiUrl: string | undefined): Respond {
  const hosts = new Set([
    "hooks.slack.com",
    "hooks.slack-gov.com",
    ...(apiUrl === undefined ? [] : [new URL(apiUrl).host]),
  ]);
  return async (url, answer) => {
    if (url === undefined || !URL.canParse(url) || !hosts.has(new URL(url).host)) return false;
    try {
      const answered = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify(answer),
        redirect: "error",
        signal: AbortSignal.timeout(10_000),
      });
      await answered.body?.cancel();
      return answered.ok;
    } catch {
      return false;
    }
  };
}

const TRIES = 3;
const LONGEST = 60_000;

/** Somebody waits for this to be shown: where Slack asks for patience, or is out of reach, it is tried again. */
export async function insist<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let left = TRIES; ; left--) {
    try {
      return await call();
    } catch (error) {
      const isPassing =
        error instanceof AttuneError && (error.code === "rate-limited" || error.code === "unavailable");
      if (!isPassing || left <= 1) throw error;
      await sleep(Math.min(LONGEST, error.retryAfter ?? 1_000), undefined, { ref: false });
    }
  }
}
