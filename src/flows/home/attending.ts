import type { ItemId } from "#src/domain/forms.ts";
import type { Block } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import { DAY, later } from "#src/domain/time.ts";
import { visibleTo } from "#src/domain/visibility.ts";
import type { Words } from "#src/words/words.ts";
import { overlapsWith } from "../digests/attending-digest.ts";
import type { Context } from "../context.ts";
import { goalInFull } from "../view/in-words.ts";
import { circleOf } from "../view/view.ts";
import { differences } from "./differences.ts";
import { heading } from "../notice.ts";

const GOALS_SHOWN = 8;

/** An attending's page: what their residents shared, what is worth a talk, and the next shifts together (`next`). */
export async function attendingHome(
  context: Context,
  reader: Person,
  words: Words,
  next: readonly Block[],
): Promise<readonly Block[]> {
  return [
    ...(await residentsGoals(context, reader, words)),
    ...(await differences(context, reader, words, "attending")),
    ...next,
  ];
}

/**
 * The goals that residents shared on the shifts of the last week, newest first. A home page in a chat is not edited, and how much of a
 * goal is shared can change until its shift ends: until then the goal stands in the plan, which follows.
 */
async function residentsGoals(context: Context, reader: Person, words: Words): Promise<readonly Block[]> {
  const near = overlapsWith(context, reader).filter(
    (one) => one.end > later(context.now, -7 * DAY) && one.start < later(context.now, DAY),
  );
  const [over, running] = [true, false].map((is) =>
    near.filter(({ resident }) => resident.end <= context.now === is),
  );
  const rows: { label: string; value: string }[] = [];
  for (const { resident } of over!) {
    const circle = circleOf(context, resident);
    const seen = visibleTo(reader.id, circle, await context.store.replies(circle.occasion));
    const shared = (item: ItemId) =>
      seen.find((reply) => reply.person === resident.person && reply.item === item)?.value ?? undefined;
    const goal = shared("goal");
    const line = shared("line");
    const person = context.person(resident.person);
    if (goal === undefined || person === undefined) continue;
    rows.unshift({
      label: `${words.called(person)} · ${words.format.date(resident.start)}`,
      value: goalInFull(words, goal, line),
    });
  }
  const { home } = words.say;
  return [
    heading(home.residents),
    ...(rows.length === 0 ? [] : [{ type: "facts", rows: rows.slice(0, GOALS_SHOWN) } as const]),
    ...(running!.length > 0
      ? [{ type: "text", text: home.goalsInPlan, tone: "quiet" } as const]
      : rows.length === 0
        ? [{ type: "text", text: home.noResidentsGoals, tone: "quiet" } as const]
        : []),
  ];
}
