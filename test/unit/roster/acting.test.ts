import { describe, expect, it } from "vitest";
import type { Person } from "#src/domain/person.ts";
import { ROSTER_READERS } from "#src/roster/formats/formats.ts";
import type { RosterFormat, RosterText } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, contextOf } from "./context.ts";

const CHIEF = someone("r1", { name: "Noah Brandt", roles: ["resident", "attending"] });
const PEOPLE: readonly Person[] = [CHIEF, someone("r2"), someone("a1"), someone("c1")];

type Settings = Partial<Omit<RosterText, "file" | "text">>;

/** What is read, as "r1 attending" or "away r1", then what is left out and why. */
function read(format: RosterFormat, text: string, settings: Settings = {}) {
  const reading = ROSTER_READERS[format](
    { file: "x", text, ...settings },
    contextOf({ people: PEOPLE, timeZone: "Asia/Tokyo" }),
  );
  return {
    entries: reading.entries.map((one) =>
      one.kind === "duty" ? `${one.person} ${one.role}` : `away ${one.person}`,
    ),
    leftOut: reading.notUnderstood.map(
      ({ line, field, message, todo }) => `${line} ${field}: ${message}; ${todo}`,
    ),
    counts: reading.accounts?.counts,
  };
}

const TIMES = "2026-03-02T08:00,2026-03-02T17:00";

/** The chief's one shift, by its name, in each format. */
const WRITTEN: Readonly<Record<RosterFormat, (label: string) => string>> = {
  csv: (label) => `person,start,end,label\nr1,${TIMES},${label}`,
  icalendar: (label) =>
    calendar([`SUMMARY:${label} - Noah Brandt`, "DTSTART:20260301T230000Z", "DTEND:20260302T080000Z"]),
  matrix: (label) => `name,2026-03-02,2026-03-03\nNoah Brandt,${label},\nr2,日,日`,
  qgenda: (label) =>
    JSON.stringify([
      {
        StaffFName: "Noah",
        StaffLName: "Brandt",
        TaskName: label,
        StartDate: "2026-03-02T00:00:00",
        StartTime: "08:00:00",
        EndDate: "2026-03-02T00:00:00",
        EndTime: "17:00:00",
      },
    ]),
  "amion-619": (label) => `ED,Noah Brandt,1,1,${label},1,1,3-02-26,0800,1700`,
  "amion-625c": (label) => `Noah Brandt,1,1,${label},1,1,3-02-26,0800,1700,,,,,,,,`,
};
const CODES = { codes: { Sup: "08:00-17:00", Day: "08:00-17:00" } };

// domain: On a shift a person acts in one role
describe.each(Object.keys(WRITTEN) as RosterFormat[])("the role of a shift in %s", (format) => {
  const roleOf = (label: string, settings: Settings) =>
    read(format, WRITTEN[format](label), { ...CODES, ...settings }).entries.find((one) =>
      one.startsWith("r1"),
    );

  it("is the usual one where nothing says another", () => {
    expect(roleOf("Sup", {})).toBe("r1 resident");
  });

  it("is the one of `roles` whose words its name has", () => {
    expect(roleOf("Sup", { roles: { attending: ["Sup*"] } })).toBe("r1 attending");
    expect(roleOf("Day", { roles: { attending: ["Sup*"] } })).toBe("r1 resident");
  });

  it("is the roster's own before that", () => {
    expect(roleOf("Sup", { as: "resident", roles: { attending: ["Sup*"] } })).toBe("r1 resident");
    expect(roleOf("Day", { as: "attending" })).toBe("r1 attending");
  });
});

describe("a column of roles", () => {
  // domain: On a shift a person acts in one role
  it("counts before all else, in English and Japanese; an empty cell says nothing", () => {
    const rows = ["attending", "指導医", "Resident", ""].map(
      (role, day) => `r1,2026-03-0${day + 2}T08:00,17:00,Sup,${role}`,
    );

    const { entries, leftOut } = read("csv", ["person,start,end,label,role", ...rows].join("\n"), {
      as: "resident",
    });

    expect(entries).toEqual(["r1 attending", "r1 attending", "r1 resident", "r1 resident"]);
    expect(leftOut).toEqual([]);
  });

  it("may have another name, and in a file with names of its own one called Role may hold anything", () => {
    const text = `Who,From,To,Role\nr1,${TIMES},attending`;
    const columns = { person: "Who", start: "From", end: "To" };

    expect(
      read("csv", text.replace("Role", "役割"), { columns: { ...columns, role: "役割" } }).entries,
    ).toEqual(["r1 attending"]);
    expect(read("csv", text, { columns }).entries).toEqual(["r1 attending"]);
    expect(read("csv", text.replace("attending", "PGY-2"), { columns }).entries).toEqual(["r1 resident"]);
    expect(read("csv", text, { columns: { ...columns, label: "Role" } }).entries).toEqual(["r1 resident"]);
  });

  it("stands beside the name in a table of people and days", () => {
    const text = "name,role,2026-03-02,2026-03-03\nNoah Brandt,指導医,日,日\nr2,研修医,日,休";

    const { entries } = read("matrix", text, { codes: { 日: "08:30-17:15", 休: "off" } });

    expect(entries).toEqual(["r1 attending", "r1 attending", "r2 resident", "away r2"]);
  });
});

describe("a doubt about a role leaves the shift out and says what mends it", () => {
  it("where the person does not have it", () => {
    const { entries, leftOut, counts } = read("csv", `person,start,end,role\nr2,${TIMES},attending`);

    expect(entries).toEqual([]);
    expect(leftOut).toEqual([
      "2 role: r2 would work it as attending, and is resident in people.csv; write resident+attending as their role in people.csv, or mend the role in the roster or in program.yaml",
    ]);
    expect(counts).toMatchObject({ read: 0, leftOut: 1 });
  });

  it("where the cell names none", () => {
    expect(read("csv", `person,start,end,role\nr1,${TIMES},boss`).leftOut).toEqual([
      '2 role: "boss" is no role on a shift; write resident or attending, or leave it empty for who works as usual',
    ]);
  });

  it("where its name fits both", () => {
    const roles = { attending: ["Sup*"], resident: ["*night"] };

    expect(read("csv", `person,start,end,label\nr1,${TIMES},Sup night`, { roles }).leftOut).toEqual([
      '2 role: "Sup night" fits words of both roles under `roles` in program.yaml; write longer words there, so that only one of them fits',
    ]);
  });

  it("in a table of people and days once for the row, with every cell in the ledger", () => {
    const text = "name,2026-03-02,2026-03-03\nr2,日,日\nr1,日,日";

    const { entries, leftOut, counts } = read("matrix", text, {
      as: "attending",
      codes: { 日: "08:30-17:15" },
    });

    expect(entries).toEqual(["r1 attending", "r1 attending"]);
    expect(leftOut).toHaveLength(1);
    expect(counts).toMatchObject({ read: 2, leftOut: 2 });
  });

  it("in a calendar by the event's line", () => {
    const event = ["SUMMARY:Sup - Name r2", "DTSTART:20260301T230000Z", "DTEND:20260302T080000Z"];

    const { leftOut, counts } = read("icalendar", calendar(event), { roles: { attending: ["Sup*"] } });

    expect(leftOut).toHaveLength(1);
    expect(leftOut[0]).toMatch(/^\d+ SUMMARY: r2 would work it as attending/u);
    expect(counts).toMatchObject({ read: 0, leftOut: 1 });
  });
});

// domain: Coordinator is no shift role
it("the shifts of a coordinator are passed over by a rule, and a coordinator's leave is read", () => {
  const text = `person,start,end,label\nc1,${TIMES},Day\nc1,2026-03-03,2026-03-03,Leave`;

  const { entries, leftOut, counts } = read("csv", text);

  expect(entries).toEqual(["away c1"]);
  expect(leftOut).toEqual([]);
  expect(counts?.skipped).toEqual({ header: 1, coordinator: 1 });
});
