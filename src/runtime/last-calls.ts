import type { Database } from "#db/store/database.ts";
import { z } from "zod";
import { instant, type Instant } from "#src/domain/time.ts";
import { DISTRUST, type Call } from "#src/ports/callers.ts";
import type { Log } from "#src/ports/log.ts";

/** The last requests to a platform's address, by any process on the database. `attune doctor` reads them from another process. */
export interface LastCalls {
  /** When the last authentic request came. */
  readonly believedAt?: Instant;
  /** The last request that was rejected. */
  readonly refused?: z.infer<typeof refusedShape>;
}

const refusedShape = z.object({
  at: z.number().transform(instant),
  inARow: z.number(),
  why: z.enum(DISTRUST),
  /** Whether all requests seemed to be rejected by then (`Callers.areRefused`). */
  areRefused: z.boolean(),
});

interface NotingDeps {
  readonly platform: string;
  readonly notes: Database["notes"];
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Milliseconds between two writes to the database, so that a flood of requests causes few writes. */
const PAUSE = 60_000;

/** Stores when a request was last authentic and last rejected. No request waits for it or fails because of it. */
export function noteCalls({ platform, notes, log, now = Date.now }: NotingDeps): (call: Call) => void {
  const written = { believed: Number.NEGATIVE_INFINITY, refused: Number.NEGATIVE_INFINITY };
  let wasRefused = false;
  const write = (outcome: keyof typeof written, value: string, at: number): void => {
    written[outcome] = at;
    notes
      .setNote(noteOf(outcome, platform), value)
      .catch((error: unknown) => log.debug({ error }, "who called is not noted"));
  };
  return (call) => {
    const at = now();
    if (call.isBelieved) {
      if (call.endsTrouble || at - written.believed >= PAUSE) write("believed", String(at), at);
      wasRefused = false;
      return;
    }
    const begins = call.areRefused && !wasRefused;
    wasRefused = call.areRefused;
    const { inARow, why, areRefused } = call;
    if (begins || at - written.refused >= PAUSE)
      write("refused", JSON.stringify({ at, inARow, why, areRefused }), at);
  };
}

const noteOf = (outcome: "believed" | "refused", platform: string): string => `${outcome} ${platform}`;

/** What was stored about a platform. */
export async function lastCalls(notes: Database["notes"], platform: string): Promise<LastCalls> {
  const [believed, refused] = [
    await notes.note(noteOf("believed", platform)),
    await notes.note(noteOf("refused", platform)),
  ];
  return {
    ...(believed === undefined ? {} : { believedAt: instant(Number(believed)) }),
    ...(refused === undefined ? {} : { refused: refusedShape.parse(JSON.parse(refused)) }),
  };
}
