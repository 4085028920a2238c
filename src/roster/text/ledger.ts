import type { AccountUnit, SkipRule } from "#src/domain/roster-report.ts";
import type { Accounted, Accounts, Place, RosterEntry, RosterReading } from "./reader.ts";

/** Where a reader writes down what became of each thing. Every thing is told once, in one of the three ways. */
export interface Ledger {
  read(place: Place, entries: readonly RosterEntry[]): void;
  skipped(place: Place, rule: SkipRule): void;
  leftOut(place: Place, reason: string): void;
  /** The books as they stand now. */
  accounts(): Accounts;
}

/** @param inFull keeps the list as well; of a large feed it is as large as what was read */
export function openLedger(unit: AccountUnit, inFull = false): Ledger {
  let [read, leftOut] = [0, 0];
  const skipped: Partial<Record<SkipRule, number>> = {};
  const list: Accounted[] = [];
  return {
    read(place, entries) {
      read += 1;
      if (inFull) list.push({ ...place, fate: "read", entries });
    },
    skipped(place, rule) {
      skipped[rule] = (skipped[rule] ?? 0) + 1;
      if (inFull) list.push({ ...place, fate: "skipped", rule });
    },
    leftOut(place, reason) {
      leftOut += 1;
      if (inFull) list.push({ ...place, fate: "left out", reason });
    },
    accounts: () => ({
      counts: { unit, read, skipped, leftOut },
      list: list.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)),
    }),
  };
}

/** What the parts of one roster say together, with their books; cut short where one of them was. */
export function partsTogether(
  parts: readonly RosterReading[],
): Pick<RosterReading, "entries" | "accounts" | "incomplete"> {
  const accounts = parts.flatMap((part) => part.accounts ?? []);
  return {
    entries: parts.flatMap(({ entries }) => entries),
    ...(accounts.length > 0 && { accounts: accounts.reduce(together) }),
    ...(parts.some(({ incomplete }) => incomplete) && { incomplete: true as const }),
  };
}

function together(one: Accounts, other: Accounts): Accounts {
  const skipped = { ...one.counts.skipped };
  for (const [rule, count] of Object.entries(other.counts.skipped) as [keyof typeof skipped, number][])
    skipped[rule] = (skipped[rule] ?? 0) + count;
  return {
    counts: {
      unit: one.counts.unit,
      read: one.counts.read + other.counts.read,
      skipped,
      leftOut: one.counts.leftOut + other.counts.leftOut,
    },
    list: [...one.list, ...other.list],
  };
}
