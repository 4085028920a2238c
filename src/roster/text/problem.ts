import { cleanLine } from "#src/domain/text.ts";
import type { PeopleMistake } from "#src/domain/people-mistake.ts";
import type { LeftOutReason } from "#src/domain/roster-report.ts";

/** A mistake in a file that somebody can mend: where it is, what was expected, and what to do. */
export interface Problem {
  /** The file as the operator knows it; never a feed's address, which is a secret. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly field?: string;
  /** What was found and what was expected. */
  readonly message: string;
  readonly todo: string;
  /** Of a list of people: the same for coordinators, in their own language. */
  readonly mistake?: PeopleMistake;
}

/** A line of a roster that was left out; `why` says it to coordinators in their own language. */
export interface RosterProblem extends Problem {
  /** How many shifts hang on it, where it is more than one. */
  readonly shifts?: number;
  readonly why: LeftOutReason;
}

/** "program.yaml:12", or the file alone where no line is known. */
export const placeOf = ({ file, line }: Pick<Problem, "file" | "line">): string =>
  line === undefined ? file : `${file}:${line}`;

/** "program.yaml:12: timeZone: no time zone called \"Tokio\"; write an IANA name such as Asia/Tokyo" */
export function describeProblem(problem: Problem): string {
  const field = problem.field === undefined ? "" : `${problem.field}: `;
  return `${placeOf(problem)}: ${field}${problem.message}; ${problem.todo}`;
}

/** Somebody's text as a problem may quote it: one line, not long. */
export const quoted = (text: string): string => `"${shortened(text)}"`;

export function shortened(text: string): string {
  const line = cleanLine(text.replaceAll(/\s+/gu, " "));
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).replace(HALF, "")}…` : line;
}

/** Whether something of it was cut away; a cut through a letter of two halves leaves one less. */
export const isShortened = (text: string): boolean => text.endsWith("…") && text.length >= LONGEST - 1;

const LONGEST = 60;

/** What a cut leaves of a letter of two halves. */
const HALF = /\p{Cs}$/u;
