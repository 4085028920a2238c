import type { Program } from "#src/domain/program.ts";
import type { RosterAccount, SkipRule } from "#src/domain/roster-report.ts";
import type { SourceAccounts } from "#src/roster/reading/read-roster.ts";
import type { Accounted, RosterEntry } from "#src/roster/text/reader.ts";
import { tellerOf, type Teller } from "./teller.ts";

/** What each rule passes over, for operators. */
const RULES: Readonly<Record<SkipRule, string>> = {
  title: "title",
  header: "header",
  weekdays: "weekdays or weeks",
  name: "name or rank of a row",
  sum: "total",
  skip: "a word of skip",
  cancelled: "taken back in the calendar",
  draft: "not published yet",
  outside: "outside the rotations",
  coordinator: "of a coordinator",
  nothing: "code for nothing",
};

/** "roster.csv: 40 lines: 36 read, 3 skipped (1 header, 2 title), 1 left out": the numbers add up. */
export function accountLine({ name, unit, read, skipped, leftOut }: RosterAccount): string {
  const rules = Object.entries(skipped) as [SkipRule, number][];
  const passed = rules.reduce((sum, [, count]) => sum + count, 0);
  const why = passed === 0 ? "" : ` (${rules.map(([rule, count]) => `${count} ${RULES[rule]}`).join(", ")})`;
  const all = read + passed + leftOut;
  const left = leftOut === 0 ? "" : `, ${leftOut} left out`;
  return `${name}: ${all} ${unit}${all === 1 ? "" : "s"}: ${read} read, ${passed} skipped${why}${left}`;
}

/** Every ledger thing by thing: where it stands, and what became of it. Times are the program's. */
export function ledgerText(accounts: readonly SourceAccounts[], program: Program): readonly string[] {
  const tell = tellerOf(program);
  return accounts.flatMap(({ name, list }) =>
    list.map((one) => {
      const place = [name, one.line, one.field].filter((part) => part !== undefined).join(":");
      return `  ${place}  ${fateOf(one, tell)}`;
    }),
  );
}

function fateOf(one: Accounted, tell: Teller): string {
  switch (one.fate) {
    case "read":
      return `read as ${one.entries.map((entry) => entryText(entry, tell)).join(" and ")}`;
    case "skipped":
      return `skipped: ${RULES[one.rule]}`;
    case "left out":
      return `left out: ${one.reason}`;
    default:
      return one satisfies never;
  }
}

function entryText(one: RosterEntry, tell: Teller): string {
  if (one.kind === "absence") return `${tell.name(one.person)}, away ${tell.days(one)}`;
  const role = one.isStated ? ` as ${one.role}` : "";
  return `${tell.name(one.person)}, ${tell.shift(one)}${role}`;
}
