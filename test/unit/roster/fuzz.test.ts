import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readSource } from "#src/roster/reading/read-source.ts";
import { ROSTER_FORMATS, type RosterFormat } from "#src/roster/text/reader.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { seeded } from "#src/simulation/random.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { someone } from "#test/support/programs.ts";
import { SEED } from "#test/support/seed.ts";
import { contextOf } from "./context.ts";
import { worked } from "#test/support/worked.ts";

const RUNS = campaignSize({ quick: 100, usual: 300, long: 1_000 });
const random = seeded(SEED);
const upTo = (most: number): number => Math.floor(random() * most);

const folder = new URL("../../fixtures/roster/", import.meta.url);
const columns = { person: "氏名", date: "日付", start: "開始", end: "終了", label: "勤務" };
/** The fixtures of each format, by their names. */
const FORMATS: Readonly<Record<RosterFormat, RegExp>> = {
  icalendar: /\.ics$/u,
  "amion-619": /619/u,
  "amion-625c": /625c/u,
  matrix: /matrix/u,
  csv: /mapped/u,
  qgenda: /\.json$/u,
};
const fixtures = readdirSync(folder).flatMap((name) => {
  const format = ROSTER_FORMATS.find((one) => FORMATS[one].test(name));
  if (format === undefined) return [];
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  return [{ name, format, bytes, ...(format === "csv" ? { columns } : {}) }];
});
const context = contextOf({
  timeZone: "Asia/Tokyo",
  people: [someone("r1", { name: "佐藤 健" }), someone("a1", { name: "Daniel Okafor" }), someone("a2")],
});

/** What has a meaning of its own in some format, where nobody expects it. */
const SIGNS = [
  '"',
  "\\",
  ";",
  ":",
  ",",
  "\r\n ",
  "\r",
  "\n",
  "\0",
  ';X="',
  "BEGIN:VEVENT\r\n",
  "END:VEVENT\r\n",
];
const SIGNED = SIGNS.map((sign) => Buffer.from(sign, "latin1"));

/** Lines that are nearly right. */
const LINES = [
  'STATUS;X="\\:u',
  'SEQUENCE;A"B\\:1',
  "RRULE:FREQ=DAILY;COUNT=x;BYDAY=9XX",
  "EXDATE;TZID=Nowhere:20260101T0",
  "DURATION:P",
  "RECURRENCE-ID;RANGE=THISANDFUTURE:20260302",
  ";COUNT=5",
  'r1,"2026-03-01,17:00',
].map((line) => Buffer.from(`\r\n${line}\r\n`, "latin1"));

/** Cuts, copies, flips and inserts, as broken downloads, half saves and hands do. */
function mutated(bytes: Uint8Array): Uint8Array {
  let out = Uint8Array.from(bytes);
  for (let times = 1 + upTo(4); times > 0; times -= 1) {
    const [at, size] = [upTo(out.length), upTo(60)];
    const part = out.slice(at, at + size);
    const lineEnd = out.indexOf(10, at);
    const kinds = [
      () =>
        Uint8Array.from([
          ...out.slice(0, Math.max(0, lineEnd)),
          ...LINES[upTo(LINES.length)]!,
          ...out.slice(Math.max(0, lineEnd)),
        ]),
      () => out.slice(0, at),
      () => Uint8Array.from([...out.slice(0, at), ...out.slice(at + size)]),
      () => Uint8Array.from([...out.slice(0, at), ...part, ...part, ...out.slice(at + size)]),
      () => out.map((byte, index) => (index === at ? upTo(256) : byte)),
      () => Uint8Array.from([...out.slice(0, at), ...SIGNED[upTo(SIGNED.length)]!, ...out.slice(at)]),
      () => Uint8Array.from([...out.slice(0, at), ...SIGNED[upTo(SIGNED.length)]!, ...out.slice(at)]),
    ];
    out = kinds[upTo(kinds.length)]!();
    if (out.length === 0) return out;
  }
  return out;
}

it(`reads ${RUNS} broken rosters without a crash or a hang, and every refusal names its place (ATTUNE_SEED=${SEED})`, () => {
  expect(fixtures.length).toBeGreaterThan(8);
  expect(new Set(fixtures.map(({ format }) => format))).toEqual(new Set(ROSTER_FORMATS));
  let [refusals, slowest] = [0, 0];
  for (let run = 0; run < RUNS; run += 1) {
    const { bytes, ...source } = fixtures[upTo(fixtures.length)]!;
    const began = worked();

    const reading = readSource(source, mutated(bytes), context);

    slowest = Math.max(slowest, worked() - began);
    for (const problem of reading.notUnderstood) {
      refusals += 1;
      // A file that is no roster at all has no line to name.
      expect(
        problem.line !== undefined || reading.unreadable === true,
        `run ${run}: ${describeProblem(problem)}`,
      ).toBe(true);
    }
    expect(
      reading.entries.every((one) => one.start < one.end),
      `run ${run}`,
    ).toBe(true);
  }
  expect(refusals).toBeGreaterThan(RUNS);
  expect(slowest).toBeLessThan(5_000);
}, 120_000);
