import { checkClock } from "./contradictions.ts";
import type { Property } from "./lines.ts";
import { doubtInRule } from "./rule-grammar.ts";
import { momentLike, type Moment, type Period, type Values } from "./values.ts";

/** What makes an event take place more than once. */
export interface Repetition {
  readonly rules: readonly RecurrenceRule[];
  /** RFC 2445 had these; files of old programs still do. */
  readonly exceptRules: readonly RecurrenceRule[];
  readonly added: readonly Period[];
  readonly excluded: readonly Excluded[];
}

/** An RRULE as jCal has it; `until` is ours, since ical.js compares it in the wrong zone. */
export interface RecurrenceRule {
  readonly rule: Readonly<Record<string, unknown>>;
  readonly until: Moment | undefined;
  readonly line: number;
  /** As the file has it. */
  readonly text: string;
}

/** An EXDATE, and where it stands. */
export interface Excluded {
  readonly moment: Moment;
  readonly line: number;
}

/** @throws Unreadable when a rule or a date cannot be understood */
export function repetition(properties: readonly Property[], values: Values, start: Moment): Repetition {
  const named = (name: Property["name"]) => properties.filter((one) => one.name === name);
  return {
    rules: named("RRULE").map((one) => ruleOf(one, values, start)),
    exceptRules: named("EXRULE").map((one) => ruleOf(one, values, start)),
    added: named("RDATE").flatMap((one) => datesOf(one, values, start)),
    excluded: named("EXDATE").flatMap((one) =>
      values.moments(one).map((moment) => ({ moment, line: one.line })),
    ),
  };
}

function datesOf(property: Property, values: Values, start: Moment): readonly Period[] {
  const periods = values.periods(property);
  for (const { start: added } of periods)
    if (!added.allDay && !start.allDay && added.isFloating && !start.isFloating)
      checkClock(start, added, property, values);
  return periods;
}

/** ical.js has hours, minutes and seconds for these; no roster does, and one rule can make millions of events. */
const TOO_OFTEN = new Set(["HOURLY", "MINUTELY", "SECONDLY"]);

/** Letters: every day of a year by its number needs fewer. */
const LONGEST_RULE = 2_000;

const UNTIL = /(?:^|[;:])UNTIL=([^;]*)/iu;

function ruleOf(property: Property, values: Values, start: Moment): RecurrenceRule {
  const { line } = property;
  const text = property.text.replace(/^[^:]*:/u, "");
  if (property.text.length > LONGEST_RULE) {
    const message = `a rule of ${property.text.length} letters is none of a roster`;
    throw values.refusal(property, { code: "rule" }, message, "write a rule such as FREQ=WEEKLY;BYDAY=MO");
  }
  const doubt = doubtInRule(text.trim());
  if (doubt !== undefined)
    throw values.refusal(property, { code: "rule" }, doubt, "write a rule such as FREQ=WEEKLY;BYDAY=MO");
  const { until: _, ...rule } = (values.all(property)[0] ?? {}) as Record<string, unknown>;
  if (TOO_OFTEN.has(String(rule["freq"]).toUpperCase())) {
    const message = "shifts do not repeat within a day";
    throw values.refusal(property, { code: "rule" }, message, "use FREQ=DAILY or longer");
  }
  const until = UNTIL.exec(text)?.[1];
  if (until === undefined) return { rule, until: undefined, line, text };
  const end = values.moment(until, undefined, property);
  // An UNTIL without Z is in the zone of the start.
  return {
    rule,
    until: end.isFloating ? momentLike(start, end.wall, end.allDay) : end,
    line,
    text,
  };
}
