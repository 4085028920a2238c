import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { SlackSettings } from "./settings.ts";
import type { RateName } from "./limits.ts";
import type { Pace } from "./pace.ts";
import { slackError } from "./errors.ts";
import { quietLogger } from "./logger.ts";

/**
 * Without the client's own retries it posts once; its own waiting after a 429 would stall every channel; and
 * without a time-out a call could outlive the lease of what it sends.
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

/** Calls Slack in its turn; what fails is in the process's words, and a wish for silence is kept. */
export type Calls = <Answer>(
  method: string,
  rules: CallRules,
  call: (client: WebClient) => Promise<Answer>,
) => Promise<Answer>;

/** `leastPatience` milliseconds are waited for a turn even where a call would rather give up: for whoever is in no hurry. */
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
