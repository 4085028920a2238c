import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { SlackSettings } from "./settings.ts";
import type { RateName } from "./limits.ts";
import type { Pace } from "./pace.ts";
import { slackError } from "./errors.ts";
import { quietLogger } from "./logger.ts";

/**
 * Settings of Slack's client. No retries, so that a message is posted once. No waiting after a 429: it would stop all
 * channels. A time-out, so that a call ends before the lease of its nudge.
 */
export const clientOptions = ({ apiUrl }: Pick<SlackSettings, "apiUrl">): WebClientOptions => ({
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  logger: quietLogger(),
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/` }),
});

export const slackClient = (settings: SlackSettings): WebClient =>
  new WebClient(settings.botToken, clientOptions(settings));

export interface CallRules {
  readonly rate: RateName;
  /** Milliseconds that the call may wait for its turn. */
  readonly patience: number;
  readonly channel?: string;
}

/** Calls Slack when the rate limits allow it. Errors become AttuneErrors. A 429 is remembered. */
export type Calls = <Answer>(
  method: string,
  rules: CallRules,
  call: (client: WebClient) => Promise<Answer>,
) => Promise<Answer>;

/** Every call waits at least `leastPatience` milliseconds for its turn. For commands, which are in no hurry. */
export const callsOf =
  (client: WebClient, pace: Pace, leastPatience = 0): Calls =>
  async (method, { rate, patience, channel }, call) => {
    await pace.take(rate, Math.max(patience, leastPatience), channel);
    try {
      return await call(client);
    } catch (cause) {
      const error = slackError(cause, method);
      if (error.code === "rate-limited") pace.rest(rate, error.retryAfter ?? 1_000);
      throw error;
    }
  };
