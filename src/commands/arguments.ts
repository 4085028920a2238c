import { InvalidArgumentError } from "commander";

/** A calendar date as an option's value: "2026-03-29". */
export function aDay(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // Date turns 30 February into 2 March.
  if (day === undefined || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError("expected a date like 2026-03-29.");
  return text;
}

export function aWholeNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(number))
    throw new InvalidArgumentError("expected a whole number.");
  return number;
}
