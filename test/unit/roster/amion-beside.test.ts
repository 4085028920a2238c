import { describe, expect, it } from "vitest";
import { amion625c } from "#src/roster/formats/amion/amion.ts";
import type { RosterText } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, spans } from "./context.ts";

/* The note and the type beside an assignment of Amion's report 625c. */

const context = contextOf({
  timeZone: "UTC",
  people: [someone("r1", { name: "Emily Carter" }), someone("r2", { name: "Noah Brandt" })],
});
const DUTY = ["r1 2026-12-01T07:00:00Z 2026-12-01T17:00:00Z"];
const LEAVE = DUTY.map((one) => `away ${one}`);

function read(note: string, type: string, label = "ED Day", source: Partial<RosterText> = {}) {
  const text = `Emily Carter,17,0,${label},3,0,12-1-26,0700,1700,Resident,5551,,,1,"${note}",${type},ED`;
  const reading = amion625c({ file: "x.csv", text, ...source }, context);
  return [...spans(reading), ...reading.notUnderstood.map(({ field, why }) => `${field}: ${why.text}`)];
}

describe("a note", () => {
  it.each([
    "covered by Brandt",
    "Covered by Dr. Somebody",
    "Brandt covering",
    "swapped with Noah Brandt",
    "traded",
    "given to Brandt",
    "until 13:00",
    "from 10",
    "leaves at 1300",
    "first half",
    "1300-1700",
    "sick",
    "Called out",
    "cancelled",
    "TENTATIVE",
    "tbc",
    "高橋と交代",
    "13時まで",
    "早退",
    "病欠",
    "未定",
  ])("makes the row doubtful: %s", (note) => {
    expect(read(note, "Shift")).toEqual([`note: ${note}`]);
  });

  it.each([
    "",
    "pager 5551",
    "Supervises Pod A",
    "covering for Brandt",
    "0700-1700",
    "Orientation group 2",
    "初療担当",
  ])("says nothing of who works, and when: %j", (note) => {
    expect(read(note, "Shift")).toEqual(DUTY);
  });

  it("is no doubt where program.yaml lists its words as duty", () => {
    expect(read("until 13:00", "Shift", "ED Day", { duty: ["until 13:00"] })).toEqual(DUTY);
  });

  it("takes leave back, and does not cover it", () => {
    expect(read("cancelled", "", "Vacation")).toEqual(["note: cancelled"]);
    expect(read("covered by Brandt", "", "Vacation")).toEqual(LEAVE);
  });
});

describe("a type", () => {
  it.each([
    ["Vacation", "VAC", LEAVE],
    ["PTO", "PTO", LEAVE],
    ["Vacation", "Vacation", LEAVE],
    ["Vacation", "ED Day", ["type: Vacation"]],
    ["Sick leave", "ED Day", ["type: Sick leave"]],
    ["休暇", "ED Day", ["type: 休暇"]],
    ["Tentative", "ED Day", ["type: Tentative"]],
    ["Shift", "ED Day", DUTY],
    ["Backup", "ED Backup", DUTY],
    ["Call", "ED Day", DUTY],
    ["", "ED Day", DUTY],
    ["Shift", "Vacation", LEAVE],
  ])("%s of %s", (type, label, expected) => {
    expect(read("", type, label)).toEqual(expected);
  });
});
