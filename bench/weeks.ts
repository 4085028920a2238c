import { liveWeeks, type Crowd, type LivedWeeks, type RoleWeeks } from "#test/support/weeks.ts";

/**
 * What the weeks of the demo program are like for its people: three seeds of people who answer by chance, and three of plausible ones.
 * A row for each role; `node bench/weeks.ts plausible 2` lives through one of them, and prints a row as soon as it has.
 */
const PROGRAM = "program/program.yaml";
const CROWDS: readonly Crowd[] = ["chance", "plausible"];
const SEEDS = [1, 2, 3];
const [, , crowd, seed] = process.argv;

const cells = ({ messages, asks, notices, reminders, taps, mostInWeek, mostOnDay }: RoleWeeks) => [
  ...[messages, asks, notices, reminders, taps].map((value) => value.toFixed(1)),
  mostInWeek,
  mostOnDay,
];
const row = (name: string, lived: LivedWeeks, role: "resident" | "attending"): string => {
  const came = [lived.found, lived.settled, lived.closed].map((value) => value.toFixed(2));
  return `| ${[name, role, ...cells(lived[role]), ...came].join(" | ")} |`;
};

const HEAD = [
  "people",
  "role",
  ...["messages", "asks", "notices", "reminders", "taps"].map((name) => `${name} a week`),
  "most in a week",
  "most on a day",
  ...["found", "settled", "closed"].map((name) => `${name} per 10 messages`),
];
console.log(`| ${HEAD.join(" | ")} |`);
console.log(`|${"---|".repeat(HEAD.length)}`);
for (const people of CROWDS.filter((one) => crowd === undefined || one === crowd)) {
  for (const chance of seed === undefined ? SEEDS : [Number(seed)]) {
    const lived = await liveWeeks(PROGRAM, people, chance);
    for (const role of ["resident", "attending"] as const)
      console.log(row(`${people} ${chance}`, lived, role));
  }
}
