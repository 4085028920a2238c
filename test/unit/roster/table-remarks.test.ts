import { describe, expect, it } from "vitest";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, daysOfEach } from "./context.ts";

/* Remarks behind the days of a table that have words of leave, of exchange or of others, and change nothing. */

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "Noah Brandt" }),
    someone("r3", { name: "佐藤 健" }),
    someone("a1", { name: "Daniel Okafor" }),
  ],
});
const codes = { D: "07:00-19:00", OFF: "off" };

/** "r1 1 2 3, r2 2 | noted-day E2": the days of each person's cells, and what is named. */
function read(lines: readonly string[]): string {
  const source = { file: "x.csv", text: lines.join("\n"), month: "2026-12", codes };
  const { entries, notUnderstood } = matrix(source, context);
  const told = notUnderstood.map(({ why, field }) => `${why.code} ${field ?? "-"}`);
  return `${daysOfEach(entries)} | ${told.join(", ")}`;
}

const beside = (note: string, heading = "Notes", first = "D,D,D") =>
  read([`Name,1,2,3,${heading}`, `Emily Carter,${first},"${note}"`, "Noah Brandt,D,D,D,", "佐藤 健,D,D,D,"]);
const all = "r1 1 2 3, r2 1 2 3, r3 1 2 3 | ";

describe("a remark about all the month", () => {
  it.each([
    ["Mentor: Daniel Okafor", "Notes"],
    ["works with Okafor", "Notes"],
    ["Okafor's team", "Notes"],
    ["指導医：佐藤", "備考"],
    ["オーベン 佐藤", "備考"],
    ["佐藤チーム", "備考"],
    ["週3日勤務", "備考"],
    ["有休残3日", "備考"],
    ["残り3日", "有休"],
    ["希望休なし", "備考"],
    ["産休明け", "備考"],
    ["交代不可", "備考"],
    ["OK to swap", "Notes"],
    ["no trades", "Notes"],
    ["back from leave", "Notes"],
    ["maternity leave ended", "Notes"],
    ["夏休み済", "備考"],
    ["PTO 40h", "Notes"],
    ["sick call pool", "Notes"],
  ])("changes no day: %s under %s", (note, heading) => {
    expect(beside(note, heading)).toBe(all);
  });

  it.each([
    ["with Brandt", "Swaps", "r3 1 2 3 | noted-day E2"],
    ["Mentor: Brandt, off 12/2", "Notes", "r1 1 3, r2 1 3, r3 1 2 3 | noted-day E2"],
    ["OK to swap, LOA", "Notes", "r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["ok to swap with Smith", "Notes", "r2 1 2 3, r3 1 2 3 | noted-day E2"],
    ["希望休あり、2日", "備考", "r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2"],
  ])("leaves the doubt of what else stands there: %s under %s", (note, heading, expected) => {
    expect(beside(note, heading)).toBe(expected);
  });
});

describe("a remark about a day off", () => {
  it.each([
    ["vacation 12/2", "Notes"],
    ["2日 希望休", "備考"],
    ["12/2", "Vacation"],
  ])("goes with a code that says so: %s under %s", (note, heading) => {
    expect(beside(note, heading, "D,OFF,D")).toBe(all);
    expect(beside(note, heading)).toBe("r1 1 3, r2 1 2 3, r3 1 2 3 | noted-day E2");
  });

  it.each(["vacation 12/1-12/2", "swapped 12/2, off", "12/2 off, Brandt works"])(
    "does not where it says more: %s",
    (note) => {
      expect(beside(note, "Notes", "D,OFF,D")).not.toContain("r1 1 2 3");
    },
  );
});

describe("a legend in columns behind the days", () => {
  it.each([
    ["Code,Hours", "E,14:00-23:00", "V,Vacation"],
    ["Legend", "D = 07:00-19:00", "V = Vacation"],
    ["記号,内容", "日,8:30～17:15", "休,公休"],
    ["凡例", "日:8:30～17:15", "有:有給休暇"],
  ])("is no note of whoever stands in its lines: %s", (head, duty, leave) => {
    const rows = [`Name,1,2,,${head}`, `Emily Carter,D,D,,${duty}`, `Noah Brandt,D,D,,${leave}`];

    expect(read(rows)).toBe("r1 1 2, r2 1 2 | ");
  });

  it("leaves a column of notes behind it", () => {
    const rows = ["Name,1,2,,Code,Hours,Notes", "Emily Carter,D,D,,V,Vacation,LOA", "Noah Brandt,D,D,,,,"];

    expect(read(rows)).toBe("r2 1 2 | noted-day G2");
  });
});
