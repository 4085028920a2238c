import { Temporal } from "temporal-polyfill";
import type { DateText } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";

/** A date in an address: "{yyyy}", "{MM}/{dd}", "{yyyy-MM-dd+30d}", "{MM+1m}". Other braces are the address's own. */
const PLACE = /\{([yMd./-]+?)(?:([+-]\d{1,4})([dm]))?\}/gu;

/** What somebody meant as a date, and what would go out to the server as it stands. */
const NEARLY = /\{[YyMmDd./\s-]+(?:[+-]\s*\d*\s*\p{L}*)?\}/u;

const RUNS = /y+|M+|d+/gu;
const PARTS = new Set(["yyyy", "yy", "MM", "M", "dd", "d"]);

/**
 * An address with its dates filled in. A month later than the 31st is the last day of the next month, so that no month is
 * left out: {MM+30d} would skip February.
 *
 * @param today the program's day, "2026-12-01"
 * @throws AttuneError `rejected` for a date that is not understood, without the address
 */
export function datedAddress(address: string, today: DateText): string {
  const dated = address.replaceAll(PLACE, (whole, pattern: string, by?: string, unit?: string) => {
    if (!(pattern.match(RUNS) ?? []).every((run) => PARTS.has(run))) return whole;
    const from = Temporal.PlainDate.from(today);
    const count = Number(by ?? 0);
    const day = from.add(unit === "m" ? { months: count } : { days: count });
    return pattern.replaceAll(RUNS, (run) => partOf(day, run));
  });
  if (!NEARLY.test(dated)) return dated;
  throw new AttuneError(
    "rejected",
    "a date in its address is not understood; write {yyyy}, {MM}, {dd}, {yyyy-MM-dd}, {yyyy-MM-dd+30d} or {MM+1m}",
  );
}

function partOf({ year, month, day }: Temporal.PlainDate, part: string): string {
  const number = part.startsWith("y") ? year : part.startsWith("M") ? month : day;
  const text = String(number).padStart(part.length, "0");
  return part === "yy" ? text.slice(-2) : text;
}
