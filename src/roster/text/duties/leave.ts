/** Leave words that stand alone, as they appear in rosters. */
const WORD =
  /(?<![\p{L}\p{N}])(?:leave|vacation|(?<!wound )vac|a\/l|rdo|toil|fmla|lieu|comp(?:ensatory)? (?:day|time)|jury duty|rest(?:[- ]day)?(?! (?:area|room|bay)s?(?!\p{L}))|urlaub|ferien|krank|frei|elternzeit|congés?|vacaciones|holidays?|off|sick|pto|unavailable|ooo|out of office|absent|absence|loa|maternity|paternity|bereavement|not (?:available|working|on duty|scheduled|here)|call(?:ed|ing) (?:out|off|in sick)|no[- ]?shows?|休|不在)(?![\p{L}\p{N}])/iu;

/**
 * Japanese is not written in separate words: these count wherever they stand. A holiday (休日), a break (休憩), a run of
 * holidays (連休) and a closed clinic (休診) are no leave.
 */
const PARTS =
  /有給|(?<!連)休(?![日憩診講館業校])|休日(?!日|当|勤|出|診|救|外|夜|担|番|シ|待)|欠勤|病欠|欠席|忌引|非番|勤務(?:なし|無し|不可)/u;

/** All that stands in a Japanese word of leave: "年次有給休暇", "午前半休", "看護休暇取得". */
const LEAVE_ALONE =
  /^(?!休日$)(?:年次|有給|有休|年休|公休|週休|夏季?|冬季?|代休|振替?|産前|産後|産休|育児?|育休|病気?|半日?|午前|午後|時間|忌引|慶弔|看護|介護|特別?|特休|希望|生理|年末年始|リフレッシュ|結婚|休暇?|休み|お休み|欠勤|病欠|欠席|当日|非番|勤務(?:なし|無し|不可)|終日|全日|取得|予定|申請|承認|済み?|日)+$/u;

/** "明" is the morning after a night shift. The rest after nights is policy, so it adds nothing. */
const AFTER_NIGHT = /^(?:当直|夜勤|深夜)?明け?$/u;

const POST_CALL = /(?<![\p{L}\p{N}])post[\s-]?call(?![\p{L}\p{N}])/iu;

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
    "leave vacation vac rdo toil fmla lieu comp compensatory jury duty rest rest-day urlaub ferien krank frei elternzeit off sick working here scheduled on-duty pto unavailable day days half full all am pm annual paid unpaid personal medical maternity " +
    "paternity parental family study bereavement compassionate military sabbatical educational administrative admin cme " +
    "post-call requested approved scheduled planned on is out away not available ooo time week weekend office absent absence loa called calling in no show shows no-show no-shows until from to the " +
    "and of for monday tuesday wednesday thursday friday saturday sunday 休 不在 終日 午前 午後 半日 院内 取得 予定"
  ).split(" "),
);

/** Words of duty: "Holiday Day Shift", "Sick Call" and "Off-Service" are no leave, whatever else they are. */
const DUTY =
  /(?<![\p{L}\p{N}])(?:shifts?|calls?|on-?call|cover\p{L}*|service|duty|duties|relief|pull|backup|back-?up|jeopardy|clinics?|float|night|nights|swing|surge)(?![\p{L}\p{N}])|勤務(?!なし|無し|不可)|日勤|夜勤|当直|日直|準夜|深夜|待機|オンコール|代替|代診|代行/iu;

/**
 * Do the words of a label that says leave say nothing else? `others` are its words without the names in it. A holiday
 * by itself may be a holiday's shift.
 */
export const saysOnlyLeave = (others: readonly string[]): boolean =>
  !others.some((word) => HALF_DAY.test(word)) &&
  others.every((word) => BESIDE.has(word) || /^\d+$/u.test(word) || LEAVE_ALONE.test(word));

/** Hours beside half a day off may be those that are worked, or those that are off. */
const HALF_DAY = /^half$|半休|半日|午前休|午後休|時間休|午前半|午後半/u;

/** Does a label that says leave speak of duty too? */
export const saysDutyToo = (label: string): boolean => DUTY.test(label.normalize("NFKC"));

/** Does this label only say that a night shift has just ended? */
export const saysAfterNight = (label: string): boolean =>
  POST_CALL.test(label) || words(label).some((word) => AFTER_NIGHT.test(word));
