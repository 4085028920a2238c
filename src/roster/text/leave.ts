/** Leave words that stand alone, as they appear in rosters. */
const WORD =
  /(?<![\p{L}\p{N}])(?:leave|vacation|holidays?|off|sick|pto|unavailable|休|不在)(?![\p{L}\p{N}])/iu;

/** Japanese is not written in separate words: these count wherever they stand. */
const PARTS = /有休|有給|年休|休暇|公休|休み|夏休|冬休|代休|振休|産休|育休|病休|欠勤/u;

/** "明" is the morning after a night shift. The rest after nights is policy, so it adds nothing. */
const AFTER_NIGHT = /^(?:当直|夜勤|深夜)?明け?$/u;

const words = (text: string): readonly string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);

/** Does this label say that the person is away? */
export function saysLeave(label: string): boolean {
  const plain = label.normalize("NFKC");
  return PARTS.test(plain) || WORD.test(plain);
}

/** Does this label only say that a night shift has just ended? */
export const saysAfterNight = (label: string): boolean => words(label).some((word) => AFTER_NIGHT.test(word));
