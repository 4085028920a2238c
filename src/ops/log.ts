import { pino } from "pino";
import type { DestinationStream, LevelWithSilent } from "pino";
import type { Log } from "../ports/log.ts";
import { withoutSecrets } from "./redaction.ts";

/** A line that is written whatever the log's level is. */
export const logLine = (message: string): string =>
  `${JSON.stringify({ level: "info", time: new Date().toISOString(), msg: message })}\n`;

/**
 * A log of JSON lines by pino, to stdout by default, with levels by name. Callers log only ids, codes and counts. As a second line of defence, this
 * removes what looks like a person's words, a name or a secret.
 */
export function pinoLog(level: LevelWithSilent, to?: DestinationStream): Log {
  const formatters = {
    level: (name: string) => ({ level: name }),
    log: (fields: object): Record<string, unknown> => Object(withoutSecrets(fields)),
  };
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters };
  return pino(options, to ?? toStdout());
}

/** Letters that wait for room while nothing can be written; what is beyond them is lost. */
const MOST_WAITING = 1_000_000;

/** A log that cannot be written, since its disk is full, ends nobody's service: it goes on once there is room. */
function toStdout(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true, maxLength: MOST_WAITING });
  stream.on("error", () => {});
  return stream;
}
