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

/**
 * Marks cards for an edit that read otherwise by time alone: an ask that is over says so at its end; nothing can be settled on a
 * shift's cards once its debrief has closed. An ask without an answer says so as it expires (`Store.expire`). What is marked twice,
 * after a crash, is edited once more and reads the same.
 *
 * @returns a function that marks what has ended since any process last marked, and resolves to when it wants to be called again
 */
export function createMarking(owner: string): (context: Context) => Promise<Instant> {
  let since: Instant | undefined;
  return async (context) => {
    const { store, now } = context;
    const again = later(now, MINUTE);
    if (since === undefined || since > now) since = await markedUntil(context);
    if ((await overSince(context, since)).length === 0) return again;
    // Another process may have marked these meanwhile.
    since = await markedUntil(context);
    const over = await overSince(context, since);
    if (over.length === 0 || !(await store.hold(NOTE, { owner, now, length: MARKING }))) return again;
    await store.markForEdit(over, now);
    await store.setNote(NOTE, `${now}`);
    since = now;
    return again;
  };
}

/** Until when any process has marked. A program that has just begun or was upgraded, and a clock that was ahead, count from now on. */
async function markedUntil({ store, now }: Context): Promise<Instant> {
  const noted = await store.note(NOTE);
  if (noted !== undefined && Number(noted) <= now) return instant(Number(noted));
  await store.setNote(NOTE, `${now}`);
  return now;
}

/** The asks that are over since then. A goal may be set, and so be shown, whatever became of its ask. */
async function overSince(context: Context, since: Instant): Promise<readonly NudgeId[]> {
  const ended = await context.store.asksEnded(since, context.now);
  const cards = await settledNoMore(context, since);
  return [...new Set([...ended.map(({ id }) => id), ...cards])];
}

/** Goals and plans of shifts whose debrief has closed since then. */
async function settledNoMore(
  { store, now, program, roster: { outlook } }: Context,
  since: Instant,
): Promise<readonly NudgeId[]> {
  const window = program.policy.debriefWindow;
  const first = later(since, -window - LONGEST_DUTY);
  const last = later(now, -window);
  const closed = outlook.input.roster.assignments
    .filter(({ end }) => first < end && end <= last)
    .filter((shift) => {
      const { end } = debriefSpan(outlook.daysOf(shift.person), shift, window);
      return since < end && end <= now;
    });
  const cards = await Promise.all(
    closed.flatMap(({ person, id }) =>
      (["shift-goal", "shift-plan"] as const).map((kind) => store.nudgeAbout(kind, person, id)),
    ),
  );
  return cards.flatMap((card) => (card === undefined ? [] : [card.id]));
}
