import type { AskKind } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { subjectsOfWeek } from "../view/week.ts";
import type { View } from "../view/view.ts";
import type { CardsToEdit } from "./later-cards.ts";

/**
 * The cards of both that show what they settled on, but for the one that was tapped: of their goal, plan and debrief of the shift, or
 * of their week. When both say something at the same moment, the tapped one may have been made without the other's word.
 */
export async function cardsOfSettlement(
  { context, nudge, reader, role }: View,
  { occasion, about }: Reply,
): Promise<CardsToEdit> {
  const { store, roster } = context;
  const shift = roster.assignment(occasion);
  const [resident, attending] = role === "resident" ? [reader.id, about] : [about, reader.id];
  const plans =
    shift === undefined ? [] : roster.partnersOf(shift).filter(({ person }) => person === attending);
  const named: readonly (readonly [AskKind, PersonId | undefined, string])[] =
    shift === undefined
      ? [reader.id, about].flatMap((person) =>
          subjectsOfWeek(occasion).map((subject) => ["pair-check-in", person, subject] as const),
        )
      : [
          ["shift-goal", resident, occasion],
          ["shift-debrief", resident, occasion],
          ...plans.flatMap(({ id }) =>
            (["shift-plan", "shift-debrief"] as const).map((kind) => [kind, attending, id] as const),
          ),
        ];
  const found = await Promise.all(
    named.map(async ([kind, person, subject]) =>
      person === undefined ? undefined : store.nudgeAbout(kind, person, subject),
    ),
  );
  const edit = found.flatMap((one) => (one === undefined || one.id === nudge.id ? [] : [one.id]));
  const replies = (await store.replies(occasion)).length;
  return { edit, ifMoved: { occasions: [{ occasion, replies }], edit: [nudge.id] } };
}
