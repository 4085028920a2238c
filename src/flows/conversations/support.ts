import type { Block } from "#src/card/card.ts";
import type { Target, View } from "../view/view.ts";

/** An answer about trust up to which somebody is told whom they can turn to (1 disagree … 5 agree). */
const HARD_TO_ASK = 2;

/**
 * Whom the reader can turn to, where they answered about one of these that it was hard to ask for help. It stands in their own card
 * and nowhere else.
 */
export function support({ reader, words }: View, about: readonly Pick<Target, "seen">[]): readonly Block[] {
  const own = about.flatMap(({ seen }) =>
    seen.replies.filter(({ person, item }) => person === reader.id && item === "week-trust"),
  );
  const isHard = own.some(({ value }) => value !== null && Number(value) <= HARD_TO_ASK);
  return isHard ? [{ type: "text", text: words.say.checkIn.support(words.support), tone: "quiet" }] : [];
}
