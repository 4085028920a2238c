/** Leave words that stand alone, as they appear in rosters. */
const WORD =
  /(?<![\p{L}\p{N}])(?:leave|vacation|holidays?|off|sick|pto|unavailable|ooo|out of office|absent|absence|loa|maternity|paternity|bereavement|休|不在)(?![\p{L}\p{N}])/iu;

/** Japanese is not written in separate words: these count wherever they stand. */
const PARTS =
  /有休|有給|年休|休暇|公休|休み|夏休|冬休|代休|振休|産休|育休|病休|欠勤|半休|午前休|午後休|時間休|忌引/u;

/** "明" is the morning after a night shift. The rest after nights is policy, so it adds nothing. */
const AFTER_NIGHT = /^(?:当直|夜勤|深夜)?明け?$/u;

const words = (text: string): readonly string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);

/** Does this label say that the person is away? */
export function saysLeave(label: string): boolean {
  const plain = label.normalize("NFKC");
  return PARTS.test(plain) || WORD.test(plain);
}

/** What stands beside a word of leave and changes nothing. */
const BESIDE = new Set(
  (
    "leave vacation off sick pto unavailable day days half full all am pm annual paid unpaid personal medical maternity " +
    "paternity parental family study bereavement compassionate military sabbatical educational administrative admin cme " +
    "post-call requested approved scheduled planned on is out away not available ooo time week weekend office absent absence loa until from to the " +
    "and of for monday tuesday wednesday thursday friday saturday sunday 休 不在 終日 午前 午後 半日 院内 取得 予定"
  ).split(" "),
);

/** Words of duty: "Holiday Day Shift", "Sick Call" and "Off-Service" are no leave, whatever else they are. */
const DUTY =
  /(?<![\p{L}\p{N}])(?:shifts?|calls?|on-?call|cover\p{L}*|service|duty|duties|relief|pull|backup|back-?up|jeopardy|clinics?|float|night|nights|swing|surge)(?![\p{L}\p{N}])|勤務(?!なし)|日勤|夜勤|当直|日直|準夜|深夜|待機|オンコール/iu;

/**
 * Do the words of a label that says leave say nothing else? `others` are its words without the names in it. A holiday
 * by itself may be a holiday's shift.
 */
export const saysOnlyLeave = (others: readonly string[]): boolean =>
  others.every((word) => BESIDE.has(word) || /^\d+$/u.test(word) || PARTS.test(word));

/** Does a label that says leave speak of duty too? */
export const saysDutyToo = (label: string): boolean => DUTY.test(label.normalize("NFKC"));

/** Does this label only say that a night shift has just ended? */
export const saysAfterNight = (label: string): boolean => words(label).some((word) => AFTER_NIGHT.test(word));
