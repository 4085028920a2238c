import { amion619, amion625c } from "./amion.ts";
import { csv } from "./csv.ts";
import { icalendar } from "./icalendar.ts";
import { matrix } from "./matrix.ts";
import type { RosterReader } from "./reader.ts";

/** Every format that program.yaml may name. A new format is a new line here. */
export const ROSTER_READERS = {
  icalendar,
  csv,
  "amion-619": amion619,
  "amion-625c": amion625c,
  matrix,
} as const satisfies Record<string, RosterReader>;

export type RosterFormat = keyof typeof ROSTER_READERS;

export const ROSTER_FORMATS = Object.keys(ROSTER_READERS) as [RosterFormat, ...RosterFormat[]];
