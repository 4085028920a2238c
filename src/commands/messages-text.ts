import { type NudgeKind, type PlannedNudge, readPairWeek } from "#src/domain/nudge.ts";
import type { PlanDiff } from "./roster-change.ts";
import type { Teller } from "./teller.ts";

/** How the command line calls a message. */
export const KINDS: Readonly<Record<NudgeKind, string>> = {
  greeting: "greeting before the start",
  consent: "question whether to take part",
  research: "question about the study",
  "shift-goal": "goal",
  "shift-plan": "plan",
  "shift-debrief": "look back",
  "shift-reveal": "both answers",
  "pair-check-in": "check-in",
  "attending-digest": "weekly digest",
  "coordinator-digest": "weekly digest",
  "file-taken-over": "another file in force",
  "whose-account": "question whose an account is",
  "rotation-summary": "look at the whole rotation",
};

/** More than anybody reads: a first roster has thousands. */
const MOST_LINES = 60;

/** Which messages come, come at another time, or do not come any more, by person. */
export function messageLines({ added, moved, withdrawn }: PlanDiff, tell: Teller): readonly string[] {
  const all = [
    ...withdrawn.map((one) => ({ at: one.dueAt, person: one.person, text: `- ${told(one, tell)}` })),
    ...moved.map(({ from, to }) => ({
      at: from.dueAt,
      person: to.person,
      text: `~ ${told(from, tell)} → ${tell.moment(to.dueAt)}`,
    })),
    ...added.map((one) => ({ at: one.dueAt, person: one.person, text: `+ ${told(one, tell)}` })),
  ].toSorted((a, b) => a.at - b.at);
  if (all.length === 0) return [];
  const counts = `${added.length} new, ${moved.length} moved, ${withdrawn.length} withdrawn; none of them has been sent yet`;
  const people = [...Map.groupBy(all, (one) => one.person)];
  if (all.length > MOST_LINES) {
    const each = people.map(([person, own]) => `${tell.name(person)}: ${own.length}`);
    return [counts, ...each];
  }
  return [
    counts,
    ...people.flatMap(([person, own]) => [tell.name(person), ...own.map(({ text }) => `  ${text}`)]),
  ];
}

function told(one: PlannedNudge, tell: Teller): string {
  const week = readPairWeek(one.subject);
  const partner = week?.resident === one.person ? week.attending : week?.resident;
  const about = partner === undefined ? "" : ` about ${tell.name(partner)}`;
  return `${tell.moment(one.dueAt)} ${KINDS[one.kind]}${about}`;
}
