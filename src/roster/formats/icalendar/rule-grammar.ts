import { quoted } from "../../text/problem.ts";

const list = (one: string): RegExp => new RegExp(`^${one}(?:,${one})*$`, "iu");
/** A whole number from 1 on, and the same counted from the end. */
const COUNTED = "0*[1-9]\\d{0,9}";
const COUNTED_BACK = `[+-]?${COUNTED}`;
const WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)";

/** What a rule may say (RFC 5545, 3.3.10). ical.js passes over other parts, and makes a number of "0x3" and "2.5". */
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^[A-Z]+$/iu,
  INTERVAL: new RegExp(`^${COUNTED}$`, "u"),
  COUNT: new RegExp(`^${COUNTED}$`, "u"),
  // A time; whoever reads it says what is wrong with it.
  UNTIL: /./u,
  BYSECOND: list("\\d{1,2}"),
  BYMINUTE: list("\\d{1,2}"),
  BYHOUR: list("\\d{1,2}"),
  BYDAY: list(`(?:${COUNTED_BACK})?${WEEKDAY}`),
  BYMONTHDAY: list(COUNTED_BACK),
  BYYEARDAY: list(COUNTED_BACK),
  BYWEEKNO: list(COUNTED_BACK),
  BYMONTH: list(COUNTED),
  BYSETPOS: list(COUNTED_BACK),
  WKST: new RegExp(`^${WEEKDAY}$`, "iu"),
  // RFC 7529: the calendar that everybody else's rules are in, and what they do with a day that a month does not have.
  RSCALE: /^GREGORIAN$/iu,
  SKIP: /^OMIT$/iu,
};

/** Why nobody can tell for sure what this rule says; undefined when it is clear. */
export function doubtInRule(text: string): string | undefined {
  const said = new Map<string, string>();
  // Google writes a semicolon after the last part.
  for (const part of text.split(";").filter((one) => one !== "")) {
    const [name = "", ...rest] = part.split("=");
    const [key, value] = [name.toUpperCase(), rest.join("=")];
    if (PARTS[key]?.test(value) !== true) return `${quoted(part)} says nothing that a rule may say`;
    if (said.has(key)) return `${key} is there twice`;
    said.set(key, value);
  }
  const freq = said.get("FREQ")?.toUpperCase();
  if (freq === undefined) return "it does not say how often (FREQ)";
  if (said.has("COUNT") && said.has("UNTIL")) return "COUNT and UNTIL both say when it ends";
  if (said.has("BYSETPOS") && freq !== "MONTHLY" && freq !== "YEARLY")
    return "only of a month or a year the first or the last day is counted here (BYSETPOS)";
  const countsWeekdays = /\d/u.test(said.get("BYDAY") ?? "");
  const mayCount = freq === "MONTHLY" || (freq === "YEARLY" && !said.has("BYWEEKNO"));
  return countsWeekdays && !mayCount ? "only a month or a year has a second Monday" : undefined;
}
