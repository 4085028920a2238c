import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeXlsx } from "hucre/xlsx";
import { readingRoom } from "#src/roster/reading/reading-room.ts";
import { onDisk } from "#test/support/on-disk.ts";

/*
 * A spreadsheet of 500 people and two months: from giving it to the card of what it would change, and from Apply to the new plan; and how
 * long somebody else's tap takes meanwhile. On SQLite, in memory.
 *
 *   node bench/files.ts
 */

const PEOPLE = 500;
const DAYS = 60;

/** Three shifts a day, as an emergency department has them. */
const HOURS: readonly ((date: string) => readonly [string, string])[] = [
  (date) => [`${date}T07:00`, "15:00"],
  (date) => [`${date}T15:00`, "23:00"],
  (date) => [`${date}T23:00`, "07:00"],
];

const folder = mkdtempSync(join(tmpdir(), "attune-bench-"));
const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const day = (at: number): string => new Date(Date.UTC(2026, 11, 1 + at)).toISOString().slice(0, 10);
const rows = (shiftOf: (person: number, at: number) => boolean): string[][] => [
  ["person", "start", "end"],
  ...Array.from({ length: PEOPLE }, (_, person) => person).flatMap((person) =>
    Array.from({ length: DAYS }, (_, at) => at)
      .filter((at) => shiftOf(person, at))
      .map((at) => [`p${person}`, ...HOURS[person % HOURS.length]!(day(at))]),
  ),
];

file(
  "program.yaml",
  "name: bench\nid: bench\ntimeZone: UTC\nlocale: en\nrotations:\n  - name: ER\n    from: 2026-12-01\n    to: 2027-01-29\npeople: people.csv\nroster:\n  - file: roster.csv\n    format: csv\n",
);
file(
  "people.csv",
  [
    "id,name,role,email,memory",
    "c1,Kim Lee,coordinator,,C1",
    ...Array.from(
      { length: PEOPLE },
      (_, at) => `p${at},Person Number${at},${at % 3 === 0 ? "attending" : "resident"},,U${at}`,
    ),
  ].join("\n"),
);
file(
  "roster.csv",
  rows((person, at) => (person + at) % 4 === 0)
    .map((row) => row.join(","))
    .join("\n"),
);

const attune = await onDisk([join(folder, "program.yaml")], "2026-11-30T06:00", { room: readingRoom() });
await attune.beat();
const bytes = new Uint8Array(
  await writeXlsx({
    sheets: [
      { name: "Winter", rows: rows((person, at) => (person + at) % 4 === 0 && (person * at) % 9 !== 1) },
    ],
  }),
);

/** Milliseconds. */
const timed = async <Result>(work: () => Promise<Result>): Promise<readonly [number, Result]> => {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
};

const [alone] = await timed(() => attune.says("U1", "help"));
let slowest = 0;
let isOver = false;
const others = (async () => {
  while (!isOver) {
    const [took] = await timed(() => attune.says("U1", "help"));
    slowest = Math.max(slowest, took);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
})();
const [toCard, card] = await timed(() => attune.gives("C1", "winter.xlsx", { bytes }));
const [toApplied] = await timed(() => attune.taps("C1", "Apply"));
const [toPlanned] = await timed(() => attune.beat());
isOver = true;
await others;
console.log(card.split("\n").slice(0, 4).join(" | "));
console.log(`spreadsheet of ${Math.round(bytes.length / 1000)} kB, ${PEOPLE} people, ${DAYS} days`);
console.log(`given → card: ${Math.round(toCard)} ms (wanted: under 3,000)`);
console.log(`Apply → planned: ${Math.round(toApplied + toPlanned)} ms (wanted: under 5,000)`);
console.log(
  `somebody else's answer: ${Math.round(alone)} ms alone, ${Math.round(slowest)} ms at the slowest meanwhile`,
);
rmSync(folder, { recursive: true });
process.exit(0);
