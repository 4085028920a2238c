import { debriefSpan } from "#src/domain/quiet.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import { DAY, instant, later, MINUTE, SECOND, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";

/** Until when the cards of asks that are over have been marked for an edit, as milliseconds. */
const NOTE = "over-until";

/** One process marks for all: far longer than it takes. */
const MARKING = 90 * SECOND;

/** Milliseconds from when a goal is set to the end of its shift, and of shifts that follow one another: none is longer. */
const LONGEST_DUTY = 3 * DAY;

/** A stretch of time, without its beginning and with its end. */
interface Stretch {
  readonly since: Instant;
  readonly until: Instant;
}

/**
 * Marks cards for an edit that read otherwise by time alone: an answered ask is over at its end, and says so; nothing can be settled on
 * a shift's cards once its debrief has closed. An ask without an answer says so as it expires (`Store.expire`). What is marked twice,
 * after a crash, is edited once more and reads the same.
 *
 * @returns when to look again
 */
export async function markOver(context: Context, owner: string): Promise<Instant> {
  const { store, now } = context;
  const again = later(now, MINUTE);
  const noted = await store.note(NOTE);
  const since = noted === undefined ? undefined : instant(Number(noted));
  // A program that has just begun or was upgraded, and a clock that was ahead: it counts from now on.
  if (since === undefined || since > now) {
    await store.setNote(NOTE, `${now}`);
    return again;
  }
  const over = [
    ...(await overIn(context, { since, until: now })),
    ...(await settledNoMore(context, { since, until: now })),
  ];
  if (over.length === 0 || !(await store.hold(NOTE, { owner, now, length: MARKING }))) return again;
  await store.outdated([...new Set(over)], now);
  await store.setNote(NOTE, `${now}`);
  return again;
}

/** Asks that have come to their end, but for those that were marked as they expired. A goal may be set whatever became of its ask. */
async function overIn(
  { store, program: { policy } }: Context,
  { since, until }: Stretch,
): Promise<readonly NudgeId[]> {
  const longest = Math.max(LONGEST_DUTY, policy.debriefWindow, policy.checkInWindow);
  const ended = await store.asksEnded(since, until, longest);
  return ended.filter(({ state }) => state !== "expired").map(({ id }) => id);
}

/** Goals and plans of shifts whose debrief has closed. */
async function settledNoMore(
  { store, program, roster: { outlook } }: Context,
  { since, until }: Stretch,
): Promise<readonly NudgeId[]> {
  const window = program.policy.debriefWindow;
  const first = later(since, -window - LONGEST_DUTY);
  const last = later(until, -window);
  const closed = outlook.input.roster.assignments
    .filter(({ end }) => first < end && end <= last)
    .filter((shift) => {
      const { end } = debriefSpan(outlook.daysOf(shift.person), shift, window);
      return since < end && end <= until;
    });
  const cards = await Promise.all(
    closed.flatMap(({ person, id }) =>
      (["shift-goal", "shift-plan"] as const).map((kind) => store.nudgeAbout(kind, person, id)),
    ),
  );
  return cards.flatMap((card) => (card === undefined ? [] : [card.id]));
}
