import type { PersonId } from "#src/domain/person.ts";
import type { LeftOutReason } from "#src/domain/roster-report.ts";
import type { Words } from "#src/words/words.ts";

/** Why something of a roster was left out, in the reader's language. A reason of a newer version is told by its code. */
export function leftOutReason(
  { say, format }: Words,
  { code, text = "", people = [] }: LeftOutReason,
  nameOf: (id: PersonId) => string,
): string {
  const known: Readonly<Record<string, (what: string, more: string) => string>> = say.roster.reasons;
  const roles: Readonly<Record<string, string>> = say.people.role;
  const what = code === "not-their-role" ? (roles[text] ?? text) : text;
  return known[code]?.(what, format.list(people.map(nameOf))) ?? code;
}

/** What can be done about such reasons, each once. */
export function mendsOf({ say }: Words, reasons: readonly LeftOutReason[]): readonly string[] {
  const known: Readonly<Record<string, string>> = say.roster.mends;
  return [...new Set(reasons.flatMap(({ code }) => known[code] ?? []))];
}
