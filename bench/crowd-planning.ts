import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onServer } from "./support/databases.ts";
import { perSecond, type Found } from "./support/measure.ts";
import type { Planned } from "./support/planner.ts";

/**
 * All 500 take two and a half hours and 50 GB: `CROWD_PROGRAMS=500 npm run bench crowd-planning`. A few show what one
 * more of them adds.
 */
const PROGRAMS = Number(process.env["CROWD_PROGRAMS"] ?? 2);
const ALL = 500;
// Four attendings on duty at a time: each resident meets a handful of people a shift, as in a real emergency room.
const RESIDENTS = 1_980;
const ATTENDINGS = 20;
const PEOPLE = RESIDENTS + ATTENDINGS;
const MB = 1_048_576;

/** What V8 may hold: without a bound it lets garbage pile up as long as the machine has room. */
const HEAP = "--max-old-space-size=384";

/**
 * Eight weeks of shifts of programs of 2,000 people, planned one after the other on PostgreSQL by one process with a
 * small heap. Its memory is bounded by one program: the peak after the last is that after the first.
 */
export async function crowdPlanning(): Promise<Found> {
  const planned = await onServer(async (server) => planner(await server.database()));
  const [first, last] = [planned[0]!, planned.at(-1)!];
  const sum = (of: (one: Planned) => number) => planned.reduce((total, one) => total + of(one), 0);
  const nudges = sum((one) => one.nudges);
  const [planning, storing] = [sum((one) => one.planning), sum((one) => one.storing)];
  const hours = ((planning + storing) / PROGRAMS) * (ALL / 3_600);
  return {
    what: `Planning ${PROGRAMS} programs of ${PEOPLE.toLocaleString("en")} people on PostgreSQL (${nudges.toLocaleString("en")} nudges): peak memory`,
    ours: `${(last.peak / MB).toFixed(0)} MB`,
    baseline: `${(first.peak / MB).toFixed(0)} MB after the first of them`,
    ratio: last.peak / first.peak,
    target: { atMost: 1.5 },
    note: `${perSecond(nudges, planning * 1_000)} planned, ${perSecond(nudges, storing * 1_000)} stored; all ${ALL} by one process: ${hours.toFixed(1)} h`,
  };
}

async function planner(url: string): Promise<readonly Planned[]> {
  const file = fileURLToPath(new URL("support/planner.ts", import.meta.url));
  const args = [HEAP, file, url, PROGRAMS, RESIDENTS, ATTENDINGS].map(String);
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const planned: Planned[] = [];
  for await (const line of createInterface(child.stdout)) {
    planned.push(JSON.parse(line) as Planned);
    if (PROGRAMS > 10) console.error(`    ${planned.length} of ${PROGRAMS}: ${line}`);
  }
  if (planned.length !== PROGRAMS) throw new Error(`${planned.length} of ${PROGRAMS} were planned.`);
  return planned;
}
