import { expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { calendar, places, contextOf, spans } from "./context.ts";

const read = (text: string) => icalendar({ file: "x.ics", text }, contextOf());
const GOOD = ["DTSTART:20260302T080000", "DTEND:20260302T170000"];
const good = "r1 2026-03-02T07:00:00Z 2026-03-02T16:00:00Z";

it.each([
  ["no start", ["DTEND:20260302T170000"], "2 DTSTART"],
  ["a date that does not exist", ["DTSTART:20260230T080000", "DTEND:20260302T170000"], "5 DTSTART"],
  ["an hour that does not exist", ["DTSTART:20260302T250000", "DTEND:20260302T170000"], "5 DTSTART"],
  ["no end", ["DTSTART:20260302T080000"], "2 DTEND"],
  ["an end before its start", ["DTSTART:20260302T080000", "DTEND:20260302T070000"], "6 DTEND"],
  ["a duration that is none", ["DTSTART:20260302T080000", "DURATION:nine hours"], "6 DURATION"],
  ["a shift of a week", ["DTSTART:20260302T080000", "DTEND:20260309T080000"], "6 DTEND"],
  ["a line that is none", [...GOOD, "nonsense"], "7 NONSENSE"],
  ["a line without a name", [...GOOD, ";COUNT=5"], "7 "],
  ["a summary that is broken", ["SUMMARY:", 'SUMMARY;A"B\\:r1', ...GOOD], "5 SUMMARY"],
  ["a status with a quote too many", [...GOOD, 'STATUS;X="\\:u'], "7 STATUS"],
  ["a broken exception date", [...GOOD, "EXDATE:2026"], "7 EXDATE"],
  ["two starts", [...GOOD, "DTSTART:20260303T080000"], "7 DTSTART"],
  ["two ends", [...GOOD, "DTEND:20260302T180000"], "7 DTEND"],
  ["two summaries", ["SUMMARY:Shift r1", "SUMMARY:Shift a1", ...GOOD], "5 SUMMARY"],
  ["an exception rule of nothing", [...GOOD, "RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY;COUNT=0"], "8 EXRULE"],
])("leaves out an event with %s, says where, and uses the rest", (_, lines, place) => {
  const reading = read(calendar(lines, GOOD));

  expect(spans(reading)).toEqual([good]);
  expect(places(reading)).toEqual([place]);
});

it.each([
  "FREQ=DAILY;INTERVAL=0",
  "FREQ=DAILY;INTERVAL=-1",
  "FREQ=DAILY;INTERVAL=.007",
  "FREQ=DAILY;INTERVAL=1e1",
  "FREQ=DAILY;COUNT=0",
  "FREQ=DAILY;COUNT=-3",
  "FREQ=DAILY;COUNT=2.5",
  "FREQ=DAILY;COUNT=0x3",
  "FREQ=DAILY;COUNT=3 times",
  "FREQ=DAILY;COUNT=2;UNTIL=20260305T000000Z",
  "FREQ=DAILY;COUNT=2;COUNT=3",
  "FREQ=DAILY;FREQ=WEEKLY",
  "FREQ=DAILY;UNTIL=",
  "FREQ=DAILY;X-NOT=TU",
  "FREQ=YEARLY;BYEASTER=1",
  "FREQ=MONTHLY;BYMONTHDAY=0",
  "FREQ=MONTHLY;BYMONTHDAY=1.5",
  "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=2,,3",
  "FREQ=WEEKLY;BYDAY=2MO",
  "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1",
  "FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=-1;COUNT=3",
  "BYSETPOS=2;BYDAY=MO,TU;FREQ=weekly",
  "FREQ=DAILY;BYSETPOS=1",
  "FREQ=YEARLY;BYWEEKNO=10;BYDAY=1MO",
  "RSCALE=CHINESE;FREQ=YEARLY",
  "RSCALE=GREGORIAN;SKIP=BACKWARD;FREQ=MONTHLY",
  "COUNT=3",
  "",
])("takes no shift from a rule that may mean something else: %s", (rule) => {
  const reading = read(calendar([...GOOD, `RRULE:${rule}`], GOOD));

  expect(spans(reading)).toEqual([good]);
  expect(places(reading)).toEqual(["7 RRULE"]);
  expect(reading.notUnderstood[0]!.why.code).toBe("rule");
});

it.each(["FREQ=WEEKLY;COUNT=1;", "freq=WEEKLY;COUNT=01", "RSCALE=GREGORIAN;FREQ=DAILY;COUNT=1"])(
  "reads a rule as calendars write it: %s",
  (rule) => {
    expect(spans(read(calendar([...GOOD, `RRULE:${rule}`])))).toEqual([good]);
  },
);

it("reads an event that says the same thing twice", () => {
  expect(spans(read(calendar([...GOOD, ...GOOD])))).toEqual([good]);
});

it("reports an event that never ends, and reads those before it", () => {
  const text = `${calendar(GOOD).replace("END:VCALENDAR", "")}BEGIN:VEVENT\r\nDTSTART:20260303T080000\r\n`;

  const reading = read(text);

  expect(spans(reading)).toEqual([good]);
  expect(reading.notUnderstood.map(({ line, message }) => `${line} ${message}`)).toEqual([
    "1 BEGIN:VCALENDAR has no END:VCALENDAR",
    "8 BEGIN:VEVENT has no END:VEVENT",
  ]);
});

it.each([["<!doctype html><title>Sign in</title>"], [""]])("says that %j is no calendar at all", (text) => {
  const reading = read(text);

  expect(reading).toMatchObject({ entries: [], unreadable: true });
  expect(reading.notUnderstood).toHaveLength(1);
});

it("unfolds lines wherever they are folded, also after the letters of a name and over empty lines", () => {
  const folded = "DTSTART;TZ\r\n ID=Europe/Ber\r\n\tlin:2026\r\n 0302T080000";
  const lines = ["SUM\r\n MARY:Shift", `  r1`, folded, "DTEND:20260302T1\r\r\n 70000"];

  expect(spans(read(calendar(lines)))).toEqual([good]);
});

it("counts lines as they stand in the file, whatever ends them", () => {
  const text = calendar([...GOOD, "DESCRIPTION:a long\r\n  note"], ["DTSTART:20260230T080000"]);

  for (const end of ["\r\n", "\n", "\r"])
    expect(places(read(text.replaceAll("\r\n", end)))).toEqual(["13 DTSTART"]);
});

it("reads line feeds and a byte order mark like carriage returns", () => {
  expect(spans(read(`\uFEFF${calendar(GOOD).replaceAll("\r\n", "\n")}`))).toEqual([good]);
});
