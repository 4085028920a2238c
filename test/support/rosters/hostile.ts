/** A calendar that is made to cost much: `size` says how far it goes, and the text grows with it at most. */
export interface Shape {
  readonly name: string;
  text(size: number, random: () => number): string;
}

/** Tomorrow: within what is read of a program that runs now. */
const TOMORROW = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;

const stamp = (minutes: number): string =>
  new Date(TOMORROW + minutes * 60_000).toISOString().replaceAll(/[-:]|\.000Z/gu, "");

const [AT_EIGHT, AT_FIVE] = [stamp(480), stamp(1_020)];

type Lines = string | readonly Lines[];

const flat = (lines: Lines): readonly string[] =>
  typeof lines === "string" ? [lines] : lines.flatMap((one) => flat(one));

const calendar = (...lines: readonly Lines[]): string =>
  ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR", ""].flatMap(flat).join("\r\n");

const event = (...lines: readonly Lines[]): Lines => ["BEGIN:VEVENT", lines, "END:VEVENT"];

const DAY = ["SUMMARY:Day r1", `DTSTART:${AT_EIGHT}`, `DTEND:${AT_FIVE}`] as const;

const many = <One>(count: number, of: (index: number) => One): readonly One[] =>
  Array.from({ length: count }, (_, index) => of(index));

const list = (count: number, of: (index: number) => number | string): string => many(count, of).join(",");

const rule = (text: string, start = AT_EIGHT): Shape => ({
  name: `rule ${text.slice(0, 60)}${start === AT_EIGHT ? "" : ` from ${start.slice(0, 4)}`}`,
  text: () =>
    calendar(event("UID:1", "SUMMARY:Day r1", `DTSTART:${start}`, "DURATION:PT9H", `RRULE:${text}`)),
});

const rules = (text: string): Shape => ({
  name: `many events with ${text.slice(0, 50)}`,
  text: (size) => calendar(many(size, (index) => event(`UID:${index}`, ...DAY, `RRULE:${text}`))),
});

/** An event in a zone that the file itself defines. */
const zone = (name: string, ...observance: readonly string[]): Shape => ({
  name: `zone ${name}`,
  text: () =>
    calendar(
      "BEGIN:VTIMEZONE",
      "TZID:Own",
      "BEGIN:STANDARD",
      "TZOFFSETFROM:+0100",
      "TZOFFSETTO:+0200",
      ...observance,
      "END:STANDARD",
      "END:VTIMEZONE",
      event("UID:1", "SUMMARY:Day r1", `DTSTART;TZID=Own:${AT_EIGHT}`, `DTEND;TZID=Own:${AT_FIVE}`),
    ),
});

const RULES: readonly Shape[] = [
  "FREQ=DAILY;INTERVAL=999999999",
  "FREQ=WEEKLY;INTERVAL=999999999",
  "FREQ=MONTHLY;INTERVAL=999999999",
  "FREQ=YEARLY;INTERVAL=999999999",
  "FREQ=MONTHLY;INTERVAL=999999999;BYDAY=5MO",
  "FREQ=YEARLY;INTERVAL=999999999;BYDAY=53MO",
  "FREQ=DAILY;INTERVAL=2147483648",
  "FREQ=DAILY;INTERVAL=0",
  "FREQ=DAILY;INTERVAL=-1",
  "FREQ=SECONDLY",
  "FREQ=MINUTELY;INTERVAL=1",
  "FREQ=HOURLY",
  "FREQ=DAILY;COUNT=999999999",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
  "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6",
  "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
  "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
  "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
  "FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=32",
  "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366",
  "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-366",
  "FREQ=YEARLY;BYEASTER=1",
  `FREQ=DAILY;BYHOUR=${list(24, (one) => one)};BYMINUTE=${list(60, (one) => one)};BYSECOND=${list(60, (one) => one)}`,
  `FREQ=YEARLY;BYMONTH=${list(12, (one) => one + 1)};BYMONTHDAY=${list(31, (one) => one + 1)};BYHOUR=${list(24, (one) => one)};BYMINUTE=${list(60, (one) => one)};BYSETPOS=366`,
  `FREQ=MONTHLY;BYMONTHDAY=${list(31, (one) => one + 1)};BYDAY=MO;BYHOUR=${list(24, (one) => one)};BYMINUTE=${list(60, (one) => one)}`,
  "FREQ=DAILY;UNTIL=99991231T000000Z",
].map((text) => rule(text));

const EARLY: readonly Shape[] = [
  rule("FREQ=DAILY", "00010101T080000"),
  rule("FREQ=WEEKLY;BYDAY=MO,TU", "00010101T080000"),
  rule("FREQ=MONTHLY;BYMONTHDAY=31", "00010101T080000"),
  rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "00010101T080000"),
  rule("FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8;BYMINUTE=0,30", "16010101T080000"),
  rule("FREQ=DAILY", "99990101T080000"),
];

const ZONES: readonly Shape[] = [
  zone("secondly", "DTSTART:19700101T000000", "RRULE:FREQ=SECONDLY"),
  zone("minutely", "DTSTART:19700101T000000", "RRULE:FREQ=MINUTELY"),
  zone("hourly", "DTSTART:19700101T000000", "RRULE:FREQ=HOURLY"),
  zone("daily since 1601", "DTSTART:16010101T000000", "RRULE:FREQ=DAILY"),
  zone("never", "DTSTART:19700101T000000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
  zone("far apart", "DTSTART:19700101T000000", "RRULE:FREQ=DAILY;INTERVAL=999999999"),
  zone("since the year 1", "DTSTART:00010101T000000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
  zone(
    "every minute of a day",
    `DTSTART:19700101T000000`,
    `RRULE:FREQ=DAILY;BYHOUR=${list(24, (one) => one)};BYMINUTE=${list(60, (one) => one)}`,
  ),
  zone("without a start", "RRULE:FREQ=SECONDLY"),
  zone("of an impossible offset", "TZOFFSETTO:+999999", "DTSTART:19700101T000000"),
  {
    name: "zone with a long RDATE list",
    text: (size) =>
      calendar(
        "BEGIN:VTIMEZONE",
        "TZID:Own",
        "BEGIN:STANDARD",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "DTSTART:19700101T000000",
        `RDATE:${list(size * 4, (index) => stamp(index * 60))}`,
        "END:STANDARD",
        "END:VTIMEZONE",
        many(50, (index) =>
          event(
            `UID:${index}`,
            "SUMMARY:Day r1",
            `DTSTART;TZID=Own:${stamp(index * 1_440)}`,
            "DURATION:PT9H",
          ),
        ),
      ),
  },
  {
    name: "zone with many observances",
    text: (size) =>
      calendar(
        "BEGIN:VTIMEZONE",
        "TZID:Own",
        many(size, (index) => [
          "BEGIN:DAYLIGHT",
          "TZOFFSETFROM:+0100",
          "TZOFFSETTO:+0200",
          `DTSTART:${stamp(-index * 1_440)}`,
          "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
          "END:DAYLIGHT",
        ]),
        "END:VTIMEZONE",
        event("UID:1", "SUMMARY:Day r1", `DTSTART;TZID=Own:${AT_EIGHT}`, "DURATION:PT9H"),
      ),
  },
  {
    name: "many zones, all asked for",
    text: (size) =>
      calendar(
        many(size, (index) => [
          "BEGIN:VTIMEZONE",
          `TZID:Own ${index}`,
          "BEGIN:STANDARD",
          "TZOFFSETFROM:+0100",
          "TZOFFSETTO:+0200",
          "DTSTART:19700101T000000",
          "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
          "END:STANDARD",
          "END:VTIMEZONE",
        ]),
        many(size, (index) =>
          event(
            `UID:${index}`,
            "SUMMARY:Day r1",
            `DTSTART;TZID=Own ${index}:${stamp(index)}`,
            "DURATION:PT9H",
          ),
        ),
      ),
  },
  {
    name: "many zones that nothing defines",
    text: (size) =>
      calendar(
        many(size, (index) =>
          event(`UID:${index}`, "SUMMARY:Day r1", `DTSTART;TZID=/x/y/Nowhere/${index}:${stamp(index)}`),
        ),
      ),
  },
  {
    name: "zones that begin and never end",
    text: (size) =>
      calendar(
        many(size, () => "BEGIN:VTIMEZONE"),
        event("UID:1", "SUMMARY:Day r1", `DTSTART;TZID=Own:${AT_EIGHT}`, "DURATION:PT9H"),
      ),
  },
  {
    name: "a deep zone",
    text: (size) =>
      calendar(
        "BEGIN:VTIMEZONE",
        "TZID:Own",
        many(size, () => "BEGIN:STANDARD"),
        many(size, () => "END:STANDARD"),
        "END:VTIMEZONE",
        event("UID:1", "SUMMARY:Day r1", `DTSTART;TZID=Own:${AT_EIGHT}`, "DURATION:PT9H"),
      ),
  },
];

const NESTING: readonly Shape[] = [
  { name: "BEGIN without END", text: (size) => calendar(many(size, () => "BEGIN:VEVENT")) },
  { name: "END without BEGIN", text: (size) => calendar(many(size, () => "END:VEVENT")) },
  {
    name: "events inside events",
    text: (size) =>
      calendar(
        many(size, () => "BEGIN:VEVENT"),
        many(size, () => "END:VEVENT"),
      ),
  },
  {
    name: "BEGIN and END of other names",
    text: (size) => calendar(many(size, (index) => (index % 2 === 0 ? `BEGIN:A${index}` : `END:B${index}`))),
  },
  {
    name: "many BEGINs, then many ENDs that match none",
    text: (size) =>
      calendar(
        many(size, (index) => `BEGIN:X${index}`),
        many(size, (index) => `END:Y${index}`),
      ),
  },
  {
    name: "calendars inside calendars",
    text: (size) => many(size, () => "BEGIN:VCALENDAR").join("\r\n"),
  },
];

const LISTS: readonly Shape[] = [
  {
    name: "a long EXDATE list on a daily rule",
    text: (size) =>
      calendar(event("UID:1", ...DAY, "RRULE:FREQ=DAILY", `EXDATE:${list(size * 4, (at) => stamp(at))}`)),
  },
  {
    name: "EXDATEs and RDATEs",
    text: (size) =>
      calendar(
        event(
          "UID:1",
          ...DAY,
          `RDATE:${list(size * 2, (at) => stamp(at * 10))}`,
          `EXDATE:${list(size * 2, (at) => stamp(at * 10 + 5))}`,
        ),
      ),
  },
  {
    name: "many EXDATE lines",
    text: (size) =>
      calendar(
        event(
          "UID:1",
          ...DAY,
          "RRULE:FREQ=DAILY",
          many(size, (at) => `EXDATE;VALUE=DATE:${stamp(at * 1_440).slice(0, 8)}`),
        ),
      ),
  },
  {
    name: "RDATE periods",
    text: (size) =>
      calendar(event("UID:1", ...DAY, `RDATE;VALUE=PERIOD:${list(size * 2, (at) => `${stamp(at)}/PT9H`)}`)),
  },
  {
    name: "many rules in one event",
    text: (size) =>
      calendar(
        event(
          "UID:1",
          ...DAY,
          many(size, (index) => `RRULE:FREQ=DAILY;INTERVAL=${index + 1}`),
        ),
      ),
  },
  {
    name: "one UID, many exceptions",
    text: (size) =>
      calendar(
        event("UID:1", ...DAY, "RRULE:FREQ=DAILY"),
        many(size, (at) =>
          event("UID:1", `RECURRENCE-ID;RANGE=THISANDFUTURE:${stamp(at * 1_440 + 481)}`, ...DAY),
        ),
      ),
  },
  {
    name: "one UID, many events that repeat",
    text: (size) => calendar(many(size, () => event("UID:1", ...DAY, "RRULE:FREQ=DAILY"))),
  },
  {
    name: "a rule with long lists",
    text: (size) =>
      calendar(
        event("UID:1", ...DAY, `RRULE:FREQ=YEARLY;BYYEARDAY=${list(size * 4, (at) => (at % 366) + 1)}`),
      ),
  },
  {
    name: "a rule with a long BYDAY",
    text: (size) =>
      calendar(
        event("UID:1", ...DAY, `RRULE:FREQ=YEARLY;BYDAY=${list(size * 2, (at) => `${(at % 53) + 1}MO`)}`),
      ),
  },
];

const FOLDS: readonly Shape[] = [
  {
    name: "a summary of many folds",
    text: (size) => calendar(event("UID:1", `SUMMARY:D${"\r\n a".repeat(size * 10)}`, ...DAY.slice(1))),
  },
  {
    name: "folds of nothing",
    text: (size) => calendar(event("UID:1", `SUMMARY:D${"\r\n ".repeat(size * 10)}`, ...DAY.slice(1))),
  },
  { name: "folds in a name", text: (size) => calendar(event(`S${"\r\n U".repeat(size * 10)}:x`, ...DAY)) },
  { name: "empty lines", text: (size) => calendar("\r\n".repeat(size * 20), event(...DAY)) },
  {
    name: "lone carriage returns before every fold",
    text: (size) => calendar(event(`SUMMARY:D${"\r\r\n a".repeat(size * 10)}`, ...DAY)),
  },
  {
    name: "a line of spaces",
    text: (size) => calendar(event(`SUMMARY:r1${" ".repeat(size * 50)}x`, ...DAY.slice(1))),
  },
];

const NAMES: readonly Shape[] = [
  {
    name: "a huge summary",
    text: (size) => calendar(event("UID:1", `SUMMARY:${"r1 ".repeat(size * 20)}`, ...DAY.slice(1))),
  },
  {
    name: "a huge word",
    text: (size) => calendar(event("UID:1", `SUMMARY:${"x".repeat(size * 100)}`, ...DAY.slice(1))),
  },
  {
    name: "a word of hyphens",
    text: (size) => calendar(event("UID:1", `SUMMARY:r1${"-r1".repeat(size * 20)}`, ...DAY.slice(1))),
  },
  {
    name: "a summary of titles",
    text: (size) => calendar(event("UID:1", `SUMMARY:${"先生".repeat(size * 20)}`, ...DAY.slice(1))),
  },
  {
    name: "many unlike names",
    text: (size) =>
      calendar(
        many(size * 2, (index) => event(`UID:${index}`, `SUMMARY:Somebody ${index}`, ...DAY.slice(1))),
      ),
  },
  {
    name: "many guests",
    text: (size) =>
      calendar(
        event(
          "UID:1",
          ...DAY,
          many(size * 4, (index) => `ATTENDEE;CN=Guest ${index}:mailto:g${index}@example.org`),
        ),
      ),
  },
  {
    name: "a guest of many parameters",
    text: (size) =>
      calendar(
        event(
          "UID:1",
          ...DAY,
          `ATTENDEE${many(size * 2, (index) => `;X${index}="a"`).join("")}:mailto:r1@example.org`,
        ),
      ),
  },
  {
    name: "quotes that never end",
    text: (size) => calendar(event("UID:1", ...DAY, `ATTENDEE;CN="${'a"'.repeat(size * 10)}:x`)),
  },
  {
    name: "escapes",
    text: (size) =>
      calendar(event("UID:1", `SUMMARY:${String.raw`\n\,\\`.repeat(size * 10)}r1`, ...DAY.slice(1))),
  },
  {
    name: "a huge UID, often",
    text: (size) => calendar(many(Math.min(size, 200), () => event(`UID:${"u".repeat(size * 2)}`, ...DAY))),
  },
  {
    name: "a property name without end",
    text: (size) => calendar(event("UID:1", "A".repeat(size * 100), ...DAY)),
  },
  {
    name: "a duration of years",
    text: () =>
      calendar(
        event("UID:1", "SUMMARY:Leave r1", `DTSTART:${AT_EIGHT}`, "DURATION:P99999999W", "RRULE:FREQ=DAILY"),
      ),
  },
  {
    name: "leave of a century, daily",
    text: () =>
      calendar(
        event(
          "UID:1",
          "SUMMARY:Leave r1",
          `DTSTART:${AT_EIGHT}`,
          "DTEND:21261201T080000",
          "RRULE:FREQ=DAILY",
        ),
      ),
  },
  {
    name: "noise",
    text: (size, random) =>
      calendar(many(size, () => String.fromCodePoint(...many(40, () => 33 + Math.floor(random() * 90))))),
  },
  {
    name: "noise in events",
    text: (size, random) =>
      calendar(
        many(size, () =>
          event(
            `SUMMARY:${String.fromCodePoint(...many(20, () => 33 + Math.floor(random() * 90)))}`,
            `RRULE:FREQ=DAILY;INTERVAL=${Math.floor(random() * 1e9)}`,
            ...DAY.slice(1),
          ),
        ),
      ),
  },
];

const CROWDS: readonly Shape[] = [
  rules("FREQ=DAILY"),
  rules("FREQ=DAILY;INTERVAL=999999999"),
  rules("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
  rules(`FREQ=DAILY;BYHOUR=${list(24, (one) => one)}`),
];

/** More than sixty ways to ask for too much: rules, zones, nesting, lists, folds, names, crowds. */
export const HOSTILE: readonly Shape[] = [
  ...RULES,
  ...EARLY,
  ...ZONES,
  ...NESTING,
  ...LISTS,
  ...FOLDS,
  ...NAMES,
  ...CROWDS,
];
