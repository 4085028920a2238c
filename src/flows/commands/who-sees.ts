import type { Card } from "#src/card/card.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { toHome } from "./help.ts";

/** Who sees what, in plain words: domain.md's table of visibilities. */
export function whoSeesCard(words: Words, context: Context): Card {
  const { say } = words;
  const { whoSees } = say.commands;
  return {
    locale: words.locale,
    notification: whoSees.title,
    blocks: [
      { type: "title", text: whoSees.title },
      {
        type: "facts",
        rows: [
          { label: whoSees.goal, value: whoSees.goalText },
          { label: whoSees.pair, value: whoSees.pairText },
          { label: whoSees.lines, value: whoSees.linesText },
          { label: whoSees.trust, value: whoSees.trustText },
          { label: whoSees.program, value: whoSees.programText(context.program.policy.aggregate.residents) },
        ],
      },
      { type: "text", text: whoSees.not, tone: "quiet" },
      { type: "actions", actions: [toHome(words)] },
    ],
  };
}
