import type { Log } from "../ports/log.ts";

const METHODS = ["debug", "info", "log", "warn", "error", "trace", "dir"] as const;

/**
 * What libraries print to the console becomes a line of the log. What it says is left out: SDKs print tokens, requests and people's
 * words. The line names the package that spoke.
 */
export function consoleToLog(log: Pick<Log, "warn">): void {
  for (const method of METHODS)
    console[method] = () => log.warn({ method, by: speaker() }, "a library printed something");
}

/** The package whose code printed, by the stack. */
const speaker = (): string | undefined =>
  /node_modules[/\\](?<name>(?:@[^/\\]+[/\\])?[^/\\]+)/u.exec(new Error("who").stack ?? "")?.groups?.["name"];
