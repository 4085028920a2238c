import { describe, expect, it } from "vitest";
import { csv } from "#src/roster/formats/csv/csv.ts";
import type { RosterText } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* Columns that are not read, and say that a row does not count or that somebody else works it. */

const context = contextOf({
  timeZone: "America/New_York",
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "Noah Brandt" }),
    someone("a1", { name: "佐藤 健" }),
  ],
});
const columns = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };

function read(title: string, cells: readonly string[], source: Partial<RosterText> = {}, shift = "Day") {
  const rows = cells.map((cell, at) => `Emily Carter,2026-12-0${at + 1},07:00,17:00,${shift},${cell}`);
  const text = [`Name,Date,Start,End,Shift,${title}`, ...rows].join("\n");
  return csv({ file: "x.csv", text, columns, ...source }, context);
}

/** The lines that are named, of a row without the cell, one with it, and one that has "-" there; all others are read. */
function named(title: string, cell: string, source: Partial<RosterText> = {}, shift = "Day") {
  const { entries, notUnderstood } = read(title, ["", cell, "-"], source, shift);
  expect(entries.length + notUnderstood.length).toBe(3);
  return notUnderstood.map(({ line }) => line);
}

describe("a note", () => {
  it.each([
    ["Notes", "until 13:00"],
    ["Notes", "leaves at noon"],
    ["Shift Notes", "late 10:00"],
    ["Comment", "AM only"],
    ["Remarks", "first half"],
    ["Notes", "13:00-17:00"],
    ["Notes", "swapped with somebody else"],
    ["備考", "13時早退"],
    ["備考", "13時〜17時"],
    ["連絡事項", "午前のみ"],
    ["Notes", "starts at 17:00"],
    ["Notes", "from 17:00"],
    ["Notes", "07:00 until 13:00"],
    ["Notes", "second half of the shift"],
    ["備考", "17:00出勤"],
  ])("%s: %s", (title, cell) => {
    expect(named(title, cell)).toEqual([3]);
    expect(named(title, cell, { duty: [cell] })).toEqual([]);
  });

  it.each([
    ["Notes", "07:00-17:00"],
    ["Notes", "Conference 12:00-13:00"],
    ["Notes", "Supervises Pod A"],
    ["Room", "13:00-17:00"],
    ["Site", "AM only"],
    ["備考", "会議15時"],
    ["Notes", "Starts at 07:00"],
    ["Notes", "sign-out 17:00"],
    ["Notes", "Report to the charge nurse before 07:00"],
    ["備考", "17時まで"],
    ["備考", "7:00から申し送り"],
    ["Notes", "call switchboard"],
    ["Notes", "ACLS until 2027"],
    ["Notes", "On service since 7/1"],
    ["Notes", "admits from 3 West"],
    ["Notes", "Only 2 residents today"],
    ["Notes", "call in 5512"],
    ["Notes", "First half of the block"],
    ["Notes", "moved to Room 3 today"],
    ["Comments", "no swaps after 12/5"],
    ["Comments", "Swap requests to the chief"],
    ["備考", "12月後半"],
    ["備考", "前半チーム"],
    ["備考", "交代不可"],
    ["備考", "二交代制"],
    ["備考", "勤務変更なし"],
    ["備考", "早退なし"],
  ])("%s: %s says nothing of who works, and when", (title, cell) => {
    expect(named(title, cell)).toEqual([]);
  });
});

describe("whoever may work in their place", () => {
  it.each([
    ["Covered By", "Noah Brandt"],
    ["covered_by", "Brandt"],
    ["CoveredBy", "Dr. Somebody Else"],
    ["Swapped With", "r2"],
    ["Swap", "Yes"],
    ["Traded to", "Noah Brandt"],
    ["Substitute", "Locum"],
    ["Replaced By", "TBD"],
    ["Replacement", "Brandt"],
    ["Given to", "Brandt"],
    ["Picked up by", "Brandt"],
    ["Cover", "Noah Brandt"],
    ["交代者", "佐藤"],
    ["交替", "佐藤 健"],
    ["代行者", "外部の先生"],
    ["代診医", "鈴木"],
    ["代わり", "佐藤"],
    ["交換相手", "佐藤"],
  ])("%s: %s", (title, cell) => {
    expect(named(title, cell)).toEqual([3]);
  });

  it.each([
    ["Covered By", "None"],
    ["Covered By", "n/a"],
    ["Covered By", "Emily Carter"],
    ["交代者", "なし"],
    ["代行者", "ー"],
    ["Covering For", "Noah Brandt"],
    ["Supervisor", "Noah Brandt"],
    ["Coverage", "ED"],
    ["交替制", "二"],
  ])("is nobody: %s: %s", (title, cell) => {
    expect(named(title, cell)).toEqual([]);
  });

  it("is named with the column", () => {
    const [problem] = read("Covered By", ["Noah Brandt"]).notUnderstood;

    expect(problem).toMatchObject({
      line: 2,
      message: '"Noah Brandt" in the column "Covered By" may work in their place',
      why: { code: "two-readings", text: "Covered By: Noah Brandt" },
    });
  });

  it("is as it should be beside leave", () => {
    expect(named("Covered By", "Noah Brandt", {}, "Vacation")).toEqual([]);
  });
});

describe("a row that does not count", () => {
  it.each([
    ["Absent", "Yes"],
    ["Absent?", "x"],
    ["is_absent", "1"],
    ["Deleted At", "11/20/2026"],
    ["deletedAt", "2026-11-20T08:00:00Z"],
    ["Cancelled On", "20 Nov"],
    ["Cancelled By", "Grace"],
    ["Removed", "TRUE"],
    ["Called Out", "Y"],
    ["Call-off reason", "ill"],
    ["On Leave", "TRUE"],
    ["No Show", "true"],
    ["Draft", "yes"],
    ["Status", "Unpublished"],
    ["Status", "Dropped"],
    ["Shift Status", "Rejected"],
    ["Status", "Pending"],
    ["Approval Status", "Pending approval"],
    ["Status", "Awaiting approval"],
    ["State", "Open"],
    ["Action", "Remove"],
    ["Operation", "DELETE"],
    ["Change", "Old"],
    ["処理", "削除"],
    ["変更区分", "旧"],
    ["Anything", "Not Shared"],
    ["欠勤", "○"],
    ["取消", "済"],
    ["削除日", "2026/11/20"],
    ["欠席者", "○"],
    ["状態", "未公開"],
    ["ステータス", "承認待ち"],
    ["承認状況", "却下"],
    ["下書き", "○"],
  ])("%s: %s", (title, cell) => {
    expect(read(title, ["", cell]).notUnderstood.map(({ line }) => line)).toEqual([3]);
  });

  it.each([
    ["Published", "Yes", "No"],
    ["IsPublished", "TRUE", "FALSE"],
    ["Published", "Yes", ""],
    ["Published At", "2026-11-20", ""],
    ["Approved", "Yes", "No"],
    ["Approved", "✓", "×"],
    ["Confirmed", "Y", "N"],
    ["Active", "1", "0"],
    ["Shared", "1. Shared", "2. Not Shared"],
    ["公開", "○", "×"],
    ["公開", "○", ""],
    ["承認", "済", "未"],
    ["確定", "はい", "いいえ"],
  ])("%s: %s and %s", (title, yes, no) => {
    expect(read(title, [yes, no]).notUnderstood.map(({ line }) => line)).toEqual([3]);
  });

  it.each([
    ["Absent", "No"],
    ["Deleted At", "NULL"],
    ["Called Out", "false"],
    ["Status", "Scheduled"],
    ["Action", "Add"],
    ["処理", "追加"],
    ["Operational Unit", "Old"],
    ["Interchange", "Former"],
    ["Status", "Published"],
    ["Approved By", "Grace"],
    ["Paid", "No"],
    ["Theme Color", "1. White"],
    ["Unpaid Break (minutes)", "0"],
    ["Pager", "Open"],
    ["Leave", "17:00"],
    ["Out", "1700"],
    ["Time Off", "5:00 PM"],
    ["Sick", "0h"],
    ["Vacation", "0.0 hrs"],
    ["Approval", "N/A"],
    ["欠勤", "なし"],
    ["状態", "公開済み"],
    ["休日", "○"],
  ])("is none: %s: %s", (title, cell) => {
    expect(named(title, cell)).toEqual([]);
  });

  it("counts where program.yaml lists the word as duty", () => {
    expect(named("Status", "Pending", { duty: ["pending"] })).toEqual([]);
  });

  it("is passed over where program.yaml lists its name", () => {
    expect(read("Published", ["No", "No"], { skip: ["day"] }).notUnderstood).toEqual([]);
  });

  it.each([
    ["Status", "Rejected", [3]],
    ["Status", "Cancelled", [3]],
    ["Approved", "No", [3]],
    ["Status", "Approved", []],
    ["Absent", "Yes", []],
    ["On Leave", "TRUE", []],
  ])("may be leave that was not granted: %s: %s", (title, cell, expected) => {
    expect(read(title, ["Yes", cell], {}, "Vacation").notUnderstood.map(({ line }) => line)).toEqual(
      expected,
    );
  });
});
