import { describe, expect, it } from "vitest";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, spans } from "./context.ts";

/*
 * Lists of shifts as public reports of other people's software have them. Each trait has the repository and the number of a
 * report; rows and names are our own. Right is what the report's authors agree on, or that what is not read is named.
 */

const context = contextOf({
  timeZone: "America/New_York",
  people: [someone("r1", { name: "Emily Carter" }), someone("r2", { name: "Noah Brandt" }), someone("a1")],
  from: "2026-01-01T00:00",
  to: "2027-02-01T00:00",
});
const LIST: RosterSource = {
  name: "roster.csv",
  format: "csv",
  columns: { person: "Name", date: "Date", start: "Start", end: "End" },
};

/** "r1 12-01 08:00 9h, 1": when shifts begin (New York in winter), how long they are, and how many things are named. */
async function outcome(text: string, source: Partial<RosterSource> = {}): Promise<string> {
  const reading = await readBytes({ ...LIST, ...source }, new TextEncoder().encode(text), context);
  const shifts = spans(reading).map((span) => {
    const [who, start, end] = span.replace("away ", "away:").split(" ") as [string, string, string];
    const wall = new Date(Date.parse(start) - 5 * 3_600_000).toISOString().slice(5, 16).replace("T", " ");
    return `${who} ${wall} ${(Date.parse(end) - Date.parse(start)) / 3_600_000}h`;
  });
  return [...shifts, reading.notUnderstood.length].join(", ");
}

const HEAD = "Name,Date,Start,End";
const listed = (...rows: readonly string[]) => [HEAD, ...rows].join("\n");
const times = (start: string, end: string) => listed(`Emily Carter,2026-12-01,${start},${end}`);
const READ = "r1 12-01 08:00 9h, 0";

describe("the file of a list", () => {
  const row = "Emily Carter,2026-12-01,08:00,17:00";

  it.each([
    ["getodk/javarosa#687, a mark before the first column", `\uFEFF${HEAD}\n${row}`, READ],
    ["OkayCMS/OkayCMS#420, the mark and spaces", `\uFEFF Name , Date,Start,End \r\n${row}`, READ],
    ["dotCMS/core#36508, the mark and quotes", `\uFEFF"Name","Date","Start","End"\n${row}`, READ],
    ["collec-science/collec-science#225, semicolons", `${HEAD};\n${row};`.replaceAll(",", ";"), READ],
    ["baserow/baserow#483, another column named like it", `${HEAD},name\n${row},x`, "1"],
    [
      "kiegroup/optaweb-employee-rostering#544, hours above their people",
      listed(",2026-12-01,08:00,17:00", "Emily Carter,,,"),
      "2",
    ],
    ["redcross/dcsops#283, no end", times("08:00", ""), "1"],
    ["helfertool/helfertool#41, a template that nobody filled in", `${HEAD}\n,,,\n,,,`, "0"],
  ])("%s", async (_, text, expected) => {
    expect(await outcome(text)).toBe(expected);
  });
});

describe("days of which nobody says the order", () => {
  const on = (...days: readonly string[]) => listed(...days.map((day) => `Emily Carter,${day},08:00,17:00`));

  it.each([
    ["dannymcc/may#250, one that is clear and one that is not", on("12/31/2026", "12/01/2026"), {}, "2"],
    [
      "dannymcc/may#250, with their order",
      on("12/31/2026", "12/01/2026"),
      { dates: "MM/DD/YYYY" },
      "r1 12-01 08:00 9h, r1 12-31 08:00 9h, 0",
    ],
    [
      "submersion-app/submersion#1828, the day first",
      on("03/12/2026"),
      { dates: "DD/MM/YYYY" },
      "r1 12-03 08:00 9h, 0",
    ],
    [
      "submersion-app/submersion#1828, the day first where the month should be",
      on("15/12/2026"),
      { dates: "MM/DD/YYYY" },
      "1",
    ],
    ["submersion-app/submersion#1846, a year of two digits", on("12/1/26"), { dates: "M/D/YY" }, READ],
    [
      "submersion-app/submersion#1846, of four digits where two should be",
      on("12/1/2026"),
      { dates: "M/D/YY" },
      "1",
    ],
    ["wealthfolio/wealthfolio#1601, without its order", on("03/08/2026"), {}, "1"],
    [
      "UnofficialSF/LightningFlowComponents#937, with dashes",
      on("12-01-2026"),
      { dates: "MM-DD-YYYY" },
      READ,
    ],
    [
      "lisacrosbie/MDA#1, with its time",
      "Name,Start,End\nEmily Carter,01/12/2026 08:00,01/12/2026 17:00",
      { dates: "DD/MM/YYYY", columns: { person: "Name", start: "Start", end: "End" } },
      READ,
    ],
    ["twg/qa-entaxy#565, all digits", on("20261201"), { dates: "MM/DD/YYYY" }, READ],
  ] as const)("%s", async (_, text, source, expected) => {
    expect(await outcome(text, source)).toBe(expected);
  });
});

describe("twelve hours twice a day", () => {
  it.each([
    ["YACS-RCOS/yacs.n#55, 12 PM is noon", times("12:00 PM", "5:00 PM"), "r1 12-01 12:00 5h, 0"],
    [
      "nickgartmann/mke-dispatch#23, 12 AM is midnight",
      times("12:00:00 AM", "8:00:00 AM"),
      "r1 12-01 00:00 8h, 0",
    ],
    ["abritinthebay/datejs#140, 12:12 AM", times("12:12 AM", "08:12 AM"), "r1 12-01 00:12 8h, 0"],
    [
      "submersion-app/submersion#63, 02:00:00 PM is not 2:00",
      times("02:00:00 PM", "11:00:00 PM"),
      "r1 12-01 14:00 9h, 0",
    ],
    ["mathieudutour/timezone-butler#13, without a space", times("12:01pm", "8:01pm"), "r1 12-01 12:01 8h, 0"],
    ["arrow-py/arrow#54, the hour alone", times("8 AM", "12 AM"), "1"],
    ["dateutil/dateutil#781, 12:00 Noon", times("12:00 Noon", "8:00 PM"), "1"],
    ["substack/parse-messy-time#7, noon and midnight", times("noon", "midnight"), "1"],
    ["scrapinghub/dateparser#87, 12 midnight", times("4:00 PM", "12 midnight"), "1"],
    ["thomseddon/cronstring#2, 13 PM", times("13:00 PM", "8:00 PM"), "1"],
    ["YACS-RCOS/yacs.n#55, PM on one side alone", times("8:00", "5:00 PM"), "1"],
  ])("%s", async (_, text, expected) => {
    expect(await outcome(text)).toBe(expected);
  });
});

describe("shifts over midnight", () => {
  it.each([
    ["orangehrm/orangehrm#196", times("19:00", "09:00"), "r1 12-01 19:00 14h, 0"],
    ["alextselegidis/easyappointments#388", times("11:00", "02:00"), "r1 12-01 11:00 15h, 0"],
    ["frappe/hrms#2118", times("20:00", "4:00"), "r1 12-01 20:00 8h, 0"],
    [
      "bmlt-enabled/yap#210, until a minute before it and after it",
      listed("Emily Carter,2026-12-01,18:00,23:59", "Emily Carter,2026-12-02,00:00,08:00"),
      "r1 12-01 18:00 5.983333333333333h, r1 12-02 00:00 8h, 0",
    ],
    ["kimai/kimai#4239, until it", times("21:00", "24:00"), "r1 12-01 21:00 3h, 0"],
    ["lsfusion-solutions/mycompany#369, with a word for the next day", times("22:00", "06:00 (+1)"), "1"],
    ["point85/ShiftSharp#2, from and until the same hour", times("06:00", "06:00"), "r1 12-01 06:00 24h, 0"],
    [
      "cityofaustin/atd-data-tech#4382, an end a day before its start",
      "Name,Date,Start,Until,End\nEmily Carter,2026-12-02,18:00,2026-12-01,06:00",
      "1",
      { columns: { person: "Name", date: "Date", start: "Start", endDate: "Until", end: "End" } },
    ],
    [
      "grafana-cold-storage/oncall#5455, over a night of 23 hours",
      listed("Emily Carter,2026-03-07,20:00,08:00"),
      "r1 03-07 20:00 11h, 0",
    ],
  ] as const)("%s", async (_, text, expected, source: Partial<RosterSource> = {}) => {
    expect(await outcome(text, source)).toBe(expected);
  });
});

describe("calendars of duty", () => {
  const calendar = (...lines: readonly string[]) =>
    ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n");
  const event = (...times_: readonly string[]) => [
    "BEGIN:VEVENT",
    "UID:1",
    "SUMMARY:Emily Carter",
    ...times_,
    "END:VEVENT",
  ];
  const CALENDAR = { format: "icalendar", name: "x.ics" } as const;

  it.each([
    [
      "grafana-cold-storage/oncall#4247, UTC in a calendar of another zone",
      calendar("X-WR-TIMEZONE:Asia/Taipei", ...event("DTSTART:20261201T130000Z", "DTEND:20261201T220000Z")),
      READ,
    ],
    [
      "grafana-cold-storage/oncall#4247, no zone in a calendar of another one",
      calendar("X-WR-TIMEZONE:Asia/Taipei", ...event("DTSTART:20261201T080000", "DTEND:20261201T170000")),
      "1",
    ],
    [
      "calcom/cal.diy#19929, a zone of its own for each end",
      calendar(
        ...event("DTSTART;TZID=Europe/Berlin:20261201T140000", "DTEND;TZID=America/Chicago:20261201T160000"),
      ),
      READ,
    ],
    [
      "grafana-cold-storage/oncall#5455, hours over a night of 23",
      calendar(...event("DTSTART;TZID=America/New_York:20260307T200000", "DURATION:PT12H")),
      "r1 03-07 20:00 12h, 0",
    ],
  ])("%s", async (_, text, expected) => {
    expect(await outcome(text, CALENDAR)).toBe(expected);
  });
});
