import { act } from "#src/card/act.ts";
import type { Action, Card } from "#src/card/card.ts";
import { researchWord } from "#src/domain/research-command.ts";
import { paragraphsOf, researchAnswers, type ResearchAnswer } from "#src/domain/research.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Research } from "#src/domain/program.ts";
import { dayNumber } from "#src/domain/time.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { notice } from "../notice.ts";

/** What a button of the study's card says of its reader. */
type ResearchChoice = "yes" | "no" | "trust" | "no-trust";

/**
 * The card that asks about the study, as it is now; of what was answered already, that. Undefined where the text has changed since the
 * question was planned, or the program has no study any more: then there is nothing to ask.
 */
export async function researchNudgeCard(
  context: Context,
  nudge: Nudge,
  words: Words,
): Promise<Card | undefined> {
  const { research } = context.program;
  if (research?.version !== nudge.subject) return undefined;
  const said = await answerTo(context, nudge.person, research);
  return said === undefined ? askedCard(words, context, research) : researchAnswerCard(words, research, said);
}

/** What somebody has said to the text of the study as it is now. */
export async function answerTo(
  { store }: Pick<Context, "store">,
  person: PersonId,
  { version }: Research,
): Promise<ResearchAnswer | undefined> {
  const last = researchAnswers((await store.export(person)).replies).at(-1);
  return last?.version === version ? last : undefined;
}

/** The question: the words of the approval, then what Attune itself promises. */
export function askedCard(words: Words, { zone }: Context, research: Research): Card {
  const { locale, format } = words;
  const say = words.say.research;
  const noon = (date: string) => zone.at(dayNumber(date), 12);
  return {
    locale,
    notification: say.notification,
    blocks: [
      { type: "title", text: say.title, note: research.title[locale] },
      ...paragraphsOf(research.text[locale]).map((text) => ({ type: "text" as const, text })),
      {
        type: "facts",
        rows: [
          { label: say.approval, value: research.approval },
          { label: say.contact, value: research.contact },
          {
            label: say.time,
            value: say.fromTo(format.day(noon(research.from)), format.day(noon(research.to))),
          },
        ],
      },
      { type: "text", text: say.promiseTitle, tone: "strong" },
      { type: "text", text: say.promise },
      { type: "text", text: say.limits },
      {
        type: "actions",
        actions: [tap(say.agree, "yes", research, "primary"), tap(say.decline, "no", research, "quiet")],
      },
    ],
  };
}

/** What somebody has said, with what they can change about it. */
export function researchAnswerCard(words: Words, research: Research, said: ResearchAnswer): Card {
  const say = words.say.research;
  if (!said.takesPart)
    return notice(words, say.out, [
      { label: say.readAgain, act: act({ verb: "say", command: "research" }), style: "quiet" },
    ]);
  const trust = said.withTrust
    ? tap(say.trustOut, "no-trust", research, "quiet")
    : tap(say.trustIn, "trust", research);
  return notice(words, said.withTrust ? say.inWithTrust : say.inWithoutTrust, [
    trust,
    tap(say.withdraw, "no", research, "quiet"),
  ]);
}

/** After a yes: whether answers about trust are included, a tick of its own. Left alone, they are not. */
export const trustCard = (words: Words, research: Research): Card => {
  const say = words.say.research;
  return notice(words, say.trustQuestion, [
    tap(say.trustIn, "trust", research),
    tap(say.trustOut, "no-trust", research, "quiet"),
  ]);
};

const tap = (
  label: string,
  to: ResearchChoice,
  { version }: Research,
  style?: "primary" | "quiet",
): Action => ({
  label,
  act: act({ verb: "say", command: researchWord(to, version) }),
  ...(style === undefined ? {} : { style }),
});
