import type { PlannedNudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { utc, zoneOf } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { outlookOf, type Outlook } from "#src/domain/outlook.ts";
import type { Wishes } from "#src/domain/wishes.ts";

/** What a roster implies, with everybody having agreed to take part unless `wishes` says otherwise. */
export const planOf = (
  program: Program,
  roster: Roster,
  wishes: ReadonlyMap<PersonId, Wishes> = new Map(),
): readonly PlannedNudge[] => {
  const agreed = program.people.map(
    ({ id }) => [id, { out: false, agreed: true, ...wishes.get(id) }] as const,
  );
  return planNudges(outlookOn(program, roster, new Map(agreed)));
};

/** A roster as planning reads it. */
export const outlookOn = (
  program: Program,
  roster: Roster,
  wishes: ReadonlyMap<PersonId, Wishes> = new Map(),
): Outlook => outlookOf({ program, zone: zoneOf(program.timeZone), roster, wishes });

/** A nudge in one line, to read and to compare: "shift-goal r1 2026-03-28T20:45:00Z – 2026-03-29T00:00:00Z". */
export const line = ({ kind, person, dueAt, expiresAt }: PlannedNudge): string =>
  `${kind} ${person} ${utc(dueAt)} – ${utc(expiresAt)}`;
