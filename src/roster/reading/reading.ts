import { createHash } from "node:crypto";
import { LONGEST_LABEL, shortLine } from "#src/domain/text.ts";
import { shortened, type RosterProblem } from "../text/problem.ts";
import type { RosterReading } from "../text/reader.ts";
import { peopleSheets } from "../sheets/people-sheets.ts";
import { excessOf } from "./excess.ts";
import { plainFile } from "./plain-file.ts";
import { failed, refused, type ReadingTask, type SourceRead } from "./reading-task.ts";
import { readPages } from "./pages.ts";
import { readingContextOf } from "./read-roster.ts";

/** Bytes. A roster of 50,000 shifts has about 15 million; as much as a feed may have. */
const MOST_BYTES = 32_000_000;

/** Nobody reads more of what was left out, and each is logged. */
const MOST_PROBLEMS = 500;

/** Letters of what is said about one mistake. */
const LONGEST_MESSAGE = 1_000;

/** Reads one outside file from beginning to end. Runs in a thread of its own. */
export async function carryOut({ source, pages, program, inFull, wants }: ReadingTask): Promise<SourceRead> {
  const file = source.name;
  const found = pages ?? ownFile(source.path ?? "");
  if ("reason" in found) return refused(notThere(file, found.reason));
  if (found.reduce((sum, page) => sum + page.length, 0) > MOST_BYTES) return refused(tooLarge(file));
  const fingerprint = fingerprintOf(found);
  try {
    if (wants === "people") return await peopleRead(file, found[0]!, fingerprint);
    const context = { ...readingContextOf(program), ...(inFull && { inFull }) };
    const reading = await readPages(source, found, context);
    const excess = excessOf(file, reading.entries, context);
    if (excess !== undefined) return refused(excess);
    return { reading: bounded(file, reading), fingerprint };
  } catch (error) {
    return refused(failed(file, (error as Error).name));
  }
}

async function peopleRead(file: string, bytes: Uint8Array, fingerprint: string): Promise<SourceRead> {
  const people = await peopleSheets(bytes);
  if ("message" in people) return refused({ file, ...people, why: { code: "not-a-roster" } });
  return { reading: { entries: [], notUnderstood: [] }, fingerprint, people };
}

function ownFile(path: string): readonly Uint8Array[] | { readonly reason: string } {
  const found = plainFile(path, MOST_BYTES);
  return found instanceof Uint8Array ? [found] : found;
}

/** Of two rosters that differ in where a page ends, too. */
function fingerprintOf(pages: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  if (pages.length > 1) hash.update(pages.map(({ length }) => length).join(","));
  for (const page of pages) hash.update(page);
  return hash.digest("hex");
}

/** What would be too much to hand over: long texts, and mistakes without end. */
function bounded(file: string, reading: RosterReading): RosterReading {
  const { entries, notUnderstood } = reading;
  const kept = notUnderstood.slice(0, MOST_PROBLEMS).map((one): RosterProblem => ({
    ...one,
    message: shortLine(one.message, LONGEST_MESSAGE),
    ...(one.field === undefined ? {} : { field: shortened(one.field) }),
    why: one.why.text === undefined ? one.why : { ...one.why, text: shortened(one.why.text) },
  }));
  const left = notUnderstood.length - kept.length;
  const more: RosterProblem = {
    file,
    message: `${left} more are not understood`,
    todo: "mend those above first; it may be another file, or in another format",
    why: { code: "more", text: String(left) },
  };
  return {
    ...reading,
    entries: entries.map((one) =>
      one.label.length > LONGEST_LABEL ? { ...one, label: shortLine(one.label, LONGEST_LABEL) } : one,
    ),
    notUnderstood: left > 0 ? [...kept, more] : kept,
  };
}

const tooLarge = (file: string): RosterProblem => ({
  file,
  message: `it is larger than ${MOST_BYTES / 1_000_000} MB`,
  todo: "export less of it, such as this year alone",
  why: { code: "too-much" },
});

const notThere = (file: string, reason: string): RosterProblem => ({
  file,
  message: `the roster cannot be read (${reason})`,
  todo: "put the file there, or mend its path in program.yaml",
  why: { code: "not-there" },
});
