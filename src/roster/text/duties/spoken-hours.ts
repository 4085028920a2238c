import { DAY, HOUR, MINUTE, type Instant, type Zone } from "#src/domain/time.ts";
import { sayer, type Dialect } from "../dialect.ts";
import { quoted, type RosterProblem } from "../problem.ts";
import { remembered } from "../remembered.ts";
import { wallIn, type Wall } from "../dates/wall.ts";

/** Hours that the name of a shift says, in milliseconds of the day. */
export interface SpokenHours {
  readonly start: number;
  readonly end: number;
  /** What they are known by: "7:00-3:00" without am and pm only by their places on the face of a clock. */
  readonly cycle: number;
}

/** A number that can be a time; two of them with a dash between are hours. */
export const TIME = String.raw`\d{1,2}(?::[0-5]\d|[0-5]\d|時(?:[0-5]?\d分)?)?\s?(?:[ap]\.?m?\.?(?!\p{L}))?`;
const HOURS = new RegExp(
  String.raw`(?<![\p{L}\p{N}:.,/#])(${TIME})\s*(?:[-–—~〜]|to|bis|から)\s*(${TIME})(?![\p{L}\p{N}:/])`,
  "giu",
);
const PARTS = /^(?<hour>\d{1,2})(?:(?<colon>:|時)?(?<minute>\d{1,2})?(?<unit>[時分])?)?\s?(?<half>[ap])?/iu;
const YEAR = /^(?:19|20)\d\d$/u;

/**
 * The hours in a shift's name: "Day 07:00-19:00", "8a-6p", "0700-1900", "8時〜17時". Undefined where it says none or several, and for
 * numbers that may be something else ("ER 1-2", "2026-2027").
 */
export function spokenHours(text: string): SpokenHours | undefined {
  const found = [...text.normalize("NFKC").matchAll(HOURS)].flatMap(
    ([, from, to]) => hoursOf(from!, to!) ?? [],
  );
  return found.length === 1 ? found[0] : undefined;
}

function hoursOf(from: string, to: string): SpokenHours | undefined {
  if (YEAR.test(from) && YEAR.test(to)) return undefined;
  const [first, last] = [timeOf(from), timeOf(to)];
  if (first === undefined || last === undefined) return undefined;
  // "8〜17時" is said so; "8-17" may be two beds.
  if (!last.isTime || !(first.isTime || last.isKanji)) return undefined;
  if (first.hasHalf !== last.hasHalf) return undefined;
  const isVague = !first.hasHalf && first.isVague && last.isVague;
  return { start: first.at, end: last.at, cycle: isVague ? DAY / 2 : DAY };
}

interface SpokenTime {
  readonly at: number;
  /** Nothing but a time is written like this. */
  readonly isTime: boolean;
  readonly isKanji: boolean;
  readonly hasHalf: boolean;
  /** Without am and pm it may be morning or evening. */
  readonly isVague: boolean;
}

function timeOf(text: string): SpokenTime | undefined {
  const isDigits = /^\d{3,4}/u.test(text);
  if (/^\d{3}(?!\d)/u.test(text)) return undefined;
  const { hour = "", colon, minute = "0", half } = PARTS.exec(text)?.groups ?? {};
  const hours = Number(hour);
  if (hours > 24 || Number(minute) > 59 || (half !== undefined && (hours === 0 || hours > 12)))
    return undefined;
  const since = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return {
    at: since * HOUR + Number(minute) * MINUTE,
    isTime: isDigits || colon !== undefined || half !== undefined,
    isKanji: colon === "時",
    hasHalf: half !== undefined,
    isVague: !isDigits && colon === ":" && hours >= 1 && hours <= 12 && !hour.startsWith("0"),
  };
}

/** A shift as its roster has it. */
interface Timed {
  readonly start: Instant;
  readonly end: Instant;
  /** Its start on the clock of the roster's own zone, where that may be another than the program's. */
  readonly wall?: Wall;
}

/** Tells whether a shift's name says other hours than its times. What program.yaml lists under `duty` is right as it is. */
export function hoursReader(source: Dialect, zone: Zone): (text: string, shift: Timed) => boolean {
  const saysDuty = sayer(source.duty);
  const hoursIn = remembered((text) => (saysDuty(text) ? undefined : spokenHours(text)));
  return (text, { start, end, wall }) => {
    const hours = hoursIn(text);
    if (hours === undefined || !contradicts(hours, wallIn(zone, start), wallIn(zone, end))) return false;
    return wall === undefined || contradicts(hours, wall, (wall + (end - start)) as Wall);
  };
}

/** Less than an hour beside them is a handover. */
function contradicts({ start, end, cycle }: SpokenHours, from: Wall, to: Wall): boolean {
  const apart = (one: number, other: number): number => {
    const beside = (((one - other) % cycle) + cycle) % cycle;
    return Math.min(beside, cycle - beside);
  };
  return apart(from, start) >= HOUR || apart(to, end) >= HOUR;
}

/** Why a shift is left out whose name says other hours than its times. */
export const otherHours = (text: string): Pick<RosterProblem, "message" | "todo" | "why"> => ({
  message: `${quoted(text)} says other hours than its times`,
  todo: "mend the one that is wrong; if its times are right as they are, list its words under `duty` in program.yaml",
  why: { code: "two-readings", text },
});
