import { expect, it } from "vitest";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, daysOfEach } from "./context.ts";

/* Lines above a list: a title is passed over, one that changes a shift is named, and takes the rows with it that it means for sure. */

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "Noah Brandt" }),
    someone("r3", { name: "佐藤 健" }),
  ],
});

function outcome(above: string, dates = "M/D/YYYY", write = (day: number) => `12/${day}/2026`): string {
  const rows = ["Emily Carter", "Noah Brandt", "佐藤健"].flatMap((name) =>
    [1, 2].map((day) => `${name},${write(day)},07:00,17:00,Day`),
  );
  const columns = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };
  const text = [above, "Name,Date,Start,End,Shift", ...rows].join("\n");
  const reading = csv({ file: "x.csv", text, columns, dates }, context);
  const { read, leftOut } = reading.accounts!.counts;
  const told = reading.notUnderstood.map(({ why, line }) => `${why.code} ${line}`);
  expect(read + leftOut).toBe(rows.length + told.length);
  return `${daysOfEach(reading.entries)} | ${told.join(", ")}`;
}

const all = "r1 1 2, r2 1 2, r3 1 2 | ";

it.each([
  ['"Swap 12/1: Emily Carter is off, Rosa Diaz works",,,,', "r1 2, r2 1 2, r3 1 2 | noted-day 1"],
  ['"Note: Carter and Brandt switched 12/2",,,,', "r1 1, r2 1, r3 1 2 | noted-day 1"],
  ["※12/2 佐藤 病欠,,,,", "r1 1 2, r2 1 2, r3 1 | noted-day 1"],
  ["2日は佐藤→高橋,,,,", "r1 1 2, r2 1 2, r3 1 | noted-day 1"],
  ["Brandt is out until 12/2,,,,", "r1 1 2, r2 1 2, r3 1 2 | no-day 1"],
  ["Carter covers for Brandt this week,,,,", "r1 1 2, r2 1 2, r3 1 2 | no-day 1"],
  ["Coverage 12/1: Emily Carter,,,,", "r1 2, r2 1 2, r3 1 2 | noted-day 1"],
  ["12/2 修正,,,,", "r1 1 2, r2 1 2, r3 1 2 | no-day 1"],
  ["Swapped on 12/2,,,,", "r1 1 2, r2 1 2, r3 1 2 | no-day 1"],
])("names a line above a list that changes a shift: %s", (line, expected) => {
  expect(outcome(line)).toBe(expected);
});

it.each([
  "ED schedule December 2026,,,,",
  "Prepared by Emily Carter 12/1/2026,,,,",
  "Last updated 12/2/2026 by Noah Brandt,,,,",
  "最終変更日 2026/12/1 佐藤,,,,",
  "Chief resident: Emily Carter,,,,",
  "Requests for vacation are due by 12/2,,,,",
  "Schedule covers 12/1/2026 to 12/31/2026,,,,",
  "Minimum coverage: 3,,,,",
  "Swap deadline 12/1,,,,",
  "Change requests by 12/1,,,,",
  "第3版 2026/11/28 修正,,,,",
  "変更は12/1までに連絡,,,,",
])("passes over a title: %s", (line) => {
  expect(outcome(line)).toBe(all);
});

it("takes the days in the order of the list", () => {
  const day = (one: number) => `${one + 12}/1/2026`;

  expect(outcome("14/1: Carter is off,,,,", "D/M/YYYY", day)).toBe("r1 13, r2 13 14, r3 13 14 | noted-day 1");
});
