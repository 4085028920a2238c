import { InvalidArgumentError } from "commander";
import { Temporal } from "temporal-polyfill";

/** A calendar date as an option's value: "2026-03-29". Temporal reads other ways to write one, too, and this takes none of them. */
export function aDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isInCalendar(text))
    throw new InvalidArgumentError("expected a date like 2026-03-29.");
  return text;
}

function isInCalendar(date: string): boolean {
  try {
    Temporal.PlainDate.from(date);
    return true;
  } catch {
    return false;
  }
}

/** The path of a file. An empty one is a shell's variable that is not set, and no folder or file here. */
export function aPath(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("it is empty; expected a path.");
  return text;
}

/** A whole number as an option's value, "-7" too; not so large that its last digits are lost. */
export function aWholeNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(number))
    throw new InvalidArgumentError("expected a whole number.");
  return number;
}
