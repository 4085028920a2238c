import type { Block } from "#src/card/card.ts";
import type { Person, ShiftRole } from "#src/domain/person.ts";
import type { Words } from "#src/words/words.ts";
import { rolesOf, type Context } from "../context.ts";
import { heading } from "../notice.ts";

const SHIFTS_SHOWN = 4;

/** The next shifts as the roster has them, also for and with people who take no part, and who of the other side shares them. */
export function nextShifts(context: Context, reader: Person, words: Words): readonly Block[] {
  const { home } = words.say;
  const { everybody } = context.roster.outlook;
  const isOne = new Set(rolesOf(context, reader).filter((role) => role !== "coordinator")).size < 2;
  const shifts = everybody
    .dutyOf(reader.id)
    .filter((one) => one.end > context.now)
    .slice(0, SHIFTS_SHOWN);
  const rows = shifts.map((shift) => {
    const ids = everybody
      .overlapsOf(shift)
      .map((one) => (shift.role === "resident" ? one.attending.person : one.resident.person));
    const names = words.all([...new Set(ids)].flatMap((id) => context.person(id) ?? []));
    const when = words.say.goal.note(words.label(shift.label), words.format.span(shift.start, shift.end));
    const span = isOne ? when : home.shiftAs[shift.role](when);
    return { label: words.format.date(shift.start), value: home.shiftWith(span, names) };
  });
  return [
    heading(home.nextShifts),
    rows.length === 0 ? { type: "text", text: home.noShifts, tone: "quiet" } : { type: "facts", rows },
  ];
}

/** Everybody of the other side whom the reader's shifts in this role bring them together with. */
export function partnersOf(context: Context, reader: Person, role: ShiftRole): readonly Person[] {
  const { outlook } = context.roster;
  const overlaps = outlook
    .shiftsOf(reader.id)
    .filter((shift) => shift.role === role)
    .flatMap((shift) => outlook.overlapsOf(shift));
  const ids = overlaps.map((one) => (role === "resident" ? one.attending.person : one.resident.person));
  return [...new Set(ids)].flatMap((id) => context.person(id) ?? []);
}
