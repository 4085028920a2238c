import ICAL from "ical.js";
import { findIana } from "windows-iana";
import { DAY, instant } from "../../domain/time.ts";
import { zoneOf } from "../../domain/zone.ts";
import { inZone, wall, type ToInstant, type Wall } from "../wall.ts";

/** Resolves a TZID: to the zone's clock, or to undefined when nobody knows what it means. */
export type ZoneNames = (tzid: string) => ToInstant | undefined;

/**
 * The time zone database first, then Windows' names, then what the file itself defines. The file comes
 * last because exported VTIMEZONEs are often out of date, and ical.js alone would take an unknown
 * Windows name for the computer's own zone.
 */
export function zoneNames(calendar: string): ZoneNames {
  let defined: ReadonlyMap<string, ToInstant> | undefined;
  const known = new Map<string, ToInstant | undefined>();

  const resolve = (tzid: string): ToInstant | undefined => {
    for (const name of [tzid, ...ianaPart(tzid), ...findIana(tzid)]) {
      const found = ianaZone(name);
      if (found !== undefined) return found;
    }
    defined ??= new Map((calendar.match(DEFINITIONS) ?? []).flatMap(definedZone));
    return defined.get(tzid);
  };
  return (tzid) => {
    if (!known.has(tzid)) known.set(tzid, resolve(tzid));
    return known.get(tzid);
  };
}

/** Each VTIMEZONE of a file, wherever it stands. */
const DEFINITIONS = /^BEGIN:\s*VTIMEZONE\s*$[\s\S]*?^END:\s*VTIMEZONE\s*$/gimu;

function ianaZone(name: string): ToInstant | undefined {
  try {
    return inZone(zoneOf(name));
  } catch {
    return undefined;
  }
}

/** "/mozilla.org/20050126_1/Europe/Berlin" → "Europe/Berlin". */
function ianaPart(tzid: string): readonly string[] {
  const parts = tzid.split("/");
  return tzid.startsWith("/") ? [parts.slice(-3).join("/"), parts.slice(-2).join("/")] : [];
}

function definedZone(text: string): readonly (readonly [string, ToInstant])[] {
  try {
    const zone = new ICAL.Timezone(ICAL.Component.fromString(text.replaceAll(/\r\n?/gu, "\n")));
    return zone.tzid === "" ? [] : [[zone.tzid, inDefinedZone(zone)]];
  } catch {
    return [];
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
