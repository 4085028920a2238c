import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPrograms } from "#src/config/load-programs.ts";
import { utc } from "#src/domain/time.ts";
import { readFileSync } from "node:fs";
import { readingContextOf } from "#src/roster/reading/read-roster.ts";
import { readSource } from "#src/roster/reading/read-source.ts";

/** What came of a folder of test/fixtures/roster-cases. */
export interface CaseRead {
  /** "r1 2026-12-01T12:00:00Z 2026-12-01T22:00:00Z", by start and person; absences begin with "away". */
  readonly spans: readonly string[];
  /** "roster.csv:2 Date": where something was left out. */
  readonly places: readonly string[];
  /** What is wrong, in words, with program.yaml's own mistakes first. */
  readonly messages: readonly string[];
}

const CASES = fileURLToPath(new URL("../../fixtures/roster-cases/", import.meta.url));

/** Reads a case's rosters as its program.yaml says. @param instead another file of the folder in the roster's place */
export function readCase(name: string, instead?: string): CaseRead {
  const folder = join(CASES, name);
  const { programs } = checkPrograms([join(folder, "program.yaml")], [{ name: "slack" }, { name: "teams" }]);
  const { program, sources = [], problems } = programs[0]!;
  if (program === undefined || problems.length > 0)
    return { spans: [], places: [], messages: problems.map(({ message }) => message) };
  const readings = sources.map((source) => {
    const path = instead === undefined ? source.path! : join(folder, instead);
    return readSource(source, readFileSync(path), readingContextOf(program));
  });
  const left = readings.flatMap(({ notUnderstood }) => notUnderstood);
  return {
    spans: readings
      .flatMap(({ entries }) => entries)
      .map(
        ({ kind, person, start, end }) =>
          `${kind === "duty" ? "" : "away "}${person} ${utc(start)} ${utc(end)}`,
      )
      .toSorted(),
    places: left.map(({ file, line, field }) =>
      [[file, line].filter((part) => part !== undefined).join(":"), field]
        .filter((part) => part !== undefined)
        .join(" "),
    ),
    messages: left.map(({ message }) => message),
  };
}
