import type { Outlook } from "../domain/outlook.ts";
import type { Instant } from "../domain/time.ts";
import type { RosterChange } from "./store.ts";

/** What the roster's owners publish that the stored roster does not say. */
export interface RosterUpdate {
  readonly change: RosterChange;
  /** The roster as planning reads it once the change is made. Worked out once, and handed on. */
  readonly after: Outlook;
}

/**
 * Compares what is published with the stored roster, `before`. Undefined when it says the same, or when neither has
 * changed since it did. A change that could not be kept is told again.
 */
export type FindRosterUpdate = (before: Outlook, now: Instant) => Promise<RosterUpdate | undefined>;
