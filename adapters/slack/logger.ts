import { LogLevel, type Logger } from "@slack/web-api";

/** The SDK's log lines quote requests and people's words, so they are not written anywhere: we log what matters ourselves. */
export const quietLogger = (): Logger => ({
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
});
