import { dutyOf, ownCodes, type Duty } from "../../text/duties/duty-codes.ts";
import { roleNamed } from "../../text/duties/acting.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import { statedHours, withoutHours } from "../../text/duties/stated-hours.ts";
import type { Legend } from "../grid/legend.ts";
import { codeReaderOf } from "../grid/codes.ts";
import type { Fault, Row } from "../grid/days.ts";

/** What a heading says of the people below it. */
export interface Heading {
  /** What the shift is called. */
  readonly label: string;
  /** The role that it names, as a column of roles would; else "". */
  readonly role: string;
  readonly duties: readonly Duty[];
  /** Hours in it that others in program.yaml outweigh. */
  readonly told?: Fault;
}

/** A column beside the duties: notes, or numbers of people. */
export const NOTES =
  /^(?:備考欄?|メモ|行事|行事予定|予定|連絡(?:事項)?|特記(?:事項)?|祝日?|祭日|イベント|remarks?|notes?|comments?|memos?|events?|holidays?)$/iu;

/** "Night (19-07)": two full hours are hours of the day where one of them is past noon, or has its zero. */
const BARE = /(?<![\d:.\p{L}-])(\d{1,2})(時?)\s*[-–—~〜]\s*(翌日?)?(\d{1,2})(時?)(?![\d:.\p{L}-])/gu;
/** A time that has no end, or no start. */
const HALF = /\d\s*[:時]\s*\d?|\d\s*[~〜]|[~〜]\s*(?:翌)?\d/u;
const ROLE = /(?:研修医|指導医)/u;

/** Reads headings; a fault where the hours of one are not known, or could be two. */
export function headingReader(source: RosterText, legend: Legend): (cells: Row) => Heading | Fault {
  const codeOf = codeReaderOf(source, legend);
  const isOwn = ownCodes(source.codes);
  return (all) => {
    // A heading over two lines that were made one stands in both.
    const cells = all.filter(({ text }, at) => text !== all[at - 1]?.text);
    const [first] = cells;
    const whole = cells.map(({ text }) => text.normalize("NFKC").replaceAll(/\s+/gu, " ").trim()).join(" ");
    const plain = whole.replaceAll(BARE, fullHours);
    const said = statedHours(`勤務 ${plain}`);
    const rest = withoutHours(plain);
    const { name, role } = partsOf(rest);
    const label = rest === "" ? whole : rest;
    const names = [...new Set([whole, rest, name])].filter((one) => one !== "");
    const at = { line: first!.line, field: "heading" };
    const own = names.find(isOwn);
    const hours = said.length === 1 ? said[0]!.hours : undefined;
    const isUnclear = hours === undefined && (said.length > 0 || HALF.test(rest));
    if (own !== undefined) {
      const duty = codeOf(own);
      const isOther = hours !== undefined && !isSame(duty, dutyOf(hours));
      return {
        label,
        role,
        duties: duty === undefined ? [] : [duty],
        ...(isOther && { told: otherHours(at, whole) }),
      };
    }
    if (isUnclear) return unclear(at, whole);
    const known = dutiesOf(cells, names, codeOf);
    if (hours === undefined) return known === undefined ? unknown(at, whole) : { label, role, duties: known };
    const stated = names.find((one) => legend.codes[one] !== undefined || legend.unclear.has(one));
    if (stated !== undefined && !isSame(codeOf(stated), dutyOf(hours))) return unclear(at, whole);
    return { label, role, duties: [dutyOf(hours)!] };
  };
}

/** The hours of the heading as a whole, or of the only one of its lines that is a code; "日直/当直" is both. */
function dutiesOf(cells: Row, names: readonly string[], codeOf: (text: string) => Duty | undefined) {
  for (const name of names) {
    const duty = codeOf(name);
    if (duty !== undefined) return [duty];
    const parts = name.split(/[/・／]/u).map((part) => codeOf(part.trim()));
    if (parts.length > 1 && parts.every((part) => part !== undefined)) return parts;
  }
  if (cells.length < 2) return undefined;
  const levels = cells.flatMap(({ text }) => codeOf(partsOf(withoutHours(text)).name) ?? []);
  return levels.length === 1 ? levels : undefined;
}

/** What is left of a heading without the role in it: "研修医 当直", "当直（指導医）", "Night resident". */
function partsOf(text: string): { readonly name: string; readonly role: string } {
  const words = text.split(/[\s()[\]/・_]+/u).filter((word) => word !== "");
  const inOne = words.flatMap((word) => {
    const found = ROLE.exec(word)?.[0];
    return found === undefined || word === found ? [word] : [found, word.replace(found, "")];
  });
  const roles = inOne.filter((word) => roleNamed(word) !== undefined);
  if (roles.length === 0) return { name: text, role: "" };
  const name = inOne.filter((word) => roleNamed(word) === undefined).join(" ");
  return { name, role: [...new Set(roles)].join(" ") };
}

const NOON = 12;
const MIDNIGHT = 24;
/** Nobody begins between these hours; 1-2 are beds. */
const [AFTER, BEFORE] = [0, 5];

function fullHours(text: string, from: string, _: string, next: string | undefined, to: string): string {
  const [start, end] = [Number(from), Number(to)];
  const isHours = start <= MIDNIGHT && end <= MIDNIGHT && !(start > AFTER && start < BEFORE);
  const isClear =
    start > NOON || end > NOON || from.startsWith("0") || to.startsWith("0") || text.includes("時");
  return isHours && isClear ? `${from.padStart(2, "0")}:00-${next ?? ""}${to.padStart(2, "0")}:00` : text;
}

const isSame = (one: Duty | undefined, other: Duty | undefined): boolean =>
  one?.kind === "shift" && other?.kind === "shift" && one.start === other.start && one.end === other.end;

type At = Pick<Fault, "line" | "field">;

const unknown = (at: At, text: string): Fault => ({
  ...at,
  message: `${quoted(text)} is no duty whose hours are known here`,
  todo: 'write its hours beside it, such as "Night 19:00-07:00", or add it to `codes` in program.yaml',
  why: { code: "unknown-duty", text },
});

const unclear = (at: At, text: string): Fault => ({
  ...at,
  message: `the hours of ${quoted(text)} are not clear`,
  todo: "write them once, as 17:00-08:30, or state them under `codes` in program.yaml",
  why: { code: "two-readings", text },
});

const otherHours = (at: At, text: string): Fault => ({
  ...at,
  message: `the file says ${quoted(text)}, and \`codes\` in program.yaml says other hours, which count`,
  todo: "mend the one that is wrong",
  why: { code: "two-readings", text },
});

export const isCount = (text: string): boolean =>
  /^[-+]?\d{1,3}(?:\.\d+)?\s*[人名回件]?$/u.test(text.normalize("NFKC"));
