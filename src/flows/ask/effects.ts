import { ITEMS, itemsSideBySide } from "#src/domain/forms.ts";
import { revealed, type AskKind, type Nudge, type PlannedNudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { settledBy } from "#src/domain/exchange.ts";
import { later } from "#src/domain/time.ts";
import { hasAnswered, visibleTo, type Circle } from "#src/domain/visibility.ts";
import type { Recording } from "#src/ports/store.ts";
import type { Context } from "../context.ts";
import { subjectsOfWeek } from "../view/week.ts";
import { laterCards, withLater, type CardsToEdit } from "./later-cards.ts";
import { cardsOfSettlement } from "./settlement-cards.ts";
import { hasBoth, type Seen, type View } from "../view/view.ts";

/** The effects of an answer on other people's nudges. They are stored together with it. */
export type Effects = Pick<Recording, "edit" | "hasten" | "ifMoved" | "notices">;

/** A partner's ask about the same occasion, with its circle. */
interface PartnersAsk {
  readonly nudge: Nudge;
  readonly circle: Circle;
}

const PARTNERS_KIND: Readonly<Record<AskKind, AskKind>> = {
  "shift-goal": "shift-plan",
  "shift-plan": "shift-goal",
  "shift-debrief": "shift-debrief",
  "pair-check-in": "pair-check-in",
};

/**
 * @param before the reader's view as they answer
 * @param after the same with these replies in it
 */
export async function effectsOf(
  before: View,
  after: View,
  replies: readonly Reply[],
  isComplete: boolean,
): Promise<Effects> {
  const settled = replies.find(({ item }) => settledBy(item) !== undefined);
  const [edits, further, hasten] = await Promise.all([
    settled === undefined ? cardsToEdit(before, after, replies) : cardsOfSettlement(before, settled),
    laterCards(before, after),
    isComplete ? plansToHasten(after) : [],
  ]);
  return {
    ...withLater(edits, further),
    hasten,
    ...(settled === undefined && { notices: toldFirst(before, after) }),
  };
}

/**
 * The partners' asks whose cards read otherwise once these replies are in. An edit that changes nothing would tell its
 * reader that something was answered, so only the messages of partners who see other replies than before are edited.
 * Partners who answer at the same moment each look before the other has: the store looks again (`ifMoved`).
 */
async function cardsToEdit(before: View, after: View, replies: readonly Reply[]): Promise<CardsToEdit> {
  const partners = await partnersAsks(after, replies);
  if (partners.length === 0) return { edit: [] };
  const edit: Nudge["id"][] = [];
  for (const ask of partners) if (await readsOtherwise(ask, before, after)) edit.push(ask.nudge.id);
  const occasions = [...new Set(replies.map(({ occasion }) => occasion))];
  const counted = await Promise.all(
    occasions.map(async (occasion) => ({
      occasion,
      replies: (await before.context.store.replies(occasion)).length,
    })),
  );
  const left = partners.map(({ nudge }) => nudge.id).filter((id) => !edit.includes(id));
  // The own card may have been made without what the other has said meanwhile.
  return { edit, ifMoved: { occasions: counted, edit: [...left, before.nudge.id] } };
}

/** Whether a partner sees other replies than before. Until they have agreed, their message asks for that and shows none. */
async function readsOtherwise({ nudge, circle }: PartnersAsk, before: View, after: View): Promise<boolean> {
  const [was, will] = await Promise.all(
    [before, after].map(({ context }) => shownTo(nudge.person, circle, context)),
  );
  if (JSON.stringify(was) === JSON.stringify(will)) return false;
  return (await before.context.store.standing(nudge.person)).consent === "given";
}

/** What the others in a circle have said that this partner may see. Nothing shows a line that was skipped. */
async function shownTo(partner: PersonId, circle: Circle, { store }: Context) {
  const replies = visibleTo(partner, circle, await store.replies(circle.occasion));
  return replies
    .filter((one) => one.person !== partner && one.value !== null)
    .map(({ person, item, about, value }) => [person, item, about, value]);
}

/** Theirs is named by their own shift, or the week. */
async function partnersAsks(view: View, replies: readonly Reply[]): Promise<readonly PartnersAsk[]> {
  const { context, role, shift } = view;
  const kind = PARTNERS_KIND[view.nudge.kind];
  // Their debrief shows the goal, too, and may be out while the resident's shift still runs.
  const kinds: readonly AskKind[] = kind === "shift-plan" ? [kind, "shift-debrief"] : [kind];
  const occasions = new Set(replies.map(({ occasion }) => occasion));
  const seen = view.seen.filter(({ circle }) => occasions.has(circle.occasion));
  const isShared = replies.some(({ item }) => ITEMS[item].visibility === "shared" || item === "share");
  // What is only compared is shown to nobody before the reader has answered somebody whole.
  if (!isShared && !seen.some((one) => hasAnsweredSomebody(view, one))) return [];
  const circles = seen.map(({ circle }) => circle);
  const subjects = circles.flatMap((circle) => {
    if (shift === undefined)
      return [circle.resident, ...circle.attendings]
        .filter((person) => person !== view.reader.id)
        .flatMap((person) => subjectsOfWeek(circle.occasion).map((subject) => ({ circle, person, subject })));
    if (role === "attending") return [{ circle, person: circle.resident, subject: circle.occasion }];
    const partners = context.roster.partnersOf(shift);
    const attendings = [...new Set([...circle.attendings, ...partners.map(({ person }) => person)])];
    return partners.map(({ person, id }) => ({
      circle: { ...circle, attendings },
      person,
      subject: id as string,
    }));
  });
  const found = await Promise.all(
    subjects.flatMap(({ circle, person, subject }) =>
      kinds.map(async (one) => {
        const nudge = await context.store.nudgeAbout(one, person, subject);
        return nudge === undefined ? [] : [{ nudge, circle }];
      }),
    ),
  );
  return [...new Map(found.flat().map((ask) => [ask.nudge.id, ask])).values()];
}

function hasAnsweredSomebody(view: View, seen: Seen): boolean {
  const [first] = itemsSideBySide(view.nudge.kind);
  return (
    first !== undefined &&
    seen.partners.some(({ id }) => hasAnswered(seen.replies, view.reader.id, id, first))
  );
}

/**
 * The plan ask follows the goal: at once, though not before the attending's own shift is near. It comes at its own
 * moment where the attending is not shown the goal: a private goal looks like none.
 */
async function plansToHasten(view: View): Promise<Effects["hasten"]> {
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

/**
 * One short new message to whoever of two partners had answered first, where there is something to talk about: by now both have
 * answered, and the card of the first stands further up. None once their time together has run for a while (domain.md, "When
 * Attune speaks": no message mid-shift): then the card changes in place, silently.
 *
 * @param before the reader's view as they answered
 * @param after the same with the answer in it, and what others have answered at the same moment
 */
export function toldFirst(before: View, after: View): readonly PlannedNudge[] {
  const { kind } = after.nudge;
  if (kind !== "shift-goal" && kind !== "shift-plan") return [];
  return after.seen.flatMap((seen) =>
    seen.partners
      .filter(({ id }) => hasBoth(after, seen, id) && !hadBoth(before, seen, id))
      .filter(({ id }) => (after.gaps.get(`${seen.circle.occasion} ${id}`)?.size ?? 0) > 0)
      .flatMap(({ id }) => noticeTo(after, seen, id) ?? []),
  );
}

function hadBoth(before: View, { circle }: Seen, partner: PersonId): boolean {
  const seen = before.seen.find((one) => one.circle.occasion === circle.occasion);
  return seen !== undefined && hasBoth(before, seen, partner);
}

function noticeTo(
  { context, reader, role, nudge }: View,
  { circle, replies }: Seen,
  partner: PersonId,
): PlannedNudge | undefined {
  const { program, roster, now } = context;
  const shift = roster.assignment(circle.occasion);
  if (shift === undefined) return undefined;
  const attending = role === "resident" ? partner : reader.id;
  const together = roster.outlook.overlapsOf(shift).find((one) => one.attending.person === attending);
  if (together === undefined) return undefined;
  // Replies stand in the order in which they were kept: two who answer at the same moment find the same one first.
  const compared = [...itemsSideBySide(nudge.kind).map(({ id }) => id), "safety"];
  const lastOf = (one: PersonId, other: PersonId) =>
    replies.findLastIndex(
      ({ person, item, about }) => person === one && (about ?? other) === other && compared.includes(item),
    );
  const isReaders = lastOf(reader.id, partner) < lastOf(partner, reader.id);
  const [first, second] = isReaders ? [reader.id, partner] : [partner, reader.id];
  const expiresAt = later(together.start, program.policy.revealWindow + 1);
  // Who works later is not told before their own shift is near.
  const own = first === attending ? together.attending : together.resident;
  const near = later(own.start, -program.policy.goalLead);
  const dueAt = near > now ? near : now;
  return dueAt < expiresAt
    ? { kind: "shift-reveal", person: first, subject: revealed(shift.id, second), dueAt, expiresAt }
    : undefined;
}
