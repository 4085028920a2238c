import { DAY } from "#src/domain/time.ts";
import { sayer } from "../../text/dialect.ts";
import { dutyCodes, ownCodes, plainCode, type Duty } from "../../text/duties/duty-codes.ts";
import { saysLeave, saysOnlyLeave } from "../../text/duties/leave.ts";
import { quoted } from "../../text/problem.ts";
import type { ReadingContext, RosterEntry, RosterText, Stay } from "../../text/reader.ts";
import { remembered } from "../../text/remembered.ts";
import { timesOfDay } from "../../text/tables/row-times.ts";
import { inZone, wall, type Wall } from "../../text/dates/wall.ts";
import { isJapanese } from "../../text/people/words-of.ts";
import { SEPARATORS, type Legend } from "./legend.ts";
import { cellName, type Cell, type Fault } from "./days.ts";

/** Reads a cell: two codes in it are two duties; undefined when one of them is unknown. */
export function cellReader(
  source: RosterText,
  legend: Legend,
): (text: string) => readonly Duty[] | undefined {
  const codes = remembered(codeReaderOf(source, legend));
  return (text) => dutiesIn(text, codes);
}

/** The codes of this table: what program.yaml states, the words of `off` and `skip`, the file's own legend, then the usual ones. */
export function codeReaderOf({ codes, off, skip }: RosterText, legend: Legend): ReturnType<typeof dutyCodes> {
  const known = dutyCodes({ ...legend.codes, ...codes });
  const isOwn = ownCodes(codes);
  const [saysOff, saysSkip] = [sayer(off), sayer(skip)];
  return (code) => {
    if (isOwn(code)) return known(code);
    if (saysOff(code)) return { kind: "off" };
    if (saysSkip(code)) return { kind: "none" };
    if (legend.unclear.has(plainCode(code))) return undefined;
    const isLeave = isJapanese(code) && saysLeave(code) && saysOnlyLeave([code.normalize("NFKC")]);
    return known(code) ?? (isLeave ? { kind: "off" } : undefined);
  };
}

/** What a cell's duties are on a day, of one person, and leave until the last one; what lies outside the rotations is counted apart. */
export function codeReader({ zone, horizon }: ReadingContext) {
  const local = inZone(zone);
  return (
    duties: readonly Duty[],
    day: Wall,
    said: Stay & Pick<RosterEntry, "person" | "label">,
    lastOff: Wall = day,
  ) => {
    const all = duties.flatMap((duty): readonly RosterEntry[] => {
      if (duty.kind === "none") return [];
      const times =
        duty.kind === "off"
          ? { start: local(day), end: local(wall(lastOff + DAY)) }
          : timesOfDay(day, duty.start, duty.end, local);
      const { person, label } = said;
      return [duty.kind === "off" ? { kind: "absence", person, label, ...times } : { ...said, ...times }];
    });
    const found = all.filter(({ start, end }) => end > horizon.from && start < horizon.to);
    return { found, isOutside: all.length > 0 };
  };
}

/** Two codes in one cell are two duties; undefined when one of them is unknown. */
function dutiesIn(text: string, codes: ReturnType<typeof dutyCodes>): readonly Duty[] | undefined {
  const whole = codes(text);
  if (whole !== undefined) return [whole];
  const parts = text.split(SEPARATORS).filter((part) => part !== "");
  const duties = parts.flatMap((part) => codes(part) ?? []);
  return duties.length === parts.length && parts.length > 1 ? duties : undefined;
}

/** Somebody works: it is more than a day off, or nothing. */
export const saysDuty = (duties: readonly Duty[] | undefined): boolean =>
  duties?.some(({ kind }) => kind !== "off" && kind !== "none") === true;

/** A cell of somebody's day. */
interface DayCodes {
  readonly cell: Cell;
  readonly day: Wall;
  readonly duties: readonly Duty[] | undefined;
}

/**
 * Duty and a day off of one person on one day, in one cell or in two rows: nobody knows which of them is meant. A rest
 * after a night is no day off. Each cell of such a day has the same fault.
 */
export function tornDays(codes: readonly DayCodes[]): ReadonlyMap<Cell, Fault> {
  const torn = new Map<Cell, Fault>();
  for (const some of Map.groupBy(codes, ({ day }) => day).values()) {
    const all = some.flatMap(({ duties }) => duties ?? []);
    if (!saysDuty(all) || all.every(({ kind }) => kind !== "off")) continue;
    const cells = some.filter(({ duties }) => duties !== undefined).map(({ cell }) => cell);
    const fault = dutyAndOff(cells);
    for (const cell of cells) torn.set(cell, fault);
  }
  return torn;
}

function dutyAndOff(cells: readonly Cell[]): Fault {
  const [first, ...others] = cells;
  const where = others.map(({ text, ...place }) => ` and ${quoted(text)} in ${cellName({ text, ...place })}`);
  return {
    line: first!.line,
    field: cellName(first!),
    message: `${quoted(first!.text)}${where.join("")} is duty and a day off of one person on one day`,
    todo: "leave the one that counts; all of that day was left out",
    why: { code: "two-readings", text: cells.map(({ text }) => text).join(" / ") },
  };
}
