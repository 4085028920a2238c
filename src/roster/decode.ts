/**
 * The text of a file as rosters and lists of people are saved: UTF-8 with or without a byte order
 * mark, UTF-16 with one, Shift_JIS (Japanese Excel) or, when nothing else fits, Windows-1252.
 */
export function decode(bytes: Uint8Array): string {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : undefined;
  const markedBig = bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
  for (const encoding of [marked, markedBig, "utf-8", "shift_jis"]) {
    if (encoding === undefined) continue;
    const text = decodeAs(encoding, bytes);
    // Latin-1 letters followed by a plain one are valid Shift_JIS too, as half-width kana or rare kanji.
    if (text !== undefined && !(encoding === "shift_jis" && !looksJapanese(text))) return text;
  }
  return new TextDecoder("windows-1252").decode(bytes);
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Real Japanese has kana or kanji in runs; a German umlaut read as Shift_JIS makes single ones. */
const looksJapanese = (text: string): boolean => /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]{2}/u.test(text);
