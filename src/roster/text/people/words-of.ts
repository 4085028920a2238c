/** What stands between a word and the one before it. */
export type Gap = "space" | "comma" | "bracket" | "hard";

/** One word of a text, as names are compared by it. */
export interface Word {
  /** Without capitals, full-width forms, marks at its edges and 先生 after it. */
  readonly word: string;
  /** As it stands there. */
  readonly raw: string;
  /** Before it; the first has a hard one. */
  readonly gap: Gap;
}

/** A dash between two letters belongs to one word, as a hyphen does. */
const DASH = /(?<=\p{L})[–—‐](?=\p{L})/gu;
const PIECE = /[^\s,;:|/()[\]<>{}【】〔〕「」『』・、。–—_•→⇒⇔⇄⇆↔←⇐=]+/gu;
const HONORIFIC = /(?:先生|医師|医長|部長|教授|さん|様|\.)+$/u;
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu;
const MARK = /^[^\p{L}\p{N}]*[-~][^\p{L}\p{N}]*$/u;

/** The words of a text; what is no word (a dash, a title) is a gap. */
export function wordsOf(text: string): readonly Word[] {
  const plain = text.normalize("NFKC").replaceAll("’", "'").replaceAll(DASH, "-");
  const found: Word[] = [];
  let end = 0;
  let gap: Gap | undefined = "hard";
  for (const { 0: raw, index } of plain.matchAll(PIECE)) {
    gap = wider(gap, gapOf(plain.slice(end, index)));
    end = index + raw.length;
    if (MARK.test(raw)) gap = "hard";
    else {
      const word = plainWord(raw);
      if (word === "" || word === "dr") continue;
      found.push({ word, raw, gap });
      gap = undefined;
    }
  }
  return found;
}

/** The words of a name or an alias, as one text to look up. */
export const keyOf = (text: string): string =>
  wordsOf(text)
    .map(({ word }) => word)
    .join(" ");

/** Hiragana and katakana alone: beside a name in kanji it is how the name is read. */
export const isKana = (text: string): boolean => /^[\p{sc=Hira}\p{sc=Kana}ー]+$/u.test(text);

export const isJapanese = (text: string): boolean => /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(text);

function plainWord(raw: string): string {
  const lower = raw.toLowerCase();
  const bare = lower.replace(HONORIFIC, "").replaceAll(EDGES, "").replace(/'s$/u, "").replace(HONORIFIC, "");
  if (bare === "") return HONORIFIC.test(lower) ? "" : lower;
  return isJapanese(bare) ? bare.replace(/^dr\.?|dr$/u, "") : bare;
}

const WIDTH: Readonly<Record<Gap, number>> = { space: 0, comma: 1, bracket: 2, hard: 3 };

const wider = (one: Gap | undefined, other: Gap): Gap =>
  one === undefined || WIDTH[one] < WIDTH[other] ? other : one;

function gapOf(between: string): Gap {
  if (/[;:|/<>{}•→⇒⇔⇄⇆↔←⇐=_、。–—]/u.test(between)) return "hard";
  if (/[()[\]【】〔〕「」『』]/u.test(between)) return "bracket";
  return /[,・]/u.test(between) ? "comma" : "space";
}
