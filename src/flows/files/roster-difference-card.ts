import type { Action, Block, Card } from "#src/card/card.ts";
import type { PersonId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import type { PersonsShifts, RosterDifference } from "#src/ports/file-desk.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { nameOf, shortened } from "../named.ts";
import {
  applyAction,
  canCarry,
  fileTap,
  line,
  reasonTexts,
  SHOWN,
  tableAction,
  WHOLE,
} from "./file-parts.ts";

/** So many unknown names are asked about on one card, where it can carry as many. */
const NAMES = 4;

/** What a roster file would change. `all`: everybody whom it concerns, shift by shift. */
export function rosterDifferenceCard(
  context: Context,
  words: Words,
  file: KeptFile,
  difference: RosterDifference,
  all: boolean,
): Card {
  const { files: say } = words.say;
  const { changes, shifts, people, months, large } = difference;
  const called = (id: PersonId): string => nameOf(context, words, id);
  const whole = { label: say.whole, act: fileTap(file.id, "whole", ""), style: "quiet" as const };
  const drop = { label: say.notNow, act: fileTap(file.id, "drop", ""), style: "quiet" as const };
  const actions = (isChange: boolean): readonly Action[] => [
    ...(isChange
      ? [applyAction(words, file, difference, large === undefined ? undefined : words.say.files.sure)]
      : []),
    ...(isChange && !all ? [whole] : []),
    ...(isChange ? [tableAction(words, file)] : []),
    drop,
  ];
  const held = words.format.list(months.map((month) => monthText(words, month)));
  return {
    locale: words.locale,
    notification: say.title(file.about.name),
    blocks: [
      { type: "title", text: say.title(file.about.name), note: words.program },
      line(say.holds(shifts, people, held)),
      ...changeLines(words, changes, all, called),
      ...unknownBlocks(words, file, difference, called),
      ...leftOutBlocks(context, words, difference),
      ...(large === undefined
        ? []
        : [line(say.large(large.lost, large.coming, words.format.list(large.people.map(called))), "strong")]),
      ...(changes.length === 0 && difference.unknown.length === 0
        ? []
        : [{ type: "actions" as const, actions: actions(changes.length > 0) }]),
    ],
  };
}

function changeLines(
  words: Words,
  changes: readonly PersonsShifts[],
  all: boolean,
  nameOf: (id: PersonId) => string,
): readonly Block[] {
  const { files: say } = words.say;
  if (changes.length === 0) return [line(say.nothing)];
  const lines = changes.map((one) => (all ? inFull(words, one, nameOf) : inShort(words, one, nameOf)));
  return [
    line(say.changes(changes.length), "strong"),
    // A text of a message has room for so much only.
    ...portions(shortened(words, lines, all ? WHOLE : SHOWN)).map((some) => line(some)),
  ];
}

const PORTION = 15;

const portions = (lines: readonly string[]): readonly string[] =>
  Array.from({ length: Math.ceil(lines.length / PORTION) }, (_, at) =>
    lines.slice(at * PORTION, (at + 1) * PORTION).join("\n"),
  );

/** Each name that nobody has, with whom it may be. */
function unknownBlocks(
  { say: { files: say } }: Words,
  file: KeptFile,
  { unknown }: RosterDifference,
  nameOf: (id: PersonId) => string,
): readonly Block[] {
  const questions = unknown.slice(0, NAMES).map(({ name, shifts, nearest }) => {
    const near = nearest.map((id): Action => ({
      label: nameOf(id),
      act: fileTap(file.id, "is", `${name}\n${id}`),
    }));
    const label = near.length === 0 ? say.choosePerson : say.somebody;
    const other: Action = { label, act: fileTap(file.id, "who", name), style: "quiet" };
    return { text: say.who(name, shifts), actions: [...near, other] };
  });
  const asked = questions.filter((_, at) =>
    canCarry(questions.slice(0, at + 1).flatMap(({ actions }) => actions)),
  );
  const left = unknown.length - asked.length;
  return [
    ...asked.flatMap(({ text, actions }): readonly Block[] => [line(text), { type: "actions", actions }]),
    ...(left > 0 ? [line(say.moreNames(left), "quiet")] : []),
  ];
}

function leftOutBlocks(context: Context, words: Words, { leftOut }: RosterDifference): readonly Block[] {
  if (leftOut.length === 0) return [];
  const reasons = reasonTexts(context, words, leftOut);
  return [line([words.say.files.leftOut(leftOut.length), ...reasons].join("\n"), "quiet")];
}

/** "2026-12" as the reader's language has it. */
const monthText = ({ locale }: Words, month: string): string =>
  new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(`${month}-15T00:00:00Z`),
  );

function inShort(
  { say: { files: say }, format }: Words,
  { person, added, removed, moved, away, back }: PersonsShifts,
  nameOf: (id: PersonId) => string,
): string {
  const counts = [
    ...(added.length > 0 ? [say.countNew(added.length)] : []),
    ...(removed.length > 0 ? [say.countOff(removed.length)] : []),
    ...(moved.length > 0 ? [say.countMoved(moved.length)] : []),
    ...(away.length + back.length > 0 ? [say.countLeave(away.length + back.length)] : []),
  ];
  return say.person(nameOf(person), format.list(counts));
}

function inFull(words: Words, one: PersonsShifts, nameOf: (id: PersonId) => string): string {
  const { format, say } = words;
  const at = ({ start, end }: PersonsShifts["away"][number]): string =>
    `${format.date(start)} ${format.span(start, end)}`;
  const days = ({ start, end }: PersonsShifts["away"][number]): string => {
    const [first, last] = [format.date(start), format.date(later(end, -1))];
    return first === last ? first : `${first} – ${last}`;
  };
  const parts = [
    ...one.added.map((shift) => say.files.added(at(shift))),
    ...one.removed.map((shift) => say.files.removed(at(shift))),
    ...one.moved.map(({ from, to }) => say.files.moved(at(from), at(to))),
    ...one.away.map((leave) => say.files.away(days(leave))),
    ...one.back.map((leave) => say.files.back(days(leave))),
  ];
  return say.files.person(nameOf(one.person), format.list(parts));
}
