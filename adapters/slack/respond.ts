import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";

/** Posts to the response address of a tap or command. False if that failed. */
export type Respond = (
  url: string | undefined,
  answer: Readonly<Record<string, unknown>>,
) => Promise<boolean>;

/** Whether an address is Slack's, or that of the configured SLACK_API_URL. */
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

/** Shows something a person waits for. Tries again if Slack asks us to wait or is out of reach. */
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
