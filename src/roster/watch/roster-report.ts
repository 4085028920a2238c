import type { Outlook } from "#src/domain/outlook.ts";
import type { RosterReport } from "#src/domain/roster-report.ts";
import type { Instant } from "#src/domain/time.ts";
import type { ReadRoster } from "../reading/read-roster.ts";
import { shortened } from "../text/problem.ts";

/** What a chief resident wants to know after an import: who is in it, who is not, and who would work alone. */
export function rosterReport(
  { input: { program }, everybody }: Outlook,
  read: Pick<ReadRoster, "entries" | "notUnderstood">,
  now: Instant,
): RosterReport {
  const onDuty = program.people.filter((person) => person.role !== "coordinator");
  const isComing = (shift: { readonly end: Instant }) => shift.end > now;
  return {
    at: now,
    ...readingOf(read),
    matched: onDuty.filter(({ id }) => everybody.dutyOf(id).length > 0).length,
    people: onDuty.length,
    withoutShifts: onDuty.filter(({ id }) => !everybody.dutyOf(id).some(isComing)).map(({ id }) => id),
    withoutAttending: onDuty
      .filter((person) => person.role === "resident")
      .flatMap(({ id }) => everybody.shiftsOf(id))
      .filter((shift) => isComing(shift) && everybody.overlapsOf(shift).length === 0)
      .toSorted((a, b) => a.start - b.start),
  };
}

/** What was read, and what was left out. */
function readingOf({
  entries,
  notUnderstood,
}: Pick<ReadRoster, "entries" | "notUnderstood">): Pick<RosterReport, "shifts" | "copies" | "leftOut"> {
  const duties = entries.filter((entry) => entry.kind === "duty");
  const shifts = new Set(duties.map((one) => `${one.person} ${one.start} ${one.end}`)).size;
  return {
    shifts,
    copies: duties.length - shifts,
    leftOut: notUnderstood.map(({ file, line, field, message, why }) => ({
      place: line === undefined ? file : `${file}:${line}`,
      reason: field === undefined ? message : `${field}: ${message}`,
      why: why.text === undefined ? why : { ...why, text: shortened(why.text) },
    })),
  };
}
