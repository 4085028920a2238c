import type { Settings } from "#src/config.ts";

/** One line of the doctor's: `warn` can wait, `fix` keeps Attune from doing its work. */
export interface Finding {
  readonly level: "ok" | "warn" | "fix";
  /** What was looked at, in a word. */
  readonly about: string;
  readonly what: string;
  /** What to do about it, unless `what` says so. */
  readonly todo?: string;
  /** Of many that are alike, one is printed and the others are counted. */
  readonly alike?: string;
}

/** Looks at one thing. A failure is a finding, and not an exception. */
export type Check = (settings: Settings) => Promise<readonly Finding[]>;
