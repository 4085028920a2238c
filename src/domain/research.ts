import { ITEMS } from "./forms.ts";
import type { PersonId } from "./person.ts";
import type { Reply } from "./reply.ts";
import type { Instant } from "./time.ts";

/*
 * Whether somebody takes part in a study is kept as answers of theirs, of visibility "self": the rule that decides who sees an answer
 * (visibility.ts) lets nobody else see it, erasing deletes it, "my data" shows it, and an earlier answer stays kept.
 */

/** What an answer about a study is about: one version of its text, for one person. */
export const researchOccasion = (version: string, person: PersonId): string =>
  `research@${version}@${person}`;

/** Reads the version of what `researchOccasion` wrote; undefined for any other occasion. */
const versionOf = (occasion: string): string | undefined => /^research@([^@]+)@/u.exec(occasion)?.[1];

/** One answer of a person about a study: to which version of its text, and since when. */
export interface ResearchAnswer {
  readonly version: string;
  readonly at: Instant;
  readonly takesPart: boolean;
  /** Answers about trust are included. */
  readonly withTrust: boolean;
}

/** A person's answers about studies, oldest first: each as it stood after what they said at one moment. */
export function researchAnswers(
  replies: readonly Pick<Reply, "item" | "occasion" | "value" | "at">[],
): readonly ResearchAnswer[] {
  const found: ResearchAnswer[] = [];
  for (const { item, occasion, value, at } of replies.toSorted((a, b) => a.at - b.at)) {
    const version = versionOf(occasion);
    if (version === undefined || (item !== ITEMS.research.id && item !== ITEMS["research-trust"].id))
      continue;
    const last = found.at(-1);
    const before = last?.version === version ? last : undefined;
    const answer: ResearchAnswer = {
      version,
      at,
      takesPart: item === ITEMS.research.id ? value === "yes" : (before?.takesPart ?? false),
      withTrust: item === ITEMS.research.id ? false : value === "yes" && (before?.takesPart ?? false),
    };
    // What was said at one moment is one answer.
    if (before?.at === at) found.pop();
    found.push(answer);
  }
  return found;
}

/** From when on somebody's answers may be used, without a break until now. */
export interface ResearchConsent {
  readonly since: Instant;
  /** Undefined where those about trust may not. */
  readonly trustSince?: Instant;
}

/**
 * The consent that stands: the last word was a yes, and to the text as it is now. It reaches back to the first yes since the last no, also
 * of an earlier text: whoever agreed to both has agreed all the time. Undefined for everybody else, whatever they said before.
 */
export function researchConsent(
  answers: readonly ResearchAnswer[],
  version: string,
): ResearchConsent | undefined {
  const last = answers.at(-1);
  if (last === undefined || !last.takesPart || last.version !== version) return undefined;
  const since = firstOfRun(answers, ({ takesPart }) => takesPart);
  if (since === undefined) return undefined;
  const trustSince = firstOfRun(answers, ({ takesPart, withTrust }) => takesPart && withTrust);
  return { since, ...(trustSince === undefined ? {} : { trustSince }) };
}

/** When the unbroken run of answers began for which this holds, up to the last one. */
function firstOfRun(
  answers: readonly ResearchAnswer[],
  holds: (answer: ResearchAnswer) => boolean,
): Instant | undefined {
  const broken = answers.findLastIndex((answer) => !holds(answer));
  return answers[broken + 1]?.at;
}

/** The paragraphs of a study's text: empty lines stand between them. */
export const paragraphsOf = (text: string): readonly string[] =>
  text.split(/\n\s*\n/u).map((paragraph) => paragraph.trim());
