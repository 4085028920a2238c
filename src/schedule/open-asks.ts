import { rulesOf, type Nudge, type PlannedNudge } from "#src/domain/nudge.ts";
import type { Outlook } from "#src/domain/outlook.ts";
import type { Program } from "#src/domain/program.ts";
import { DAY, later, type Instant } from "#src/domain/time.ts";
import type { RosterEffects, Store } from "#src/ports/store.ts";
import type { PlannedRoster } from "./plan.ts";

/** What stands in people's chats and is not over. */
export interface StandingAsks {
  /** Asks that were sent and still take answers. */
  readonly open: readonly Nudge[];
  /** Asks of shifts that were answered: they go on saying with whom a shift is, and who sees the answers. */
  readonly answered: readonly Nudge[];
}

/** The longest that an ask of a shift stands before its end: a goal that was set the day before, and a debrief of a day. */
const STANDS = 3 * DAY;

/** All asks that stand in people's chats and are not over. */
export async function openAsks(store: Store, program: Program, now: Instant): Promise<StandingAsks> {
  const open: Nudge[] = [];
  for (const { id } of program.people) open.push(...(await store.openNudges(id, now)));
  const people = new Set(program.people.map(({ id }) => id));
  const near = await store.nudgesDuring(later(now, -STANDS), later(now, STANDS));
  return {
    open: open.filter(({ state }) => state === "sent" || state === "uncertain"),
    answered: near.filter(
      ({ kind, person, state, expiresAt }) =>
        state === "answered" && expiresAt > now && rulesOf(kind).shiftBound && people.has(person),
    ),
  };
}

/** Finds the asks that a new roster recalls or changes. Only open asks that followed from the old roster can be recalled. */
export function openEffects(
  { open, answered }: StandingAsks,
  before: PlannedRoster,
  after: PlannedRoster,
): RosterEffects {
  const is = new Set(after.plan().map(keyOf));
  const [kept, lost] = [open.filter((one) => is.has(keyOf(one))), open.filter((one) => !is.has(keyOf(one)))];
  const was = new Set(lost.length === 0 ? [] : before.plan().map(keyOf));
  const subjects = new Set([...kept, ...answered].map(({ subject }) => subject));
  const wasAbout = companyIn(before.outlook, subjects);
  const isAbout = companyIn(after.outlook, subjects);
  // What an attending has answered stands as it was where nobody is left to tell of. A goal says so where its shift is gone.
  const told = answered.filter(
    ({ kind, subject }) => kind === "shift-goal" || isAbout.get(subject)?.isShared === true,
  );
  const changed = [...kept, ...told].filter(
    ({ subject }) => wasAbout.get(subject)?.text !== isAbout.get(subject)?.text,
  );
  return {
    recalled: lost.filter((nudge) => was.has(keyOf(nudge))).map(({ id }) => id),
    changed: changed.map(({ id }) => id),
  };
}

const keyOf = ({ kind, person, subject }: PlannedNudge): string => `${kind} ${person} ${subject}`;

/** For each assignment: its time and partners, as a text to compare, and whether it has any. */
function companyIn(
  { input: { roster }, overlapsOf }: Outlook,
  assignments: ReadonlySet<string>,
): ReadonlyMap<string, { readonly text: string; readonly isShared: boolean }> {
  const shifts = roster.assignments.filter(({ id }) => assignments.has(id));
  return new Map(
    shifts.map((shift) => {
      const pairs = overlapsOf(shift).map(({ resident, attending }) => `${resident.id}+${attending.id}`);
      const company = pairs.toSorted((a, b) => (a < b ? -1 : 1)).join(" ");
      return [shift.id, { text: `${shift.start} ${shift.end} ${company}`, isShared: pairs.length > 0 }];
    }),
  );
}
