import type { RosterReport } from "#src/domain/roster-report.ts";
import type { Instant } from "#src/domain/time.ts";
import { outlookOf, type PlanInput } from "#src/domain/outlook.ts";

/** What an importer counts and leaves out. */
export type Imported = Pick<RosterReport, "shifts" | "copies" | "leftOut">;

/** What a chief resident wants to know after an import: who is in it, who is not, and who would work alone. */
export function rosterReport(input: PlanInput, imported: Imported, now: Instant): RosterReport {
  const everybody = outlookOf({ ...input, wishes: new Map() });
  const onDuty = input.program.people.filter((person) => person.role !== "coordinator");
  const shiftsOf = (person: (typeof onDuty)[number]) => everybody.daysOf(person.id).assignments;
  const isComing = (shift: { readonly end: Instant }) => shift.end > now;
  return {
    at: now,
    ...imported,
    matched: onDuty.filter((person) => shiftsOf(person).length > 0).length,
    people: onDuty.length,
    withoutShifts: onDuty.filter((person) => !shiftsOf(person).some(isComing)).map((person) => person.id),
    withoutAttending: onDuty
      .filter((person) => person.role === "resident")
      .flatMap((person) => everybody.shiftsOf(person.id))
      .filter((shift) => isComing(shift) && everybody.overlapsOf(shift).length === 0)
      .toSorted((a, b) => a.start - b.start),
  };
}
