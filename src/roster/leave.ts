/** Leave words that stand alone, as they appear in rosters. */
const WORDS = new Set([
  "leave",
  "vacation",
  "holiday",
  "holidays",
  "off",
  "sick",
  "pto",
  "unavailable",
  "休",
  "不在",
]);

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
export const saysLeave = (label: string): boolean =>
  PARTS.test(label.normalize("NFKC")) || words(label).some((word) => WORDS.has(word));

/** Does this label only say that a night shift has just ended? */
export const saysAfterNight = (label: string): boolean => words(label).some((word) => AFTER_NIGHT.test(word));
