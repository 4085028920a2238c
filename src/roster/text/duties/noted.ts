import type { Zone } from "#src/domain/time.ts";
import { wallIn } from "../dates/wall.ts";
import { sayer, type Dialect } from "../dialect.ts";
import { saysPart } from "../people/handovers.ts";
import { remembered } from "../remembered.ts";
import { withoutStanding } from "../standing-remarks.ts";
import type { Times } from "../tables/row-times.ts";
import { hoursReader, withoutTimes } from "./spoken-hours.ts";

/** "covered by Brandt", whoever that is. */
const EXCHANGED =
  /(?<!\p{L})(?:(?:cover\p{L}*|taken|picked up|replaced|relieved|worked|filled|subbed)\s+by|swap\p{L}*|trad(?:e|ed|es|ing)|switch(?!board)\p{L}*|exchang\p{L}*|(?:given|moved|reassigned)\s+to(?!\s+(?:room|pod|bed|zone|bay)(?!\p{L})))(?!\p{L})|交[代替換]|代[行理替診打]|代わり|(?:勤務|シフト|担当|時間|日程|時刻)変更/iu;
/** "leaves at 13:00", "late, 10:00", 13時退勤. */
const OTHER_TIME =
  /(?<!\p{L})(?:leav\p{L}*|arriv\p{L}*|start\p{L}*|end\p{L}*|begin\p{L}*|late|early|out|in|off|only)\W+(?:at\s+|by\s+)?(?:(?:[01]?\d|2[0-4])(?::?[0-5]\d)?(?!\d)|noon(?!\p{L})|midnight)|\d{1,2}(?::\d{2}|時)\D{0,3}(?:退勤|出勤|早退|遅刻|終了|開始)|早退|遅刻/iu;
/** Dates, years, "2nd floor" and "from 3 West" are no hours. */
const NO_TIMES = [
  /\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*/giu,
  /(?<![\d:])(?:\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}(?:\/\d{2,4})?|\d{1,2}\/\d{4}|20(?:1[6-9]|2\d))(?![\d:])/gu,
  /(?<!\d)\d{1,2}(?:st|nd|rd|th)(?!\p{L}|\s+half)/giu,
  /(?<=(?:[Ff]rom|[Ii]n)\s)\d{1,2}(?=\s\p{Lu}\p{Ll})/gu,
  /(?<=only\s)\d{1,2}(?=\s+(?!(?:to|till?|until|[ap]m)(?!\p{L}))\p{L})/giu,
];
/** Half of a month, a block or a team is no half of a shift. */
const OTHER_HALF =
  /half\s+of\s+(?!(?:\p{L}+\s+)?(?:shift|day|night))\p{L}+|(?<=月)[前後]半|[前後]半(?=チーム|グループ|組|ローテ)/giu;
/** "AM only", 午前のみ. */
const HALF = /(?<![\p{L}\p{N}])(?:am|pm|mornings?|afternoons?)\s+only(?!\p{L})|午[前後](?:のみ|だけ)/iu;

/** A note beside a shift says that another one works it, or that a part of it is worked. */
export function notesChange(note: string): boolean {
  const text = [...NO_TIMES, OTHER_HALF].reduce(
    (rest, sign) => rest.replaceAll(sign, " "),
    withoutStanding(note),
  );
  return EXCHANGED.test(text) || OTHER_TIME.test(text) || HALF.test(text) || saysPart(text);
}

/** Tells whether a note changes its shift: one that says the shift's own hours, as "ends at 17:00" or 8:30出勤, does not. */
export function changeReader(source: Dialect, zone: Zone): (note: string, times?: Times) => boolean {
  const saysDuty = sayer(source.duty);
  const changes = remembered((note) => !saysDuty(note) && notesChange(note));
  const saysOtherHours = hoursReader(source, zone);
  return (note, times) => {
    if (!changes(note) || times === undefined) return changes(note);
    const rest = withoutTimes(note, wallIn(zone, times.start), wallIn(zone, times.end));
    return notesChange(rest) || (saysPart(note) && saysOtherHours(note, times));
  };
}

/** A note that is nothing but hours. */
export const isOnlyHours = (note: string): boolean =>
  /\d/u.test(note) && !/\p{L}/u.test(note.normalize("NFKC").replaceAll(/[時分半翌]|(?<=\d)\s?[ap]m?/giu, ""));
