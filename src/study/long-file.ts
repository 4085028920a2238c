import type { PersonId } from "#src/domain/person.ts";
import type { StudyItem, StudyRow } from "./rows.ts";
import { factsOf, midpointOf } from "./items.ts";

/** A row of the pair-level long file, as it leaves the hospital. */
export interface LongRow {
  readonly dyad: string;
  readonly resident: string;
  readonly attending: string;
  readonly occasion: string;
  readonly week_no: number;
  readonly form: "shift" | "check-in";
  readonly version: number;
  readonly item: StudyItem;
  readonly x_resident: number;
  readonly y_attending: number;
  /** Both sides centred at the middle of the scale, with their squares and product; empty for feedback, whose choices have no order. */
  readonly x_c: number | null;
  readonly y_c: number | null;
  readonly xx: number | null;
  readonly xy: number | null;
  readonly yy: number | null;
  readonly settled: number | null;
  readonly happened: number | null;
  readonly outcome: number | null;
  readonly rotation: string;
}

/** Draws random ids. No two are the same, and none tells what it stands for. */
export type NewId = (letter: string) => string;

/**
 * Rows under random ids, drawn for this file alone: whoever has two files cannot tell by an id who is who in both. They are ordered by
 * these ids, since any other order would tell something.
 */
export function longRows(rows: readonly StudyRow[], newId: NewId): readonly LongRow[] {
  const ids = new Map<string, string>();
  const idOf = (letter: string, of: string): string => {
    const key = `${letter} ${of}`;
    const known = ids.get(key) ?? newId(letter);
    ids.set(key, known);
    return known;
  };
  const person = (letter: string, id: PersonId): string => idOf(letter, id);
  return rows
    .map(({ resident, attending, occasion, rotation, week, item, x, y, ...told }): LongRow => {
      const { form, version, isOrdered } = factsOf(item);
      const centre = (value: number): number | null => (isOrdered ? value - midpointOf(item) : null);
      const [x_c, y_c] = [centre(x), centre(y)];
      const times = (one: number | null, other: number | null) =>
        one === null || other === null ? null : one * other;
      return {
        dyad: idOf("D", JSON.stringify([resident, attending])),
        resident: person("R", resident),
        attending: person("A", attending),
        // Of one resident with two attendings these are two occasions: an id that they share would tell who was on a shift together.
        occasion: idOf("O", JSON.stringify([resident, attending, occasion])),
        week_no: week,
        form,
        version,
        item,
        x_resident: x,
        y_attending: y,
        x_c,
        y_c,
        xx: times(x_c, x_c),
        xy: times(x_c, y_c),
        yy: times(y_c, y_c),
        settled: told.settled ?? null,
        happened: told.happened ?? null,
        outcome: told.outcome ?? null,
        rotation: idOf("P", rotation),
      };
    })
    .toSorted(
      (a, b) =>
        compare(a.dyad, b.dyad) ||
        a.week_no - b.week_no ||
        compare(a.occasion, b.occasion) ||
        compare(a.item, b.item),
    );
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The columns of the long file, in their order. */
export const LONG_COLUMNS = [
  "dyad",
  "resident",
  "attending",
  "occasion",
  "week_no",
  "form",
  "version",
  "item",
  "x_resident",
  "y_attending",
  "x_c",
  "y_c",
  "xx",
  "xy",
  "yy",
  "settled",
  "happened",
  "outcome",
  "rotation",
] as const satisfies readonly (keyof LongRow)[];
