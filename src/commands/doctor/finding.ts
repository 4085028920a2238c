import type { Check } from "#src/ports/check.ts";
import type { Finding } from "./check.ts";

const LEVELS = { ok: "ok", warning: "warn", failing: "fix" } as const;

/** What a platform has found about itself, as the doctor prints it. */
export const findingOf = ({ name, state, message, todo }: Check): Finding => ({
  level: LEVELS[state],
  about: "platforms",
  what: `${name}: ${message}`,
  ...(todo === undefined ? {} : { todo }),
});
