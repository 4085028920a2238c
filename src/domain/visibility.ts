import { ITEMS, STRATEGY_ITEMS, itemOf, itemsOf, itemsSideBySide, type Item, type ItemId } from "./forms.ts";
import { NUDGE_KINDS, type Ask } from "./nudge.ts";
import type { PersonId } from "./person.ts";
import type { Reply } from "./reply.ts";
import { instant, type Instant } from "./time.ts";

/** One resident and all attendings who share an occasion. */
export interface Circle {
  readonly occasion: string;
  readonly resident: PersonId;
  readonly attendings: readonly PersonId[];
}

const STRATEGY: readonly ItemId[] = STRATEGY_ITEMS.map((item) => item.id);

/** Sets of items that are shown side by side. None of a set is shown before both have answered the whole set. */
const SIDE_BY_SIDE: readonly (readonly ItemId[])[] = NUDGE_KINDS.map((kind) =>
  itemsSideBySide(kind)
    .filter((item) => item.shownWith === undefined)
    .map((item) => item.id),
);

/**
 * Decides who sees an answer (domain.md, "Who sees what"). No other place does. Everything that a card, a digest, the home
 * page or an export shows about other people comes through here.
 */
export function visibleTo(reader: PersonId, circle: Circle, replies: readonly Reply[]): readonly Reply[] {
  const here = aboutTheGoal(replies.filter((reply) => reply.occasion === circle.occasion));
  const standing = new Set(inForce(here));
  return here.flatMap((reply) => {
    if (reply.person === reader) return reply;
    if (!standing.has(reply) || !partnerMaySee(reader, circle, here, reply)) return [];
    // Whoever sees an answer may not have been meant to see the one before it.
    const { before, ...seen } = reply;
    return before === undefined ? reply : seen;
  });
}

function partnerMaySee(reader: PersonId, circle: Circle, here: readonly Reply[], reply: Reply): boolean {
  const item = itemOf(reply.item);
  if (item === undefined || !arePartners(circle, reader, reply.person)) return false;
  if (reply.about !== undefined && reply.about !== reader) return false;
  switch (item.visibility) {
    case "self":
      return false;
    case "shared":
      return isShared(here, reply, item);
    case "pair":
      return !isNeverCompared(shareIn(here), item.id) && haveBothAnswered(here, reader, reply.person, item);
    default:
      return item.visibility satisfies never;
  }
}

const arePartners = (circle: Circle, one: PersonId, other: PersonId): boolean =>
  (one === circle.resident && circle.attendings.includes(other)) ||
  (other === circle.resident && circle.attendings.includes(one));

/**
 * A resident may share only the goal's category, or nothing. If they chose nothing, the goal is shared, as the ask said. What they
 * make of a suggested goal tells of their own: it is shared where that is.
 */
function isShared(here: readonly Reply[], reply: Reply, item: Item): boolean {
  if (item.id !== "goal" && item.id !== "line" && item.id !== "suggestion") return true;
  const own = (id: ItemId) => here.find((one) => one.person === reply.person && one.item === id)?.value;
  if (item.id === "suggestion" && (own("goal") ?? null) === null) return false;
  const share = shareIn(here) ?? "full";
  return share === "full" || (share === "category" && item.id !== "line");
}

const LOOKING_BACK: readonly ItemId[] = itemsOf("shift-debrief").flatMap(({ id, visibility }) =>
  visibility === "pair" ? [id] : [],
);

/** Without what was looked back on before another goal took its place: it is asked anew. */
function aboutTheGoal(here: readonly Reply[]): readonly Reply[] {
  const goal = here.find(({ item }) => item === "goal");
  const another = goal?.before?.value ?? null;
  if (goal === undefined || another === null || another === goal.value) return here;
  return here.filter(({ item, at }) => !LOOKING_BACK.includes(item) || at >= goal.at);
}

/**
 * Whether a resident shares nothing of a goal. "private": they have said so; "alone": nobody shared the shift when they answered,
 * as the ask said, and they have not said otherwise since.
 */
export const isKeptPrivate = (share: string | null | undefined): boolean =>
  share === "private" || share === "alone";

/** How much its resident shares of the goal of an occasion. `here`: all replies to it. */
const shareIn = (here: readonly Reply[]): string | null | undefined =>
  here.find(({ item }) => item === "share")?.value;

/**
 * Whether what partners otherwise compare stands beside nobody's. What came of a private goal is told to nobody, and so no partner's
 * answer about it is either. What was answered while nobody shared the shift is the resident's own, whoever joins it later.
 */
const isNeverCompared = (share: string | null | undefined, item: ItemId): boolean =>
  share === "alone" || (share === "private" && LOOKING_BACK.includes(item));

/** The answers of two partners that may be compared: without those that stand beside nobody's. */
export function comparable(replies: readonly Reply[]): readonly Reply[] {
  const shares = new Map(
    replies.flatMap(({ item, occasion, value }) => (item === "share" ? [[occasion, value] as const] : [])),
  );
  return replies.filter(
    ({ item, occasion }) =>
      itemOf(item)?.visibility !== "pair" || !isNeverCompared(shares.get(occasion), item),
  );
}

/** The replies that count. "Patient safety first" replaces the strategy answers that were given before it. */
export function inForce(replies: readonly Reply[]): readonly Reply[] {
  const isReplaced = (reply: Reply) =>
    STRATEGY.includes(reply.item) &&
    replies.some(
      (one) =>
        one.item === "safety" &&
        one.value !== null &&
        one.person === reply.person &&
        one.about === reply.about &&
        one.occasion === reply.occasion,
    );
  return replies.filter((reply) => !isReplaced(reply));
}

/** Whether `person` has answered the whole set that `item` belongs to, about `partner`. */
export function hasAnswered(
  replies: readonly Reply[],
  person: PersonId,
  partner: PersonId,
  item: Item,
): boolean {
  const given = (id: ItemId) =>
    replies.some(
      (one) =>
        one.person === person && one.item === id && one.value !== null && (one.about ?? partner) === partner,
    );
  const isStrategy = item.id === "safety" || STRATEGY.includes(item.id);
  const set = isStrategy ? STRATEGY : SIDE_BY_SIDE.find((items) => items.includes(item.shownWith ?? item.id));
  // "Patient safety first" counts as all three strategy answers.
  return (set ?? [item.id]).every(given) || (isStrategy && given("safety"));
}

/** Whether these two have both answered the whole set that `item` belongs to, each about the other. */
export function haveBothAnswered(
  replies: readonly Reply[],
  person: PersonId,
  partner: PersonId,
  item: Item,
): boolean {
  return hasAnswered(replies, person, partner, item) && hasAnswered(replies, partner, person, item);
}

/**
 * The attendings of a circle. One who had answered whole before the roster changed still belongs to it. Of whoever had only begun, the
 * ask is withdrawn: nobody waits for the rest of it, and the goal stands in their chat no more.
 */
export function withThoseWhoAnswered(circle: Circle, replies: readonly Reply[]): Circle {
  const answered = [...new Set(replies.map(({ person }) => person))].filter(
    (one) =>
      one !== circle.resident &&
      (hasAnswered(replies, one, circle.resident, ITEMS.help) || hasLookedBack(circle, one, replies)),
  );
  return { ...circle, attendings: [...new Set([...circle.attendings, ...answered])] };
}

/** Whether an attending has looked back on the shift, or has a line from the resident or for them. */
export const hasLookedBack = (
  { resident }: Circle,
  attending: PersonId,
  replies: readonly Reply[],
): boolean =>
  hasAnswered(replies, attending, resident, ITEMS.outcome) ||
  replies.some(
    ({ item, value, person, about }) =>
      item === "note" &&
      value !== null &&
      (person === attending ? about === resident : person === resident && about === attending),
  );

/**
 * When the goal that stands took the place of another that the reader of this ask had seen, or its line that of another line.
 * Undefined for an attending whose message went out later, or who was shown less at that time.
 *
 * @param replies all to the occasion of this circle
 */
export function goalChangedAt(
  { kind, person: reader, sentAt }: Pick<Ask, "kind" | "person" | "sentAt">,
  circle: Circle,
  replies: readonly Reply[],
): Instant | undefined {
  if (kind !== "shift-goal" && kind !== "shift-plan") return undefined;
  const isOwn = kind === "shift-goal";
  const given = (id: ItemId) => replies.find((one) => one.person === circle.resident && one.item === id);
  const seen = visibleTo(reader, circle, replies);
  const moments = (["goal", "line"] as const).flatMap((id) => {
    const now = given(id);
    const before = now?.before?.value ?? null;
    if (now === undefined || now.value === null || before === null || before === now.value) return [];
    // The attending has seen no other one.
    if (!isOwn && (sentAt === undefined || now.at < sentAt)) return [];
    return seen.some(({ person, item }) => person === now.person && item === id) ? [now.at] : [];
  });
  if (moments.length === 0) return undefined;
  const at = instant(Math.max(...moments));
  const shared = given("share");
  return isOwn || shared === undefined || shared.at <= at ? at : undefined;
}
