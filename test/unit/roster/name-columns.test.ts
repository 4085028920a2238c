import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { readText } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, daysOfEach } from "./context.ts";

/* A family name and a given name in two columns: each alone may be somebody else's. */

const context = contextOf({
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "James Carter" }),
    someone("a1", { name: "佐藤 健" }),
  ],
});

/** "r1 1 3 | 2, 4": whose shifts begin on which days, and the lines that are named. */
function outcome(source: RosterSource, ...lines: readonly string[]): string {
  const { entries, notUnderstood } = readText(source, lines.join("\n"), context);
  return `${daysOfEach(entries)} | ${notUnderstood.map(({ line }) => line).join(", ")}`;
}

describe("in a list", () => {
  const by = (person: string): RosterSource => ({
    name: "x.csv",
    format: "csv",
    columns: { person, date: "Date", start: "Start", end: "End" },
  });
  const times = "08:00,17:00";

  it.each([
    ["the family name", "Last"],
    ["the given name", "First"],
  ])("is read as one name, whichever is the person's column: %s", (_, column) => {
    const found = outcome(
      by(column),
      "Last,First,Date,Start,End",
      `Carter,Emily,2026-12-01,${times}`,
      `Carter,Olivia,2026-12-02,${times}`,
      `Carter,James,2026-12-03,${times}`,
    );

    expect(found).toBe("r1 1, r2 3 | 3");
  });

  it("is read as one name in Japanese", () => {
    const found = outcome(
      by("姓"),
      "姓,名,Date,Start,End",
      `佐藤,健,2026-12-01,${times}`,
      `佐藤,翔太,2026-12-02,${times}`,
    );

    expect(found).toBe("a1 1 | 3");
  });

  it("is not asked where the first column has a whole name or an alias", () => {
    const found = outcome(
      { ...by("Last"), aliases: { Hale: personId("r1") } },
      "Last,First,Date,Start,End",
      `Carter,James,2026-12-01,${times}`,
      `Hale,Emmy,2026-12-02,${times}`,
      `Emily Carter,Em,2026-12-03,${times}`,
    );

    expect(found).toBe("r2 1, r1 2 3 | ");
  });

  it("is no name where the other column says something else", () => {
    const found = outcome(
      by("Name"),
      "Name,Room,Date,Start,End",
      `Emily Carter,Carter,2026-12-01,${times}`,
      `佐藤,Pod A,2026-12-02,${times}`,
    );

    expect(found).toBe("r1 1, a1 2 | ");
  });
});

describe("in a table", () => {
  const TABLE: RosterSource = {
    name: "x.csv",
    format: "matrix",
    month: "2026-12",
    codes: { D: "08:00-17:00" },
  };

  it("is read as one name, with a rank before it", () => {
    const found = outcome(
      TABLE,
      "PGY,Last,First,1,2",
      "1,Carter,Emily,D,",
      "2,Carter,Olivia,D,D",
      "3,Carter,James,,D",
      "4,佐藤,健,D,D",
    );

    expect(found).toBe("r1 1, r2 2, a1 1 2 | 3");
  });

  it("is read as one name where people are columns", () => {
    const found = outcome(TABLE, ",Carter,Carter,佐藤", "Date,Emily,Olivia,健", "1,D,D,D", "2,,D,D");

    expect(found).toBe("r1 1, a1 1 2 | 1");
  });
});
