import { MOST_BYTES } from "#src/config/load-program.ts";
import { PEOPLE } from "#src/domain/files.ts";
import type { Program } from "#src/domain/program.ts";
import type { Recognised, UnreadablePart } from "#src/ports/file-desk.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import { workbookKind } from "#src/roster/sheets/workbook.ts";
import { decode } from "#src/roster/text/tables/decode.ts";
import { peopleLines } from "#src/roster/text/people/people-headings.ts";

interface Reading {
  readonly room: ReadingRoom;
  program(): Program;
}

/** So much of a text shows whether it is a list of people. */
const SAMPLE = 20_000;

/**
 * A file as a list of people; undefined where it is none. Of a workbook in which several sheets are, the bytes stay as they are: which
 * one it is, is asked.
 *
 * @param sheet the one that was chosen
 */
export async function peopleIn(
  reading: Reading,
  name: string,
  bytes: Uint8Array,
  sheet?: string,
): Promise<Exclude<Recognised, { kind: "several" | "feeds" }> | undefined> {
  if (workbookKind(bytes) === undefined) return peopleInText(name, bytes);
  const { people: all = [], refused } = await read(reading, name, bytes);
  if (refused !== undefined)
    return { kind: "unreadable", problems: [{ place: name, why: refused.problem.why }] };
  const [found, other] = sheet === undefined ? all : all.filter((one) => one.name === sheet);
  if (found === undefined) return undefined;
  if (other !== undefined) return { kind: "part", part: PEOPLE, bytes };
  const problems = found.unread.map((place): UnreadablePart => ({
    place: name,
    why: { code: "hidden", text: place },
  }));
  if (problems.length > 0) return { kind: "unreadable", problems };
  return sized(name, new TextEncoder().encode(found.text));
}

/** The sheets of a workbook that may be the list of people. */
export const peopleSheetsIn = async (
  reading: Reading,
  name: string,
  bytes: Uint8Array,
): Promise<readonly string[]> => ((await read(reading, name, bytes)).people ?? []).map((one) => one.name);

const read = ({ room, program }: Reading, name: string, bytes: Uint8Array) =>
  room.read({ source: { name, format: "csv" }, pages: [bytes], program: program(), wants: "people" });

function peopleInText(name: string, bytes: Uint8Array) {
  if (peopleLines(decode(bytes.subarray(0, SAMPLE)), true) === undefined) return undefined;
  if (bytes.length > MOST_BYTES) return sized(name, bytes);
  const text = decode(bytes);
  const lines = peopleLines(text, true);
  return sized(name, lines === undefined || lines === text ? bytes : new TextEncoder().encode(lines));
}

/** Lists of people are read where everything else waits for them: a large one is none. */
const sized = (name: string, bytes: Uint8Array) =>
  bytes.length > MOST_BYTES
    ? ({ kind: "unreadable", problems: [{ place: name, mistake: { code: "too-much" } }] } as const)
    : ({ kind: "part", part: PEOPLE, bytes } as const);
