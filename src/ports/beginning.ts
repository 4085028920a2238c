import type { Beginning, Started } from "../domain/outlook.ts";
import type { PersonId } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";

/** `isFirst`: it was this call that started the program; else `started` tells who had before. */
export interface StartOutcome {
  readonly isFirst: boolean;
  readonly started: Started;
}

/** Whether a program has started. Part of the Store. */
export interface BeginningStore {
  /** How the program stands; undefined where nobody has looked yet. */
  beginning(): Promise<Beginning | undefined>;
  /** The same; the first look begins the setting up. A program that has messages already, from an older Attune, has started. */
  beginSettingUp(now: Instant): Promise<Beginning>;
  /**
   * Starts the program, once, and writes it into the audit log. Greetings that stand in chats are marked for an edit. It counts as a
   * change of the roster, so that every process plans anew, and none puts a plan in place that it made before.
   *
   * @param by the coordinator; an operator without it
   */
  start(by: PersonId | undefined, now: Instant): Promise<StartOutcome>;
  /** Marks greetings that stand in chats for an edit: what they tell has changed. */
  greetAnew(now: Instant): Promise<void>;
}
