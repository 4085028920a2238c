import type { ItemId } from "#src/domain/forms.ts";
import type { Block } from "#src/card/card.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Words } from "#src/words/words.ts";
import type { Seen, View } from "./view.ts";

/** What a goal is called in a sentence. "Something else" says nothing by itself: its line does. */
export const goalNamed = (words: Words, goal: string, line: string | undefined): string =>
  goal === OTHER_GOAL && line !== undefined ? line : words.goal(goal);

/** A goal together with the resident's own line to it. */
export const goalInFull = (words: Words, goal: string, line: string | undefined): string =>
  line === undefined || goal === OTHER_GOAL ? goalNamed(words, goal, line) : `${words.goal(goal)}: ${line}`;

/** The resident's goal in the words that the reader may see, or undefined when it is not shared. */
export function goalShown(
  view: View,
  seen: Seen,
): { readonly name: string; readonly inFull: string } | undefined {
  const value = valueOf(seen, seen.circle.resident, "goal");
  if (value === undefined) return undefined;
  const line = valueOf(seen, seen.circle.resident, "line");
  return { name: goalNamed(view.words, value, line), inFull: goalInFull(view.words, value, line) };
}

/** What an attending sees of a resident's goal, or that none was shared: a private goal looks like none. */
export function goalBlocks(view: View, seen: Seen): readonly Block[] {
  const { words } = view;
  const shown = goalShown(view, seen);
  const name = words.all(seen.partners);
  if (shown === undefined) return [{ type: "text", text: words.say.plan.noGoal(name), tone: "quiet" }];
  return [{ type: "quote", by: words.say.plan.goalOf(name), text: shown.inFull }];
}

function valueOf(seen: Seen, person: PersonId, item: ItemId): string | undefined {
  return seen.replies.find((reply) => reply.person === person && reply.item === item)?.value ?? undefined;
}
