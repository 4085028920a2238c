import { describe, expect, it } from "vitest";
import { readText } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, daysOfEach } from "./context.ts";

/* "Carter*" in a table, and a line below it that begins with the mark. */

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "Noah Brandt" }),
    someone("a1", { name: "佐藤 健" }),
  ],
});
const TABLE: RosterSource = {
  name: "x.csv",
  format: "matrix",
  month: "2026-12",
  codes: { D: "08:00-17:00", Day: "08:00-17:00" },
};

function outcome(...lines: readonly string[]): string {
  const { entries, notUnderstood } = readText(TABLE, lines.join("\n"), context);
  return `${daysOfEach(entries)} | ${notUnderstood.map(({ line }) => line).join(", ")}`;
}

const CHANGES = ["until 13:00", "AM only", "on leave from 12/2", "swapped", "13時まで", "休み"];
const OTHERS = [
  "chief resident",
  "carries the pager 5551",
  "starts 12/1",
  "back from leave",
  "contact the chief to swap",
  "trained until 2027",
  "勤務交代は前日まで",
  "新人",
  "注意",
];

describe("under a name in a cell", () => {
  const table = (name: string, footnote: string) =>
    outcome("Date,Day", `1,${name}`, "2,Brandt", "3,Carter", `${footnote},`);

  it.each(CHANGES)("leaves that cell out: * %s", (footnote) => {
    expect(table("Carter*", `* ${footnote}`)).toBe("r2 2, r1 3 | 2");
  });

  it.each(OTHERS)("is passed over: * %s", (footnote) => {
    expect(table("Carter*", `* ${footnote}`)).toBe("r1 1 3, r2 2 | ");
  });

  it("says nothing of another mark", () => {
    expect(table("Carter**", "* until 13:00")).toBe("r1 1 3, r2 2 | ");
    expect(table("佐藤※", "※13時まで")).toBe("r2 2, r1 3 | 2");
  });
});

describe("under the name of a row", () => {
  const table = (name: string, footnote: string) =>
    outcome("Name,1,2", `${name},D,D`, "Noah Brandt,D,D", `${footnote},,`);

  it.each(CHANGES)("leaves that row out: * %s", (footnote) => {
    expect(table("Emily Carter*", `* ${footnote}`)).toBe("r2 1 2 | 2");
  });

  it.each(OTHERS)("is passed over: * %s", (footnote) => {
    expect(table("Emily Carter*", `* ${footnote}`)).toBe("r1 1 2, r2 1 2 | ");
  });
});
