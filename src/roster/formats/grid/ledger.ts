import type { SkipRule } from "#src/domain/roster-report.ts";
import type { Ledger } from "../../text/ledger.ts";
import type { RosterProblem } from "../../text/problem.ts";
import type { RosterEntry } from "../../text/reader.ts";
import { cellName, type Cell, type Row } from "./days.ts";

/** A problem of a cell; the ledger adds the file. */
export type CellProblem = Omit<RosterProblem, "file">;

export type CellLedger = ReturnType<typeof cellLedger>;

/** Writes down what becomes of cells, and what is told about them; an empty cell is no thing. */
export function cellLedger(file: string, ledger: Ledger, problems: RosterProblem[]) {
  const placeOf = (cell: Cell) => ({ line: cell.line, field: cellName(cell) });
  const told = (fault: CellProblem) => void problems.push({ file, ...fault });
  const leftOut = (cells: Row, reason: string) => {
    for (const cell of cells) if (cell.text !== "") ledger.leftOut(placeOf(cell), reason);
  };
  return {
    told,
    leftOut,
    lost(cells: Row, fault: CellProblem) {
      told(fault);
      leftOut(cells, fault.message);
    },
    skipped(cells: Row, rule: SkipRule) {
      for (const cell of cells) if (cell.text !== "") ledger.skipped(placeOf(cell), rule);
    },
    read: (cell: Cell, entries: readonly RosterEntry[]) => ledger.read(placeOf(cell), entries),
  };
}
