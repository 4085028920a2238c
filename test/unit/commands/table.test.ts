import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asCsv } from "#src/commands/table.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { anyText } from "#test/support/poisons.ts";

/** The cells of a table of one row, as a spreadsheet reads them. */
function cellsOf(...texts: readonly string[]): readonly string[] {
  const row = Object.fromEntries(texts.map((text, index) => [`c${index}`, text]));
  const [, cells] = parse(asCsv({ one: [row] }), { record_delimiter: "\r\n" });
  return cells!.slice(1);
}

/** Where a spreadsheet may take a cell to begin: at its start, and after what separates cells elsewhere. */
const beginnings = (cell: string): readonly string[] => cell.split(/[,;|\t\r\n]/u);
const FORMULA = /^[\s"']*[=+\-@＝＋－＠]/u;

const hostile = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(fc.constantFrom(..."=+-@＝＋－＠\t\r\n,;| \"'　\u00A0", "cmd|' /C calc'!A0", "a"), anyText()),
      { maxLength: 8 },
    )
    .map((parts) => parts.join("").toWellFormed());

describe("a CSV for a spreadsheet", () => {
  it("has no cell that begins like a formula, wherever it may be taken to begin", () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        const [cell] = cellsOf(text);

        expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u);
        // An apostrophe that is not ours makes no text of what follows it.
        for (const begun of beginnings(cell!)) expect(begun.replace(/^'/u, "x")).not.toMatch(FORMULA);
      }),
      { numRuns: campaignSize({ quick: 200, usual: 1_000, long: 10_000 }) },
    );
  });

  it("reads back as it was written, but for the apostrophes that make texts of formulas", () => {
    fc.assert(
      fc.property(hostile(), hostile(), (one, other) => {
        const [first, second, ...others] = cellsOf(one, other);
        const bare = (text: string) => text.replaceAll("'", "");

        expect(others).toEqual([]);
        expect([bare(first!), bare(second!)]).toEqual([bare(one), bare(other)]);
      }),
      { numRuns: campaignSize({ quick: 100, usual: 500, long: 5_000 }) },
    );
  });

  it("changes nothing that is no formula", () => {
    const texts = [
      "Day - Night",
      "a+b",
      'O\'Neil, "Dan"',
      "8:00–17:00; 準夜",
      " 佐藤 健 ",
      "",
      "x@example.org",
    ];

    expect(cellsOf(...texts)).toEqual(texts);
    expect(asCsv({ counts: [{ change: -3 }] })).toBe("record,change\r\ncounts,-3\r\n");
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["＝1+1", "'＝1+1"],
    ["  @SUM(1)", "'  @SUM(1)"],
    ['"=1', `'"=1`],
    ["a;=1", "a;'=1"],
    ["a\t＠b", "a\t'＠b"],
    ["a\r\n-1", "a\r\n'-1"],
    ["\tx", "'\tx"],
  ])("makes a text of %j", (text, cell) => {
    expect(cellsOf(text)).toEqual([cell]);
  });
});
