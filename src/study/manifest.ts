import type { Program, Research } from "#src/domain/program.ts";
import { COLUMN_NOTES } from "./codebook.ts";
import type { StudyData } from "./dataset.ts";
import type { LongRow } from "./long-file.ts";
import { STUDY_ITEMS } from "./items.ts";

/** A file of an export, with what proves that it is unchanged. */
export interface Listed {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Says what an export holds and what it does not. It never says who takes part, or how many do not. */
export function manifestOf(
  { policy }: Program,
  { title, approval, from, to, version }: Research,
  { leftOut }: StudyData,
  rows: readonly LongRow[],
  files: readonly Listed[],
): string {
  const distinct = (of: (row: LongRow) => string): number => new Set(rows.map(of)).size;
  const { residents, attendings } = policy.aggregate;
  const manifest = {
    status: "restricted",
    warning:
      "Pseudonymous data of people, not more: whoever knows the roster can recognise some of them. Keep and share it as the ethics approval says.",
    study: { title: title.en, approval, from, to, textVersion: version },
    counts: {
      rotations: distinct(({ rotation }) => rotation),
      dyads: distinct(({ dyad }) => dyad),
      residents: distinct(({ resident }) => resident),
      attendings: distinct(({ attending }) => attending),
      occasions: distinct(({ occasion }) => occasion),
      rows: rows.length,
      rowsByItem: Object.fromEntries(
        STUDY_ITEMS.map((item) => [item, rows.filter((row) => row.item === item).length]),
      ),
    },
    leftOut: [
      {
        what: "occasions of two partners",
        count: leftOut.notBoth,
        why: "not both have answered, or not both take part in the study, or did so at that time",
      },
      {
        what: "occasions of two partners",
        count: leftOut.outside,
        why: "outside the study's days or a rotation",
      },
      {
        what: "rows",
        count: leftOut.belowThreshold,
        why: `of a rotation, or of an item in it, with fewer than ${residents} residents or ${attendings} attendings`,
      },
      {
        what: "always",
        count: null,
        why: "names, labels, dates and times, anything in own words, goals, and answers about trust unless both partners have included theirs",
      },
    ],
    columns: Object.fromEntries(COLUMN_NOTES),
    redcap: "Uploading redcap-dictionary.csv replaces every instrument of a project: use a new project.",
    files,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
