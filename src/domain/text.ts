import type { PersonId } from "./person.ts";
import type { Instant } from "./time.ts";

/*
 * The one rule of what a text may hold, for every door through which text comes in.
 *
 * What nobody can see is not text: it hides what is stored from whoever reads it, and from the check for patients'
 * identifiers. Taken out are (by the names of the Unicode Standard, UAX #44 and UAX #9; bidi: CVE-2021-42574, "Trojan Source"):
 * - control characters (Cc: U+0000–001F, U+007F, U+0080–009F), but for the tab and the line feed, with whole escape
 *   sequences of a terminal (ECMA-48: CSI, OSC and their kin);
 * - halves of a letter (Cs, lone surrogates), which become U+FFFD, the sign for a letter that was lost;
 * - noncharacters (U+FFFE, U+FDD0 …);
 * - what has no shape (Default_Ignorable_Code_Point): the bidi controls U+202A–202E, U+2066–2069, U+200E, U+200F and
 *   U+061C, zero-width spaces, byte order marks inside of a text, fillers, tags; and annotation marks (U+FFF9–FFFB).
 * Of the last kind stays what changes how its neighbours look, right where it does (as UAX #31, 2.3 has it):
 * - joiners (U+200D, U+200C) after a letter of a script that joins (Arabic, Devanagari …), and U+200D between emoji;
 * - variation selectors after a sign that is not ASCII (in a keycap also after a digit), also those of Japanese names (葛󠄀);
 * - the tags of a flag, and Mongolian's own selectors.
 * All else stays as it is: letters and marks of any script, full-width spaces, emoji, private signs (外字).
 *
 * Which door does what:
 * - Words of people (chat), labels and summaries of rosters are cleaned (`cleanText`, `cleanLine`): whoever typed or
 *   exported them cannot see what is wrong, and nothing hangs on it. Cleaned first, so that checks, commands and
 *   limits see what is stored, and what is echoed is what is stored.
 * - A roster as a whole is cleaned so that nothing is joined that stood apart (`cleanFile`), since its cells say who
 *   works when, and whoever is named is looked up in people.csv.
 * - Names and ids of people (people.csv), program.yaml, settings, arguments of commands, accounts and ids from platforms
 *   are refused (`hiddenIn`): others are told apart by them, and a cleaned one could be somebody else's.
 */

/** What is kept although it has no shape of its own: it shapes what stands beside it. */
const KEPT = [
  String.raw`(?<=\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=[[\p{L}\p{M}]--[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}\p{sc=Zyyy}\p{sc=Zinh}\p{DI}]][\p{M}--\p{DI}]*)[\u200C\u200D]`,
  String.raw`(?<=[[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]--[\p{ASCII}\p{DI}]])[\uFE00-\uFE0F]`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  String.raw`(?<=\p{sc=Hani})[\u{E0100}-\u{E01EF}]`,
  String.raw`(?<=[\p{sc=Mong}--\p{DI}])[\u180B-\u180F]`,
  String.raw`\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}`,
].join("|");

/** CSI … a final byte; OSC, DCS, SOS, PM and APC … BEL or ST; two-letter escapes leave their letter to the reader. */
const ESCAPE = String.raw`(?:\x1B\[|\x9B)[\x20-\x3F]*[\x40-\x7E]|(?:\x1B[\]PX\^_]|[\x9D\x90\x98\x9E\x9F])[^\p{Cc}]*(?:\x07|\x1B\\|\x9C)`;

const HIDDEN = String.raw`[[\p{Cc}\p{Cs}\p{NChar}\p{DI}\uFFF9-\uFFFB]--[\t\n]]`;

/** Lines also end so: CR (LF), VT, FF, NEL, LS, PS (UAX #14). */
const BREAK = String.raw`\r\n|[\r\v\f\x85\u2028\u2029]`;

/** An expression that is made when it is first needed: the sets of Unicode take longer than a command's other work. */
const lazily = (source: string, flags = "v"): (() => RegExp) => {
  let made: RegExp | undefined;
  return () => (made ??= new RegExp(source, flags));
};

const pieces = lazily(`(?<kept>${KEPT})|(?<escape>${ESCAPE})|(?<end>${BREAK})|(?<hidden>${HIDDEN})`, "gv");

/** Whether there is anything to look at: most texts are done with this. Every line of many files ends with CR LF. */
const suspect = lazily(String.raw`${HIDDEN}|[\u2028\u2029]`);
const suspectInFile = lazily(String.raw`[${HIDDEN}--\r]|[\u2028\u2029]`);

interface Piece {
  readonly kind: "kept" | "escape" | "end" | "hidden";
  readonly text: string;
}

const replaced = (text: string, by: (piece: Piece) => string, isSuspect = suspect): string =>
  isSuspect().test(text)
    ? text.replaceAll(pieces(), (...found: readonly unknown[]) =>
        by(pieceOf(found[0] as string, found.at(-1))),
      )
    : text;

function pieceOf(text: string, groups: unknown): Piece {
  const { kept, escape, end } = groups as Readonly<Record<string, string | undefined>>;
  if (kept !== undefined) return { kind: "kept", text };
  if (escape !== undefined) return { kind: "escape", text };
  return { kind: end === undefined ? "hidden" : "end", text };
}

const LOST = "\uFFFD";
const isHalf = (letter: string): boolean => !letter.isWellFormed();

/** A text of several lines without what nobody can see; every line ends with a line feed. Cleaning twice changes nothing more. */
export const cleanText = (text: string): string =>
  replaced(text, (piece) => {
    if (piece.kind === "kept") return piece.text;
    if (piece.kind === "end") return "\n";
    return isHalf(piece.text) ? LOST : "";
  });

/** The same on one line, without spaces around it: a label. */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replaceAll(/[\t\n]+/gu, " ")
    .trim();

const spaceless = lazily(String.raw`^[[\p{DI}\uFFF9-\uFFFB]--\p{Cc}]$`);

/**
 * A whole file. Its lines stay where they are. What has no width is taken out; a control character stands as a space, as
 * it does where programs pad with it: "r1", NUL, "0" is not r10.
 */
export const cleanFile = (text: string): string =>
  replaced(
    text,
    ({ kind, text: found }) => {
      if (kind === "kept" || found === "\r" || found === "\r\n") return found;
      if (isHalf(found)) return LOST;
      return spaceless().test(found) ? "" : " ";
    },
    suspectInFile,
  );

const damage = lazily(String.raw`[[\p{Cc}\p{Cs}\p{NChar}${LOST}]--[\t\n\r]]`);

/** Where a file is damaged first: a control character, half a letter, or the sign for a letter that was lost. */
export function damageIn(text: string): { readonly at: number; readonly code: string } | undefined {
  const found = damage().exec(text);
  return found === null ? undefined : { at: found.index, code: codeOf(found[0]) };
}

/**
 * The first character that a name, an id or a setting may not hold, as "U+0000"; undefined for a text of one line
 * that is as the rule wants it.
 */
export function hiddenIn(text: string): string | undefined {
  if (suspect().test(text)) {
    for (const { 0: found, groups } of text.matchAll(pieces()))
      if (groups?.["kept"] === undefined) return codeOf(found);
  }
  const broken = /[\t\n\r]/u.exec(text);
  return broken === null ? undefined : codeOf(broken[0]);
}

const codeOf = (text: string): string =>
  `U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

const shown = lazily(String.raw`(?<kept>${KEPT}|\r\n)|(?:${HIDDEN}|[\u2028\u2029])`, "gv");

/**
 * A text as a terminal may be given it: what is hidden is written as JSON writes it (\u001b), so that it does nothing and
 * is seen, and a JSON text stays the same.
 */
export const shownText = (text: string): string =>
  suspect().test(text)
    ? text.replaceAll(shown(), (found: string, ...rest: readonly unknown[]) =>
        (rest.at(-1) as { readonly kept?: string }).kept === undefined ? escaped(found) : found,
      )
    : text;

const escaped = (letter: string): string =>
  letter
    .split("")
    .map((unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

const LETTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Code points in one letter that people write: a family of four has seven, a flag of a region as many. */
const LONGEST_LETTER = 8;

/** The length of a text in letters as people count them: an emoji is one, whatever it is made of. */
export function lettersIn(text: string): number {
  let letters = 0;
  for (const { segment } of LETTERS.segment(text)) letters += Math.ceil([...segment].length / LONGEST_LETTER);
  return letters;
}

/** A shift or an absence. */
interface Entry {
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  readonly id?: string;
  readonly label?: string;
}

/** The longest label of a shift, in code points. A card can still show it. */
export const LONGEST_LABEL = 200;

/** The last moment that a JavaScript date can express, in milliseconds from 1970 (ECMA-262, 21.4.1.1). */
const FARTHEST = 8.64e15;

/**
 * Separates entries of a roster that a database can store from those that it cannot. Labels are cleaned and cut. An entry is
 * refused if its id has characters that cannot be stored, or if its time is no valid moment. The others are not affected.
 */
export function storable<One extends Entry>(
  read: readonly One[],
): { readonly entries: readonly One[]; readonly refused: readonly One[] } {
  const labels = new Map<string, string>();
  const labelOf = (text: string): string => {
    const known = labels.get(text) ?? shortLine(text, LONGEST_LABEL);
    labels.set(text, known);
    return known;
  };
  const names = new Map<string, boolean>();
  const isName = (id: string): boolean => {
    const known = names.get(id) ?? canBeName(id);
    names.set(id, known);
    return known;
  };
  const entries: One[] = [];
  const refused: One[] = [];
  for (const one of read) {
    const hasNames = isName(one.person) && (one.id === undefined || canBeName(one.id));
    if (!hasNames || !isMoment(one.start) || !isMoment(one.end)) refused.push(one);
    else if (one.label === undefined || labelOf(one.label) === one.label) entries.push(one);
    else entries.push({ ...one, label: labelOf(one.label) });
  }
  return { entries, refused };
}

const canBeName = (id: string): boolean => id !== "" && hiddenIn(id) === undefined;

const isMoment = (at: number): boolean => Number.isInteger(at) && Math.abs(at) <= FARTHEST;

/** A text on one line, with at most so many code points. A letter of two halves is never torn, and a cut twice changes nothing more. */
export function shortLine(text: string, most: number): string {
  const line = cleanLine(text);
  if (line.length <= most) return line;
  const letters = [...line];
  return letters.length <= most
    ? line
    : `${letters
        .slice(0, most - 1)
        .join("")
        .trim()}…`;
}
