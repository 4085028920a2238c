import { quoted, type RosterProblem } from "../problem.ts";
import { LONGEST_TIME } from "./dates.ts";
import { zoneSaid } from "./zone-words.ts";

/** What may stand behind a time: something in brackets, a word or several, "+1" or letters right behind it. */
const TAILS = [/\s*\([^()]*\)$/u, /\s+\S+$/u, /\s+\S+\s+\S+$/u, /\+\d+$/u, /[^\d\s:.()+-]+$/u];
const HALF = /^[ap]\.?m?\.?$/iu;
const DIGITS = /^\D*\+\s?\d\D*$|^\D*$/u;

/** The words behind a time that nobody reads, "EST" or "(+1)"; undefined where the cell is something else. */
export function unreadTail(cell: string, isTime: (text: string) => boolean): string | undefined {
  if (cell.length > LONGEST_TIME) return undefined;
  const text = cell.normalize("NFKC").trim();
  if (text === "" || isTime(text)) return undefined;
  return TAILS.map((pattern) => pattern.exec(text))
    .filter((found) => found !== null && isTime(text.slice(0, found.index).trim()))
    .map((found) => found![0].trim())
    .find((tail) => DIGITS.test(tail) && !HALF.test(tail));
}

/** What an offset would be; a zone with summer time has two names for its two. */
const OFFSETS: Readonly<Record<string, string>> = {
  UTC: "Z",
  GMT: "Z",
  EST: "-05:00",
  EDT: "-04:00",
  CST: "-06:00",
  CDT: "-05:00",
  MST: "-07:00",
  MDT: "-06:00",
  PST: "-08:00",
  PDT: "-07:00",
  JST: "+09:00",
  CET: "+01:00",
  CEST: "+02:00",
};

/** Why a time with such words is not read, and what to do. */
export function tailProblem(cell: string, tail: string): Pick<RosterProblem, "message" | "todo" | "why"> {
  const message = `${quoted(tail)} behind the time is not read`;
  const bare = tail.replaceAll(/[()]/gu, "").trim();
  if (/^\p{L}/u.test(bare) && zoneSaid(bare) !== undefined) {
    const offset = OFFSETS[bare.toUpperCase()] ?? "its offset, such as -05:00";
    const todo = `take it out if it is the program's zone; else write ${offset} in its place, behind a day and a time in one cell`;
    return { message, todo, why: { code: "zone", text: tail } };
  }
  const todo =
    "take it out: an end is the next such time after the start; one that is later still needs its own date";
  return { message, todo, why: { code: "no-time", text: cell } };
}
