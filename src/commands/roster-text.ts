import type { LeftOut, RosterReport } from "#src/domain/roster-report.ts";
import type { Absence, Assignment } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import { classified } from "#src/roster/change/swaps.ts";
import { accountLine } from "./ledger-text.ts";
import { KINDS, messageLines } from "./messages-text.ts";
import { describeDoubt, mendDoubt } from "#src/roster/change/doubt.ts";
import { peopleLines } from "./people-text.ts";
import type { WouldChange } from "./roster-change.ts";
import { tellerOf, type Teller } from "./teller.ts";
import { togetherLines } from "./together-text.ts";

/** What another roster would change, as a chief resident reads it. */
export function changeText(would: WouldChange, now: Instant): readonly string[] {
  const { after, before, change, messages, open, effects } = would;
  const tell = tellerOf(after.outlook.input.program);
  const { swaps, handovers, moved, recast, added, removed } = classified(change);
  const lines: string[] = [];
  const section = (title: string, own: readonly string[]) => {
    if (own.length > 0) lines.push("", title, ...own.map((one) => `  ${one}`));
  };

  if (would.people !== undefined)
    section("People", peopleLines(would.people.change, would.people.before, after.outlook.input.program));
  section(
    "In doubt: not done without --confirm",
    would.doubts.map((doubt) => `${describeDoubt(doubt)}; ${mendDoubt(doubt)}`),
  );
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
  const recastLine = ({ from, to }: (typeof recast)[number]) =>
    `${tell.name(to.person)}: ${tell.shift(to)} as ${to.role}, before as ${from.role}`;
  section("In another role", recast.map(recastLine));
  const offLine = (one: Assignment) => `${tell.name(one.person)}: ${tell.shift(one)}`;
  section("Off the roster", removed.map(offLine));
  section("New", grouped(added, tell));
  section("Away", absencesOf(would, tell));
  const pairs = [before.outlook.overlaps, after.outlook.overlaps].map((all) =>
    all.filter((one) => one.end > now),
  );
  section("Who works together", togetherLines(pairs[0]!, pairs[1]!, tell));
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
  return [
    `Times are ${after.outlook.input.program.timeZone}. + is new, - is no more, ~ is at another time.`,
    ...lines,
  ];
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
  const keyOf = (one: Absence) => `${one.person} ${one.start} ${one.end}`;
  const was = new Map(before.outlook.input.roster.absences.map((one) => [keyOf(one), one]));
  const is = new Map(change.absences.map((one) => [keyOf(one), one]));
  const line = (sign: string, one: Absence) => `${sign} ${tell.name(one.person)}: ${tell.days(one)}`;
  return [
    ...[...was].filter(([key]) => !is.has(key)).map(([, one]) => line("-", one)),
    ...[...is].filter(([key]) => !was.has(key)).map(([, one]) => line("+", one)),
  ];
}

const MOST_LINES = 30;

const cut = (lines: readonly string[]): readonly string[] =>
  lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), `  … and ${lines.length - MOST_LINES} more`];

/** What came of the reading, for whoever keeps the roster. */
export function reportText(report: RosterReport, would: WouldChange): readonly string[] {
  const tell = tellerOf(would.after.outlook.input.program);
  const copies = report.copies === 0 ? "" : `, copies (${report.copies}) counted once`;
  const isDoubled = ({ why }: LeftOut) => why.code === "doubled";
  return [
    "",
    "The reading",
    `  ${report.shifts} shifts read${copies}; ${report.matched} of ${report.people} people have shifts`,
    ...(report.accounts ?? []).map((one) => `  accounted for  ${accountLine(one)}`),
    ...report.leftOut
      .filter((one) => !isDoubled(one))
      .map(({ place, reason, shifts }) => {
        const hanging = shifts === undefined ? "" : `; ${shifts} shifts hang on it`;
        return `  left out  ${place}: ${reason}${hanging}`;
      }),
    ...report.leftOut
      .filter(isDoubled)
      .map(({ why: { people = [], at } }) =>
        [`  two shifts at once  ${people.map(tell.name).join()}`, ...(at ? [tell.date(at)] : [])].join(", "),
      ),
    ...report.withoutShifts.map((id) => `  no shifts to come  ${tell.name(id)}`),
    ...cut(
      report.withoutAttending.map((one) => `  no attending  ${tell.shift(one)}, ${tell.name(one.person)}`),
    ),
  ];
}
