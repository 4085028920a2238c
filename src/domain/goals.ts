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
  goal("resuscitation", "Resuscitation and stabilization", "蘇生と初期安定化", "PC1"),
  goal("history", "Focused history and exam", "的を絞った病歴聴取と身体診察", "PC2"),
  goal("reasoning", "Differential and clinical reasoning", "鑑別診断と臨床推論", "PC4", "MK2"),
  goal("tests", "Tests and imaging", "検査・画像の選択", "PC3"),
  goal("treatment", "Treatment and drugs", "治療・薬剤の選択", "PC5"),
  goal("disposition", "Reassessment and disposition", "経過の再確認と帰宅・入院の判断", "PC6"),
  goal("flow", "Flow and several patients at once", "診療の流れと複数患者の同時対応", "PC7"),
  goal("procedures", "Procedures and ultrasound", "手技・超音波（エコー）", "PC8"),
  goal(
    "explaining",
    "Explaining, consults and handover",
    "病状説明・コンサルト・申し送り",
    "ICS1",
    "ICS2",
    "ICS3",
  ),
  goal("leading", "Leading the team, safety and records", "チームのリード・医療安全・記録", "SBP", "PROF"),
  goal(OTHER_GOAL, "Something else", "その他"),
];
