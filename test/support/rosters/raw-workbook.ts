import { strToU8, zipSync } from "fflate";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** What a program other than our own library may write into a workbook of one sheet. */
export interface RawWorkbook {
  /** Inside of <worksheet>: columns, sheetData, merges. */
  readonly sheet: string;
  /** Inside of <sst>. */
  readonly strings?: string;
  /** Codes of number formats; format 1 is style 1, and so on. */
  readonly formats?: readonly string[];
  /** Attributes of <workbookPr>. */
  readonly properties?: string;
  /** Attributes of its <sheet>, and further sheets. */
  readonly state?: string;
  readonly otherSheets?: string;
  /** Before every element's name, with a colon. */
  readonly prefix?: string;
  /** With the names that ISO 29500 has for strict files. */
  readonly isStrict?: boolean;
  /** Parts that are not there. */
  readonly without?: readonly string[];
}

/** A workbook as XML by hand, for what libraries that write do not write. */
export function rawWorkbook(wish: RawWorkbook): Uint8Array {
  const parts = partsOf(wish);
  for (const name of wish.without ?? []) delete parts[name];
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(spelt(text, wish))])),
  );
}

/** The same XML as another program would spell it. */
function spelt(text: string, { prefix, isStrict }: RawWorkbook): string {
  const named =
    prefix === undefined
      ? text
      : text.replaceAll(/<(\/?)(?=[a-zA-Z])/gu, `<$1${prefix}:`).replaceAll(" xmlns=", ` xmlns:${prefix}=`);
  if (!isStrict) return named;
  return named
    .replaceAll(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    .replaceAll(DOCUMENT, "http://purl.oclc.org/ooxml/officeDocument/relationships");
}

function partsOf({
  sheet,
  strings = "",
  formats = [],
  properties = "",
  state = "",
  otherSheets = "",
}: RawWorkbook): Record<string, string> {
  const xml = (root: string, inside: string) =>
    `<?xml version="1.0"?>${root}${inside}</${root.slice(1).split(/[ >]/u)[0]}>`;
  const own = formats
    .map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escaped(code)}"/>`)
    .join("");
  const styles = ["", ...formats].map(
    (_, at) => `<xf numFmtId="${at === 0 ? 0 : 163 + at}" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
  );
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const link = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${DOCUMENT}/${type}" Target="${target}"/>`;
  return {
    "[Content_Types].xml": xml(
      `<Types xmlns="${PACKAGE}/content-types">`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Default Extension="xml" ContentType="application/xml"/>' +
        part("workbook", "sheet.main") +
        part("worksheets/sheet1", "worksheet") +
        part("styles", "styles") +
        part("sharedStrings", "sharedStrings"),
    ),
    "_rels/.rels": xml(
      `<Relationships xmlns="${PACKAGE}/relationships">`,
      link(1, "officeDocument", "xl/workbook.xml"),
    ),
    "xl/workbook.xml": xml(
      `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}">`,
      `<workbookPr${properties}/><sheets>${otherSheets}<sheet name="12月" sheetId="1"${state} r:id="rId1"/></sheets>`,
    ),
    "xl/_rels/workbook.xml.rels": xml(
      `<Relationships xmlns="${PACKAGE}/relationships">`,
      link(1, "worksheet", "worksheets/sheet1.xml") +
        link(2, "styles", "styles.xml") +
        link(3, "sharedStrings", "sharedStrings.xml"),
    ),
    "xl/styles.xml": xml(
      `<styleSheet xmlns="${MAIN}">`,
      `<numFmts count="${formats.length}">${own}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>` +
        `<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${styles.length}">${styles.join("")}</cellXfs>`,
    ),
    "xl/sharedStrings.xml": xml(`<sst xmlns="${MAIN}">`, strings),
    "xl/worksheets/sheet1.xml": xml(`<worksheet xmlns="${MAIN}">`, sheet),
  };
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
