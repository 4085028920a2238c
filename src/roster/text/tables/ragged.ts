import { quoted, type RosterProblem } from "../problem.ts";
import type { Line } from "./records.ts";

/** A line of a table that has lost a cell, or has one too many: nobody can tell which of its cells stand in their place. */
export type Ragged = Omit<RosterProblem, "file">;

/**
 * The lines of a table that are wider or narrower than the rest. Programs write every line equally wide. Where a hand has
 * left out the empty cells at the ends, no line ends in one, and narrower ones are whole. A single narrower one does not
 * show such a hand: it may have lost a cell in a table in which everybody works the last day.
 *
 * @param header as wide as the table is meant to be
 * @param rows all lines that have something under the header
 */
export function raggedLines(header: Line, rows: readonly Line[]): ReadonlyMap<number, Ragged> {
  const counts = Map.groupBy([header, ...rows], ({ cells }) => cells.length);
  const most = Math.max(...[...counts.values()].map((some) => some.length));
  const usual = counts.get(header.cells.length)!.length;
  const width =
    usual === most ? header.cells.length : [...counts].find(([, some]) => some.length === most)![0];
  const isNarrower = ({ cells }: Line) => cells.length < Math.max(width, header.cells.length);
  const isTrimmed = rows.filter(isNarrower).length > 1 && rows.every(({ cells }) => cells.at(-1) !== "");
  const isWhole = (row: Line) => row.cells.length === width || (isTrimmed && isNarrower(row));
  return new Map(rows.filter((row) => !isWhole(row)).map((row) => [row.line, ragged(row, width)]));
}

const ragged = ({ line, cells }: Line, width: number): Ragged => ({
  line,
  message: `${cells.length} cells where the other lines have ${width}, from ${quoted(cells.find(Boolean) ?? "")} on`,
  todo: "put the missing separator back, or cells with a comma inside in double quotes; or export it again",
  why: { code: "broken-line" },
});
