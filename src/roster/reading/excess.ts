import { DAY } from "#src/domain/time.ts";
import type { RosterProblem } from "../text/problem.ts";
import type { RosterEntry, ReadingContext } from "../text/reader.ts";

/** Of one roster. A hundred people with two shifts a day have fewer in a year. */
const MOST_ENTRIES = 100_000;
/** Of one person, on average: a personal calendar may have meetings beside the shifts. */
const MOST_A_DAY = 8;
/** Times that a resident and an attending are on shift together: ten of each, always at work, have fewer in a year. */
const MOST_TOGETHER = 250_000;

/** Why a reading is more than any program can have, and would keep the planning busy; undefined for every other one. */
export function excessOf(
  file: string,
  entries: readonly RosterEntry[],
  context: ReadingContext,
): RosterProblem | undefined {
  if (entries.length > MOST_ENTRIES)
    return excess(file, `${entries.length} shifts and absences, more than ${MOST_ENTRIES}`);
  const distinct = [
    ...new Map(entries.map((one) => [`${one.person} ${one.start} ${one.end}`, one])).values(),
  ];
  const days = Math.ceil((context.horizon.to - context.horizon.from) / DAY);
  for (const [person, own] of Map.groupBy(distinct, (one) => one.person))
    if (own.length > days * MOST_A_DAY)
      return excess(file, `${own.length} shifts and absences of ${person} in ${days} days`);
  const together = togetherIn(distinct);
  return together > MOST_TOGETHER
    ? excess(file, `${together} times at which a resident and an attending are on shift together`)
    : undefined;
}

/** How often a resident and an attending share time, counted without making a list of it. */
function togetherIn(entries: readonly RosterEntry[]): number {
  const edges = entries
    .filter((one) => one.kind === "duty")
    .flatMap(({ role, start, end }) => [
      { at: start, role, by: 1 },
      { at: end, role, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.by - b.by);
  let [residents, attendings, together] = [0, 0, 0];
  for (const { role, by } of edges) {
    if (role === "resident") {
      if (by > 0) together += attendings;
      residents += by;
    }
    if (role === "attending") {
      if (by > 0) together += residents;
      attendings += by;
    }
  }
  return together;
}

const excess = (file: string, what: string): RosterProblem => ({
  file,
  message: `it has ${what}`,
  todo: "export less of it, and look for rules that repeat without end",
  why: { code: "too-much" },
});
