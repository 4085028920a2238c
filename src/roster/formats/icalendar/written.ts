import ICAL from "ical.js";
import { HOUR, MINUTE, SECOND } from "#src/domain/time.ts";
import { parseWall, wall, type Wall } from "../../text/dates/wall.ts";
import type { Property } from "./lines.ts";

/* How values stand in a file: in the usual forms, which need no parser, else as ical.js takes them apart. */

/** A text as it stands, when nothing in it is quoted or escaped. */
export function plainText({ text }: Property): string | undefined {
  return text.includes("\\") || text.includes('"') ? undefined : text.slice(text.indexOf(":") + 1);
}

/** A property taken apart by ical.js. */
export interface Parsed {
  readonly parameters: Readonly<Record<string, string>>;
  readonly values: readonly unknown[];
}

/** A date or a time as it stands in the file. */
export interface WrittenTime {
  readonly wall: Wall;
  /** East of Greenwich, in milliseconds: 0 for a Z. */
  readonly offset: number | undefined;
  readonly isDate: boolean;
}

/** What stands for nothing in many programs begins with 0001, and a year of two digits becomes 0026: neither is a year. */
const YEAR = String.raw`(?:19|[2-9]\d)\d\d`;

const PLAIN_TIME = new RegExp(
  String.raw`^(?:;TZID=([\w/+ -]+))?:(${YEAR}\d{4})T([01]\d|2[0-3])([0-5]\d)([0-5]\d)(Z?)$`,
  "u",
);

/** Most times of most feeds have this form, which needs no parser. */
export function plainTime(
  text: string,
  midnightOf: (date: string) => Wall | undefined,
): { readonly time: WrittenTime; readonly tzid: string | undefined } | undefined {
  const found = PLAIN_TIME.exec(text);
  if (found === null) return undefined;
  const [, tzid, date, hour, minute, second, utc] = found;
  const day = midnightOf(date!);
  if (day === undefined) return undefined;
  const time = (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * SECOND;
  return {
    time: { wall: wall(day + time), offset: utc === "Z" ? 0 : undefined, isDate: false },
    tzid,
  };
}

/** 20261130T080000, 2026-11-30T08:00:00, each with nothing but zeros behind the seconds, and a Z or an offset. */
const WRITTEN = new RegExp(
  String.raw`^(${YEAR})(-?)(\d{2})\2(\d{2})(?:[T ](\d{2})(:?)(\d{2})(?:\6(\d{2})(?:\.0+)?)?(Z|[+-]\d{2}:?\d{2})?)?$`,
  "iu",
);

/** No zone of the world is further from Greenwich. */
const FURTHEST = 14 * HOUR;

/** Reads a date or a time by its whole form; undefined when anything is missing, or stands behind it. */
export function writtenTime(text: string): WrittenTime | undefined {
  const found = WRITTEN.exec(text.trim());
  if (found === null) return undefined;
  const [, year, , month, day, hour, , minute, second = "00", zone] = found;
  const date = `${year}-${month}-${day}`;
  const at = parseWall(hour === undefined ? date : `${date}T${hour}:${minute}:${second}`);
  const offset = zone === undefined ? undefined : offsetOf(zone);
  if (at === undefined || Number.isNaN(offset)) return undefined;
  return { wall: at, offset, isDate: hour === undefined };
}

/** In milliseconds; NaN for one that no zone has. */
function offsetOf(text: string): number {
  if (text.toUpperCase() === "Z") return 0;
  const minutes = Number(text.slice(-2));
  const offset = Number(text.slice(1, 3)) * HOUR + minutes * MINUTE;
  if (minutes > 59 || offset > FURTHEST) return Number.NaN;
  return text.startsWith("-") ? -offset : offset;
}

/** Outlook and Google write "tzone://Microsoft/Custom" and "GMT+05:30" without the quotes that a colon asks for. */
const UNQUOTED_ZONE =
  /^((?:;[^;:="]+=(?:"[^"]*"|[^";:]*))*;TZID=)([^";:]+:(?!\d{4}-\d\d-)[^";]*)(?=(?:;[\w-]+=[^:;"]*)*:[^:]*$)/iu;

/** @throws what ical.js throws of a line that is broken */
export function parse({ name, text }: Property): Parsed {
  const [, parameters, , ...values] = ICAL.parse.property(
    name + text.replace(UNQUOTED_ZONE, '$1"$2"'),
  ) as unknown as [string, Record<string, string | readonly string[]>, string, ...unknown[]];
  const flat = Object.entries(parameters).map(([key, value]) => [key, [value].flat().join(",")]);
  return { parameters: Object.fromEntries(flat) as Record<string, string>, values };
}

const PARAMETER = /;([^;:="]+)=((?:"[^"]*"|[^";:])*)/gu;

/** A property of dates and times: its parameters, and its values as they are written. Undefined when it is broken. */
export function writtenTimes({
  text,
}: Property):
  | { readonly parameters: ReadonlyMap<string, string>; readonly values: readonly string[] }
  | undefined {
  const plain = text.replace(UNQUOTED_ZONE, '$1"$2"');
  const parameters = new Map<string, string>();
  let end = 0;
  for (const { 0: whole, 1: key, 2: value, index } of plain.matchAll(PARAMETER)) {
    if (index !== end) break;
    parameters.set(key!.toLowerCase().trim(), value!.replaceAll('"', "").trim());
    end = index + whole.length;
  }
  if (plain[end] !== ":") return undefined;
  const values = plain.slice(end + 1).split(",");
  return { parameters, values: values.map((value) => value.trim()) };
}
