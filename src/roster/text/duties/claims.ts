import { plainCode, dutyCodes } from "./duty-codes.ts";
import { dutyCalled } from "./duty-names.ts";
import { saysAfterNight, saysLeave } from "./leave.ts";

/** What a table has for codes, and whose names it knows. */
export interface TableWords {
  readonly isUsed: (word: string) => boolean;
  readonly isSomebody: (word: string) => boolean;
}

/** Whose hours follow on a text. */
export interface Claim {
  readonly codes: readonly string[];
  /** Codes of the table that may be meant, too. */
  readonly doubtful: readonly string[];
  /** It speaks of a code of the table. */
  readonly isOfTable: boolean;
  /** The words right before the hours. */
  readonly text: string;
}

/** A bracket without hours stands as one of these signs, which nobody types. */
export const REMARK = "\uE000";
/** … and one that says when the hours count. */
export const CONDITION = "\uE001";

/** A code, what it is called, and nothing of the next one: "日 日勤", "V = vacation". */
interface Statement {
  readonly words: readonly string[];
  /** "=" or ":" stands behind its first word. */
  readonly isDefined: boolean;
  /** A remark in brackets ends it. */
  readonly isClosed: boolean;
  /** It begins right behind a stroke, as in "日/早", or with nothing but a space before it. */
  readonly joint: "stroke" | "space" | "apart";
}

const TOKEN =
  /(?<apart>[;,、。|※*■●◆□○・/+&\t…‥⋯「」『』【】[\]<>{}"]+)|(?<remark>[\uE000\uE001])|(?<sign>[:=])|(?<word>[^\s;,、。|※*■●◆□○・/+&…‥⋯「」『』【】[\]<>{}"():=→\uE000\uE001]+)/gu;
/** "日は", "D-7a-7p": what stands beside a code and is none of it. */
const EDGES = /^[-–—~〜]+|[-–—~〜]+$|(?<=勤)[帯者][はが]?$|(?<=.)[はが]$/gu;
const STROKE = /^[/・+&]$/u;

/** A statement that is still being read. */
type Open = { -readonly [Key in Exclude<keyof Statement, "words">]: Statement[Key] } & {
  readonly words: string[];
};

function statementsOf(text: string): readonly Statement[] {
  const all: Open[] = [];
  let next: Statement["joint"] | undefined = "apart";
  for (const { groups } of text.matchAll(TOKEN)) {
    const { apart, remark, sign, word } = groups!;
    const last = all.at(-1);
    if (apart !== undefined) next = STROKE.test(apart) ? "stroke" : "apart";
    else if (remark !== undefined && last !== undefined) last.isClosed = true;
    else if (sign !== undefined && last !== undefined && next === undefined) {
      if (last.words.length > 1 && !last.isDefined) {
        const own = last.words.pop()!;
        all.push({ words: [own], isDefined: true, isClosed: last.isClosed, joint: "space" });
        last.isClosed = false;
      } else if (last.words.length > 1) {
        all.push({ words: [last.words.pop()!], isDefined: true, isClosed: false, joint: "apart" });
      } else last.isDefined = true;
    } else if (word !== undefined) {
      const plain = word.replaceAll(EDGES, "");
      if (plain === "") continue;
      if (next === undefined && last?.isClosed === false) last.words.push(plain);
      else all.push({ words: [plain], isDefined: false, isClosed: false, joint: next ?? "apart" });
      next = undefined;
    }
  }
  return all;
}

/**
 * Whose hours follow. A statement that has a code of the table speaks of this one; one that has none may be the name
 * of the code before it, "日、日勤 8:00～16:30". Codes that stand there without hours, or a meaning, are in doubt.
 */
export function claimOf(before: string, { isUsed, isSomebody }: TableWords): Claim {
  const all = withTitles(statementsOf(before), isUsed);
  const last = all.at(-1);
  if (last === undefined) return { codes: [], doubtful: [], isOfTable: false, text: "" };
  const text = last.words.join(" ");
  const used = last.words.filter(isUsed);
  const codes: string[] = [];
  const doubtful: string[] = [];
  let left = all.length - 1;
  if (used.length === 0) {
    codes.push(...new Set([last.words[0]!, last.words.at(-1)!]));
    const prior = all[left - 1];
    if (prior?.words.length === 1 && !prior.isDefined && !prior.isClosed) {
      if (isUsed(prior.words[0]!)) codes.unshift(prior.words[0]!);
      left -= 1;
    }
  } else if (new Set(used.map(dutyCalled)).size === 1) {
    codes.push(...used);
    while (all[left]!.joint === "stroke" && isShared(all[left - 1], isUsed))
      codes.unshift(all[(left -= 1)]!.words[0]!);
  } else {
    const own = isUsed(last.words.at(-1)!) ? last.words.at(-1) : undefined;
    codes.push(...(own === undefined ? [] : [own]));
    if (!saysAway(last.words)) doubtful.push(...used.filter((word) => word !== own));
  }
  for (const { words, isDefined } of all.slice(0, left))
    if (!saysAway(words) && !(isDefined && words.length > 1)) doubtful.push(...words.filter(isUsed));
  const isOfSomebody = last.words.some(isSomebody);
  const isAway = used.length < 2 && saysAway([...codes, ...last.words]);
  const inWords = last.words.flatMap((word) => codeOfSome(word, isUsed) ?? []);
  const isOfTable = [...codes, ...inWords].some(isUsed) || used.length > 0;
  return isOfSomebody || isAway
    ? { codes: [], doubtful: [...doubtful, ...codes, ...inWords], isOfTable, text }
    : { codes, doubtful: [...doubtful, ...inWords], isOfTable, text };
}

/** The words of a text, as claims compare them. */
export const wordsIn = (text: string): readonly string[] => statementsOf(text).flatMap(({ words }) => words);

const isShared = (prior: Statement | undefined, isUsed: TableWords["isUsed"]): boolean =>
  prior?.words.length === 1 &&
  !prior.isDefined &&
  !prior.isClosed &&
  isUsed(prior.words[0]!) &&
  !saysAway(prior.words);

/** "Night shift hours: 19:00-07:00" is one statement, and "V = vacation B = 7a-7p" are two. */
function withTitles(all: readonly Statement[], isUsed: TableWords["isUsed"]): readonly Statement[] {
  const [prior, last] = all.slice(-2);
  const isOne = last?.joint === "space" && last.isDefined && prior?.isDefined === false;
  if (!isOne || last.words.some(isUsed)) return all;
  return [...all.slice(0, -2), { ...prior, words: [...prior.words, ...last.words] }];
}

/** "佐藤の日" is the duty of somebody, and none of all; in "勤務時間は日" nobody can tell. */
function codeOfSome(word: string, isUsed: TableWords["isUsed"]): string | undefined {
  const [, code] = /[のはが]([^のはが]+)$/u.exec(word) ?? [];
  return code !== undefined && !isUsed(word) && isUsed(code) ? code : undefined;
}

const usual = dutyCodes();

/** A day off, a rest or nothing. */
const saysAway = (words: readonly string[]): boolean => {
  const isOff = words.some((word) => {
    const duty = usual(plainCode(word));
    return duty !== undefined && duty.kind !== "shift";
  });
  return isOff || saysLeave(words.join(" ")) || saysAfterNight(words.join(" "));
};
