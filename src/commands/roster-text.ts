import type { NudgeKind, PlannedNudge } from "#src/domain/nudge.ts";
import { readPairWeek } from "#src/domain/pair.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { RosterReport } from "#src/domain/roster-report.ts";
import type { Assignment } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Overlap } from "#src/domain/overlap.ts";
import { spoken } from "#src/roster/swaps.ts";
import { outlookOf } from "#src/schedule/plan.ts";
import { formatOf } from "#src/words/format.ts";
import type { WouldChange } from "./roster-change.ts";

const KINDS: Readonly<Record<NudgeKind, string>> = {
  "shift-goal": "goal",
  "shift-plan": "plan",
  "shift-debrief": "look back",
  "pair-check-in": "check-in",
  "attending-digest": "weekly digest",
  "coordinator-digest": "weekly digest",
};

/** What another roster would change, as a chief resident reads it. */
export function changeText(would: WouldChange, now: Instant): readonly string[] {
  const { after, before, change, messages, open, effects } = would;
  const tell = tellerOf(would);
  const { swaps, handovers, moved, added, removed } = spoken(change);
  const lines: string[] = [];
  const section = (title: string, own: readonly string[]) => {
    if (own.length > 0) lines.push("", title, ...own.map((one) => `  ${one}`));
  };

  section(
    "Swapped",
    swaps.flatMap(([one, other]) => [
      `${tell.name(one.from)} and ${tell.name(one.to)}`,
      ...[one, other].map(({ shift, to }) => `  ${tell.shift(shift)} is now ${tell.name(to)}'s`),
    ]),
  );
  section(
    "Taken over",
    handovers.map(
      ({ shift, from, to }) => `${tell.shift(shift)}: ${tell.name(to)} in place of ${tell.name(from)}`,
    ),
  );
  section(
    "Moved",
    moved.map(({ from, to }) => `${tell.name(to.person)}: ${tell.shift(from)} → ${tell.shift(to)}`),
  );
  section(
    "Off the roster",
    removed.map((one) => `${tell.name(one.person)}: ${tell.shift(one)}`),
  );
  section("New", grouped(added, tell));
  section("Away", absencesOf(would, tell));
  const pairs = [outlookOf(before).overlaps, outlookOf(after).overlaps].map((all) =>
    all.filter((one) => one.end > now),
  );
  section("Who works together", pairLines(pairs[0]!, pairs[1]!, tell));
  section("Messages", messageLines(messages, tell));
  section(
    "Already in a chat",
    open
      .filter(({ id }) => effects.recalled.includes(id))
      .map(
        (one) =>
          `${tell.name(one.person)}: the ${KINDS[one.kind]} is closed with a kind word; what was answered is kept`,
      ),
  );
  if (lines.length === 0) return ["Nothing changes: the roster says what is stored already."];
  return [`Times are ${after.program.timeZone}.`, ...lines];
}

interface Teller {
  name(id: PersonId): string;
  shift(shift: { readonly start: Instant; readonly end: Instant; readonly label?: string }): string;
  moment(at: Instant): string;
}

function tellerOf({ after: { program } }: WouldChange): Teller {
  const format = formatOf("en", program.timeZone);
  const names = new Map(program.people.map((person) => [person.id, person.name]));
  return {
    name: (id) => names.get(id) ?? id,
    shift: ({ start, end, label }) =>
      [`${format.date(start)} ${format.span(start, end)}`, label].filter(Boolean).join(" "),
    moment: (at) => format.moment(at),
  };
}

/** A first roster has too many shifts to read: they are counted by person. */
function grouped(added: readonly Assignment[], tell: Teller): readonly string[] {
  const sorted = added.toSorted((a, b) => a.start - b.start);
  if (added.length <= 20) return sorted.map((one) => `${tell.name(one.person)}: ${tell.shift(one)}`);
  return [...Map.groupBy(sorted, (one) => one.person)].map(
    ([person, own]) => `${tell.name(person)}: ${own.length} shifts, the first on ${tell.shift(own[0]!)}`,
  );
}

function absencesOf({ before, change }: WouldChange, tell: Teller): readonly string[] {
  const keyOf = (one: { readonly person: PersonId; readonly start: Instant; readonly end: Instant }) =>
    `${one.person} ${one.start} ${one.end}`;
  const was = new Map(before.roster.absences.map((one) => [keyOf(one), one]));
  const is = new Map(change.absences.map((one) => [keyOf(one), one]));
  const line = (sign: string, one: Parameters<typeof keyOf>[0]) =>
    `${sign} ${tell.name(one.person)}, ${tell.moment(one.start)} to ${tell.moment(one.end)}`;
  return [
    ...[...was].filter(([key]) => !is.has(key)).map(([, one]) => line("-", one)),
    ...[...is].filter(([key]) => !was.has(key)).map(([, one]) => line("+", one)),
  ];
}

const MOST_LINES = 30;

function pairLines(before: readonly Overlap[], after: readonly Overlap[], tell: Teller): readonly string[] {
  const keyOf = ({ resident, attending, start, end }: Overlap) =>
    `${resident.person} ${attending.person} ${start} ${end}`;
  const was = new Set(before.map(keyOf));
  const is = new Set(after.map(keyOf));
  const line = (sign: string) => (one: Overlap) => ({
    at: one.start,
    text: `${sign} ${tell.shift(one)}  ${tell.name(one.resident.person)} with ${tell.name(one.attending.person)}`,
  });
  const all = [
    ...before.filter((one) => !is.has(keyOf(one))).map(line("-")),
    ...after.filter((one) => !was.has(keyOf(one))).map(line("+")),
  ].toSorted((a, b) => a.at - b.at);
  return cut(all.map(({ text }) => text));
}

function messageLines({ added, moved, withdrawn }: WouldChange["messages"], tell: Teller): readonly string[] {
  const all = [
    ...withdrawn.map((one) => ({ at: one.dueAt, person: one.person, text: `- ${told(one, tell)}` })),
    ...moved.map(({ from, to }) => ({
      at: from.dueAt,
      person: to.person,
      text: `~ ${told(from, tell)} → ${tell.moment(to.dueAt)}`,
    })),
    ...added.map((one) => ({ at: one.dueAt, person: one.person, text: `+ ${told(one, tell)}` })),
  ].toSorted((a, b) => a.at - b.at);
  if (all.length === 0) return [];
  const people = [...Map.groupBy(all, (one) => one.person)];
  const counts = `${added.length} new, ${moved.length} moved, ${withdrawn.length} withdrawn; nothing of it has been sent`;
  return [
    counts,
    ...cut(people.flatMap(([person, own]) => [tell.name(person), ...own.map(({ text }) => `  ${text}`)])),
  ];
}

function told(one: PlannedNudge, tell: Teller): string {
  const week = readPairWeek(one.subject);
  const partner = week?.resident === one.person ? week.attending : week?.resident;
  const about = partner === undefined ? "" : ` about ${tell.name(partner)}`;
  return `${tell.moment(one.dueAt)} ${KINDS[one.kind]}${about}`;
}

const cut = (lines: readonly string[]): readonly string[] =>
  lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more`];

/** What came of the reading, for whoever keeps the roster. */
export function reportText(report: RosterReport, would: WouldChange): readonly string[] {
  const tell = tellerOf(would);
  const copies = report.copies === 0 ? "" : `, ${report.copies} copies counted once`;
  return [
    "",
    "The reading",
    `  ${report.shifts} shifts read${copies}; ${report.matched} of ${report.people} people have shifts`,
    ...report.leftOut.map(({ place, reason }) => `  left out  ${place}: ${reason}`),
    ...report.withoutShifts.map((id) => `  no shifts to come  ${tell.name(id)}`),
    ...cut(
      report.withoutAttending.map((one) => `  no attending  ${tell.shift(one)}, ${tell.name(one.person)}`),
    ),
  ];
}
