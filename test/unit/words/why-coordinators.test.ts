import { expect, it } from "vitest";
import { CATALOGUES, LOCALES } from "#src/words/words.ts";

/** What only whoever runs the server has. */
const OPERATORS = /`|program\.yaml|people\.csv|--\w|attune [a-z]|\blog\b|(?<!プ)ログ/u;

it.each(LOCALES)("what a coordinator reads of a message names nothing of the server's, in %s", (locale) => {
  const { fates, reasons, absent, coordinators } = CATALOGUES[locale].why;

  const read = { ...fates, ...reasons, ...absent, ...coordinators };

  expect(Object.entries(read).filter(([, text]) => OPERATORS.test(text))).toEqual([]);
});
