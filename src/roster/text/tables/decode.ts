import iconv from "iconv-lite";

/** The encodings that program.yaml may state; without one it is found by looking. */
export const ENCODINGS = ["utf-8", "utf-16", "latin-1", "shift_jis", "euc-jp"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Windows' supersets of both, which is what programs mean when they write these names. */
const NAMES: Readonly<Record<string, string>> = { "latin-1": "win1252", shift_jis: "cp932" };

/** One byte in this many may be broken in a text that is still taken for UTF-8. */
const MOST_BROKEN = 0.2;

/**
 * The text of a file as rosters and lists of people are saved: UTF-8 with or without a byte order mark (a
 * broken byte becomes U+FFFD), UTF-16, Shift_JIS (Japanese Excel) or, when nothing else fits, Windows-1252.
 */
export function decode(bytes: Uint8Array, stated?: Encoding): string {
  const marked = markOf(bytes);
  if (marked !== undefined) return decodeAs(marked, bytes);
  if (stated === "utf-16") return decodeAs(utf16(bytes) ?? "utf-16le", bytes);
  if (stated !== undefined) return decodeAs(NAMES[stated] ?? stated, bytes);

  const wide = utf16(bytes);
  if (wide !== undefined) return decodeAs(wide, bytes);
  const utf8 = decodeAs("utf-8", bytes);
  if (!utf8.includes("\uFFFD")) return utf8;
  const broken = count(utf8, /\uFFFD/gu);
  if (broken <= count(utf8, /[^\0-\u007F\uFFFD]/gu) * MOST_BROKEN) return utf8;
  const japanese = decodeAs("cp932", bytes);
  // Latin-1 letters followed by a plain one are valid Shift_JIS too, as half-width kana or rare kanji.
  return !japanese.includes("\uFFFD") && looksJapanese(japanese) ? japanese : decodeAs("win1252", bytes);
}

const decodeAs = (encoding: string, bytes: Uint8Array): string =>
  encoding === "utf-8" ? decodeUtf8(bytes) : iconv.decode(bytes, encoding);

/** Node's own reader is the faster by far for the encoding that nearly all rosters have. */
function decodeUtf8(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes("\uFFFD")) return text;
  const byteByByte = iconv.decode(bytes, "latin1");
  const mended = byteByByte.replaceAll(FOLDED_LETTER, "$<begun>$<rest>$<fold>");
  return mended === byteByByte ? text : new TextDecoder().decode(iconv.encode(mended, "latin1"));
}

/** RFC 5545, 3.1, warns of calendars whose lines are folded in the middle of a letter: such a fold goes after it. */
const FOLDED_LETTER = /(?<begun>[\xC2-\xF4][\x80-\xBF]*)(?<fold>\r?\n[ \t])(?<rest>[\x80-\xBF]+)/gu;

function markOf(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** Separators and line ends are ASCII in every roster: in UTF-16 each has a zero byte beside it. */
function utf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  let [even, odd] = [0, 0];
  const sample = bytes.subarray(0, 4_096);
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd < sample.length / 20) return undefined;
  return odd >= even ? "utf-16le" : "utf-16be";
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** Real Japanese has kana or kanji in runs; a German umlaut read as Shift_JIS makes single ones. */
const looksJapanese = (text: string): boolean => /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]{2}/u.test(text);
