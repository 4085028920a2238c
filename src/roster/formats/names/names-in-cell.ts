import type { Person } from "#src/domain/person.ts";
import { saysTakenBack } from "../../text/duties/away.ts";
import { saysAfterNight, saysLeave } from "../../text/duties/leave.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import { saysTentative } from "../../text/tentative.ts";
import { isNobody } from "./nobody.ts";
import type { NamesNobody } from "../../text/people/named.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { isJapanese, wordsOf } from "../../text/people/words-of.ts";
import { mayBeSomebody, namesAnybody } from "./is-of-names.ts";

/** Why something in a cell was left out. */
export type Doubt = Pick<RosterProblem, "message" | "todo" | "why">;

/** Whom a cell names for sure, and what in it is doubtful. */
export interface NamesInCell {
  readonly people: readonly Person[];
  readonly doubts: readonly Doubt[];
}

/** What stands between two people. */
const BETWEEN = /[\n;/&+、・／＆＋]|\s(?:and|と)\s/u;
/** Nobody has been found yet. */
const VACANT =
  /未配置|募集|空き|欠員|(?<!\p{L})(?:vacant|open|pending|unfilled|unassigned|needs? (?:cover(?:age)?|filling))(?!\p{L})|^\?+$/iu;
/** One may work in the place of another, only a part of it, or not at all. */
const UNSURE =
  /[→⇒⇔⇄⇆↔←⇐➡🔄🔁?×✕✗✘△▲~〜≒]|[-=]>|<[-=]|交代|交替|交換|代わり|代理|代行|代勤|代直|変更|(?:また|もしく)は|前半|後半|午前|午後|以降|\d\s*(?:時|:\d|[-–—]\s*\d|から|まで)|(?<!\p{L})(?:or|for|sub\p{L}*|swap\p{L}*|cover\p{L}*|trad(?:e|ed|es|ing)|not|possibl[ey]|until|till|from|after|before|half|am|pm|backup|standby)(?!\p{L})/iu;
/** The whole name in brackets. */
const BRACKETED = /^[([<{【].*[)\]>}】]$/u;
const BRACKETS = /[()[\]]/u;
/** Marks that other rosters have beside names, too. */
const STRANGE = /[^\p{L}\p{M}\p{N}\s.,'’()[\]*★☆◎○●◯◆◇■□※†‡_-]/u;

/**
 * Reads a cell of names. Nothing is guessed: who is not clear is a doubt.
 * @param footnote what a line around the table says of it
 */
export function namesInCell(written: string, who: WhoIsWho, footnote?: string): NamesInCell {
  if (footnote !== undefined) return { people: [], doubts: [twoReadings(`${written} (${footnote})`)] };
  const text = written.normalize("NFKC").trim();
  const isName = "person" in who.named(text);
  if (isNobody(text))
    return isName ? { people: [], doubts: [twoReadings(written)] } : { people: [], doubts: [] };
  const pieces = isName
    ? [text]
    : text
        .split(BETWEEN)
        .map((piece) => piece.trim())
        .filter((piece) => piece !== "");
  if (pieces.every(isOpen)) return { people: [], doubts: [leftOpen(written)] };
  const beside = who.beside(text);
  const isAway = saysLeave(beside) || saysAfterNight(beside) || saysTakenBack(beside);
  if (isAway || UNSURE.test(text) || BRACKETED.test(text))
    return { people: [], doubts: [twoReadings(written)] };
  const found = pieces.flatMap((piece) => (isOpen(piece) ? [leftOpen(piece)] : inPiece(piece, who)));
  return {
    people: [...new Set(found.flatMap((one) => ("person" in one ? [one.person] : [])))],
    doubts: found.flatMap((one) => ("person" in one ? [] : [one])),
  };
}

const isOpen = (piece: string): boolean => VACANT.test(piece) || saysTentative(piece);

/** One name, or several with a comma or a space between. */
function inPiece(piece: string, who: WhoIsWho): readonly ({ readonly person: Person } | Doubt)[] {
  if (STRANGE.test(piece)) return [namesAnybody(piece, who) ? twoReadings(piece) : told(who, piece)];
  const whole = who.named(piece);
  if ("person" in whole) return [whole];
  const parts = piece
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length > 1) return parts.flatMap((part) => inPiece(part, who));
  const groups = BRACKETS.test(piece)
    ? []
    : groupings(
        wordsOf(piece).map(({ raw }) => raw),
        who,
      );
  const sure = groups.find((one) => one.every(isSure));
  if (sure !== undefined && new Set(groups.map(whomOf)).size === 1) return sure.map(({ named }) => named);
  return [
    groups.length > 0 || (isSeveral(piece, who) && mayBeSomebody(who.mentioned(piece)))
      ? twoReadings(piece)
      : told(who, piece),
  ];
}

interface Group {
  readonly words: readonly string[];
  readonly named: { readonly person: Person } | Doubt;
  readonly isAlone: boolean;
}

/** So many words are names; more are a sentence. */
const MOST_WORDS = 10;

/** Every way to part words into names. "Lee Carter" may be one name of somebody else, so words of Latin names are not parted. */
function groupings(words: readonly string[], who: WhoIsWho): readonly (readonly Group[])[] {
  if (words.length < 2 || words.length > MOST_WORDS) return [];
  const from = (at: number): readonly (readonly Group[])[] => {
    if (at === words.length) return [[]];
    return words.slice(at, at + 3).flatMap((_, more) => {
      const own = words.slice(at, at + more + 1);
      if (own.length === words.length) return [];
      const named = who.named(own.join(" "));
      const isOpen = !("person" in named) && own.length === 1 && (named.candidates ?? []).length > 1;
      if (!("person" in named) && !isOpen) return [];
      const group = {
        words: own,
        named: "person" in named ? named : doubtOf(named),
        isAlone: own.length === 1,
      };
      return from(at + own.length).map((rest) => [group, ...rest]);
    });
  };
  return from(0);
}

const isSure = ({ words, named, isAlone }: Group): boolean =>
  !isAlone || isJapanese(words[0]!) || ("person" in named && named.person.id === words[0]);

const whomOf = (groups: readonly Group[]): string =>
  groups.map(({ named }) => ("person" in named ? named.person.id : "?")).join(" ");

/** Several of its words name somebody each. */
const isSeveral = (piece: string, who: WhoIsWho): boolean =>
  wordsOf(piece).filter(({ raw }) => mayBeSomebody(who.named(raw))).length > 1 || BRACKETS.test(piece);

function told(who: WhoIsWho, text: string): Doubt {
  const named = who.named(text);
  return "person" in named ? twoReadings(text) : doubtOf(named);
}

const doubtOf = ({ message, why }: NamesNobody): Doubt => ({
  message,
  why,
  todo: "write an id or a full name of people.csv, or add the name to `aliases`",
});

const twoReadings = (text: string): Doubt => ({
  message: `${quoted(text)} does not say for sure who works, or how long`,
  todo: "write only the names of those who work it, with ・ or a comma between",
  why: { code: "two-readings", text },
});

const leftOpen = (text: string): Doubt => ({
  message: `${quoted(text)} leaves open who works`,
  todo: "write who works, or leave the cell empty",
  why: { code: "open", text },
});
