/** A small program whose coordinator, resident and attending have accounts on one platform. */
export const town = (platform: string, accounts: Readonly<Record<"c1" | "r1" | "r2" | "a1", string>>) => ({
  "program.yaml": `name: lakeside
id: lakeside
timeZone: UTC
locale: en
rotations:
  - name: ER
    from: 2026-12-01
    to: 2026-12-28
people: people.csv
roster:
  - file: roster.csv
    format: csv
`,
  "people.csv": `${[
    `id,name,role,email,${platform}`,
    `c1,Kim Lee,coordinator,,${accounts.c1}`,
    `r1,Maya Patel,resident,,${accounts.r1}`,
    `r2,Lea Novak,resident,,${accounts.r2}`,
    `a1,Daniel Okafor,attending,,${accounts.a1}`,
  ].join("\n")}\n`,
  "roster.csv": BEFORE,
});

const roster = (...rows: readonly string[]): string => `${["person,start,end", ...rows].join("\n")}\n`;
const day = (date: number, who: string): string => `${who},2026-12-0${date}T08:00,17:00`;
const DAYS = [2, 3, 4, 5, 6].flatMap((date) => [day(date, "r1"), day(date, "r2"), day(date, "a1")]);
const BEFORE = roster(...DAYS);

/** The same with a shift of somebody whom nobody knows by that name. */
export const AFTER = roster(...DAYS, day(7, "Surge T"), day(7, "a1"));
