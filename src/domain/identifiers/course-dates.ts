/** What a resident dates that is no patient's: a course, an exam, a talk. */
const OCCASION =
  /course|class\b|exam|boards?\b|conference|congress|lecture|\bsim\b|simulation|workshop|journal club|deadline|retreat|didactics|acls|atls|bls\b|pals\b|勉強会|講習|講義|学会|試験|セミナー|シミュレーション|カンファ|締切|締め切り|コース|発表|研修会|抄読会|JATEC|ICLS/iu;

/** A stay has a course too. */
const STAY = /admi|discharg|\bseen\b|visit|presented|入院|退院|受診|来院|搬送|発症/iu;

/** How far around a date its occasion is looked for, in characters. */
const NEAR = 60;

/** Whether a full date is in a year of this time, and said of such an occasion. */
export function isCourseDate({ 0: date, index, input }: RegExpExecArray): boolean {
  const line = input.slice(Math.max(0, index - NEAR), index + date.length + NEAR);
  const isOfNow = /(?<!\d)20[2-9]\d(?!\d)|[/-][23]\d$|令和/u.test(date);
  return isOfNow && OCCASION.test(line) && !STAY.test(line);
}
