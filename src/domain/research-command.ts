/**
 * What somebody says about a study. Only a button has the version of the text that stood above it, and so only a button says yes: typed, its
 * label shows the text.
 */
export interface ResearchSaid {
  readonly name: "research";
  /** Nothing: to read about it, and what they have said. */
  readonly to?: "yes" | "no" | "trust" | "no-trust";
  readonly version?: string;
}

const ABOUT =
  /^(?:(?:the |this )?(?:research|study)|(?:take part|taking part|participate) in the (?:research|study)|read about the (?:research|study)|(?:この)?研究(?:について|への参加|に参加する|に参加します|に参加|の説明(?:を読む)?)?)$/u;
const WITH_TRUST = /^(?:include trust|信頼の回答も含める)$/u;
const WITHOUT_TRUST = /^(?:leave trust out|信頼の回答は含めない)$/u;
const OUT =
  /^(?:(?:do not|don't|don’t) (?:take part|participate) in the (?:research|study)|(?:stop|leave|quit|withdraw(?: from)?|no|no more)(?: the)? (?:research|study)|(?:research|study) (?:no|stop|withdraw|off|out)|研究(?:を|は|への参加を|の参加を|の同意を)?(?:やめ(?:る|ます|たい(?:です)?)?|止め(?:る|ます|たい(?:です)?)?|中止(?:する|します)?|撤回(?:する|します)?|取り消(?:す|します))|研究(?:に|には)(?:参加しない|参加しません)|研究 ?(?:いいえ|不参加))$/u;
const BUTTON = /^research (yes|no|trust|no-trust) ([a-z]{6,20})$/u;

/** Reads a word about the study, in English or Japanese; undefined if the text is none. */
export function readResearch(said: string): ResearchSaid | undefined {
  const button = BUTTON.exec(said);
  if (button !== null)
    return { name: "research", to: button[1] as NonNullable<ResearchSaid["to"]>, version: button[2]! };
  if (WITH_TRUST.test(said)) return { name: "research", to: "trust" };
  if (WITHOUT_TRUST.test(said)) return { name: "research", to: "no-trust" };
  if (OUT.test(said)) return { name: "research", to: "no" };
  return ABOUT.test(said) ? { name: "research" } : undefined;
}

/** What a button about this version of the study's text says. */
export const researchWord = (to: NonNullable<ResearchSaid["to"]>, version: string): string =>
  `research ${to} ${version}`;
