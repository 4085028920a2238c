import { saysPart } from "../people/handovers.ts";

/** "covered by Brandt", whoever that is. */
const EXCHANGED =
  /(?<!\p{L})(?:(?:cover\p{L}*|taken|picked up|replaced|relieved|worked|filled|subbed)\s+by|swap\p{L}*|trad(?:e|ed|es|ing)|switch\p{L}*|exchang\p{L}*|(?:given|moved|reassigned)\s+to)(?!\p{L})|交[代替換]|代[行理替診打]|代わり|(?:勤務|シフト|担当|時間|日程|時刻)変更/iu;
/** "leaves at 13:00", "late, 10:00", 13時退勤. */
const OTHER_TIME =
  /(?<!\p{L})(?:leav\p{L}*|arriv\p{L}*|start\p{L}*|end\p{L}*|begin\p{L}*|late|early|out|in|off|only)\W+(?:at\s+|by\s+)?(?:\d{1,2}(?::?\d{2})?(?!\d)|noon(?!\p{L})|midnight)|\d{1,2}(?::\d{2}|時)\D{0,3}(?:退勤|出勤|早退|遅刻|終了|開始)|早退|遅刻/iu;
/** "No cancellations after 1 December" speaks of no hours. */
const DATE = /\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*/giu;
/** "AM only", 午前のみ. */
const HALF = /(?<![\p{L}\p{N}])(?:am|pm|mornings?|afternoons?)\s+only(?!\p{L})|午[前後](?:のみ|だけ)/iu;

/** A note beside a shift says that another one works it, or that a part of it is worked. */
export function notesChange(note: string): boolean {
  const text = note.normalize("NFKC");
  return (
    EXCHANGED.test(text) || OTHER_TIME.test(text) || HALF.test(text) || saysPart(text.replaceAll(DATE, " "))
  );
}

/** A note that is nothing but hours. */
export const isOnlyHours = (note: string): boolean =>
  /\d/u.test(note) && !/\p{L}/u.test(note.normalize("NFKC").replaceAll(/[時分半翌]|(?<=\d)\s?[ap]m?/giu, ""));
