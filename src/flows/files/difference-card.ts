import { dayNumber, type DateText } from "#src/domain/time.ts";
import type { Action, Card } from "#src/card/card.ts";
import type { FileDifference, PeopleDifference, UnreadablePart } from "#src/ports/file-desk.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { shortened } from "../named.ts";
import { choice, notice } from "../notice.ts";
import { applyAction, fileTap, line, reasonTexts, SHOWN, tableAction, WHOLE } from "./file-parts.ts";
import { changesPeople, peopleRows, sureOf } from "./people-difference.ts";
import { rosterDifferenceCard } from "./roster-difference-card.ts";

/** What a file that waits would change, and what can be done about it. `all`: everybody whom it concerns. */
export function differenceCard(
  context: Context,
  words: Words,
  file: KeptFile,
  difference: FileDifference,
  all: boolean,
): Card {
  const { files: say } = words.say;
  const { name } = file.about;
  const drop = { label: say.notNow, act: fileTap(file.id, "drop", ""), style: "quiet" as const };
  switch (difference.kind) {
    case "unreadable":
      return unreadableCard(context, words, name, difference.problems);
    case "strangers":
      return notice(words, say.strangers(name, words.format.list(difference.names.slice(0, SHOWN))));
    case "other-ids":
      return notice(words, otherIdsText(words, name, difference.people));
    case "no-shifts":
      return notice(words, say.noShifts(name, rotationsOf(context, words)));
    case "question":
      return choice(
        words,
        say.ask[difference.ask](name),
        difference.choices.map((value) => ({ label: value, act: fileTap(file.id, difference.ask, value) })),
        [drop],
      );
    case "roster":
      return rosterDifferenceCard(context, words, file, difference, all);
    case "people":
      return peopleCardOf(context, words, file, difference, drop);
    default:
      return difference satisfies never;
  }
}

/** Whether somebody may decide something about it: else it is told, and the file is not kept. */
export function isOpen(difference: FileDifference): boolean {
  switch (difference.kind) {
    case "unreadable":
    case "strangers":
    case "other-ids":
    case "no-shifts":
      return false;
    case "question":
      return true;
    case "roster":
      return difference.changes.length > 0 || difference.unknown.length > 0;
    case "people":
      return changesPeople(difference);
    default:
      return difference satisfies never;
  }
}

/** So many have room in one text. */
const IDS = 40;

/** Which ids those have here whom it names: so that they can be written. */
function otherIdsText(
  words: Words,
  name: string,
  people: Extract<FileDifference, { kind: "other-ids" }>["people"],
): string {
  const { files: say } = words.say;
  const ids = people.map(({ name: who, from, to }) => say.personIs(who, say.hereAndThere(from, to)));
  return [say.otherIds(name), ...shortened(words, ids, IDS), say.oneIdEach].join("\n");
}

/** "ER (Dec 1 – Dec 28)" */
function rotationsOf({ program, zone }: Context, words: Words): string {
  const day = (date: DateText) => words.format.day(zone.at(dayNumber(date), 0));
  return words.format.list(
    program.rotations.map(({ name, from, to }) => `${name} (${day(from)} – ${day(to)})`),
  );
}

/** Why a file cannot be used, each with its place. */
export function unreadableCard(
  context: Pick<Context, "person">,
  words: Words,
  name: string,
  problems: readonly UnreadablePart[],
): Card {
  const { files: say } = words.say;
  return notice(words, [say.unreadable(name), ...reasonTexts(context, words, problems)].join("\n"));
}

function peopleCardOf(
  context: Context,
  words: Words,
  file: KeptFile,
  difference: PeopleDifference,
  drop: Action,
): Card {
  const { files: say } = words.say;
  const { joined, left, others, renumbered, people } = difference;
  const rows = peopleRows(context, words, difference);
  const lineOf = (all: readonly string[]): string => shortened(words, all, WHOLE).join("\n");
  return {
    locale: words.locale,
    notification: say.title(file.about.name),
    blocks: [
      { type: "title", text: say.title(file.about.name), note: words.program },
      line(say.holdsPeople(people)),
      ...(rows.length === 0
        ? [line(say.nothing)]
        : [
            {
              type: "facts" as const,
              rows: rows.map(({ label, people: all }) => ({
                label,
                value: lineOf(all.map(({ text }) => text)),
              })),
            },
          ]),
      ...(others.length > 0 || renumbered.length > 0 ? [line(say.oneIdEach, "strong")] : []),
      ...(joined.length > 0 ? [line(say.askedLater, "quiet")] : []),
      ...(left.length > 0 ? [line(say.notErased, "quiet")] : []),
      ...(rows.length === 0
        ? []
        : [
            {
              type: "actions" as const,
              actions: [
                applyAction(words, file, difference, sureOf(words, difference)),
                tableAction(words, file),
                drop,
              ],
            },
          ]),
    ],
  };
}
