import { ITEMS } from "#src/domain/forms.ts";
import type { AskKind } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { hasAnswered, type Circle } from "#src/domain/visibility.ts";

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
  kind: AskKind,
  rostered: Circle,
  circle: Circle,
  replies: readonly Reply[],
): ReadonlySet<PersonId> {
  if (kind !== "shift-debrief") return NOBODY;
  const { resident } = circle;
  const hasLine = (attending: PersonId): boolean =>
    replies.some(
      ({ item, value, person, about }) =>
        item === "note" &&
        value !== null &&
        (person === attending ? about === resident : person === resident && about === attending),
    );
  return new Set(
    circle.attendings.filter(
      (one) =>
        !rostered.attendings.includes(one) &&
        !hasAnswered(replies, one, resident, ITEMS.outcome) &&
        !hasLine(one),
    ),
  );
}

const NOBODY: ReadonlySet<PersonId> = new Set();
