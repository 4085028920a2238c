import ICAL from "ical.js";
import { MINUTE, SECOND } from "#src/domain/time.ts";
import { wall, type Wall } from "../../text/wall.ts";
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

/** A date and time as they stand in the file. */
export interface WrittenTime {
  readonly wall: Wall;
  readonly isUtc: boolean;
  readonly tzid: string | undefined;
}

const PLAIN_TIME = /^(?:;TZID=([\w/+ -]+))?:(\d{8})T([01]\d|2[0-3])([0-5]\d)([0-5]\d)(Z?)$/u;

/** Most times of most feeds have this form, which needs no parser. */
export function plainTime(
  text: string,
  midnightOf: (date: string) => Wall | undefined,
): WrittenTime | undefined {
  const found = PLAIN_TIME.exec(text);
  if (found === null) return undefined;
  const [, tzid, date, hour, minute, second, utc] = found;
  const day = midnightOf(date!);
  if (day === undefined) return undefined;
  const time = (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * SECOND;
  return { wall: wall(day + time), isUtc: utc === "Z", tzid };
}

/** @throws what ical.js throws of a line that is broken */
export function parse({ name, text }: Property): Parsed {
  const [, parameters, , ...values] = ICAL.parse.property(name + text) as unknown as [
    string,
    Record<string, string | readonly string[]>,
    string,
    ...unknown[],
  ];
  const flat = Object.entries(parameters).map(([key, value]) => [key, [value].flat().join(",")]);
  return { parameters: Object.fromEntries(flat) as Record<string, string>, values };
}
