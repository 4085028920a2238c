import type { Card } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import type { Research } from "#src/domain/program.ts";
import type { ResearchSaid } from "#src/domain/research-command.ts";
import type { BotResponse, Inbound } from "#src/ports/inbound.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { messageOf } from "../ask/answer.ts";
import { answerTo, askedCard, researchAnswerCard, trustCard } from "../conversations/research.ts";
import { headed } from "../notice.ts";
import { refused } from "../responses.ts";

/** Who said it. */
interface Said {
  readonly context: Context;
  readonly person: Person;
  readonly words: Words;
  readonly inbound: Inbound;
}

/**
 * What somebody reads or says about the study, by a tap or typed. A yes counts for the text that stood above its button only: one to an
 * earlier text shows the text as it is now. A no needs no text.
 */
export async function researchSaid(said: Said, { to, version }: ResearchSaid): Promise<BotResponse> {
  const { context, person, words, inbound } = said;
  const { research } = context.program;
  if (research === undefined) return refused("not-understood", words.say.refused.notUnderstood);
  const before = await answerTo(context, person.id, research);
  const isOld = version !== undefined && version !== research.version;
  if (to === undefined || (isOld && to !== "no"))
    return inPlace(
      said,
      before?.takesPart === true
        ? researchAnswerCard(words, research, before)
        : askedCard(words, context, research),
    );
  const message = messageOf(inbound);
  const tapped =
    message === undefined ? undefined : await context.store.nudgeShownIn(inbound.sender.platform, message);
  // A word on trust of somebody who does not take part, on an old card, changes nothing.
  if ((to === "trust" || to === "no-trust") && before?.takesPart !== true)
    return inPlace(said, askedCard(words, context, research));
  await keptText(said, research);
  const done = await context.store.recordResearch({
    event: inbound.event,
    person: person.id,
    now: context.now,
    version: research.version,
    withTrust: to === "trust",
    ...(to === "yes" || to === "no" ? { takesPart: to === "yes" } : {}),
    ...(tapped?.kind === "research" ? { tapped: tapped.id } : {}),
  });
  if (done === "again") return refused("already-received", words.say.refused.again);
  if (to === "yes") return inPlace(said, headed(trustCard(words, research), words.say.research.thanks));
  const now = await answerTo(context, person.id, research);
  return inPlace(
    said,
    now === undefined ? askedCard(words, context, research) : researchAnswerCard(words, research, now),
  );
}

/** The question's own message goes on showing it: the answer stands where the question stood. */
const inPlace = ({ inbound }: Said, card: Card): BotResponse => ({
  kind: "card",
  card,
  replace: messageOf(inbound) !== undefined,
});

/** Under which note the text of a version is kept, for as long as the database is. */
const textNote = (version: string): string => `research text ${version}`;

/** What was agreed to stays known, whatever program.yaml says later. */
async function keptText({ context }: Said, research: Research): Promise<void> {
  const key = textNote(research.version);
  if ((await context.store.note(key)) === undefined)
    await context.store.changeNote(key, undefined, JSON.stringify(research));
}
