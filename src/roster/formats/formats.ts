import { amion619, amion625c } from "./amion/amion.ts";
import { csv } from "./csv/csv.ts";
import { icalendar } from "./icalendar/icalendar.ts";
import { matrix } from "./matrix/matrix.ts";
import { qgenda } from "./qgenda/qgenda.ts";
import { cleanFile, storable } from "#src/domain/text.ts";
import type { RosterFormat, RosterReader } from "../text/reader.ts";

/** A reader for each format. A new format is a new name in `ROSTER_FORMATS`, and a new line here. */
const READERS: Readonly<Record<RosterFormat, RosterReader>> = {
  icalendar,
  csv,
  "amion-619": amion619,
  "amion-625c": amion625c,
  matrix,
  qgenda,
};

/** The one door for rosters: every reader is given a clean text, and what it says can be kept. */
const atTheDoor =
  (read: RosterReader): RosterReader =>
  (source, context) => {
    const reading = read({ ...source, text: cleanFile(source.text) }, context);
    const { entries, refused } = storable(reading.entries);
    const problems = refused.map(({ person }) => ({
      file: source.file,
      message: `a shift or an absence of ${person} has times that no clock can have`,
      todo: "mend its dates",
      why: { code: "broken-line" } as const,
    }));
    return { ...reading, entries, notUnderstood: [...reading.notUnderstood, ...problems] };
  };

export const ROSTER_READERS = Object.fromEntries(
  Object.entries(READERS).map(([format, read]) => [format, atTheDoor(read)]),
) as Record<RosterFormat, RosterReader>;
