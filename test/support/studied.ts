import type { Program, Research } from "#src/domain/program.ts";
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
