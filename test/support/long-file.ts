import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { personId } from "#src/domain/person.ts";
import type { StudyItem, StudyRow } from "#src/study/rows.ts";

/** Reads a long file back into rows, under its random ids. */
export function readLongFile(file: string): readonly StudyRow[] {
  const rows = parse(readFileSync(file, "utf8"), { columns: true }) as Record<string, string>[];
  const told = (name: string, value: string | undefined) =>
    value === undefined || value === "" ? {} : { [name]: Number(value) };
  return rows.map((row) => ({
    resident: personId(row["resident"]!),
    attending: personId(row["attending"]!),
    occasion: row["occasion"]!,
    rotation: row["rotation"]!,
    week: Number(row["week_no"]),
    item: row["item"] as StudyItem,
    x: Number(row["x_resident"]),
    y: Number(row["y_attending"]),
    ...told("settled", row["settled"]),
    ...told("happened", row["happened"]),
    ...told("outcome", row["outcome"]),
  }));
}
