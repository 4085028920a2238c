import { execFileSync } from "node:child_process";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import ICAL from "ical.js";
import { readingRoom } from "#src/roster/reading/reading-room.ts";
import { readingContextOf, taskOf } from "#src/roster/reading/read-roster.ts";
import { readSource } from "#src/roster/reading/read-source.ts";
import { windowsOf } from "#src/roster/change/coverage.ts";
import { personId } from "#src/domain/person.ts";
import type { Roster } from "#src/domain/roster.ts";
import { HOUR, instant, later } from "#src/domain/time.ts";
import { rosterChange } from "#src/roster/change/merge.ts";
import { programOf } from "#test/support/programs.ts";
import { median, report, isMet } from "./support/measure.ts";
import { DAYS, FIRST, ROWS, STAFF, tableOf } from "./support/tables.ts";
import { FEEDS, feedOf, PEOPLE, START, type FeedKind } from "./support/feeds.ts";

/*
 * How fast a feed is read, matched with people, and compared with what is stored, against ical.js merely parsing
 * the same text into jCal. Both take turns in one process; `reading KIND` measures our memory in its own.
 */
const TURNS = 7;
const FEW = 5_000;
const MANY = 50_000;
const NOW = instant(START);
const EMPTY: Roster = { assignments: [], absences: [] };

const context = readingContextOf(programOf({ people: PEOPLE, from: "2020-01-01", to: "2040-12-31" }));
const people = PEOPLE.map(personId);

function readAndCompare(bytes: Uint8Array, events: number, stored: Roster) {
  const reading = readSource({ name: "feed", format: "icalendar" }, bytes, context);
  if (reading.entries.length !== events || reading.notUnderstood.length > 0) {
    throw new Error(`read ${reading.entries.length} of ${events}`);
  }
  return rosterChange(stored, reading.entries, windowsOf(people, [{ reading, person: undefined }]), NOW);
}

/** What the feed says, but for every third shift an hour later, so that the comparison has work to do. */
function storedBefore(bytes: Uint8Array, events: number): Roster {
  const { added: assignments, absences } = readAndCompare(bytes, events, EMPTY);
  const moved = assignments.map((one, index) =>
    index % 3 === 0 ? { ...one, start: later(one.start, HOUR) } : one,
  );
  return { assignments: moved, absences };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/**
 * Processor time, the garbage collector's threads included, and without the garbage of whoever had the turn before. On
 * the clock, what else runs on the machine weighs more on 50,000 events at once than on ten times 5,000.
 */
function milliseconds(work: () => unknown): number {
  collectGarbage();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

interface Turn {
  readonly many: number;
  readonly few: number;
  readonly parser: number;
}

/** Milliseconds for MANY events each: at once, in feeds of FEW, and by the parser. One turn to warm up is not counted. */
function byTurns(kind: FeedKind): readonly Turn[] {
  const [many, few] = [MANY, FEW].map((events) => {
    const text = feedOf(kind, events);
    const bytes = new TextEncoder().encode(text);
    const stored = storedBefore(bytes, events);
    return { text, read: () => readAndCompare(bytes, events, stored) };
  });
  return Array.from({ length: 1 + TURNS }, () => ({
    many: milliseconds(() => many!.read()),
    few: milliseconds(() => {
      for (let times = 0; times < MANY / FEW; times += 1) few!.read();
    }),
    parser: milliseconds(() => ICAL.parse(many!.text)),
  })).slice(1);
}

/** The middle of the turns' own ratios: what else the machine does in one turn, it does to both. */
const ratioOf = (turns: readonly Turn[], of: (turn: Turn) => number): number => median(turns.map(of));

const speed = (turns: readonly Turn[], took: keyof Turn): string =>
  `${Math.round((MANY / median(turns.map((turn) => turn[took]))) * 1_000).toLocaleString("en")} events/s of processor time`;

function measure(kind: FeedKind): void {
  const turns = byTurns(kind);
  const found = [
    {
      what: `${kind} events, ${MANY}: read, matched and compared against ical.js merely parsing`,
      ours: speed(turns, "many"),
      baseline: speed(turns, "parser"),
      ratio: ratioOf(turns, ({ many, parser }) => parser / many),
      target: { atLeast: 0.5 },
      note: memoryOf(kind),
    },
    {
      what: `${kind} events: cost of one among ${MANY} against one among ${FEW}`,
      ours: speed(turns, "many"),
      baseline: speed(turns, "few"),
      ratio: ratioOf(turns, ({ many, few }) => many / few),
      target: { atMost: 1.3 },
    },
  ];
  for (const one of found) {
    console.log(report(one));
    if (!isMet(one)) process.exitCode = 1;
  }
}

/** Milliseconds for a table in a workbook, from an idle process to what it says: its thread is started, too. */
async function measureTable(): Promise<void> {
  const bytes = await tableOf();
  const program = programOf({ people: STAFF, from: FIRST, to: "2027-01-31" });
  const took: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const before = process.cpuUsage();
    const { reading } = await readingRoom().read(
      taskOf(program, { name: "table", format: "matrix" }, [bytes]),
    );
    const { user, system } = process.cpuUsage(before);
    if (reading.entries.length < ROWS * DAYS * 0.7 || reading.notUnderstood.length > 0)
      throw new Error(`read ${reading.entries.length} of ${ROWS * DAYS}`);
    took.push((user + system) / 1_000);
  }
  const found = {
    what: `a table of ${ROWS} people and ${DAYS} days in a workbook, in a new thread`,
    ours: `${Math.round(median(took))} ms of processor time`,
    baseline: "2,000 ms",
    ratio: median(took) / 2_000,
    target: { atMost: 1 },
  };
  console.log(report(found));
  if (!isMet(found)) process.exitCode = 1;
}

/** Our reading alone, in a process of its own. */
const memoryOf = (kind: FeedKind): string =>
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), "reading", kind], {
    encoding: "utf8",
  }).trim();

function readAlone(kind: FeedKind): void {
  const bytes = new TextEncoder().encode(feedOf(kind, MANY));
  const megabytes = (count: number) => `${Math.round(count / 1_000_000)} MB`;
  const before = process.memoryUsage().rss;
  readAndCompare(bytes, MANY, EMPTY);
  const grown = process.resourceUsage().maxRSS * 1_024 - before;
  console.log(`memory: at most ${megabytes(grown)} more, for a feed of ${megabytes(bytes.length)}`);
}

const [mode, kind] = process.argv.slice(2);
if (mode === "reading") readAlone(kind as FeedKind);
else {
  console.log(`load average ${loadavg()[0]!.toFixed(1)}`);
  for (const one of FEEDS) measure(one);
  await measureTable();
}
