import { loadProgram } from "#src/config/load-programs.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { AttuneError } from "#src/errors.ts";
import { DAY, utc, dayNumber, zoneOf, type Instant, type Zone } from "#src/domain/time.ts";
import type { PlannedNudge } from "#src/domain/nudge.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { rosterChange } from "#src/roster/change/merge.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { accountLine, ledgerText } from "./ledger-text.ts";
import type { Output } from "./output.ts";
import { readPublished } from "./roster-change.ts";

export interface PlanOptions extends Partial<Days> {
  readonly program?: string;
  readonly json?: boolean;
  /** The ledger thing by thing, beside its counts. */
  readonly ledger?: true;
}

/** Prints what a program's roster implies, between two local days. */
export async function printPlan(
  file: string,
  { from, to, json, ledger }: PlanOptions,
  output: Output,
): Promise<void> {
  const { program, zone, roster, notes } = await readProgram(file, ledger);
  for (const note of notes) output.note(note);
  const days = rotationDays(program);
  const span = momentsOf(zone, { from: from ?? days.from, to: to ?? days.to });
  for (const nudge of plannedBetween(program, zone, roster, span)) {
    const { kind, person, subject, dueAt } = nudge;
    output.line(
      json === true ? nudgeLine(nudge) : `${utc(dueAt)}  ${kind.padEnd(18)}  ${person.padEnd(8)}  ${subject}`,
    );
  }
}

/** A span of local days of a program, both included. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/** A program as its files have it, with the roster as it would be stored first, and what was left out of it. */
export async function readProgram(
  file: string,
  inFull?: true,
): Promise<{
  program: Program;
  zone: Zone;
  roster: Roster;
  notes: readonly string[];
}> {
  const { program, sources } = loadProgram(file, PLATFORMS);
  const read = await readPublished(program, sources, undefined, inFull);
  // What is missing is no plan: whoever reads only the lines of it learns so by the status.
  const isMissing = ({ name }: RosterSource): boolean =>
    read.notUnderstood.some(({ file, why }) => file === name && why.code === "not-there");
  if (sources.some(isMissing)) process.exitCode = 1;
  const change = rosterChange({ assignments: [], absences: [] }, read.entries, read.windows, 0 as Instant);
  return {
    program,
    zone: zoneOf(program.timeZone),
    roster: { assignments: change.added, absences: change.absences },
    notes: [
      ...read.notUnderstood.map(describeProblem),
      // The plan itself goes into pipes: where everything was read, there is nothing to note.
      ...read.accounts
        .filter(({ counts }) => inFull || counts.leftOut > 0)
        .map(({ name, counts }) => accountLine({ name, ...counts })),
      ...(inFull ? ledgerText(read.accounts, program) : []),
    ],
  };
}

/**
 * The moments between which something happens on these local days; the last day is included.
 *
 * @throws AttuneError "config" for an end before the start
 */
export function momentsOf(zone: Zone, { from, to }: Days): { from: Instant; to: Instant } {
  if (to < from) throw new AttuneError("config", `--to: ${to} is before --from ${from}; name a later day.`);
  return { from: zone.at(dayNumber(from), 0), to: zone.at(dayNumber(to) + 1, 0) };
}

/** Each nudge that the roster implies and that is due on these days, by time and then person. */
function plannedBetween(
  program: Program,
  zone: Zone,
  roster: Roster,
  span: { from: Instant; to: Instant },
): readonly PlannedNudge[] {
  const all = planNudges(outlookOf({ program, zone, roster, wishes: new Map() }));
  return all.filter((nudge) => span.from <= nudge.dueAt && nudge.dueAt < span.to);
}

/** One nudge as `attune plan --json` prints it. */
const nudgeLine = ({ kind, person, subject, dueAt, expiresAt }: PlannedNudge): string =>
  JSON.stringify({ kind, person, subject, dueAt: utc(dueAt), expiresAt: utc(expiresAt) });

/** The days of a program's rotations, for when none are named. */
export const rotationDays = (program: Program): Days => ({
  from: program.rotations.map((one) => one.from).toSorted()[0]!,
  to: new Date((Math.max(...program.rotations.map((one) => dayNumber(one.to))) + 7) * DAY)
    .toISOString()
    .slice(0, 10),
});
