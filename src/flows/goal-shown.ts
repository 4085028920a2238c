import type { Block } from "#src/card/card.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Seen, View } from "./view.ts";

/** The resident's goal in the words that the reader may see, or undefined when it is not shared. */
export function goalShown(
  view: View,
  seen: Seen,
): { readonly goal: string; readonly line?: string } | undefined {
  const value = valueOf(seen, seen.circle.resident, "goal");
  if (value === undefined) return undefined;
  const line = valueOf(seen, seen.circle.resident, "line");
  return { goal: view.words.goal(value), ...(line === undefined ? {} : { line }) };
}

/** What an attending sees of a resident's goal, or that none was shared: a private goal looks like none. */
export function goalBlocks(view: View, seen: Seen): readonly Block[] {
  const { words } = view;
  const shown = goalShown(view, seen);
  const name = words.all(seen.partners);
  if (shown === undefined) return [{ type: "text", text: words.say.plan.noGoal(name), tone: "quiet" }];
  const text = shown.line === undefined ? shown.goal : `${shown.goal}: ${shown.line}`;
  return [{ type: "quote", by: words.say.plan.goalOf(name), text }];
}

function valueOf(seen: Seen, person: PersonId, item: string): string | undefined {
  return seen.replies.find((reply) => reply.person === person && reply.item === item)?.value ?? undefined;
}
