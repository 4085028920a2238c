import { expect, it } from "vitest";
import { aDay, aWholeNumber } from "#src/commands/arguments.ts";

it.each(["2026-03-29", "2028-02-29", "1970-01-01", "9999-12-31"])("%s is a date", (text) => {
  expect(aDay(text)).toBe(text);
});

it.each([
  "",
  "today",
  "2026-02-30",
  "2026-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-3-29",
  "26-03-29",
  "20260329",
  "-000001-01-01",
  "+002026-03-29",
  "+010000-01-01",
  " 2026-03-29",
  "2026-03-29\n",
  "2026-03-29T08:00",
  "2026-03-29[Europe/Berlin]",
  "2026-03-29[u-ca=japanese]",
  "２０２６-03-29",
])("%j is no date, and it is said how to write one", (text) => {
  expect(() => aDay(text)).toThrow("expected a date like 2026-03-29.");
});

it.each([
  ["0", 0],
  ["-7", -7],
  ["9007199254740991", Number.MAX_SAFE_INTEGER],
])("%s is a whole number", (text, number) => {
  expect(aWholeNumber(text)).toBe(number);
});

it.each(["", " ", "7.5", "seven", "9007199254740993", "Infinity"])("%j is no whole number", (text) => {
  expect(() => aWholeNumber(text)).toThrow("expected a whole number.");
});
