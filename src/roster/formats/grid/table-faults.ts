import { cellName, type Fault, type Row } from "./days.ts";

/* Why a row of a table cannot belong to anybody. */

export const noName = (row: Row): Fault => ({
  line: row[0]!.line,
  field: "name",
  message: "the row has codes and no name",
  todo: "write the name into each row, or give every person as many rows",
  why: { code: "nobody", text: "" },
});

export const noHeading = (row: Row): Fault => ({
  line: row.find(({ text }) => text !== "")!.line,
  field: cellName(row.find(({ text }) => text !== "")!),
  message: "there are names here, and nothing says for which duty",
  todo: "write the duty into each heading",
  why: { code: "no-heading" },
});

export const anotherTable = (row: Row, header: Row): Fault => ({
  line: row[0]!.line,
  message: `another table begins here; the one with its days on line ${header[0]!.line} is read, and this one is left out`,
  todo: "put it into a file of its own, with an entry of its own in program.yaml",
  why: { code: "two-tables", text: String(header[0]!.line) },
});
