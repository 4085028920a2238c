import { isSeedGiven, SEED } from "./seed.ts";

/* Loaded before anything else in every test: properties begin where a seed says. */

if (isSeedGiven) {
  const { default: fc } = await import("fast-check");
  fc.configureGlobal({ seed: SEED });
}
