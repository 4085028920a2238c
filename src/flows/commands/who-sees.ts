import type { Card } from "#src/card/card.ts";
import { NO_NUDGE } from "#src/domain/nudge.ts";
import type { Words } from "#src/words/words.ts";
import type { Standing } from "#src/ports/store.ts";
import { isBeforeStart, type Context } from "../context.ts";
import { agreeOrNot } from "../conversations/consent.ts";
import { toHome } from "../notice.ts";

/**
 * Who sees what, in plain words: domain.md's table of visibilities. It is what a consent says behind "More", so whoever has not
 * decided yet can agree right there, once their program has started.
 */
export function whoSeesCard(words: Words, context: Context, { consent }: Pick<Standing, "consent">): Card {
  const { say } = words;
  const { whoSees } = say.commands;
  return {
    locale: words.locale,
    notification: whoSees.title,
    blocks: [
      { type: "title", text: whoSees.title },
      { type: "text", text: whoSees.about },
      {
        type: "facts",
        rows: [
          { label: whoSees.goal, value: whoSees.goalText },
          { label: whoSees.pair, value: whoSees.pairText },
          { label: whoSees.lines, value: whoSees.linesText },
          { label: whoSees.trust, value: whoSees.trustText },
          { label: whoSees.program, value: whoSees.programText(context.program.policy.aggregate.residents) },
          { label: whoSees.system, value: whoSees.systemText },
          { label: whoSees.out, value: whoSees.outText },
        ],
      },
      { type: "text", text: whoSees.not, tone: "quiet" },
      {
        type: "actions",
        actions:
          consent === "unasked" && !isBeforeStart(context) ? agreeOrNot(words, NO_NUDGE) : [toHome(words)],
      },
    ],
  };
}
