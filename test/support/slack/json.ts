/** What travels to and from Slack. */
export type Json = Readonly<Record<string, unknown>>;

/** A text where one is expected; a number is written out, anything else is none. */
export const str = (value: unknown, otherwise = ""): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : otherwise;
