import { ITEMS, itemsSideBySide } from "#src/domain/forms.ts";
import type { AskKind, Nudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { later } from "#src/domain/time.ts";
import { hasAnswered, visibleTo } from "#src/domain/visibility.ts";
import type { Seen, View } from "../view/view.ts";

/** A reply that is about to be kept. */
export type NewReply = Omit<Reply, "nudge" | "person" | "at">;

const PARTNERS_KIND: Readonly<Record<AskKind, AskKind>> = {
  "shift-goal": "shift-plan",
  "shift-plan": "shift-goal",
  "shift-debrief": "shift-debrief",
  "pair-check-in": "pair-check-in",
};

/** The partners' asks whose cards may say something else now: what is shared at once, or what both have answered. */
export async function partnersNudges(view: View, given: readonly NewReply[]): Promise<readonly Nudge[]> {
  const kind = PARTNERS_KIND[view.nudge.kind];
  const occasions = new Set(given.map((one) => one.occasion));
  // An attending may have answered for one resident and not for the next: the first need not wait.
  const isAnswered = view.seen.some(
    (seen) => occasions.has(seen.circle.occasion) && hasAnsweredSomebody(view, seen),
  );
  const matters =
    isAnswered || given.some((one) => ITEMS[one.item].visibility === "shared" || one.item === "share");
  if (!matters) return [];
  const found = await Promise.all(
    subjectsOf(view)
      .filter((one) => occasions.has(one.occasion))
      .map((one) => view.context.store.nudgeAbout(kind, one.person, one.subject)),
  );
  return [...new Map(found.flatMap((nudge) => (nudge === undefined ? [] : [[nudge.id, nudge]]))).values()];
}

/** The reader has answered, about a partner, all that is shown side by side. */
function hasAnsweredSomebody(view: View, seen: Seen): boolean {
  const [first] = itemsSideBySide(view.nudge.kind);
  return (
    first !== undefined &&
    seen.partners.some(({ id }) => hasAnswered(seen.replies, view.reader.id, id, first))
  );
}

/** Which ask of each partner is about the same occasion: theirs is named by their own shift, or the pair's week. */
function subjectsOf(view: View) {
  const { shift, reader } = view;
  return view.seen.flatMap(({ circle, partners }) =>
    partners.flatMap((partner) => {
      const { occasion } = circle;
      if (shift === undefined) return [{ occasion, person: partner.id, subject: view.nudge.subject }];
      if (reader.role === "attending") return [{ occasion, person: partner.id, subject: occasion }];
      return view.context.roster.outlook
        .overlapsOf(shift)
        .filter((overlap) => overlap.attending.person === partner.id)
        .map((overlap) => ({ occasion, person: partner.id, subject: overlap.attending.id as string }));
    }),
  );
}

/**
 * The plan ask follows the goal: at once, though not before the attending's own shift is near. It comes at its own
 * moment where the attending is not shown the goal: a private goal looks like none.
 */
export async function plansToHasten(view: View) {
  const { context, nudge, shift } = view;
  if (nudge.kind !== "shift-goal" || shift === undefined) return [];
  const isShown = (to: PersonId) =>
    view.seen.some(({ circle, replies }) =>
      visibleTo(to, circle, replies).some(
        (one) => one.person === view.reader.id && one.item === "goal" && one.value !== null,
      ),
    );
  const overlaps = context.roster.outlook.overlapsOf(shift).filter((one) => isShown(one.attending.person));
  const found = await Promise.all(
    overlaps.map(async ({ attending }) => {
      const plan = await context.store.nudgeAbout("shift-plan", attending.person, attending.id);
      const near = later(attending.start, -context.program.policy.goalLead);
      const dueAt = near > context.now ? near : context.now;
      return plan !== undefined && plan.state === "planned" && dueAt < plan.dueAt
        ? [{ nudge: plan.id, dueAt }]
        : [];
    }),
  );
  return found.flat();
}
