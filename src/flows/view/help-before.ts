import type { Block } from "#src/card/card.ts";
import { ITEMS } from "#src/domain/forms.ts";
import type { Person } from "#src/domain/person.ts";
import { inForce } from "#src/domain/visibility.ts";
import { answerInWords } from "./in-words.ts";
import { settlementOf, settledInWords, settledLabel } from "./settling.ts";
import type { Seen, View } from "./view.ts";

/**
 * The help that was settled, or else wanted and planned, beside the question which help there was: as far as the reader may see
 * it.
 */
export function helpBefore(view: View, among: readonly Seen[]): readonly Block[] {
  const rows = among.flatMap((seen) => {
    const settled = seen.partners.map((partner) => ({ partner, rows: settledRows(view, seen, partner) }));
    const open = settled.filter((one) => one.rows.length === 0);
    const isAllSettled = settled.length > 0 && open.length === 0;
    return [
      ...settled.flatMap((one) => one.rows),
      ...(isAllSettled ? [] : rowOf(view, seen, view.reader, view.role === "resident")),
      ...open.flatMap(({ partner }) => rowOf(view, seen, partner, view.role !== "resident")),
    ];
  });
  const once = [...new Map(rows.map((row) => [`${row.label} ${row.value}`, row])).values()];
  return once.length === 0 ? [] : [{ type: "facts", rows: once }];
}

function settledRows(view: View, seen: Seen, partner: Person) {
  return (["safety", "help"] as const).flatMap((item) => {
    const settlement = settlementOf(view, { seen, partner, item });
    if (settlement?.value === undefined) return [];
    const value = settledInWords(view, { partner }, settlement);
    return [{ label: settledLabel(view, { item, partner }), value }];
  });
}

function rowOf(view: View, seen: Seen, person: Person, isResident: boolean) {
  const { words, reader } = view;
  const said = inForce(seen.replies).find(
    ({ person: by, item, value }) =>
      by === person.id && value !== null && (item === "help" || item === "safety"),
  );
  if (said === undefined) return [];
  const { wanted, planned, youWanted, youPlanned } = words.say.debrief;
  const name = words.called(person);
  const own = isResident ? youWanted : youPlanned;
  const label = person.id === reader.id ? own : isResident ? wanted(name) : planned(name);
  return [{ label, value: answerInWords(words, ITEMS[said.item], said.value!) }];
}
