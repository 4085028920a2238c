import { pino } from "pino";
import type { DestinationStream, LevelWithSilent } from "pino";
import type { Log } from "../ports/log.ts";
import { withoutSecrets } from "./redaction.ts";

/**
 * A log of JSON lines by pino, to stdout by default. Callers log only ids, codes and counts. As a second line of defence, this
 * removes what looks like a person's words, a name or a secret.
 */
export function pinoLog(level: LevelWithSilent, to?: DestinationStream): Log {
  const formatters = { log: (fields: object): Record<string, unknown> => Object(withoutSecrets(fields)) };
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters };
  return to === undefined ? pino(options) : pino(options, to);
}
