import { outlookOf } from "#src/domain/outlook.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { zoneOf } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { eightWeeks, FIRST, staffedProgram } from "./program.ts";

/** What planning one program took. */
export interface Planned {
  readonly nudges: number;
  /** Seconds: from the roster to the plan, and from the plan to the database. */
  readonly planning: number;
  readonly storing: number;
  /** The most memory that this process had up to now, in bytes. */
  readonly peak: number;
}

// Plans programs one after the other in a process of its own, whose memory is nobody else's, and says so line by line.
const [url, programs, residents, attendings] = process.argv.slice(2);
await using db = await openPostgres({ url: url!, keys: passingKey(), connections: 2 });
for (let i = 0; i < Number(programs); i += 1) {
  const program = staffedProgram(`planned-${i}`, Number(residents), Number(attendings));
  const start = performance.now();
  const wanted = planNudges(
    outlookOf({ program, zone: zoneOf(program.timeZone), roster: eightWeeks(program), wishes: new Map() }),
  );
  const middle = performance.now();
  await db.store(program.id).plan(wanted, FIRST);
  const planned: Planned = {
    nudges: wanted.length,
    planning: (middle - start) / 1_000,
    storing: (performance.now() - middle) / 1_000,
    peak: process.resourceUsage().maxRSS * 1_024,
  };
  console.log(JSON.stringify(planned));
}
