/* "ED Day (tentative)", "Carter?", 「日勤（仮）」: whoever made the roster is not sure yet. */

const TENTATIVE =
  /(?<![\p{L}\p{N}])(?:tentative(?:ly)?|provisional(?:ly)?|unconfirmed|not (?:yet )?confirmed|draft|maybe|tb[acd]|to be (?:announced|confirmed|decided|determined))(?![\p{L}\p{N}])|未定|未確定|調整中|検討中|暫定|\(仮\)|\[仮\]|【仮】|仮(?:予定|シフト|勤務)/giu;

/** The text without the words that it is not sure yet. */
export const sureOf = (text: string): string => text.normalize("NFKC").replaceAll(TENTATIVE, " ");

/** Whether a text says that it is not sure yet, of a shift or of whoever works it. */
export const saysTentative = (text: string): boolean => sureOf(text) !== text.normalize("NFKC");
