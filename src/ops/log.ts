import { pino } from "pino";
import type { DestinationStream, LevelWithSilent } from "pino";
import type { Log, LogFields } from "../ports/log.ts";
import { withoutSecrets } from "./redaction.ts";

/**
 * JSON lines by pino, to stdout unless told otherwise. Whoever logs gives ids, codes and counts only; in case
 * somebody forgets, what looks like a person's words, a name or a secret is taken out here once more.
 */
export function pinoLog(level: LevelWithSilent, to?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const lines = to === undefined ? pino(options) : pino(options, to);
  return {
    debug: (fields, message) => lines.debug(clean(fields), message),
    info: (fields, message) => lines.info(clean(fields), message),
    warn: (fields, message) => lines.warn(clean(fields), message),
    error: (fields, message) => lines.error(clean(fields), message),
  };
}

const clean = (fields: LogFields): object => Object(withoutSecrets(fields));
