import type { Card } from "#src/card/card.ts";
import { NO_NUDGE } from "#src/domain/nudge.ts";
import type { Words } from "#src/words/words.ts";
import type { Role } from "#src/domain/person.ts";
import { isBeforeStart, rolesOf } from "../context.ts";
import { agreeOrNot } from "../conversations/consent.ts";
import { toHome } from "../notice.ts";
import type { Said } from "../said.ts";

/** Who sees which answers, told to a resident, to an attending, who sets no goals, or to somebody who answers nothing. */
function answersSeen({ say: { commands } }: Words, roles: readonly Role[]) {
  const { others, ...own } = commands.whoSees;
  const isResident = roles.includes("resident");
  const isPartner = isResident || roles.includes("attending");
  const goal = isResident ? own : others;
  const rest = isPartner ? own : { ...own, ...others };
  return [
    { label: goal.goal, value: goal.goalText },
    { label: rest.pair, value: rest.pairText },
    { label: rest.lines, value: rest.linesText },
    { label: rest.trust, value: rest.trustText },
  ];
}

/**
 * Who sees what, in plain words: domain.md's table of visibilities. It is what a consent says behind "More", so whoever has not
 * decided yet can agree right there, once their program has started.
 */
export function whoSeesCard({ words, context, person, standing: { consent } }: Said): Card {
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
          ...answersSeen(words, rolesOf(context, person)),
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
