import { itemsSideBySide, type Item, type ItemId } from "#src/domain/forms.ts";
import { isOver as isNudgeOver } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { hasBoth, type Seen, type View } from "./view.ts";

/** Where an answer goes: the occasion, and the partner it is about. */
export interface Target {
  readonly seen: Seen;
  readonly about: PersonId | undefined;
}

/** One question of an ask. An answer for several residents at once has several targets. */
export interface Step<Id extends ItemId = ItemId> {
  readonly item: Item<Id>;
  /** The partner as the tap names them; undefined when the answer is for the whole ask. */
  readonly about: PersonId | undefined;
  readonly targets: readonly Target[];
}

/** The reader's own answer to this step, if it was given. */
export function replyTo(view: View, step: Step): Reply | undefined {
  const [target] = step.targets;
  return target?.seen.replies.find((reply) => isAnswerTo(view, step.item, target, reply));
}

const isAnswerTo = (view: View, item: Item, target: Target, reply: Reply): boolean =>
  reply.person === view.reader.id && reply.item === item.id && reply.about === target.about;

/** An answer can be changed until a partner has answered too: then both have been shown. */
export function isLocked(view: View, step: Step): boolean {
  const isCompared = step.item.id === "safety" || itemsSideBySide(view.nudge.kind).includes(step.item);
  const wasGiven = (target: Target) =>
    target.seen.replies.some((reply) => isAnswerTo(view, step.item, target, reply));
  return step.targets.some(
    (target) =>
      (isCompared || wasGiven(target)) &&
      target.seen.partners.some((partner) => hasBoth(view, target.seen, partner.id)),
  );
}

/** Takes no answers any more. */
export const isOver = (view: View): boolean => isNudgeOver(view.nudge, view.context.now);
