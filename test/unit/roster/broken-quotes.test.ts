import { describe, expect, it } from "vitest";
import { amion619 } from "#src/roster/formats/amion/amion.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* A quote that nobody closed takes in the rows of other people. */

const context = contextOf({
  people: [
    someone("r1", { name: "Emily Carter" }),
    someone("r2", { name: "Noah Brandt" }),
    someone("r3", { name: "佐藤 健" }),
    someone("a1", { name: "Grace Lindqvist" }),
  ],
});
const columns = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };

/** "r1 a1 | 2: 3": who is read, and where something is named with how many lines that were lost. */
function outcome(text: string, separator = ","): string {
  const { entries, notUnderstood } = csv(
    { file: "x.csv", text: text.replaceAll(";", separator), columns },
    context,
  );
  const told = notUnderstood.map(({ line, shifts = 1 }) => `${line}: ${shifts}`);
  return `${entries.map(({ person }) => person).join(" ")} | ${told.join(", ")}`;
}

const HEAD = "Name;Date;Start;End;Shift";
const row = (name: string, label = "Day") => `${name};2026-12-01;07:00;17:00;${label}`;
const listed = (...rows: readonly string[]) => [HEAD, ...rows].join("\n");
const [CARTER, BRANDT, SATO, LAST] = ["Emily Carter", "Noah Brandt", "佐藤 健", "Grace Lindqvist"];

describe("a quote that takes in rows", () => {
  it.each([
    ["of two others", listed(row(CARTER, '"Day'), row(BRANDT), row(SATO, 'Day"'), row(LAST)), "a1 | 2: 3"],
    ["of one other", listed(row(CARTER, '"Day'), row(BRANDT, 'Day"'), row(SATO), row(LAST)), "r3 a1 | 2: 2"],
    [
      "after a good one",
      listed(row(SATO), row(CARTER, '"Day'), row(BRANDT, 'Day"'), row(LAST)),
      "r3 a1 | 3: 2",
    ],
    [
      "in its name",
      listed(`"${row(CARTER)}`, row(BRANDT).replace(BRANDT, `${BRANDT}"`), row(LAST)),
      "a1 | 2: 2",
    ],
    [
      "in its times",
      listed(row(CARTER).replace("17:00", '"17:00'), row(BRANDT).replace(BRANDT, `${BRANDT}"`), row(LAST)),
      "a1 | 2: 2",
    ],
    [
      "up to the same column of another",
      listed(
        row(CARTER).replace("2026-12-01", '"2026-12-01'),
        row(SATO),
        row(BRANDT).replace("2026-12-01", '2026-12-01"'),
        row(LAST),
      ),
      "a1 | 2: 3",
    ],
    [
      "up to an honest quote",
      listed(row(CARTER, '"Day'), row(BRANDT), row(SATO, '"Day"'), row(LAST)),
      "a1 | 2: 3",
    ],
    ["below an empty line", listed("", row(CARTER, '"Day'), row(BRANDT, 'Day"'), row(LAST)), "a1 | 3: 2"],
    [
      "twice",
      listed(row(CARTER, '"Day'), row(BRANDT, 'Day"'), row(CARTER, '"Day'), row(BRANDT, 'Day"'), row(LAST)),
      "a1 | 2: 2, 4: 2",
    ],
    ["and is never closed", listed(row(LAST), row(CARTER, '"Day'), row(BRANDT), row(SATO)), "a1 | 3: 3"],
  ])("%s", (_, text, expected) => {
    expect(outcome(text)).toBe(expected);
    expect(outcome(text, ";")).toBe(expected);
    expect(outcome(text, "\t")).toBe(expected);
  });

  it("is named where it opens, with each line in the books", () => {
    const text = listed(row(CARTER, '"Day'), row(BRANDT), row(SATO, 'Day"'), row(LAST)).replaceAll(";", ",");
    const { notUnderstood, accounts } = csv({ file: "x.csv", text, columns }, { ...context, inFull: true });

    expect(notUnderstood).toMatchObject([
      {
        line: 2,
        message: "a double quote opens here and takes in whole lines, up to line 4: all of them are left out",
        why: { code: "broken-line" },
      },
    ]);
    expect(accounts?.list.filter(({ fate }) => fate === "left out").map(({ line }) => line)).toEqual([
      2, 3, 4,
    ]);
  });

  it("is one in a table and in a report of Amion", () => {
    const table = 'Name,1,2,3\nEmily Carter,D,D,"D\nNoah Brandt,D,D,D\n佐藤 健,D,D,D"\nGrace Lindqvist,D,D,D';
    const days = matrix(
      { file: "x.csv", text: table, codes: { D: "07:00-17:00" }, month: "2026-12" },
      context,
    );
    const amion = (name: string, label: string) => `ED,${name},1,2,${label},3,4,12-1-26,0700,1700`;
    const text = [amion(CARTER, '"Day'), amion(BRANDT, 'Day"'), amion(LAST, "Day")].join("\n");
    const report = amion619({ file: "x.csv", text }, context);

    expect(new Set(days.entries.map(({ person }) => person))).toEqual(new Set(["a1"]));
    expect(days.notUnderstood.map(({ line }) => line)).toEqual([2]);
    expect(report.entries.map(({ person }) => person)).toEqual(["a1"]);
    expect(report.notUnderstood.map(({ line }) => line)).toEqual([1]);
  });
});

describe("a note on several lines", () => {
  it.each([
    ["two lines", '"Day\nFast Track"'],
    ["an empty line", '"Day\n\nFast Track\n"'],
    ["commas", '"Day\nplease call Grace, or me, if late, or ill, or both\nthanks"'],
    ["quotes", '"Day\nthe ""early"" one"'],
    ["Japanese", '"日勤\n救急外来、病棟、初療、外来、カンファレンス"'],
    ["few commas", '"Day\nA,B"'],
  ])("is read: %s", (_, label) => {
    expect(outcome(listed(row(CARTER, label), row(LAST)))).toBe("r1 a1 | ");
  });
});
