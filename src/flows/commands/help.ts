import type { Card } from "#src/card/card.ts";
import type { Role } from "#src/domain/person.ts";
import type { Words } from "#src/words/words.ts";
import { toHome } from "../notice.ts";

/** What a person can tell Attune, short enough for a phone. */
export function helpCard(words: Words, roles: readonly Role[], hasResearch: boolean): Card {
  const { help } = words.say.commands;
  return {
    locale: words.locale,
    notification: help.notification,
    blocks: [
      { type: "title", text: help.title },
      {
        type: "facts",
        rows: [
          ...new Map([
            ...roles.flatMap((role) => help.own[role]),
            ...(roles.includes("coordinator") ? words.say.files.help : []),
            ...(hasResearch && roles.some((role) => role !== "coordinator") ? [words.say.research.help] : []),
            ...help.rows,
          ]),
        ].map(([label, value]) => ({ label, value })),
      },
      { type: "text", text: help.seen, tone: "quiet" },
      { type: "actions", actions: [toHome(words)] },
    ],
  };
}
