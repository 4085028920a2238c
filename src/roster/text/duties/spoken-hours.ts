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

/** What stands between the start and the end, in full-width forms or not: a minus, a long vowel and an arrow are typed for a dash. */
export const DASH = String.raw`(?:[-‐-―−ー─━~〜∼一]+>?|[→⇒➡➔]|=>|to|bis|till|until|から)`;
/** A number that can be a time; two of them with a dash between are hours. */
export const TIME = String.raw`\d{1,2}(?:[:.][0-5]\d|[0-5]\d|時(?:[0-5]?\d分|半)?|h[0-5]\d)?(?:\s?(?:[ap]\.?m?\.?|h(?:rs?|ours?)?|uhr)(?![\p{Script=Latin}\p{N}]))?`;
const HOURS = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}:.,/#])(${TIME})\s*${DASH}\s*(?:翌[日朝]?\s*)?(${TIME})(?![\p{Script=Latin}\p{N}:/年月日時分半階号名人床番室病]|\.\d)`,
  "giu",
);
const DIGITS = /^(?<hour>\d{1,2})(?<minute>\d\d)(?!\d)\s?(?<half>[ap])?/iu;
const PARTS =
  /^(?<hour>\d{1,2})(?:(?<mark>[:.時h])(?<minute>\d{1,2}|半)?分?)?\s?(?:(?<half>[ap])|(?<unit>h|uhr))?/iu;
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

/** Hours of which a name may say only the start, or only the end. */
type SpokenPart = Partial<SpokenHours> & Pick<SpokenHours, "cycle">;

const UNTIL = new RegExp(String.raw`(?<!\p{L})(?:until|till?|bis)\s+(${TIME})(?!\d)|(${TIME})\s*まで`, "giu");
const FROM = new RegExp(
  String.raw`(?<!\p{L})(?:from|after|since|ab)\s+(${TIME})(?!\d)|(${TIME})\s*(?:から|より)`,
  "giu",
);

/** Not in "noon conference". */
const NAMED_TIME = /(?<!\p{L})(?:noon|midnight)(?!\s*\p{L})|正午/giu;

/** "ED Day until 1pm", "from 11:00", "until noon", 「13時まで」: of a whole shift it is a part. Undefined where it says neither, or one of them twice. */
function spokenPart(text: string): SpokenPart | undefined {
  const written = text.normalize("NFKC");
  const lower = written.toLowerCase();
  const plain = ["noon", "midnight", "正午"].some((time) => lower.includes(time))
    ? written.replaceAll(NAMED_TIME, (time) => (/^m/iu.test(time) ? "24:00" : "12:00"))
    : written;
  // Most names have no such word, and looking for a time before one costs most.
  if (!/\p{L}\s+\d|まで|から|より/u.test(plain)) return undefined;
  const timesAt = (sign: RegExp): readonly SpokenTime[] =>
    [...plain.matchAll(sign)]
      .map(([, behind, before]) => (behind ?? before)!)
      .filter((time) => !YEAR.test(time))
      .flatMap((time) => timeOf(time) ?? [])
      .filter(({ isTime }) => isTime);
  const [starts, ends] = [timesAt(FROM), timesAt(UNTIL)];
  if (ends.length > 1 || starts.length > 1 || ends.length + starts.length === 0) return undefined;
  const [start, end] = [starts[0], ends[0]];
  return {
    ...(start && { start: start.at }),
    ...(end && { end: end.at }),
    cycle: [start, end].some((one) => one?.isVague === true) ? DAY / 2 : DAY,
  };
}

function hoursOf(from: string, to: string): SpokenHours | undefined {
  if (YEAR.test(from) && YEAR.test(to)) return undefined;
  const [first, last] = [timeOf(from), timeOf(to)];
  if (first === undefined || last === undefined) return undefined;
  // "8〜17時" is said so; "8-17" may be two beds.
  if (!last.isTime || !(first.isTime || last.isKanji)) return undefined;
  if (first.hasHalf !== last.hasHalf) return undefined;
  const both = [first, last];
  const isShort = both.some(({ digits }) => digits === 3);
  // "700-1900" are hours, "700-730" may be rooms.
  if (isShort && !both.every(({ digits, at }) => digits > 0 && at % QUARTER === 0)) return undefined;
  if (isShort && !first.hasHalf && both.every(({ digits }) => digits === 3)) return undefined;
  const isVague = !first.hasHalf && both.every((one) => one.isVague || (isShort && one.isHalfDay));
  return { start: first.at, end: last.at, cycle: isVague ? DAY / 2 : DAY };
}

const QUARTER = 15 * MINUTE;

interface SpokenTime {
  readonly at: number;
  /** Nothing but a time is written like this. */
  readonly isTime: boolean;
  readonly isKanji: boolean;
  readonly hasHalf: boolean;
  /** How many digits it has where these are all that it has, as 700; else 0. */
  readonly digits: number;
  /** From 1 to 12 without a zero before it: on the face of a clock it may be morning or evening. */
  readonly isHalfDay: boolean;
  /** It is written as on the face of a clock, without am and pm. */
  readonly isVague: boolean;
}

function timeOf(text: string): SpokenTime | undefined {
  const isDigits = /^\d{3,4}/u.test(text);
  const { hour = "", mark, minute = "0", half, unit } = (isDigits ? DIGITS : PARTS).exec(text)?.groups ?? {};
  const hours = Number(hour);
  const minutes = minute === "半" ? 30 : Number(minute);
  if (hours > 24 || minutes > 59 || (half !== undefined && (hours === 0 || hours > 12))) return undefined;
  // "12.05" may be a date.
  if (mark === "." && minutes % 15 !== 0) return undefined;
  const since = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  const isHalfDay = hours >= 1 && hours <= 12 && !hour.startsWith("0");
  return {
    at: since * HOUR + minutes * MINUTE,
    isTime: isDigits || mark !== undefined || half !== undefined || unit !== undefined,
    isKanji: mark === "時",
    hasHalf: half !== undefined,
    digits: isDigits ? /^\d+/u.exec(text)![0].length : 0,
    isHalfDay,
    isVague: !isDigits && (mark !== undefined || unit !== undefined) && isHalfDay,
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
  const hoursIn = remembered((text) =>
    saysDuty(text) ? undefined : (spokenHours(text) ?? spokenPart(text)),
  );
  return (text, { start, end, wall }) => {
    const hours = hoursIn(text);
    if (hours === undefined || !contradicts(hours, wallIn(zone, start), wallIn(zone, end))) return false;
    return wall === undefined || contradicts(hours, wall, (wall + (end - start)) as Wall);
  };
}

function contradicts({ start, end, cycle }: SpokenPart, from: Wall, to: Wall): boolean {
  const isOther = (one: Wall, said: number | undefined) => said !== undefined && isApart(one, said, cycle);
  return isOther(from, start) || isOther(to, end);
}

/** Less than an hour beside it is a handover. */
function isApart(one: Wall, said: number, cycle: number): boolean {
  const beside = (((one - said) % cycle) + cycle) % cycle;
  return Math.min(beside, cycle - beside) >= HOUR;
}

const TIMES = new RegExp(String.raw`(?<![\p{Script=Latin}\p{N}:.,/#-])${TIME}(?![\p{N}:/])`, "giu");

const BEGINS = /(?:start|begin|arriv)\p{L}*\W+(?:at\s+|by\s+)?@|@\D{0,3}(?:出勤|開始)/iu;
const ENDS = /(?:leav|end)\p{L}*\W+(?:at\s+|by\s+)?@|@\D{0,3}(?:退勤|終了)/iu;

/** A text without the times at which a shift starts or ends. */
export function withoutTimes(text: string, from: Wall, to: Wall): string {
  const plain = text.normalize("NFKC").replaceAll("@", " ");
  return plain.replaceAll(TIMES, (written: string, at: number) => {
    const said = timeOf(written);
    if (said?.isTime !== true) return written;
    const behind = at + written.length;
    const around = `${plain.slice(Math.max(0, at - 20), at)}@${plain.slice(behind, behind + 5)}`;
    const own = BEGINS.test(around) ? [from] : ENDS.test(around) ? [to] : [from, to];
    return own.some((one) => !isApart(one, said.at, said.isVague ? DAY / 2 : DAY)) ? " " : written;
  });
}

/** Why a shift is left out whose name says other hours than its times. */
export const otherHours = (text: string): Pick<RosterProblem, "message" | "todo" | "why"> => ({
  message: `${quoted(text)} says other hours than its times`,
  todo: "mend the one that is wrong; if its times are right as they are, list its words under `duty` in program.yaml",
  why: { code: "two-readings", text },
});
