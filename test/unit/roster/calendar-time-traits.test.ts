import { describe, expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, contextOf } from "./context.ts";

/*
 * When shifts are, and which are taken back, in calendars as public reports have them. Each trait has the address of a
 * report; events and words are our own. Right is what the report's authors agree on, or that the event is named.
 */

const context = contextOf({
  people: [someone("r1"), someone("a1")],
  timeZone: "America/New_York",
  from: "2026-11-23T00:00",
  to: "2027-04-01T00:00",
});
const readText = (text: string) => icalendar({ file: "x.ics", text }, context);

/** "12-01 07:00, 12-08 07:00 | 1": the starts on New York's clocks in winter, and how many things are named. */
function outcome(text: string): string {
  const { entries, notUnderstood } = readText(text);
  const starts = entries
    .filter(({ kind }) => kind === "duty")
    .map(({ start }) => new Date(start - 5 * 3_600_000).toISOString().slice(5, 16).replace("T", " "));
  return `${starts.toSorted().join(", ")} | ${notUnderstood.length}`;
}

const NY = ";TZID=America/New_York";
const at = (date: string) => [`DTSTART${NY}:${date}T070000`, `DTEND${NY}:${date}T170000`];
const WEEKLY = ["UID:s", ...at("20261201"), "RRULE:FREQ=WEEKLY;COUNT=4"];
const ALL_BUT_ONE = "12-01 07:00, 12-15 07:00, 12-22 07:00";

describe("a time is read by its whole form", () => {
  it.each([
    // https://github.com/ical4j/ical4j/issues/50
    ["zeros behind the second", "DTSTART:20261201T120000.000Z", "12-01 07:00 | 0"],
    ["milliseconds", "DTSTART:20261201T120000.975Z", " | 1"],
    ["milliseconds without a dot", "DTSTART:20261201T120000975Z", " | 1"],
    // https://github.com/libical/XbICalendar/issues/7
    ["no seconds", "DTSTART:20261201T1200Z", "12-01 07:00 | 0"],
    // https://github.com/FossifyOrg/Calendar/issues/262
    ["an offset", "DTSTART:20261201T070000-0500", "12-01 07:00 | 0"],
    ["an offset with a colon", "DTSTART:2026-12-01T13:00:00+01:00", "12-01 07:00 | 0"],
    ["an offset that no zone has", "DTSTART:20261201T070000-1500", " | 1"],
    ["minutes that no offset has", "DTSTART:20261201T070000-0475", " | 1"],
    ["letters of a zone", "DTSTART:20261201T070000EST", " | 1"],
    // https://github.com/kewisch/ical.js/issues/515
    ["a time without digits", "DTSTART:2026-12-01T::", " | 1"],
    ["an hour past the day", "DTSTART:20261201T250000Z", " | 1"],
    ["a minute past the hour", "DTSTART:20261201T126000Z", " | 1"],
    ["a day that the month has not", "DTSTART:20261131T120000Z", " | 1"],
    // https://github.com/libical/libical/issues/325
    ["a semicolon in the colon's place", "DTSTART;20261201T120000Z", " | 1"],
    // https://github.com/nibdo/ical-js-parser/issues/29
    ["its type stated", "DTSTART;VALUE=DATE-TIME:20261201T120000Z", "12-01 07:00 | 0"],
    ["the type of a date", "DTSTART;VALUE=DATE:20261201T120000Z", " | 1"],
    ["two times", "DTSTART:20261201T120000Z,20261202T120000Z", " | 1"],
    // https://github.com/tutao/tutanota/issues/11248
    ["a Z and a zone that is UTC", "DTSTART;TZID=Etc/GMT:20261201T120000Z", "12-01 07:00 | 0"],
    ["a Z and another zone", `DTSTART${NY}:20261201T120000Z`, " | 1"],
    ["an offset and its zone", `DTSTART${NY}:20261201T070000-0500`, "12-01 07:00 | 0"],
    ["an offset and another zone", `DTSTART${NY}:20261201T070000-0600`, " | 1"],
    // https://github.com/ical4j/ical4j/issues/367
    ["a zone without a name", "DTSTART;TZID=:20261201T070000", " | 1"],
    // https://github.com/ical-org/ical.net/issues/541
    ["the short name of a zone", "DTSTART;TZID=PDT:20261201T070000", " | 1"],
    ["a short name that agrees", "DTSTART;TZID=EST:20261201T070000", "12-01 07:00 | 0"],
    ["a short name without summer", "DTSTART;TZID=EST:20270320T070000", " | 1"],
    // https://github.com/thomersch/openstreetmap-calendar/issues/185
    ["a slash before the zone", "DTSTART;TZID=/America/New_York:20261201T070000", "12-01 07:00 | 0"],
    // https://github.com/jens-maus/node-ical/issues/221
    ["a zone of Outlook without a name", "DTSTART;TZID=Customized Time Zone:20261201T070000", " | 1"],
    ["UTC as Outlook writes it", "DTSTART;TZID=tzone://Microsoft/Utc:20261201T120000", "12-01 07:00 | 0"],
    ["UTC in quotes", 'DTSTART;TZID="tzone://Microsoft/Utc":20261201T120000', "12-01 07:00 | 0"],
    // https://github.com/OzzyCzech/icalparser/issues/27
    ["a zone's name on the screen", 'DTSTART;TZID="(UTC-05:00) Eastern Time":20261201T070000', " | 1"],
    // https://github.com/libical/libical/issues/96
    [
      "another parameter behind the zone",
      `DTSTART${NY};X-MY-NAME=America/NY:20261201T070000`,
      "12-01 07:00 | 0",
    ],
  ])("%s", (_, start, expected) => {
    expect(outcome(calendar([start, "DURATION:PT9H"]))).toBe(expected);
  });
});

const zone = (tzid: string, standard: string, daylight?: string) => [
  "BEGIN:VTIMEZONE",
  `TZID:${tzid}`,
  "BEGIN:STANDARD",
  "DTSTART:00011101T020000",
  `TZOFFSETFROM:${daylight ?? standard}`,
  `TZOFFSETTO:${standard}`,
  ...(daylight === undefined ? [] : ["RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11"]),
  "END:STANDARD",
  ...(daylight === undefined
    ? []
    : [
        "BEGIN:DAYLIGHT",
        "DTSTART:00010308T020000",
        `TZOFFSETFROM:${standard}`,
        `TZOFFSETTO:${daylight}`,
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3",
        "END:DAYLIGHT",
      ]),
  "END:VTIMEZONE",
];
const withHead = (head: readonly string[], ...events: readonly (readonly string[])[]) =>
  calendar(...events).replace("BEGIN:VCALENDAR", ["BEGIN:VCALENDAR", ...head].join("\r\n"));
const one = (tzid: string, date = "20261201") => [`DTSTART;TZID=${tzid}:${date}T070000`, "DURATION:PT9H"];
const floating = ["DTSTART:20261201T070000", "DURATION:PT9H"];

// domain: Two readings that contradict
describe("a zone counts where nothing contradicts it", () => {
  it.each([
    // https://github.com/runely/calendar-homey/issues/680
    [
      "Outlook's own zone",
      zone("Customized Time Zone", "-0500", "-0400"),
      one("Customized Time Zone"),
      "12-01 07:00 | 0",
    ],
    [
      "a numbered zone",
      zone("Eastern Standard Time 1", "-0600"),
      one("Eastern Standard Time 1"),
      "12-01 08:00 | 0",
    ],
    ["a numbered zone without rules", [], one("Eastern Standard Time 1"), " | 1"],
    // https://github.com/libical/libical/issues/152
    ["a colon in a zone's name", zone("GMT-05:00", "-0500"), one("GMT-05:00"), "12-01 07:00 | 0"],
    // https://github.com/derekantrican/GAS-ICS-Sync/issues/23
    ["rules that differ from the name", zone("America/New_York", "-0600"), one("America/New_York"), " | 1"],
    [
      "rules without summer, in winter",
      zone("America/New_York", "-0500"),
      one("America/New_York"),
      "12-01 07:00 | 0",
    ],
    [
      "rules without summer, in summer",
      zone("America/New_York", "-0500"),
      one("America/New_York", "20270320"),
      " | 1",
    ],
    ["two rules for one name", [...zone("Ours", "-0500"), ...zone("Ours", "-0600")], one("Ours"), " | 1"],
    ["an offset that no zone has", zone("Ours", "-9900"), one("Ours"), " | 1"],
    // https://github.com/fmeum/ics2gcal/issues/2
    [
      "a floating time beside a zone",
      zone("America/Los_Angeles", "-0800", "-0700"),
      floating,
      "12-01 07:00 | 0",
    ],
    // https://github.com/ulsklyc/yuvomi/issues/818
    ["a floating time of another zone", ["X-WR-TIMEZONE:Europe/Madrid"], floating, " | 1"],
    ["a floating time of the same zone", ["X-WR-TIMEZONE:US/Eastern"], floating, "12-01 07:00 | 0"],
    ["a floating time of an unknown zone", ["X-WR-TIMEZONE:Somewhere"], floating, " | 1"],
    // https://github.com/tine20/tine20/issues/5147
    ["a calendar's TZID", ["TZID:Europe/Berlin"], floating, " | 1"],
    ["an event's TZID", [], [...floating, "TZID:Europe/Berlin"], " | 1"],
    ["an event's TZID of the same zone", [], [...floating, "TZID:America/New_York"], "12-01 07:00 | 0"],
    [
      "a stated zone, and times with their own",
      ["X-WR-TIMEZONE:UTC"],
      one("America/New_York"),
      "12-01 07:00 | 0",
    ],
  ])("%s", (_, head, event, expected) => {
    expect(outcome(withHead(head, event))).toBe(expected);
  });
});

describe("an end and a status say what the rest of the event says, or it is named", () => {
  const from = `DTSTART${NY}:20261201T070000`;
  const to = `DTEND${NY}:20261201T170000`;
  it.each([
    ["a duration that is as long", [from, to, "DURATION:PT10H"], "12-01 07:00 | 0"],
    ["a duration that is shorter", [from, to, "DURATION:PT8H"], " | 1"],
    ["an end that is a day", [from, "DTEND;VALUE=DATE:20261202"], " | 1"],
    ["a start that is a day", ["DTSTART;VALUE=DATE:20261201", to], " | 1"],
    ["CANCELED, as Americans write it", [from, to, "STATUS:CANCELED"], " | 0"],
    ["a status of its own that takes it back", [from, to, "STATUS:DELETED"], " | 1"],
    ["a status that takes nothing back", [from, to, "STATUS:CONFIRMED"], "12-01 07:00 | 0"],
  ])("%s", (_, lines, expected) => {
    expect(outcome(calendar(lines))).toBe(expected);
  });
});

describe("what takes a shift back finds it, or is named", () => {
  const rest = "12-15 07:00, 12-22 07:00";
  const all = `12-01 07:00, 12-08 07:00, ${rest}`;
  const gone = `12-01 07:00, ${rest}`;
  it.each([
    // https://github.com/u01jmg3/ics-parser/issues/161
    ["EXDATE in UTC", "EXDATE:20261208T120000Z", `${gone} | 0`],
    // https://github.com/niccokunzmann/python-recurring-ical-events/issues/20
    ["EXDATE in another zone", "EXDATE;TZID=Europe/Berlin:20261208T130000", `${gone} | 0`],
    // https://github.com/dmfs/lib-recur/issues/56
    ["EXDATE as a date", "EXDATE;VALUE=DATE:20261208", `${gone} | 0`],
    ["EXDATE as a date without its type", "EXDATE:20261208", `${gone} | 0`],
    // https://github.com/allenporter/ical/pull/573
    ["EXDATE as a date at midnight", "EXDATE;VALUE=DATE:20261208T000000", `${gone} | 0`],
    ["EXDATE at midnight", `EXDATE${NY}:20261208T000000`, `${gone} | 0`],
    ["EXDATE at midnight in UTC", "EXDATE:20261208T000000Z", `${gone} | 0`],
    ["two EXDATEs in one line", `EXDATE${NY}:20261208T070000,20261229T070000`, `${gone} | 1`],
    ["EXDATE that meets nothing", `EXDATE${NY}:20261209T070000`, `${all} | 1`],
    ["EXDATE at another hour of its day", "EXDATE:20261208T070000Z", `${gone} | 1`],
    ["EXDATE of months ago", `EXDATE${NY}:20260106T070000`, `${all} | 0`],
    // https://github.com/SimpleMobileTools/Simple-Calendar/issues/2088
    ["EXRULE", "EXRULE:FREQ=WEEKLY;INTERVAL=2", `12-08 07:00, 12-22 07:00 | 0`],
    ["EXRULE that takes all", "EXRULE:FREQ=DAILY", " | 0"],
    ["EXRULE that nobody can read", "EXRULE:FREQ=WEEKLY;BYDAY=XX", " | 1"],
    // https://github.com/dateutil/dateutil/issues/1021
    [
      "a start that is none of its rule's",
      "RDATE:20261202T120000Z",
      `12-01 07:00, 12-02 07:00, 12-08 07:00, ${rest} | 0`,
    ],
  ])("%s", (_, line, expected) => {
    expect(outcome(calendar([...WEEKLY, line]))).toBe(expected);
  });

  // 03:00Z is 22:00 of the evening before in New York: 30 November, 1 December and so on.
  const evenings = (days: string) => ["DTSTART:20261201T030000Z", "DURATION:PT8H", `RRULE:FREQ=${days}`];
  it.each([
    ["its day in UTC", "WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261208", "11-30 22:00, 12-14 22:00 | 0"],
    ["its day in New York", "WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261207", "11-30 22:00, 12-14 22:00 | 0"],
    ["a day of either", "DAILY;COUNT=4", "EXDATE;VALUE=DATE:20261202", "11-30 22:00, 12-03 22:00 | 1"],
    ["midnight of either", "DAILY;COUNT=4", "EXDATE:20261202T000000Z", "11-30 22:00, 12-03 22:00 | 1"],
    ["the only day of both", "DAILY;COUNT=1", "EXDATE;VALUE=DATE:20261130", " | 0"],
  ])("a date taken out of a series in UTC that is on another day here: %s", (_, days, line, expected) => {
    expect(outcome(calendar([...evenings(days), line]))).toBe(expected);
  });

  const id = `RECURRENCE-ID${NY}:20261208T070000`;
  const night = [`DTSTART${NY}:20261208T190000`, "DURATION:PT12H"];
  const moved = `12-01 07:00, 12-08 19:00, ${rest}`;
  it.each([
    // https://github.com/linagora/twake-calendar-frontend/issues/819
    ["an override in UTC", [["RECURRENCE-ID:20261208T120000Z", ...night]], `${moved} | 0`],
    ["an override by its date", [["RECURRENCE-ID;VALUE=DATE:20261208", ...night]], `${moved} | 0`],
    ["an override at midnight", [[`RECURRENCE-ID${NY}:20261208T000000`, ...night]], `${moved} | 0`],
    // https://github.com/CalConnect/DEVGUIDE/issues/45
    ["an override an hour off", [[`RECURRENCE-ID${NY}:20261208T080000`, ...night]], `${gone} | 1`],
    [
      "an override of no day",
      [[`RECURRENCE-ID${NY}:20261210T070000`, ...night]],
      `12-01 07:00, 12-08 07:00, 12-08 19:00, ${rest} | 1`,
    ],
    // https://github.com/pimutils/khal/issues/523
    ["a cancelled override", [[id, "STATUS:CANCELLED", ...night]], `${gone} | 0`],
    ["a cancelled override without a start", [[id, "STATUS:CANCELLED"]], `${gone} | 0`],
    [
      "a cancelled override of no day",
      [[`RECURRENCE-ID${NY}:20261210T070000`, "STATUS:CANCELLED"]],
      `${all} | 1`,
    ],
    [
      "an override that cannot be read",
      [[id, "DTSTART;TZID=Nowhere:20261208T190000", "DURATION:PT9H"]],
      `${gone} | 1`,
    ],
    ["an override called Canceled", [[id, "SUMMARY:Canceled: Shift r1", ...at("20261208")]], `${gone} | 1`],
    // https://github.com/tutao/tutanota/issues/10907
    [
      "two overrides, one of them newer",
      [
        [id, "SEQUENCE:1", ...at("20261208")],
        [id, "SEQUENCE:2", ...night],
      ],
      `${moved} | 0`,
    ],
    // https://github.com/kewisch/ical.js/pull/457
    ["an override with a rule of its own", [[id, "RRULE:FREQ=WEEKLY", ...night]], `${moved} | 0`],
    // https://github.com/ical-org/ical.net/issues/455
    [
      "all that follows, later",
      [[id.replace(NY, `;RANGE=THISANDFUTURE${NY}`), ...night]],
      "12-01 07:00, 12-08 19:00, 12-15 19:00, 12-22 19:00 | 0",
    ],
    [
      "all that follows by its date, cancelled",
      [["RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261208", "STATUS:CANCELLED"]],
      "12-01 07:00 | 0",
    ],
    ["all that came before", [[id.replace(NY, `;RANGE=THISANDPRIOR${NY}`), ...night]], `${gone} | 1`],
  ])("%s", (_, exceptions, expected) => {
    expect(outcome(calendar(WEEKLY, ...exceptions.map((lines) => ["UID:s", ...lines])))).toBe(expected);
  });

  it.each([
    ["a series that is cancelled", [WEEKLY, ["UID:s", "STATUS:CANCELLED", "SEQUENCE:1"]], " | 0"],
    [
      "an older cancellation",
      [
        ["SEQUENCE:2", ...WEEKLY],
        ["UID:s", "STATUS:CANCELLED", "SEQUENCE:1"],
      ],
      `${all} | 0`,
    ],
    [
      "a cancellation of another moment",
      [
        ["UID:s", ...at("20261201")],
        ["UID:s", ...at("20261202")],
        ["UID:s", "STATUS:CANCELLED", ...at("20261203")],
      ],
      "12-01 07:00, 12-02 07:00 | 1",
    ],
    // https://github.com/lochmueller/calendarize/issues/799
    [
      "one UID for all, a second apart",
      [
        ["UID:s", "DTSTAMP:20261101T000000Z", ...at("20261201")],
        ["UID:s", "DTSTAMP:20261101T000001Z", ...at("20261202")],
      ],
      "12-01 07:00, 12-02 07:00 | 0",
    ],
    [
      "one UID for all, modified one by one",
      [
        ["UID:s", "LAST-MODIFIED:20261101T000000Z", ...at("20261201")],
        ["UID:s", "LAST-MODIFIED:20261102T000001Z", ...at("20261202")],
      ],
      "12-01 07:00, 12-02 07:00 | 0",
    ],
    [
      "one UID, another day, a greater SEQUENCE",
      [
        ["UID:s", "SEQUENCE:1", ...at("20261201")],
        ["UID:s", "SEQUENCE:2", ...at("20261202")],
      ],
      "12-01 07:00, 12-02 07:00 | 1",
    ],
    // https://github.com/jens-maus/node-ical/pull/440
    [
      "one occurrence, a greater SEQUENCE",
      [
        ["UID:s", "SEQUENCE:2", ...at("20261201")],
        ["UID:s", "SEQUENCE:1", "SUMMARY:Shift a1", ...at("20261201")],
      ],
      "12-01 07:00 | 0",
    ],
    // https://github.com/ical-org/ical.net/issues/242
    [
      "a start that its rule does not have",
      [[...at("20261201"), "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2"]],
      "12-02 07:00, 12-09 07:00 | 1",
    ],
    // https://github.com/niccokunzmann/python-recurring-ical-events/issues/253
    [
      "an override with a rule that replaces nothing",
      [["UID:s", `RECURRENCE-ID${NY}:20261201T070000`, ...at("20261201"), "RRULE:FREQ=WEEKLY"]],
      "12-01 07:00 | 1",
    ],
  ])("%s", (_, events, expected) => {
    expect(outcome(calendar(...events))).toBe(expected);
  });

  it("takes back by METHOD:CANCEL what its own calendar lists, beside another in one file", () => {
    const taken = withHead(["METHOD:CANCEL"], ["UID:b", ...at("20261202")]);
    const kept = withHead(["METHOD:PUBLISH"], ["UID:a", ...at("20261201")], ["UID:b", ...at("20261202")]);

    expect(outcome(`${kept}\r\n${taken}`)).toBe("12-01 07:00 | 0");
    expect(outcome(`${taken}\r\n${kept}`)).toBe("12-01 07:00 | 0");
  });
});

describe("what nobody has confirmed is left out and named", () => {
  const id = `RECURRENCE-ID${NY}:20261208T070000`;
  const tentative = ["STATUS:TENTATIVE", ...at("20261201")];
  it.each([
    // https://github.com/TKasperczyk/thunderbird-mcp/issues/74
    ["a tentative event", [tentative], " | 1"],
    ["a tentative series, once", [[...WEEKLY, "STATUS:tentative"]], " | 1"],
    ["a draft of a planning program", [["STATUS:DRAFT", ...at("20261201")]], " | 1"],
    ["tentative leave", [["SUMMARY:Vacation r1", ...tentative]], " | 1"],
    ["one of a series", [WEEKLY, ["UID:s", id, "STATUS:TENTATIVE", ...at("20261208")]], `${ALL_BUT_ONE} | 1`],
    [
      "a revision of what was certain",
      [
        ["UID:s", "SEQUENCE:1", ...at("20261201")],
        ["UID:s", "SEQUENCE:2", ...tentative],
      ],
      " | 1",
    ],
    ["not what lies outside the rotations", [["STATUS:TENTATIVE", ...at("20200101")]], " | 0"],
    // How busy its owner is shown says nothing about the shift: https://github.com/derekantrican/GAS-ICS-Sync/pull/384
    [
      "not by Outlook's colour",
      [["X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", ...at("20261201")]],
      "12-01 07:00 | 0",
    ],
  ])("%s", (_, events, expected) => {
    expect(outcome(calendar(...events))).toBe(expected);
  });

  // Android's calendars wrote it on everything: https://github.com/SimpleMobileTools/Simple-Calendar/issues/438
  it.each([
    ["duty", 1, {}],
    ["skip", 0, { skip: 1 }],
  ] as const)("but as `tentative: %s` says", (wish, read, skipped) => {
    const reading = icalendar({ file: "x.ics", text: calendar(tentative), tentative: wish }, context);

    expect(reading.notUnderstood).toEqual([]);
    expect(reading.accounts!.counts).toMatchObject({ read, skipped });
  });

  it.each([
    // https://github.com/linagora/tmail-backend/issues/1255
    ["COUNTER"],
    // https://github.com/linagora/tmail-backend/issues/949
    ["REPLY"],
    ["DECLINECOUNTER"],
    ["REFRESH"],
  ])("METHOD:%s is a letter and no roster, and changes none beside it", (method) => {
    const letter = withHead([`METHOD:${method}`], ["UID:a", "SEQUENCE:3", ...at("20261202")]);
    const kept = withHead(["METHOD:PUBLISH"], ["UID:a", ...at("20261201")]);

    const alone = icalendar({ file: "x.ics", text: letter }, { ...context, inFull: true });

    expect(alone).toMatchObject({ entries: [], unreadable: true });
    expect(alone.accounts!.list).toMatchObject([
      { fate: "left out", reason: alone.notUnderstood[0]!.message },
    ]);
    expect(outcome(`${letter}\r\n${kept}\r\n${letter}`)).toBe("12-01 07:00 | 1");
  });
});

describe("a whole day that does not say leave is left out and named", () => {
  const midnights = [`DTSTART${NY}:20261202T000000`, `DTEND${NY}:20261203T000000`];
  it.each([
    // https://github.com/Enough-Software/enough_icalendar/issues/1
    ["by Microsoft's flag", [...midnights, "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], " | 1"],
    [
      "by the flag in UTC",
      ["DTSTART:20261202T050000Z", "DTEND:20261203T050000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"],
      " | 1",
    ],
    ["by the flag of a phone", [...midnights, "X-FUNAMBOL-ALLDAY:1"], " | 1"],
    ["not when the flag says no", [...midnights, "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE"], "12-02 00:00 | 0"],
    [
      "also when the flag contradicts its hours",
      [...at("20261202"), "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"],
      " | 1",
    ],
    // https://github.com/franc6/ics_calendar/issues/92
    ["without an end", ["DTSTART;VALUE=DATE:20261202", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], " | 1"],
  ])("%s", (_, lines, expected) => {
    expect(outcome(calendar(lines))).toBe(expected);
  });
});

describe("files that are broken, or older than iCalendar", () => {
  it("leaves a second line of LOCATION alone, and an event whose summary has one out", () => {
    // https://github.com/adamgibbons/ics/issues/105
    const text = calendar(
      [...at("20261201"), "LOCATION:Main Street 1", "12345 Town", "DESCRIPTION:bring", "a badge"],
      ["SUMMARY:Shift r1", "and a1", ...at("20261202")],
    );

    expect(outcome(text)).toBe("12-01 07:00 | 1");
  });

  it("reads none of two values for what has one", () => {
    const text = calendar([...at("20261201"), "DESCRIPTION:plan", "SUMMARY:Shift a1", "SUMMARY:Shift r1"]);

    expect(outcome(text)).toBe(" | 1");
  });

  it.each([
    // https://github.com/nextcloud/server/issues/7088
    ["SUMMARY;ENCODING=QUOTED-PRINTABLE:Shift =E2=80=93 r1", " | 1"],
    ["SUMMARY;ENCODING=QUOTED-PRINTABLE:Shift r1", "12-01 07:00 | 0"],
    ["DESCRIPTION;ENCODING=QUOTED-PRINTABLE:two=0D=0A=\r\nlines", "12-01 07:00 | 0"],
  ])("refuses what is quoted-printable where it says who works: %s", (line, expected) => {
    const own = line.startsWith("SUMMARY") ? ["SUMMARY:"] : [];

    const text = calendar([...own, line, ...at("20261201")]).replace("SUMMARY:\r\nSUMMARY", "SUMMARY");

    expect(outcome(text)).toBe(expected);
  });

  it("says what vCalendar 1.0 is and what to do, and reads a calendar beside it", () => {
    const old = withHead(["VERSION:1.0"], at("20261202"));

    const alone = readText(old);

    expect(alone).toMatchObject({ entries: [], unreadable: true });
    expect(alone.notUnderstood.map(({ todo }) => todo)).toEqual(["export it as iCalendar 2.0 (.ics)"]);
    expect(outcome(`${old}\r\n${calendar(at("20261201"))}`)).toBe("12-01 07:00 | 1");
  });

  it("never shows a library's own words", () => {
    const lines = [
      "RRULE:FREQ=WEEKLY;BYDAY=XX",
      "RRULE:FREQ=NEVER",
      "RRULE:COUNT=2",
      'SUMMARY;A"B:x',
      "DTSTART;=:x",
    ];

    const messages = lines.flatMap((line) =>
      readText(calendar([...at("20261201"), line])).notUnderstood.map(({ message }) => message),
    );

    expect(messages).toHaveLength(lines.length);
    for (const message of messages)
      expect(message).not.toMatch(/invalid|unexpected|undefined|error|\bnull\b/iu);
  });
});
