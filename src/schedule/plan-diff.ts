import type { Nudge, PlannedNudge } from "#src/domain/nudge.ts";
import type { Assignment } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import type { RosterEffects } from "#src/ports/store.ts";
import { planNudges } from "./plan.ts";
import { outlookOf, type Outlook, type PlanInput } from "#src/domain/outlook.ts";

/** What another roster makes of what is planned. */
export interface PlanDiff {
  readonly added: readonly PlannedNudge[];
  readonly moved: readonly { readonly from: PlannedNudge; readonly to: PlannedNudge }[];
  readonly withdrawn: readonly PlannedNudge[];
}

/** Compares two plans, by kind, person and subject; what has expired at `now` is history. */
export function planDiff(
  before: readonly PlannedNudge[],
  after: readonly PlannedNudge[],
  now: Instant,
): PlanDiff {
  const left = new Map(before.map((nudge) => [keyOf(nudge), nudge]));
  const added: PlannedNudge[] = [];
  const moved: { from: PlannedNudge; to: PlannedNudge }[] = [];
  for (const to of after) {
    const from = left.get(keyOf(to));
    left.delete(keyOf(to));
    if (to.expiresAt <= now) continue;
    if (from === undefined) added.push(to);
    else if (from.dueAt !== to.dueAt) moved.push({ from, to });
  }
  return { added, moved, withdrawn: [...left.values()].filter((nudge) => nudge.expiresAt > now) };
}

/** Sorts the open asks by what the new roster makes of them. Only what the old roster implied can be recalled. */
export function openEffects(open: readonly Nudge[], before: PlanInput, after: PlanInput): RosterEffects {
  const was = new Set(planNudges(before).map(keyOf));
  const is = new Set(planNudges(after).map(keyOf));
  const wasAbout = companyIn(before);
  const isAbout = companyIn(after);
  const recalled = open.filter((nudge) => was.has(keyOf(nudge)) && !is.has(keyOf(nudge)));
  const changed = open.filter(
    (nudge) => is.has(keyOf(nudge)) && wasAbout.get(nudge.subject) !== isAbout.get(nudge.subject),
  );
  return { recalled: recalled.map(({ id }) => id), changed: changed.map(({ id }) => id) };
}

const keyOf = ({ kind, person, subject }: PlannedNudge): string => `${kind} ${person} ${subject}`;

/** By assignment: its time, and who shares it. */
function companyIn(input: PlanInput): ReadonlyMap<string, string> {
  const outlook = outlookOf(input);
  return new Map(
    input.roster.assignments.map((shift) => [
      shift.id,
      `${shift.start} ${shift.end} ${company(outlook, shift)}`,
    ]),
  );
}

const company = (outlook: Outlook, shift: Assignment): string =>
  outlook
    .overlapsOf(shift)
    .map(({ resident, attending }) => `${resident.id}+${attending.id}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(" ");
