import { act } from "#src/card/act.ts";
import type { Action, Card } from "#src/card/card.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import { usualOnShift, type Person, type Role } from "#src/domain/person.ts";
import type { Words } from "#src/words/words.ts";
import { notice } from "../notice.ts";

/**
 * Asks a person once whether they take part, in words for their role and short enough to be read: what it takes, what is kept and
 * who could read it. The rest is behind one tap.
 */
export function consentCard(words: Words, person: Person, nudge: NudgeId): Card {
  const { consent } = words.say;
  const role = roleAsked(person);
  return {
    locale: words.locale,
    notification: consent.notification,
    blocks: [
      { type: "title", text: consent.hello(words.called(person), words.program) },
      { type: "text", text: consent.what[role] },
      { type: "text", text: consent.kept[role] },
      { type: "text", text: consent.seen[role] },
      {
        type: "actions",
        actions: agreeOrNot(words, nudge, [
          { label: consent.more, act: act({ verb: "say", command: "who sees what" }) },
        ]),
      },
    ],
  };
}

/** The two answers to whether somebody takes part, with what may be tapped between them. */
export const agreeOrNot = (
  { say: { consent } }: Words,
  nudge: NudgeId,
  between: readonly Action[] = [],
): readonly Action[] => [
  { label: consent.agree, act: act({ verb: "agree", nudge }), style: "primary" },
  ...between,
  { label: consent.decline, act: act({ verb: "decline", nudge }), style: "quiet" },
];

/** In whose words somebody is asked: those of what they are on their shifts, if they work any. */
export const roleAsked = (person: Person): Role => usualOnShift(person) ?? "coordinator";

/** What stands in place of the consent for somebody who declined: a way back, and nothing else. */
export const declinedCard = (words: Words): Card =>
  notice(words, words.say.consent.declined, [
    { label: words.say.home.start, act: act({ verb: "say", command: "resume" }), style: "primary" },
  ]);
