import { act } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Words } from "#src/words/words.ts";
import { notice } from "../notice.ts";

/** The nudge of a consent that was asked for without a nudge. */
export const NO_NUDGE = 0 as NudgeId;

/**
 * The first card that a person gets: what Attune asks, what is stored, who sees it, and that it is voluntary. It is shown instead of
 * the first ask. The ask replaces it once the person agrees.
 */
export function consentCard(words: Words, program: Program, person: Person, nudge: NudgeId): Card {
  const { consent } = words.say;
  const { facts } = consent;
  return {
    locale: words.locale,
    notification: consent.notification,
    blocks: [
      { type: "title", text: consent.title },
      { type: "text", text: consent.hello(words.called(person), words.program) },
      { type: "text", text: consent.what },
      {
        type: "facts",
        rows: [
          { label: facts.kept, value: facts.keptText },
          { label: facts.seen, value: facts.seenText(program.policy.aggregate.residents) },
          { label: facts.not, value: facts.notText },
          { label: facts.out, value: facts.outText },
        ],
      },
      {
        type: "actions",
        actions: [
          { label: consent.agree, act: act({ verb: "agree", nudge }), style: "primary" },
          { label: consent.decline, act: act({ verb: "decline", nudge }), style: "quiet" },
        ],
      },
    ],
  };
}

/** What stands in place of the consent for somebody who declined: a way back, and nothing else. */
export const declinedCard = (words: Words): Card =>
  notice(words, words.say.consent.declined, [
    { label: words.say.home.start, act: act({ verb: "say", command: "resume" }), style: "primary" },
  ]);
