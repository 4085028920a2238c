import { DAY, HOUR, MINUTE, instant, type Instant, type Zone } from "#src/domain/time.ts";
import { quoted } from "../../text/problem.ts";
import { checked, type Times, type Wrong } from "../../text/tables/row-times.ts";
import { inZone, offsetOf, parseWall, wall, wallIn, type Wall } from "../../text/dates/wall.ts";

/** What an entry says of its times: on the clock of its place, and in UTC. */
export interface TimeTexts {
  readonly startDate: string;
  readonly startTime: string;
  readonly endDate: string;
  readonly endTime: string;
  readonly startUtc: string;
  readonly endUtc: string;
  /** "(UTC-05:00) Eastern Time (US & Canada)". */
  readonly timeZone: string;
}

/** From when to when, and whether that is whole days from midnight to midnight, as QGenda writes a task without hours. */
export interface EntryTimes extends Times {
  readonly isWholeDays: boolean;
  /** Its start on the clock of its place. */
  readonly wall: Wall;
}

/** Reads when an entry is. Its clock and its UTC must be one moment; a clock in another place needs the UTC. */
export function timesOfEntry(texts: TimeTexts, zone: Zone): EntryTimes | Wrong {
  const start = momentOf("start", texts.startDate, texts.startTime, texts.startUtc, texts.timeZone, zone);
  if ("message" in start) return start;
  const end = momentOf(
    "end",
    texts.endDate || texts.startDate,
    texts.endTime,
    texts.endUtc,
    texts.timeZone,
    zone,
  );
  if ("message" in end) return end;
  // 24 hours of duty end at 00:00.
  const isWholeDays =
    isMidnight(start.wall) && isMidnight(end.wall) && LAST_MINUTE.test(texts.endTime || texts.endUtc);
  const times = checked({ start: start.at, end: end.at }, isWholeDays);
  return "message" in times ? times : { ...times, isWholeDays, wall: start.wall };
}

/** Of 23:59, 23:59:59.9990000, or 2026-12-02T04:59:59.999Z. */
const LAST_MINUTE = /:59(?::59)?(?:\.\d+)?Z?$/u;

const isMidnight = (at: Wall): boolean => at % DAY === 0;

interface Moment {
  readonly at: Instant;
  readonly wall: Wall;
}

function momentOf(
  field: "start" | "end",
  date: string,
  time: string,
  utc: string,
  place: string,
  zone: Zone,
): Moment | Wrong {
  const shown = wallOf(date, time);
  const given = utcOf(utc);
  if (shown === undefined && given === undefined) return noTime(field, utc || `${date} ${time}`.trim());
  if (shown === undefined) return { at: given!, wall: wallIn(zone, given!) };
  const at = given ?? inZone(zone)(shown);
  const there = baseOf(place);
  const isHere = there === undefined || there === winterOf(zone, at);
  if (given === undefined) return isHere ? { at, wall: shown } : elsewhere(field, place);
  const ahead = shown - at;
  const isOne = isHere ? ahead === offsetOf(zone, at) : ahead === there || ahead === there + HOUR;
  return isOne ? { at, wall: shown } : twoMoments(field, `${date} ${time}`, utc);
}

/** How far a zone is ahead of UTC in the winter of a moment's year. */
const winterOf = (zone: Zone, at: Instant): number =>
  Math.min(...[0, 182 * DAY].map((days) => offsetOf(zone, instant(at + days))));

/** The last minute of a day is written as 23:59:59.999, or as 23:59. */
function rounded(milliseconds: number): number {
  const minutes = Math.round(milliseconds / MINUTE) * MINUTE;
  return minutes % DAY === DAY - MINUTE ? minutes + MINUTE : minutes;
}

const TIME = /^(\d{1,2}:\d{2})(?::(\d{2}(?:\.\d+)?))?$/u;

function wallOf(date: string, time: string): Wall | undefined {
  const [, clock, seconds = "0"] = TIME.exec(time.trim()) ?? [];
  const day = parseWall(date.trim().slice(0, 10));
  const at =
    clock === undefined || day === undefined
      ? undefined
      : parseWall(`${date.trim().slice(0, 10)}T${clock.padStart(5, "0")}`);
  return at === undefined ? undefined : wall(rounded(at + Number(seconds) * 1_000));
}

function utcOf(text: string): Instant | undefined {
  const [, moment, fraction = "0"] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?Z?$/u.exec(text.trim()) ?? [];
  const at = moment === undefined ? undefined : parseWall(moment);
  return at === undefined
    ? undefined
    : instant(Math.round((at + Number(fraction) * 1_000) / MINUTE) * MINUTE);
}

/** How far a place is ahead of UTC in winter, as its zone's name has it, in milliseconds. */
function baseOf(place: string): number | undefined {
  const [, sign, hours, minutes] = /^\(UTC([+-])(\d{2}):(\d{2})\)/u.exec(place) ?? [];
  if (sign === undefined) return place.startsWith("(UTC)") ? 0 : undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

const noTime = (field: string, text: string): Wrong => ({
  field,
  message: text === "" ? "it is empty" : `${quoted(text)} is no time`,
  todo: "give the task its hours in QGenda",
  why: text === "" ? { code: "empty" } : { code: "no-time", text },
});

const elsewhere = (field: string, place: string): Wrong => ({
  field,
  message: `its clock is that of ${quoted(place)}, and the program's is another`,
  todo: "give the task the location of the program in QGenda, or mend `timeZone` in program.yaml",
  why: { code: "zone", text: place },
});

const twoMoments = (field: string, shown: string, utc: string): Wrong => ({
  field,
  message: `${quoted(shown)} and ${quoted(utc)} are not the same moment, neither in the program's zone nor in the task's`,
  todo: "check the location and time zone of the task in QGenda, and `timeZone` in program.yaml",
  why: { code: "two-readings", text: shown },
});
