import type { Card } from "#src/card/card.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { Program, Research } from "#src/domain/program.ts";
import { instant, zoneOf } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import { askedCard, researchAnswerCard, trustCard } from "#src/flows/conversations/research.ts";
import { wordsFor } from "#src/words/words.ts";
import { programOf, type ProgramWish } from "./programs.ts";

/** A study as program.yaml may name one. */
export const STUDY: Research = {
  version: "abcdefghijkl",
  title: { en: "Two views of one shift", ja: "一つの勤務、二つの見方" },
  approval: "IRB 2026-118",
  contact: "study@example.org",
  from: "2026-11-30",
  to: "2027-01-24",
  text: {
    en: "We study how two views of a shift come together.\n\nTaking part takes no extra time.",
    ja: "一つの勤務についての二つの見方が、どのように近づくかを調べます。\n\n追加のお時間はかかりません。",
  },
};

export const studied = (wish: ProgramWish = {}, research: Partial<Research> = {}): Program => ({
  ...programOf(wish),
  research: { ...STUDY, ...research },
});

/** Numbered words, so many letters at most. */
const letters = (most: number): string =>
  Array.from({ length: Math.floor(most / 8) }, (_, n) => `word${String(n).padStart(3, "0")}`).join(" ");

/** Every card about a study, of one that says no more than it must and of one with the longest words that program.yaml takes. */
export function studyCards(locale: Locale): readonly Card[] {
  const line = letters(200);
  const long = letters(2_000);
  const many = Array.from({ length: 20 }, () => letters(96)).join("\n\n");
  const studies = [
    STUDY,
    ...[long, many].map((text) => ({
      ...STUDY,
      title: both(line),
      approval: line,
      contact: line,
      text: both(text),
    })),
  ];
  return studies.flatMap((research) => {
    const program = studied({ locale }, research);
    const words = wordsFor(locale, program);
    const said = (takesPart: boolean, withTrust: boolean) =>
      researchAnswerCard(words, research, {
        version: research.version,
        takesPart,
        withTrust,
        at: instant(0),
      });
    return [
      askedCard(words, { zone: zoneOf(program.timeZone) } as Context, research),
      trustCard(words, research),
      said(true, true),
      said(true, false),
      said(false, false),
    ];
  });
}

const both = (text: string) => ({ en: text, ja: text });
