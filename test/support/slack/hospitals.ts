import { Temporal } from "temporal-polyfill";
import { folder, type Folder } from "../../unit/config/folder.ts";
import type { StandIn } from "./stand-in.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A moment from now on in UTC, as a roster writes it. */
const inUtc = (milliseconds: number): string =>
  Temporal.Instant.fromEpochMilliseconds(Date.now() + milliseconds)
    .toString({ smallestUnit: "minute" })
    .slice(0, -1);

const day = (days: number): string => inUtc(days * 24 * HOUR).slice(0, 10);

/** The Slack account of a program's person. */
export const accountAt = (program: string, id: string): string => `U${program}${id}`;

/** A folder of programs (`programs/NAME`), each with r1 and a1 on a shift that is about to begin, in real time. */
export function hospitals(names: readonly string[]): Folder {
  const files: Record<string, string> = {};
  const shift = `${inUtc(10 * MINUTE)},${inUtc(8 * HOUR)}`;
  for (const name of names) {
    const people = [
      `r1,${name} Resident,resident,${accountAt(name, "r1")}`,
      `a1,Ann ${name},attending,${accountAt(name, "a1")}`,
    ];
    files[`programs/${name}/program.yaml`] = `id: ${name}
name: ${name} hospital
timeZone: UTC
locale: en
start: at-once
rotations:
  - { name: ER, from: ${day(-3)}, to: ${day(10)} }
people: people.csv
roster:
  - { file: roster.csv, format: csv }
`;
    files[`programs/${name}/people.csv`] = `id,name,role,slack\n${people.join("\n")}\n`;
    files[`programs/${name}/roster.csv`] = `person,start,end\nr1,${shift}\na1,${shift}\n`;
  }
  return folder(files);
}

/** They all have an account in this workspace. */
export function moveIn(slack: StandIn, names: readonly string[]): void {
  for (const name of names) for (const id of ["r1", "a1"]) slack.workspace.add({ id: accountAt(name, id) });
}
