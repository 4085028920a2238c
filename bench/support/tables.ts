import { writeXlsx } from "hucre/xlsx";
import { dateText, dayNumber } from "#src/domain/time.ts";

export const ROWS = 500;
export const DAYS = 62;
export const FIRST = "2026-12-01";
/** Few attendings, so that no pair of many people makes it more than any program has. */
export const STAFF = Array.from({ length: ROWS }, (_, index) => `${index % 100 === 0 ? "a" : "r"}${index}`);

const CODES = ["日", "当直", "明", "休", "準", "深", null];

/** A duty table as a workbook: 500 people, 62 days, a code in six of seven cells. */
export async function tableOf(): Promise<Uint8Array> {
  const days = Array.from(
    { length: DAYS },
    (_, index) => new Date(`${dateText(dayNumber(FIRST) + index)}T00:00Z`),
  );
  const row = (id: string, at: number) => [
    id,
    ...days.map((_, day) => CODES[(at + day) % CODES.length] ?? null),
  ];
  return writeXlsx({ sheets: [{ name: "12月", rows: [["勤務表"], ["氏名", ...days], ...STAFF.map(row)] }] });
}
