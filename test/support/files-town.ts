import { dutyRow as day, LAKESIDE, rosterCsv as roster } from "./lakeside.ts";

/** A small program whose coordinator, resident and attending have accounts on one platform. */
export const town = (platform: string, accounts: Readonly<Record<"c1" | "r1" | "r2" | "a1", string>>) => ({
  "program.yaml": LAKESIDE,
  "people.csv": `${[
    `id,name,role,email,${platform}`,
    `c1,Kim Lee,coordinator,,${accounts.c1}`,
    `r1,Maya Patel,resident,,${accounts.r1}`,
    `r2,Lea Novak,resident,,${accounts.r2}`,
    `a1,Daniel Okafor,attending,,${accounts.a1}`,
  ].join("\n")}\n`,
  "roster.csv": BEFORE,
});

const DAYS = [2, 3, 4, 5, 6].flatMap((date) => [day(date, "r1"), day(date, "r2"), day(date, "a1")]);
const BEFORE = roster(...DAYS);

/** The same with a shift of somebody whom nobody knows by that name. */
export const AFTER = roster(...DAYS, day(7, "Surge T"), day(7, "a1"));
