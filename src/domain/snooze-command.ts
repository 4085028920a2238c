/** What somebody said about being asked again. Without minutes and time: they named none that is understood. */
export interface SnoozeSaid {
  readonly name: "snooze";
  readonly minutes: number | undefined;
  /** A local time of day, in minutes after midnight; `isHalf`: said without am or pm, so that 9:30 may be 21:30. */
  readonly until?: { readonly minute: number; readonly isHalf: boolean };
}

/** The longest time that a question can be put off: a day, in minutes. */
const LONGEST_SNOOZE = 24 * 60;

const ASK_FOR_HOW_LONG: SnoozeSaid = { name: "snooze", minutes: undefined };

const snoozeOf = (minutes: number): SnoozeSaid => ({
  name: "snooze",
  minutes: Math.min(LONGEST_SNOOZE, Math.max(1, Math.round(minutes))),
});

const ENGLISH =
  /^(?:snooze|(?:ask |remind |do it |maybe |some time )?later|not now|not yet|one (?:moment|minute|sec(?:ond)?)|wait|(?:ask|remind) me(?: again)?(?: later)?|(?=(?:in|until|till?) \d))(?: ?(?:(?:for|in|another|it|this|by)(?: about)? )*(.{0,30}))?$/;
const JAPANESE =
  /^(?:(?:あとで|後で|後にして|のちほど|後ほど|スヌーズ|また後で) ?)?(.{0,14}?)(?:後(?:に|で)?|あと(?:に|で)|まで(?:待って)?|に|頃に)? ?(?:もう一度|また)?(?:聞いて|知らせて|教えて|お知らせして|通知して)?(?:ほしい|欲しい)?$/;

/** Reads "snooze …" and its like in English or Japanese. `said`: lower case, with single spaces. */
export function readSnooze(said: string): SnoozeSaid | undefined {
  const english = ENGLISH.exec(said);
  if (english !== null) {
    const how = (english[1] ?? "").trim();
    if (how === "") return ASK_FOR_HOW_LONG;
    const read = lengthOf(how) ?? timeOf(how);
    if (read !== undefined) return read;
    // If the time is not understood, Attune asks for it.
    return /^snooze(?: \S+){1,4}$/.test(said) ? ASK_FOR_HOW_LONG : undefined;
  }
  const japanese = JAPANESE.exec(said);
  // A length of time alone is no command: "30分" may answer an open question.
  if (japanese === null || !ASKS_IN_JAPANESE.test(said)) return undefined;
  const how = (japanese[1] ?? "").trim();
  if (how === "") return isLaterInJapanese(said) ? ASK_FOR_HOW_LONG : undefined;
  return lengthOf(how) ?? timeOf(how) ?? (said.startsWith("スヌーズ") ? ASK_FOR_HOW_LONG : undefined);
}

const ASKS_IN_JAPANESE =
  /^(?:あとで|後で|後にして|のちほど|後ほど|スヌーズ|また後で)|後|あとに|あとで|まで|(?:聞いて|知らせて|教えて|通知して)/u;
const isLaterInJapanese = (said: string): boolean =>
  /^(?:あとで|後で|後にして|のちほど|後ほど|スヌーズ|また後で)/u.test(said);

const COUNTS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  half: 0.5,
};
const COUNT = String.raw`(\d{1,4}(?:[.,]\d{1,2})?|an?|one|two|three|four)`;
const HOURS = new RegExp(
  String.raw`^(?:(half) an hour|${COUNT} ?(?:h|hrs?|hours?|時間)(?:(半| and a half)|,? ?(?:and )?(\d{1,2}) ?(?:m|mins?|minutes?|分)?)?)$`,
  "u",
);
const MINUTES = /^(\d{1,4}(?:[.,]\d{1,2})?)(?: ?(?:m|mins?|minutes?|分(?:間)?))?$/u;

/** "45 mins", "1.5 hours", "1h30", "half an hour", "1時間半". */
function lengthOf(how: string): SnoozeSaid | undefined {
  const minutes = MINUTES.exec(how)?.[1];
  if (minutes !== undefined) return snoozeOf(numberOf(minutes));
  const hours = HOURS.exec(how);
  if (hours === null) return undefined;
  const [, half, count, andHalf, rest] = hours;
  const whole = half === undefined ? (COUNTS[count ?? ""] ?? numberOf(count ?? "0")) : COUNTS["half"]!;
  return snoozeOf(whole * 60 + (andHalf === undefined ? 0 : 30) + Number(rest ?? 0));
}

const numberOf = (written: string): number => Number(written.replace(",", "."));

const CLOCK =
  /^(?:(?:until|till?|at|by|@) )?(午前|午後)?(\d{1,2})(?:(?::|時)(\d{2}|半)?(?:分)?)? ?(am|pm|a\.m|p\.m|o'clock)?(?:頃)?$/u;

/** "until 9:30", "at 9 pm", "9時半". A number alone is a length. */
function timeOf(how: string): SnoozeSaid | undefined {
  const clock = CLOCK.exec(how);
  if (clock === null) return undefined;
  const [, noon, hour = "", minute = "0", half = ""] = clock;
  const isAfternoon = noon === "午後" || half.startsWith("p");
  const isNamed = noon !== undefined || /^[ap]/u.test(half);
  const hours = (Number(hour) % (isNamed ? 12 : 24)) + (isAfternoon ? 12 : 0);
  const minutes = minute === "半" ? 30 : Number(minute);
  if (Number(hour) > 24 || minutes > 59) return undefined;
  return {
    name: "snooze",
    minutes: undefined,
    until: { minute: hours * 60 + minutes, isHalf: !isNamed && hours > 0 && hours < 12 },
  };
}
