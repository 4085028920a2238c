import ICAL from "ical.js";
import { findIana } from "windows-iana";
import { DAY, HOUR, instant, zoneOf } from "#src/domain/time.ts";
import { ContentLines } from "./content-lines.ts";
import { quoted } from "../../text/problem.ts";
import type { ReadingContext } from "../../text/reader.ts";
import { inZone, wall, type ToInstant, type Wall } from "../../text/dates/wall.ts";

/** Resolves a TZID: to the zone's clock, or to undefined when nobody knows what it means. */
export type ZoneNames = (tzid: string) => ToInstant | undefined;

/** Two rules for one wall time that say different things. */
export class ZonesDiffer extends Error {
  readonly zone: string;
  readonly todo: string;
  constructor(zone: string, message: string, todo: string) {
    super(message);
    this.zone = zone;
    this.todo = todo;
  }
}

/**
 * The time zone database first, then Windows' names, then what the file itself defines. Where the file defines a
 * zone of the database otherwise, times at which the two differ are refused. ical.js alone would take an unknown
 * Windows name for the computer's own zone.
 * @param context its horizon is where the two are compared once and for all
 */
export function zoneNames(
  calendar: string,
  { horizon, zone }: Pick<ReadingContext, "horizon" | "zone">,
): ZoneNames {
  let definitions: ReadonlyMap<string, string> | undefined;
  let left = MOST_DEFINED;
  const known = new Map<string, ToInstant | undefined>();

  const resolve = (tzid: string): ToInstant | undefined => {
    definitions ??= definitionsOf(calendar);
    const text = definitions.get(tzid);
    left -= text?.length ?? 0;
    const own = text === undefined || left < 0 ? undefined : definedZone(text);
    for (const name of [tzid, ...namesIn(tzid), ...findIana(tzid)]) {
      const found = ianaZone(name);
      if (found === undefined) continue;
      if (SHORT.has(name)) return compared(tzid, found, inZone(zone), horizon);
      return own === undefined ? found : compared(tzid, found, own, horizon);
    }
    return own;
  };
  return (tzid) => {
    if (!known.has(tzid)) known.set(tzid, known.size < MOST_NAMES ? resolve(tzid) : undefined);
    return known.get(tzid);
  };
}

/** A clock of the database that is refused where the file's own rules for it show another time. */
function compared(
  tzid: string,
  database: ToInstant,
  own: ToInstant,
  { from, to }: ReadingContext["horizon"],
): ToInstant {
  const differsAt = (at: Wall): boolean => {
    try {
      return database(at) !== own(at);
    } catch {
      // Rules that cannot be followed contradict nothing.
      return false;
    }
  };
  let isEqual = true;
  for (let at = from - DAY; at < to + DAY && isEqual; at += COMPARED_EVERY) isEqual = !differsAt(wall(at));
  if (isEqual) return database;
  return (at) => {
    if (!differsAt(at)) return database(at);
    const message = SHORT.has(tzid)
      ? `${quoted(tzid)} has no summer time by its name, and the program's zone shows another time`
      : `the VTIMEZONE of ${quoted(tzid)} in the file and the zone of that name show different times`;
    throw new ZonesDiffer(tzid, message, "export the calendar again, with a time zone that is up to date");
  };
}

/** In the database these never have summer time; whoever writes them may mean the zone that has. */
const SHORT: ReadonlySet<string> = new Set(["EST", "MST", "HST"]);

/** Clocks change at night: four looks a day see it. */
const COMPARED_EVERY = 6 * HOUR;

/** Names of zones that one file may use: there are about 600 in the whole world. */
const MOST_NAMES = 600;
/** Letters of all zones of its own that one file may use; one has 500 to 5,000. */
const MOST_DEFINED = 100_000;
const LONGEST_ZONE = 20_000;
/** A VTIMEZONE has observances, and these have nothing inside. */
const DEEPEST = 2;

/**
 * Each VTIMEZONE of a file by its TZID, wherever it stands; what is too long or too deep for one is none. One that
 * stands there twice with different rules is none either.
 */
function definitionsOf(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const calendar = zonesOf(file);
  let own: string[] = [];
  let [depth, length, tzid] = [0, 0, ""];
  for (const line = new ContentLines(calendar); line.next();) {
    const name = line.name()?.toUpperCase();
    const isEdge = name === "BEGIN" || name === "END";
    if (depth === 0 && !isEdge) continue;
    const rest = line.rest();
    const isZone = isEdge && rest.slice(1).trim().toUpperCase() === "VTIMEZONE";
    if (name === "BEGIN" && isZone) [own, depth, length, tzid] = [[], 0, 0, ""];
    if (depth === 0 && !(name === "BEGIN" && isZone)) continue;
    if (name === "BEGIN") depth += 1;
    if (name === "TZID" && depth === 1) tzid = unescaped(rest.slice(rest.indexOf(":") + 1));
    length += rest.length;
    if (length > LONGEST_ZONE || depth > DEEPEST) depth = 0;
    else own.push(line.whole());
    if (name === "END") depth -= 1;
    if (name === "END" && isZone && depth === 0 && tzid !== "") add(tzid, own.join("\n"));
    depth = Math.max(depth, 0);
  }
  return found;

  function add(name: string, text: string): void {
    const before = found.get(name);
    found.set(name, before === undefined || rulesOf(before) === rulesOf(text) ? text : TWO_RULES);
  }
}

/** What no zone can be made of. */
const TWO_RULES = "";

const rulesOf = (text: string): string =>
  (text.match(/^(?:BEGIN|DTSTART|RRULE|RDATE|TZOFFSET\w+)[:;].*$/gimu) ?? []).join("\n");

/** The part of a file in which its zones stand: the rest is not looked at line by line. */
function zonesOf(file: string): string {
  const places = [...file.matchAll(/^[ \t]*BEGIN[ \t]*:[ \t]*VTIMEZONE/gimu)];
  const last = places.at(-1);
  if (last === undefined) return "";
  const end = file.slice(last.index).search(/^[ \t]*END[ \t]*:[ \t]*VTIMEZONE.*$/imu);
  const after = end === -1 ? file.length : last.index + end + "END:VTIMEZONE".length + LONGEST_EDGE;
  return file.slice(places[0]!.index, after);
}
/** Room for blanks in an END. */
const LONGEST_EDGE = 20;

function ianaZone(name: string): ToInstant | undefined {
  if (name === "") return undefined;
  try {
    return inZone(zoneOf(name));
  } catch {
    return undefined;
  }
}

/** "/mozilla.org/20050126_1/Europe/Berlin" → "Europe/Berlin"; "tzone://Microsoft/Utc" → "Utc". */
function namesIn(tzid: string): readonly string[] {
  const parts = tzid.split("/");
  if (tzid.startsWith("/")) return [parts.slice(-3).join("/"), parts.slice(-2).join("/")];
  const last = decodedName(parts.at(-1) ?? "");
  return /^tzone:\/\//iu.test(tzid) ? [last, ...findIana(last)] : [];
}

function decodedName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const unescaped = (text: string): string =>
  text
    .replaceAll(/\\(?<sign>[,;\\])/gu, "$<sign>")
    .replaceAll('"', "")
    .trim();

/** Clocks change once or twice a year: a rule of another kind is refused, since ical.js would follow it. */
const RULE = /^RRULE[^:\n]*:(.*)$/gimu;
const YEARLY = /(?:^|;)FREQ=YEARLY(?:;|$)/iu;
/** These decide which years count, from the start on. */
const FROM_THE_START = /(?:^|;)(?:INTERVAL=(?!0*1(?:;|$))|COUNT=)/iu;
/** Beyond what any zone has, +14:00. */
const TOO_FAR = /^TZOFFSET\w+[^:\n]*:[+-](?:1[5-9]|[2-9]\d|14(?!00))/imu;
/** Outlook's rules begin in 1601. Nothing is asked about times before 1972, a leap year as any start may need. */
const EARLY_START = /^(?<name>DTSTART[^:\n]*:)(?:0\d{3}|1[0-8]\d\d|19[0-6]\d|197[01])(?=\d{4})/gimu;
const CENTURIES_AGO = /^DTSTART[^:\n]*:(?:0\d{3}|1[0-8]\d\d)/imu;

function definedZone(text: string): ToInstant | undefined {
  if (TOO_FAR.test(text)) return undefined;
  const rules = [...text.matchAll(RULE)].map(([, rule = ""]) => rule);
  if (rules.some((rule) => !YEARLY.test(rule) || rule.length > 200)) return undefined;
  const isCounted = rules.some((rule) => FROM_THE_START.test(rule));
  if (isCounted && CENTURIES_AGO.test(text)) return undefined;
  const recent = isCounted ? text : text.replaceAll(EARLY_START, "$<name>1972");
  try {
    return inDefinedZone(new ICAL.Timezone(ICAL.Component.fromString(recent)));
  } catch {
    return undefined;
  }
}

/**
 * ical.js knows the offset of a local time, and takes the later offset inside a gap or an overlap.
 * Temporal's "compatible", used everywhere else here, takes the earlier one in both.
 */
function inDefinedZone(zone: InstanceType<typeof ICAL.Timezone>): ToInstant {
  const offsetAt = (at: Wall): number => zone.utcOffset(icalTime(at)) * 1000;
  return (at) => {
    const offset = offsetAt(at);
    const before = offsetAt(wall(at - DAY));
    const inChange = offset !== before && offsetAt(wall(at - Math.abs(offset - before))) === before;
    return instant(at - (inChange ? before : offset));
  };
}

/** ical.js's own form of a local time, without a zone. */
export function icalTime(at: Wall): InstanceType<typeof ICAL.Time> {
  const date = new Date(at);
  return new ICAL.Time(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  );
}

/** A local time of ical.js in our form. */
export const wallOf = (time: InstanceType<typeof ICAL.Time>): Wall =>
  wall(Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second));
