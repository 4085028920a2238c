import { MADE } from "../../text/changes.ts";
import { quoted } from "../../text/problem.ts";
import { cellName, type Row } from "../grid/days.ts";
import type { CellLedger, CellProblem } from "../grid/ledger.ts";
import type { Legend } from "../grid/legend.ts";
import { SUM } from "../grid/weekdays.ts";
import { isCount } from "./duty-headings.ts";
import { PERSONS } from "./is-of-names.ts";

/** What stands above names with numbers: how often each of them is on duty. */
const COUNTS = /回数|合計|集計|計$|(?<!\p{L})(?:counts?|totals?|tally|shifts)(?!\p{L})/iu;

/** Reads lines that have no day: totals, notes, hours of duties; one that names somebody may change a shift, and is told. */
export function readBeside(
  rows: readonly Row[],
  legend: Legend,
  cells: CellLedger,
  speaks: (text: string) => boolean,
): void {
  let isOfCounts = false;
  for (const row of rows) {
    const filled = row.filter(({ text }) => text !== "");
    const plain = filled.map(({ text }) => text.normalize("NFKC").trim());
    const named = filled.find(({ text }) => speaks(text));
    const isCounted =
      isOfCounts && plain.some(isCount) && plain.every((text) => isCount(text) || text.length < SHORT);
    if (named === undefined) isOfCounts = plain.some((text) => PERSONS.test(text) || COUNTS.test(text));
    if (SUM.test(plain[0] ?? "") || isCounted) cells.skipped(filled, "sum");
    else if (named === undefined || MADE.test(plain[0]!) || legend.rows.has(row))
      cells.skipped(filled, "title");
    else cells.lost(filled, besideNoDay(named));
  }
}

/** A name or a duty beside a number is no sentence. */
const SHORT = 12;

const besideNoDay = (cell: Row[number]): CellProblem => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} speaks of somebody, and stands beside no day`,
  todo: "write the day into its line; if it is a change, write it into the table itself",
  why: { code: "no-day", text: cell.text },
});
