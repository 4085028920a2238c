import { damageIn } from "#src/domain/text.ts";
import { ROSTER_READERS } from "../formats/formats.ts";
import { readWorkbook } from "../sheets/read-workbook.ts";
import { workbookKind } from "../sheets/workbook.ts";
import { decode } from "../text/tables/decode.ts";
import type { RosterProblem } from "../text/problem.ts";
import type { ReadingContext, RosterReading } from "../text/reader.ts";
import { otherFile } from "./other-file.ts";
import type { RosterSource } from "./source.ts";

/** Reads one roster from its bytes, a workbook too. */
export async function readBytes(
  source: RosterSource,
  bytes: Uint8Array,
  context: ReadingContext,
): Promise<RosterReading> {
  if (source.format === "icalendar" || workbookKind(bytes) === undefined)
    return readSource(source, bytes, context);
  return readWorkbook(bytes, { ...source, file: source.name }, context, ROSTER_READERS[source.format]);
}

/** Reads one roster from the bytes of a text. */
export const readSource = (source: RosterSource, bytes: Uint8Array, context: ReadingContext): RosterReading =>
  readText(source, decode(bytes, source.encoding), context);

/** Reads one roster from its text, and says which of its letters are none. */
export function readText(source: RosterSource, text: string, context: ReadingContext): RosterReading {
  const other = otherFile(source.name, text);
  if (other !== undefined) return { entries: [], notUnderstood: [other], unreadable: true };
  const reading = ROSTER_READERS[source.format]({ ...source, file: source.name, text }, context);
  const broken = damageIn(text);
  if (broken === undefined) return reading;
  const isLost = broken.code === "U+FFFD";
  const problem: RosterProblem = {
    file: source.name,
    line: text.slice(0, broken.at).split(/\r\n|\n|\r/u).length,
    message: isLost
      ? "some letters cannot be read: the file is broken or in another encoding"
      : `it holds control characters, which are no text (${broken.code} is the first); they are read as spaces`,
    todo: isLost
      ? "save it as UTF-8, or state its `encoding:` in program.yaml"
      : "check the line, and export the file again without them",
    why: { code: "letters" },
  };
  return { ...reading, notUnderstood: [problem, ...reading.notUnderstood] };
}
