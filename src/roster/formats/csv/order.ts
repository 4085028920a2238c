import { dateReader, exchangedOrder } from "../../text/dates/dates.ts";
import type { ListingRow } from "../../text/tables/listing.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";

/**
 * Where a list has "13/12/2026" and program.yaml says `dates: MM/DD/YYYY`, nobody knows which order its other dates have: 03/04/2026
 * would be read silently as another day. So nothing of the list is used, and that is one mistake.
 */
export function contradictedOrder(
  { file, dates }: RosterText,
  rows: readonly ListingRow[],
): RosterProblem | undefined {
  if (dates === undefined) return undefined;
  const other = exchangedOrder(dates);
  const [asStated, theOther] = [dateReader(dates), dateReader(other)];
  for (const { line, cells, spans } of rows)
    for (const cell of [
      cells.date,
      cells.endDate ?? "",
      ...spans.flatMap(({ start, end }) => [start, end]),
    ]) {
      const date = cell.trim().split(/[T\s]/u)[0] ?? "";
      if (asStated(date) === undefined && theOther(date) !== undefined)
        return {
          file,
          line,
          field: "dates",
          message: `${quoted(date)} cannot be ${dates}, as program.yaml says, but ${other}; nothing of this file is used, since other dates in it would be read as another day`,
          todo: `if it has all dates so, write \`dates: ${other}\` in program.yaml; else mend this one`,
          why: { code: "no-date", text: date },
        };
    }
  return undefined;
}
