import type { Nudge, PlannedNudge } from "#src/domain/nudge.ts";
import type { Outlook } from "#src/domain/outlook.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import type { RosterEffects, Store } from "#src/ports/store.ts";
import type { PlannedRoster } from "./plan.ts";

/** All asks that were sent and still take answers. */
export async function openAsks(store: Store, program: Program, now: Instant): Promise<readonly Nudge[]> {
  const open: Nudge[] = [];
  for (const person of program.people) open.push(...(await store.openNudges(person.id, now)));
  return open.filter(({ state }) => state === "sent" || state === "uncertain");
}

/** Finds the open asks that a new roster recalls or changes. Only asks that followed from the old roster can be recalled. */
export function openEffects(
  open: readonly Nudge[],
  before: PlannedRoster,
  after: PlannedRoster,
): RosterEffects {
  const is = new Set(after.plan().map(keyOf));
  const [kept, lost] = [open.filter((one) => is.has(keyOf(one))), open.filter((one) => !is.has(keyOf(one)))];
  const was = new Set(lost.length === 0 ? [] : before.plan().map(keyOf));
  const subjects = new Set(kept.map(({ subject }) => subject));
  const wasAbout = companyIn(before.outlook, subjects);
  const isAbout = companyIn(after.outlook, subjects);
  const changed = kept.filter(({ subject }) => wasAbout.get(subject) !== isAbout.get(subject));
  return {
    recalled: lost.filter((nudge) => was.has(keyOf(nudge))).map(({ id }) => id),
    changed: changed.map(({ id }) => id),
  };
}

const keyOf = ({ kind, person, subject }: PlannedNudge): string => `${kind} ${person} ${subject}`;

/** For each assignment: its time and partners, as a text to compare. */
function companyIn(
  { input: { roster }, overlapsOf }: Outlook,
  assignments: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const shifts = roster.assignments.filter(({ id }) => assignments.has(id));
  return new Map(
    shifts.map((shift) => {
      const pairs = overlapsOf(shift).map(({ resident, attending }) => `${resident.id}+${attending.id}`);
      const company = pairs.toSorted((a, b) => (a < b ? -1 : 1)).join(" ");
      return [shift.id, `${shift.start} ${shift.end} ${company}`];
    }),
  );
}
