import { dateReader, exchangedOrder } from "../../text/dates/dates.ts";
import type { ListingRow } from "../../text/tables/listing.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";

/** Why nothing of a list is used: nobody knows which of its numbers are the days. */
export const contradictedOrder = (
  source: RosterText,
  rows: readonly ListingRow[],
): RosterProblem | undefined => {
  if (source.dates === undefined && source.isSheet !== true) return undefined;
  const dates = rows.flatMap(datesOf);
  return halfTurned(source, dates) ?? notAsStated(source, dates);
};

/** A date of a row, as it is written. */
interface WrittenDate {
  readonly line: number;
  readonly text: string;
}

const datesOf = ({ line, cells, spans }: ListingRow): readonly WrittenDate[] =>
  [cells.date, cells.endDate ?? "", ...spans.flatMap(({ start, end }) => [start, end])].map((cell) => ({
    line,
    text: cell.trim().split(/[T\s]/u)[0] ?? "",
  }));

const DAY_CELL = /^\d{4}-\d{2}-(?<day>\d{2})$/u;
const LEFT_AS_TEXT = /^(?<one>\d{1,2})(?<mark>[-/.])(?<other>\d{1,2})\k<mark>(?:\d{2}|\d{4})$/u;

/**
 * Excel takes 03/04/2026 for a day in the order of its machine, and leaves 13/04/2026 as a text where it has no such day. So where
 * all that stayed texts are past the 12th, and all days are not, the days are perhaps others than the texts they were.
 */
function halfTurned({ file, isSheet }: RosterText, dates: readonly WrittenDate[]): RosterProblem | undefined {
  if (isSheet !== true) return undefined;
  const days = dates.filter(({ text }) => DAY_CELL.test(text));
  const texts = dates.filter(({ text }) => LEFT_AS_TEXT.test(text));
  const [day, text] = [days[0], texts[0]];
  const isPast = ({ one, other }: Record<string, string>) => Number(one) > 12 !== Number(other) > 12;
  if (day === undefined || text === undefined) return undefined;
  if (days.some((one) => Number(DAY_CELL.exec(one.text)!.groups!["day"]) > 12)) return undefined;
  if (!texts.every((one) => isPast(LEFT_AS_TEXT.exec(one.text)!.groups!))) return undefined;
  return {
    file,
    line: day.line,
    field: "dates",
    message: `${quoted(day.text)} may have its day and month changed round: all days past the 12th are texts here, such as ${quoted(text.text)}, as Excel leaves what is no date in its own order; nothing of this file is used`,
    todo: "import the list into Excel anew, with that column as text; or write all of its dates as 2026-11-30",
    why: { code: "ambiguous-date", text: day.text },
  };
}

/**
 * Where a list has "13/12/2026" and program.yaml says `dates: MM/DD/YYYY`, nobody knows which order its other dates have: 03/04/2026
 * would be read silently as another day. So nothing of the list is used, and that is one mistake.
 */
function notAsStated({ file, dates }: RosterText, all: readonly WrittenDate[]): RosterProblem | undefined {
  if (dates === undefined) return undefined;
  const other = exchangedOrder(dates);
  const [asStated, theOther] = [dateReader(dates), dateReader(other)];
  const odd = all.find(({ text }) => asStated(text) === undefined && theOther(text) !== undefined);
  return (
    odd && {
      file,
      line: odd.line,
      field: "dates",
      message: `${quoted(odd.text)} cannot be ${dates}, as program.yaml says, but ${other}; nothing of this file is used, since other dates in it would be read as another day`,
      todo: `if it has all dates so, write \`dates: ${other}\` in program.yaml; else mend this one`,
      why: { code: "no-date", text: odd.text },
    }
  );
}
