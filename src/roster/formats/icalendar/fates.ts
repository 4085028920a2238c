import type { SkipRule } from "#src/domain/roster-report.ts";
import { openLedger } from "../../text/ledger.ts";
import type { RosterProblem } from "../../text/problem.ts";
import type { Accounts, RosterEntry } from "../../text/reader.ts";
import type { CalendarEvent } from "./event.ts";

/** What became of each event of a calendar, by the line that it begins on. Whatever is told first counts. */
export interface Fates {
  read(event: CalendarEvent, entries: readonly RosterEntry[]): void;
  /** Left out with the last problem, when there is one since `before`; else skipped by this rule. */
  gone(event: CalendarEvent, before: number, rule: SkipRule): void;
  /** The books of all events that begin in the file; what nobody told of is broken. */
  accounts(begun: readonly number[]): Accounts;
}

type EventFate = readonly RosterEntry[] | { readonly rule: SkipRule } | { readonly reason: string };

/**
 * @param problems of the whole file; they are only read
 * @param refused why whole calendars of it are no roster, by the lines of their events
 */
export function fatesOf(
  problems: readonly RosterProblem[],
  inFull: boolean | undefined,
  refused: ReadonlyMap<number, string>,
): Fates {
  const fates = new Map<number, EventFate>([...refused].map(([line, reason]) => [line, { reason }]));
  const tell = ({ line }: CalendarEvent, fate: EventFate) => {
    if (!fates.has(line)) fates.set(line, fate);
  };
  return {
    read: tell,
    gone(event, before, rule) {
      const problem = problems.length > before ? problems.at(-1) : undefined;
      tell(event, problem === undefined ? { rule } : { reason: problem.message });
    },
    accounts(begun) {
      const ledger = openLedger("event", inFull);
      for (const line of begun) {
        const fate = fates.get(line);
        if (fate === undefined) ledger.leftOut({ line }, "it cannot be read");
        else if ("rule" in fate) ledger.skipped({ line }, fate.rule);
        else if ("reason" in fate) ledger.leftOut({ line }, fate.reason);
        else ledger.read({ line }, fate);
      }
      return ledger.accounts();
    },
  };
}
