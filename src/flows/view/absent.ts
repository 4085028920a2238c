import { ITEMS } from "#src/domain/forms.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { hasLookedBack, haveBothAnswered, visibleTo, type Circle } from "#src/domain/visibility.ts";
import type { Context } from "../context.ts";

/* Who is on a shift no more, though its card is still about them. */

/**
 * The attendings of a shift who are not asked to look back on it, though they had planned for it: they have stopped since, or the
 * roster has them elsewhere. Nobody waits for their answers, and no line is written to them, since they have no card to read it on.
 * Who has looked back before that, or has a line from the resident or for them, is none of these.
 *
 * @param rostered the circle by the roster
 * @param circle the same with all who have answered
 * @param replies all to its occasion
 */
export function absentFrom(
  rostered: Circle,
  circle: Circle,
  replies: readonly Reply[],
): ReadonlySet<PersonId> {
  return new Set(
    circle.attendings.filter(
      (one) => !rostered.attendings.includes(one) && !hasLookedBack(circle, one, replies),
    ),
  );
}

/** Those of residents' shifts before which both the resident and this attending have answered. */
export async function bothAnswered(
  { store }: Context,
  { id: attending }: Person,
  shifts: readonly Assignment[],
): Promise<readonly Assignment[]> {
  const isCompared = async ({ id: occasion, person: resident }: Assignment) => {
    const circle = { occasion, resident, attendings: [attending] };
    const seen = visibleTo(attending, circle, await store.replies(occasion));
    return haveBothAnswered(seen, attending, resident, ITEMS.help);
  };
  const compared = await Promise.all(shifts.map(isCompared));
  return shifts.filter((_, index) => compared[index]);
}
