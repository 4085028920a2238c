import type { Action, Card } from "#src/card/card.ts";
import type { FileDifference, PeopleDifference } from "#src/ports/file-desk.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { choice, notice } from "../notice.ts";
import { applyAction, fileTap, line, reasonText, SHOWN, WHOLE } from "./file-parts.ts";
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
    case "unreadable": {
      const reasons = difference.problems
        .slice(0, SHOWN)
        .map(({ place, why, text }) => reasonText(words, place, why, text ?? say.shared));
      return notice(words, [say.unreadable(name), ...reasons].join("\n"));
    }
    case "strangers":
      return notice(words, say.strangers(name, words.format.list(difference.names.slice(0, SHOWN))));
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
      return peopleCardOf(words, file, difference, drop);
    default:
      return difference satisfies never;
  }
}

function peopleCardOf(words: Words, file: KeptFile, difference: PeopleDifference, drop: Action): Card {
  const { files: say } = words.say;
  const { joined, left, renamed, moved, recast, people } = difference;
  const rows = [
    { label: say.joined, all: joined },
    { label: say.left, all: left.map(({ name, shifts }) => say.leaves(name, shifts)) },
    { label: say.renamed, all: renamed.map(({ from, to }) => say.becomes(from, to)) },
    { label: say.addressed, all: moved },
    { label: say.recast, all: recast.map(({ name, roles }) => say.hasRoles(name, roles)) },
  ].filter(({ all }) => all.length > 0);
  const lineOf = (all: readonly string[]): string => {
    const more = all.length - WHOLE;
    return [...all.slice(0, WHOLE), ...(more > 0 ? [words.say.roster.more(more)] : [])].join("\n");
  };
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
              rows: rows.map(({ label, all }) => ({ label, value: lineOf(all) })),
            },
          ]),
      ...(joined.length > 0 ? [line(say.askedLater, "quiet")] : []),
      ...(left.length > 0 ? [line(say.notErased, "quiet")] : []),
      {
        type: "actions",
        actions: [
          ...(rows.length === 0 ? [] : [applyAction(words, file, difference, difference.large)]),
          drop,
        ],
      },
    ],
  };
}
