import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decode } from "#src/roster/text/tables/decode.ts";
import type { RosterReading } from "#src/roster/text/reader.ts";
import { readSource } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { contextOf } from "./context.ts";

const folder = new URL("../../fixtures/roster/", import.meta.url);
const MAPPED = { person: "氏名", date: "日付", start: "開始", end: "終了", label: "勤務" };

/** Every list among the fixtures, and how it is read. */
const LISTS = readdirSync(folder).flatMap((name): readonly RosterSource[] => {
  if (name.startsWith("amion-619")) return [{ name, format: "amion-619" as const }];
  if (name.startsWith("amion-625c")) return [{ name, format: "amion-625c" as const }];
  if (name.startsWith("mapped")) {
    const encoding = name.includes("euc") ? { encoding: "euc-jp" as const } : {};
    return [{ name, format: "csv" as const, columns: MAPPED, ...encoding }];
  }
  return name.startsWith("matrix") ? [{ name, format: "matrix" as const }] : [];
});

const bytesOf = ({ name }: RosterSource) => new Uint8Array(readFileSync(new URL(name, folder)));

/** Everything that the books have, however it is called there. */
function accountedFor({ accounts }: RosterReading): number {
  const { read = 0, skipped = {}, leftOut = 0 } = accounts?.counts ?? {};
  return read + leftOut + Object.values(skipped).reduce((sum, count) => sum + count, 0);
}

// domain: Every cell, line and event
describe("the ledger of a list", () => {
  it.each(LISTS)("adds up to what stands in $name", (source) => {
    const bytes = bytesOf(source);
    const lines = decode(bytes, source.encoding).split(/\r\n|\n/u);
    const cells = lines.map(
      (line) => line.split(/[,;\t]/u).filter((cell) => /[^\s\uFEFF]/u.test(cell)).length,
    );
    const things = source.format === "matrix" ? cells.reduce((a, b) => a + b) : cells.filter(Boolean).length;

    const reading = readSource(source, bytes, contextOf());

    expect(accountedFor(reading)).toBe(things);
  });

  it.each(LISTS)("names each thing of $name once when it is asked for", (source) => {
    const reading = readSource(source, bytesOf(source), { ...contextOf(), inFull: true });

    const { list = [] } = reading.accounts ?? {};
    expect(list).toHaveLength(accountedFor(reading));
    expect(new Set(list.map(({ line, field }) => `${line} ${field}`)).size).toBe(list.length);
    expect(list.flatMap((one) => (one.fate === "read" ? one.entries : []))).toEqual(reading.entries);
  });
});
