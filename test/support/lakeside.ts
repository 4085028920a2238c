/** The program.yaml of a small program with one rotation, one people.csv and one roster. */
export const LAKESIDE = `name: lakeside
id: lakeside
timeZone: UTC
locale: en
start: at-once
rotations:
  - name: ER
    from: 2026-12-01
    to: 2026-12-28
people: people.csv
roster:
  - file: roster.csv
    format: csv
`;

/** A roster of these rows. */
export const rosterCsv = (...rows: readonly string[]): string =>
  `${["person,start,end", ...rows].join("\n")}\n`;

/** A row of it: a day's duty in December 2026. */
export const dutyRow = (date: number, who = "r1", hour = 8): string =>
  `${who},2026-12-${String(date).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00,17:00`;
