import type { Cell } from "#src/domain/csv.ts";
import { dateText, type Instant } from "#src/domain/time.ts";
import type { FileDifference, RosterDifference } from "#src/ports/file-desk.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { peopleRows } from "./people-difference.ts";

type Rows = readonly (readonly Cell[])[];

/** All that a file would change, a row each, below a header. Undefined for what cannot be applied. */
export function differenceTable(
  context: Context,
  words: Words,
  difference: FileDifference,
): Rows | undefined {
  const { columns } = words.say.files;
  if (difference.kind === "roster")
    return [Object.values(columns), ...rosterRows(context, words, difference)];
  return difference.kind === "people"
    ? [
        [columns.person, columns.what],
        ...peopleRows(context, words, difference).flatMap(({ label, people }) =>
          people.map(({ name, text }) => [name, text === name ? label : words.say.labelled(label, text)]),
        ),
      ]
    : undefined;
}

type Stretch = { readonly start: Instant; readonly end: Instant };

function rosterRows(context: Context, words: Words, { changes }: RosterDifference): Rows {
  const { kinds } = words.say.files;
  const at = (moment: Instant): string =>
    `${dateText(context.zone.dayOf(moment))} ${words.format.time(moment)}`;
  const span = ({ start, end }: Stretch): readonly Cell[] => [at(start), at(end)];
  return changes.flatMap(({ person: id, added, removed, moved, away, back }) => {
    const name = context.person(id)?.name ?? id;
    const row = (what: string) => (one: Stretch) => [name, what, ...span(one), null, null];
    return [
      ...added.map(row(kinds.added)),
      ...removed.map(row(kinds.removed)),
      ...moved.map(({ from, to }) => [name, kinds.moved, ...span(to), ...span(from)]),
      ...away.map(row(kinds.away)),
      ...back.map(row(kinds.back)),
    ];
  });
}
