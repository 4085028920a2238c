import type { Card } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import type { StandingChange } from "#src/ports/store.ts";
import { wordsFor, type Words } from "#src/words/words.ts";
import { elsewhereOf, type Context, type Elsewhere } from "../context.ts";

/*
 * Who works in several programs is one person: what they choose counts in all of them, and what is theirs is shown and erased in all of
 * them. What they answer stays in the program that asked.
 */

/** Whose act it is, in the program that it came to. */
export interface Acting {
  readonly context: Context;
  readonly person: Person;
  readonly inbound: Inbound;
}

/** Keeps what somebody has told about themselves: in all of their programs, or in none. */
export async function choose(
  { context, person, inbound }: Acting,
  to: StandingChange,
  tapped?: NudgeId,
): Promise<"recorded" | "again"> {
  const others = elsewhereOf(context, person);
  const recorded = await context.store.changeStanding(person.id, to, inbound.event, context.now, {
    ...(tapped === undefined ? {} : { tapped }),
    also: others.map((there) => ({ program: there.context.program.id, person: there.person.id })),
  });
  // In Teams only an act tells where somebody is written to. Should this come to nothing, their next act tells it, too.
  if (to.consent === "given")
    for (const one of [{ context, person }, ...others])
      await one.context.store.rememberIdentity(one.person.id, inbound.sender, context.now);
  return recorded;
}

/** Everything of theirs is erased, also where people.csv has them no more. This program comes last: until then it can be said again. */
export async function eraseEverywhere({ context, person, inbound }: Acting): Promise<void> {
  for (const one of [...(await everywhereElse({ context, person, inbound })), { context, person }])
    await one.context.store.erase(one.person.id, context.now, "chat");
}

/** The other programs that keep something of this person. */
export async function everywhereElse({ context, person, inbound }: Acting): Promise<readonly Elsewhere[]> {
  const left = (await context.leftElsewhere?.(inbound.sender)) ?? [];
  const others = elsewhereOf(context, person);
  const known = new Set(others.map((one) => one.context.program.id));
  return [...others, ...left.filter((one) => !known.has(one.context.program.id))];
}

/** A reader's words, with another program's names. */
export const wordsThere = ({ locale }: Words, { context }: Elsewhere): Words =>
  wordsFor(locale, context.program);

/** One card of several programs' cards, each under its program's name. */
export function oneAfterTheOther(cards: readonly (readonly [Words, Card])[]): Card {
  const [[, first]] = cards as readonly [readonly [Words, Card]];
  if (cards.length === 1) return first;
  const blocks = cards.flatMap(([words, card], place): Card["blocks"] => [
    ...(place === 0 ? [] : [{ type: "divider" } as const]),
    { type: "text", text: words.program, tone: "strong" },
    ...card.blocks,
  ]);
  return { ...first, blocks };
}
