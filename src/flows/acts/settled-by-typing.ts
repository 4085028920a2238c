import { readAct } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { settledBy } from "#src/domain/exchange.ts";
import { readTyped } from "#src/domain/typed-text.ts";
import type { DayNumber } from "#src/domain/time.ts";
import type { Said } from "#src/flows/said.ts";
import { askCard } from "../ask/ask-card.ts";
import { notice } from "../notice.ts";
import { shown, type Handled } from "../responses.ts";
import { openToSettle } from "./own-words.ts";
import { tapped } from "./tapped.ts";

/**
 * A choice of "What did you settle on?", typed by its label or number: that question stands on the card of an ask that is answered, or
 * over. Undefined where it stands nowhere, or the text is none of its choices.
 */
export async function settledByTyping(
  said: Said,
  text: string,
  today: DayNumber,
): Promise<Handled | undefined> {
  const { words } = said;
  const choices = await choicesStanding(said);
  const meant = readTyped(text, { buttons: [], choices, labels: [] }, today);
  const meaning = meant.is === "choice" ? readAct(meant.value) : undefined;
  if (meaning === undefined || !("item" in meaning)) return undefined;
  const partners = new Set(choices.map(([act]) => partnerIn(act)));
  return partners.size > 1 ? shown(notice(words, words.say.typed.several(text))) : tapped(said, meaning);
}

/** The choices of the newest card with that question. */
async function choicesStanding(said: Said): Promise<readonly (readonly [act: string, label: string])[]> {
  for (const view of await openToSettle(said)) {
    const choices = settlingIn(askCard(view));
    if (choices.length > 0) return choices;
  }
  return [];
}

const settlingIn = (card: Card): readonly (readonly [act: string, label: string])[] =>
  card.blocks
    .flatMap((block) => (block.type === "question" ? block.choices : []))
    .flatMap(({ act, label }) => (partnerIn(act) === undefined ? [] : [[act, label] as const]));

/** With whom it is settled what this tap says; undefined where it says something else. */
function partnerIn(act: string): string | undefined {
  const meaning = readAct(act);
  return meaning !== undefined && "item" in meaning && settledBy(meaning.item) !== undefined
    ? meaning.about
    : undefined;
}
