import { csv } from "./csv.ts";
import { icalendar } from "./icalendar.ts";
import type { RosterReader } from "./reader.ts";

/** Every format that program.yaml may name. A new format is a new line here. */
export const ROSTER_READERS = { icalendar, csv } as const satisfies Record<string, RosterReader>;

export type RosterFormat = keyof typeof ROSTER_READERS;

export const ROSTER_FORMATS = Object.keys(ROSTER_READERS) as [RosterFormat, ...RosterFormat[]];
