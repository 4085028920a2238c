import type { Calls } from "./calls.ts";
import { isTokenRefused } from "./errors.ts";

/** Whether Slack takes our token, by what it answers to calls. */
export interface TokenWatch {
  /** The same calls, whose answers tell. */
  watched(calls: Calls): Calls;
  accepted(): void;
  failed(error: unknown): void;
  isRefused(): boolean;
}

export function tokenWatch(): TokenWatch {
  let isRefused = false;
  const accepted = (): void => {
    isRefused = false;
  };
  const failed = (error: unknown): void => {
    if (isTokenRefused(error)) isRefused = true;
  };
  return {
    watched: (calls) => (method, rules, call) =>
      calls(method, rules, async (client) => {
        try {
          const answer = await call(client);
          accepted();
          return answer;
        } catch (error) {
          failed(error);
          throw error;
        }
      }),
    accepted,
    failed,
    isRefused: () => isRefused,
  };
}
