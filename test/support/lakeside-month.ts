import { dutyRow } from "./lakeside.ts";
import { workbook } from "./rosters/workbooks.ts";

const COORDINATOR = ["c1", "Kim Lee", "coordinator"] as const;
const RESIDENTS = [
  ["r1", "Maya Patel"],
  ["r2", "Lea Novak"],
  ["r3", "Ken Ito"],
  ["r4", "Ana Silva"],
  ["r5", "Tom Haas"],
] as const;
const ATTENDINGS = [
  ["a1", "Daniel Okafor"],
  ["a2", "Ruth Meyer"],
  ["a3", "Paul Brandt"],
] as const;
export const PEOPLE = [
  COORDINATOR,
  ...RESIDENTS.map(([id, name]) => [id, name, "resident"] as const),
  ...ATTENDINGS.map(([id, name]) => [id, name, "attending"] as const),
];
/** Who joins in the middle, as it is found in the list then. */
export const NEWCOMER = ["r6", "Jonas Weber"] as const;
export const LEAVER = ["r4", "Ana Silva"] as const;

export const EVERYBODY = [...PEOPLE.map(([id]) => id), NEWCOMER[0]];

/** Where everybody's e-mail leads. */
export const emailOf = (id: string): string => `${id}@lakeside.example`;

/** The program as its operator leaves it: a name, a month, and one coordinator. It waits for Start. */
export const BEGUN = {
  "program.yaml": `name: { en: Lakeside Hospital, ja: 湖畔病院 }
id: lakeside
timeZone: UTC
locale: en
rotations: [{ name: ER, from: 2026-12-01, to: 2026-12-28 }]
people: people.csv
roster: [{ file: roster.csv, format: csv }]
`,
  "people.csv": `id,name,role,email\n${COORDINATOR.join(",")},c1@lakeside.example\n`,
  "roster.csv": "person,start,end\n",
};

/** When it is seen first: a week before the first rotation. */
export const BEGINNING = "2026-11-24T09:00";

/** A workbook whose sheet has these rows. */
const book = (rows: readonly (readonly string[])[]): Promise<Uint8Array> =>
  workbook([{ name: "Sheet", rows: rows.map((row) => [...row]) }]);

/** The list of people as a workbook, with everybody's e-mail. */
export const peopleBook = (): Promise<Uint8Array> =>
  book([["id", "name", "role", "email"], ...PEOPLE.map((row) => [...row, emailOf(row[0])])]);

export const rosterBook = (rows: readonly string[]): Promise<Uint8Array> =>
  book([["person", "start", "end"], ...rows.map((row) => row.split(","))]);

/** Two days on which everybody works, and one shift of one resident. Two names are nobody's in the list. */
const DAYS = [1, 8].flatMap((date) => [
  ...["Maya Patel", "Lea Novak", "Ken Ito", "Surge T"].map((name) => dutyRow(date, name)),
  ...["Daniel Okafor", "Ruth Meyer", "Night A"].map((name) => dutyRow(date, name)),
]);
export const ROSTER = [
  ...DAYS,
  dutyRow(1, "Ana Silva"),
  dutyRow(10, "Maya Patel"),
  dutyRow(10, "Daniel Okafor"),
];
export const SWAPPED = ROSTER.map((row) => row.replace(dutyRow(10, "Maya Patel"), dutyRow(10, "Lea Novak")));
/** With whoever came. */
export const LATER = [...ROSTER, dutyRow(8, NEWCOMER[1])];
