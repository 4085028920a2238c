import { createHash } from "node:crypto";
import { shortened, type RosterProblem } from "../text/problem.ts";
import type { RosterReading } from "../text/reader.ts";
import { excessOf } from "./excess.ts";
import { plainFile } from "./plain-file.ts";
import { failed, refused, type ReadingTask, type SourceRead } from "./reading-task.ts";
import { readBytes, readingContextOf } from "./read-roster.ts";

/** Bytes. A roster of 50,000 shifts has about 15 million; as much as a feed may have. */
const MOST_BYTES = 32_000_000;

/** Nobody reads more of what was left out, and each is logged. */
const MOST_PROBLEMS = 500;

/** Letters of a shift's name. */
const LONGEST_LABEL = 200;

/** Reads one outside file from beginning to end. Runs in a thread of its own. */
export async function carryOut({ source, bytes, program, inFull }: ReadingTask): Promise<SourceRead> {
  const file = source.name;
  const found = bytes ?? plainFile(source.path ?? "", MOST_BYTES);
  if (!(found instanceof Uint8Array)) return refused(notThere(file, found.reason));
  if (found.length > MOST_BYTES) return refused(tooLarge(file));
  const fingerprint = createHash("sha256").update(found).digest("hex");
  try {
    const context = { ...readingContextOf(program), ...(inFull && { inFull }) };
    const reading = await readBytes(source, found, context);
    const excess = excessOf(file, reading.entries, context);
    if (excess !== undefined) return refused(excess);
    return { reading: bounded(file, reading), fingerprint };
  } catch (error) {
    return refused(failed(file, (error as Error).name));
  }
}

/** What would be too much to hand over: long texts, and mistakes without end. */
function bounded(file: string, reading: RosterReading): RosterReading {
  const { entries, notUnderstood } = reading;
  const kept = notUnderstood.slice(0, MOST_PROBLEMS).map((one): RosterProblem => ({
    ...one,
    message: one.message.slice(0, 1_000),
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
      one.label.length > LONGEST_LABEL ? { ...one, label: one.label.slice(0, LONGEST_LABEL) } : one,
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
