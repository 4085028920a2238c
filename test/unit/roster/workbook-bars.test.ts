import { expect, it } from "vitest";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { rawRow, rawSheet } from "#test/support/rosters/raw-cells.ts";
import { rawWorkbook } from "#test/support/rosters/raw-workbook.ts";
import { contextOf, spans } from "./context.ts";

/* Codes in cells that were made one over several days or people. */

const context = contextOf({
  timeZone: "UTC",
  people: [someone("r1", { name: "Emily Carter" }), someone("r2", { name: "Noah Brandt" })],
});
const TABLE: RosterSource = {
  name: "roster",
  format: "matrix",
  month: "2026-12",
  codes: { D: "08:00-17:00", N: "19:00-07:00", V: "off" },
};

/** "away r1 1-4, r2 3 | B2": whose days, the last one exclusive, and the cells that are named. */
async function outcome(rows: readonly (readonly string[])[], ...merges: readonly string[]): Promise<string> {
  const cells = rows.map((row, at) => rawRow(at + 1, row));
  const sheet = `${rawSheet(...cells)}<mergeCells>${merges.map((place) => `<mergeCell ref="${place}"/>`).join("")}</mergeCells>`;
  const reading = await readBytes(TABLE, rawWorkbook({ sheet }), context);
  const days = spans(reading).map((span) => {
    const [away, who, start, end] = span.startsWith("away") ? span.split(" ") : ["", ...span.split(" ")];
    const until = end!.slice(8, 10) === start!.slice(8, 10) ? "" : `-${Number(end!.slice(8, 10))}`;
    return `${away} ${who} ${Number(start!.slice(8, 10))}${until}`.trim();
  });
  return `${days.join(", ")} | ${reading.notUnderstood.map(({ field }) => field).join(", ")}`;
}

const DAYS = ["Name", "1", "2", "3", "4"];

it.each([
  ["leave is of all its days", ["V", "", "", "N"], ["B2:D2"], "away r1 1-4, r1 4-5 | "],
  ["a night is of its two", ["N", "", "V", ""], ["B2:C2"], "r1 1-2, away r1 3-4 | "],
  ["a night over more may be meant for each", ["N", "", "", "V"], ["B2:D2"], "r1 1-2, away r1 4-5 | B2"],
  ["a day's duty may be meant for each", ["D", "", "D", "-"], ["B2:C2"], "r1 1, r1 3 | B2"],
  ["nothing is nothing", ["-", "", "D", ""], ["B2:C2"], "r1 3 | "],
])("%s", async (_, codes, merges, expected) => {
  expect(await outcome([DAYS, ["Emily Carter", ...codes]], ...merges)).toBe(expected);
});

it("leave is of the days between that the table does not have, too", async () => {
  const rows = [
    ["Name", "3", "4", "7", "8"],
    ["Emily Carter", "D", "V", "", "D"],
  ];

  expect(await outcome(rows, "C2:D2")).toBe("r1 3, away r1 4-8, r1 8 | ");
});

it("what stands over several people may be meant for each", async () => {
  const rows = [
    ["Date", "Emily Carter", "Noah Brandt"],
    ["1", "D", ""],
    ["2", "V", ""],
    ["3", "", "N"],
  ];

  expect(await outcome(rows, "B2:C2", "B3:C3")).toBe("r1 1, away r1 2-3, r2 3-4 | B2, B3");
});

it("of whom nobody knows only the name is named", async () => {
  const rows = [DAYS, ["Olga Smith", "D", "", "", ""], ["Emily Carter", "D", "", "", ""]];

  expect(await outcome(rows, "B2:D2")).toBe("r1 1 | name");
});
