import type { Goal } from "./program.ts";

const goal = (id: string, en: string, ja: string, ...milestones: readonly string[]): Goal => ({
  id,
  label: { en, ja },
  milestones,
});

/** The goal that asks for the person's own words. */
export const OTHER_GOAL = "other";

/**
 * The goals a resident chooses from where a program's file lists none. The codes are those of the
 * ACGME's Emergency Medicine Milestones 2.0 (2021); the wording is our own.
 */
export const DEFAULT_GOALS: readonly Goal[] = [
  goal("resuscitation", "Resuscitation and stabilisation", "蘇生と初期安定化", "PC1"),
  goal("history", "Focused history and exam", "要点を押さえた問診と診察", "PC2"),
  goal("reasoning", "Differential and clinical reasoning", "鑑別診断と臨床推論", "PC4", "MK2"),
  goal("tests", "Tests and imaging", "検査と画像の選び方", "PC3"),
  goal("treatment", "Treatment and drugs", "治療と薬の使い方", "PC5"),
  goal("disposition", "Reassessment and disposition", "経過の見直しと帰宅・入院の判断", "PC6"),
  goal("flow", "Flow and several patients at once", "診療の流れと複数患者の並行対応", "PC7"),
  goal("procedures", "Procedures and ultrasound", "手技と超音波", "PC8"),
  goal(
    "explaining",
    "Explaining, consults and handover",
    "説明・コンサルト・申し送り",
    "ICS1",
    "ICS2",
    "ICS3",
  ),
  goal("leading", "Leading the team, safety and records", "チームリーダー・安全・記録", "SBP", "PROF"),
  goal(OTHER_GOAL, "Something else", "その他"),
];
