import { pino } from "pino";
import type { DestinationStream, LevelWithSilent } from "pino";
import type { Log } from "../ports/log.ts";
import { withoutSecrets } from "./redaction.ts";

/**
 * JSON lines by pino, to stdout unless told otherwise. Whoever logs gives ids, codes and counts only; in case
 * somebody forgets, what looks like a person's words, a name or a secret is taken out here once more.
 */
export function pinoLog(level: LevelWithSilent, to?: DestinationStream): Log {
  const formatters = { log: (fields: object): Record<string, unknown> => Object(withoutSecrets(fields)) };
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters };
  return to === undefined ? pino(options) : pino(options, to);
}
