import type { Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { later } from "#src/domain/time.ts";
import { GOAL_AHEAD } from "../view/earlier-goals.ts";
import { lastTimes } from "../view/between.ts";
import { betweenRows } from "../view/reveal.ts";
import { circleOf, roleWith, type View } from "../view/view.ts";
import type { Recording } from "#src/ports/store.ts";

/** The cards that an answer changes; and which, if somebody else has answered meanwhile. */
export type CardsToEdit = Pick<Recording, "edit" | "ifMoved">;

/** Cards of later shifts that begin with what stands between two: those that read otherwise now, and those that read the same. */
export interface LaterCards {
  readonly changed: readonly Nudge["id"][];
  readonly same: readonly Nudge["id"][];
}

/**
 * The goals and plans of the next shifts together that are out already. What two say of an earlier one, late, changes where they
 * begin.
 *
 * @param before the reader's view as they answer
 * @param after the same with their answer in it
 */
export async function laterCards(before: View, after: View): Promise<LaterCards> {
  const cards = await Promise.all(
    nextTogether(after).flatMap((next) =>
      [cardOf(after, next, "shift-goal"), cardOf(after, next, "shift-plan")].map(async (one) => {
        const card = await one;
        if (card?.nudge.sentAt === undefined) return [];
        return [
          { id: card.nudge.id, isSame: (await readsAs(before, card)) === (await readsAs(after, card)) },
        ];
      }),
    ),
  );
  const found = cards.flat();
  return {
    changed: found.filter(({ isSame }) => !isSame).map(({ id }) => id),
    same: found.filter(({ isSame }) => isSame).map(({ id }) => id),
  };
}

/** These cards, too. One that reads the same so far is looked at again if the other has answered at the same moment. */
export const withLater = ({ edit, ifMoved }: CardsToEdit, { changed, same }: LaterCards): CardsToEdit => ({
  edit: [...edit, ...changed],
  ...(ifMoved && { ifMoved: { ...ifMoved, edit: [...ifMoved.edit, ...same] } }),
});

/** A resident and an attending, with the shift of each. */
interface Together {
  readonly resident: Person;
  readonly attending: Person;
  readonly shift: Assignment;
  readonly beside: Assignment;
}

/** The other shifts of the reader and each partner that run, or are near enough for a goal. */
function nextTogether(view: View): readonly Together[] {
  const { context, reader } = view;
  const { outlook } = context.roster;
  return view.seen.flatMap((seen) =>
    seen.partners.flatMap((partner) => {
      const [resident, attending] =
        roleWith(view, seen) === "resident" ? [reader, partner] : [partner, reader];
      return outlook
        .shiftsOf(resident.id)
        .filter(({ id, end }) => id !== seen.circle.occasion && end > context.now)
        .filter(({ start }) => start <= later(context.now, GOAL_AHEAD))
        .flatMap((shift) => outlook.overlapsOf(shift))
        .filter((met) => met.resident.person === resident.id && met.attending.person === attending.id)
        .map((met) => ({ resident, attending, shift: met.resident, beside: met.attending }));
    }),
  );
}

interface LaterCard {
  readonly nudge: Nudge;
  readonly kind: "shift-goal" | "shift-plan";
  readonly together: Together;
}

async function cardOf(
  { context }: View,
  together: Together,
  kind: LaterCard["kind"],
): Promise<LaterCard | undefined> {
  const { resident, attending, shift, beside } = together;
  const nudge = await (kind === "shift-goal"
    ? context.store.nudgeAbout(kind, resident.id, shift.id)
    : context.store.nudgeAbout(kind, attending.id, beside.id));
  return nudge && { nudge, kind, together };
}

/** What such a card begins with, as its own reader has it. */
async function readsAs({ context, words }: View, { kind, together }: LaterCard): Promise<string> {
  const { resident, attending, shift } = together;
  const [reader, partner] = kind === "shift-goal" ? [resident, attending] : [attending, resident];
  const seen = [{ circle: circleOf(context, shift), partners: [partner] }];
  const between = (await lastTimes(context, kind, reader.id, seen)).get(partner.id);
  const role = kind === "shift-goal" ? "resident" : "attending";
  return JSON.stringify(between && betweenRows({ words, context, reader, role }, between, partner));
}
