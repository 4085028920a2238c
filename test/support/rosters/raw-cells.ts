/** A cell as a file has it: a text, a number with its style, or XML of its own with "@" in its place. */
export type RawCell = string | readonly [value: number, style: number] | { readonly xml: string };

const letter = (column: number): string => String.fromCharCode(65 + column);

/** <row> with its cells. An empty text is an empty cell. */
export const rawRow = (line: number, cells: readonly RawCell[], attributes = ""): string =>
  `<row r="${line}"${attributes}>${cells.map((cell, column) => cellXml(`${letter(column)}${line}`, cell)).join("")}</row>`;

function cellXml(place: string, cell: RawCell): string {
  if (cell === "") return "";
  if (typeof cell === "string") return `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  if ("xml" in cell) return cell.xml.replaceAll("@", place);
  return `<c r="${place}" s="${cell[1]}"><v>${cell[0]}</v></c>`;
}

export const rawSheet = (...rows: readonly string[]): string => `<sheetData>${rows.join("")}</sheetData>`;
