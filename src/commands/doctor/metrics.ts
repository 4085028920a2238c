import { metricNames } from "#src/ops/metrics.ts";
import type { Check, Finding } from "./check.ts";

/** Milliseconds. */
const PATIENCE = 3_000;

/** Whether a running Attune, where one answers, has every series that alerts and the dashboard read: an older one has not. */
export const metricsCheck: Check = async ({ host, port, metricsToken }) => {
  if (port === 0) return [];
  const at = addressOf(host, port);
  const answer = await fetch(`${at}/metrics`, {
    headers: metricsToken === undefined ? {} : { authorization: `Bearer ${metricsToken}` },
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => undefined);
  // Where none runs, or not within reach of this command, there is nothing to look at.
  if (answer === undefined) return [];
  const text = await answer.text().catch(() => "");
  if (answer.status === 401)
    return [
      say(
        "fix",
        `${at}/metrics want another token than ATTUNE_METRICS_TOKEN`,
        "start Attune anew with the settings as they are now, and give Prometheus the same token",
      ),
    ];
  const missing = metricNames().filter((name) => !text.includes(`\n# TYPE ${name} `));
  return [
    missing.length === 0
      ? say("ok", `${at}/metrics have every series that alerts read`)
      : say(
          "fix",
          `${at}/metrics lack ${missing.length} series that alerts read: ${missing.slice(0, SHOWN).join(", ")}`,
          "start Attune anew on this version; or set PORT and HOST as the running one has them",
        ),
  ];
};

/** So many names are printed. */
const SHOWN = 3;

/** Where a process that listens on every address can be reached from this machine. */
function addressOf(host: string, port: number): string {
  const reached = ["0.0.0.0", "::", ""].includes(host) ? "127.0.0.1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "metrics",
  what,
  ...(todo === undefined ? {} : { todo }),
});
