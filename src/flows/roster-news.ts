import type { Block } from "#src/card/card.ts";
import type { RosterReport } from "#src/domain/roster-report.ts";
import type { Words } from "#src/words/words.ts";
import type { Desk } from "./desk.ts";

/** As many lines and names as a card bears; the command line has them all. */
const SHOWN = 5;

/** For coordinators: rosters that cannot be had, and what came of reading the others last. */
export function rosterBlocks(desk: Desk, words: Words): readonly Block[] {
  const { roster } = words.say;
  const troubles = desk.rosters?.troubles ?? [];
  const report = desk.rosters?.report;
  if (troubles.length === 0 && report === undefined) return [];
  return [
    { type: "text", text: roster.title, tone: "strong" },
    ...troubles.map(({ name, since }): Block => ({
      type: "text",
      text: roster.trouble(name, words.format.moment(since)),
    })),
    ...(report === undefined ? [] : [{ type: "facts" as const, rows: rowsOf(desk, words, report) }]),
  ];
}

function rowsOf(desk: Desk, words: Words, report: RosterReport) {
  const { roster } = words.say;
  const some = (all: readonly string[]): string => {
    if (all.length === 0) return roster.none;
    const left = all.length - SHOWN;
    return [...all.slice(0, SHOWN), ...(left > 0 ? [roster.more(left)] : [])].join("\n");
  };
  const nameOf = (id: Parameters<Desk["person"]>[0]): string => {
    const person = desk.person(id);
    return person === undefined ? id : words.called(person);
  };
  return [
    { label: roster.read, value: words.format.moment(report.at) },
    { label: roster.shifts, value: String(report.shifts) },
    { label: roster.people, value: roster.peopleOf(report.matched, report.people) },
    { label: roster.leftOut, value: some(report.leftOut.map(({ place, reason }) => `${place} ${reason}`)) },
    { label: roster.withoutShifts, value: some(report.withoutShifts.map(nameOf)) },
    {
      label: roster.withoutAttending,
      value: some(
        report.withoutAttending.map((shift) =>
          roster.shiftOf(
            nameOf(shift.person),
            `${words.format.date(shift.start)} ${words.format.span(shift.start, shift.end)}`,
          ),
        ),
      ),
    },
  ];
}
