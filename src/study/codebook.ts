import type { Program } from "#src/domain/program.ts";
import { csvOf } from "./csv.ts";
import { factsOf, mismatchRule, midpointOf, STUDY_ITEMS, wordingOf } from "./items.ts";

const COLUMNS = [
  "item",
  "form",
  "version",
  "scale",
  "midpoint",
  "visibility",
  "mismatch",
  "resident_en",
  "attending_en",
  "answers_en",
  "resident_ja",
  "attending_ja",
  "answers_ja",
];

/** Each item as people read it: wording in both languages, scale, version, who sees it, and when two answers are a mismatch. */
export const codebook = ({ policy }: Program): string =>
  csvOf(
    COLUMNS,
    STUDY_ITEMS.map((item) => {
      const { form, version, steps, isOrdered, visibility } = factsOf(item);
      const texts = (["en", "ja"] as const).flatMap((locale) => {
        const { resident, attending, answers } = wordingOf(item, locale);
        return [resident, attending, answers.map((answer, at) => `${at + 1} ${answer}`).join("; ")];
      });
      return [
        item,
        form,
        version,
        `${steps} ${isOrdered ? "ordered steps" : "choices without order"}`,
        isOrdered ? midpointOf(item) : "",
        visibility,
        mismatchRule(item, policy),
        ...texts,
      ];
    }),
  );

/** What the columns of the long file are. */
export const COLUMN_NOTES: readonly (readonly [column: string, meaning: string])[] = [
  [
    "dyad, resident, attending, occasion, rotation",
    "random ids of this file alone; no table links them to anything",
  ],
  ["week_no", "week of the rotation, counted from Monday to Sunday; the week of its first day is 1"],
  ["form, version, item", "what was asked, and in which version of its wording (codebook.csv)"],
  ["x_resident, y_attending", "the step that each of the two chose, from 1"],
  [
    "x_c, y_c, xx, xy, yy",
    "both centred at the middle of the scale, never at a mean of their own; squares and product",
  ],
  [
    "settled",
    "the step that the two said they had settled on; empty where they kept to their own, wrote a line, or said nothing",
  ],
  ["happened", "the help that happened, as the mean of what both said; the row `happened` has each"],
  [
    "outcome",
    "whether the resident's goal was worked on, as the resident said: 1 yes, 0.5 partly, 0 no chance or changed; in a check-in's rows the mean of that week's shifts of the two",
  ],
];
