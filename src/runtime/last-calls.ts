import type { Database } from "#db/store/database.ts";
import { z } from "zod";
import { instant, type Instant } from "#src/domain/time.ts";
import { DISTRUST, type Call } from "#src/ports/callers.ts";
import type { Log } from "#src/ports/log.ts";

/** What the processes on a database have last heard at a platform's own address: for `attune doctor`, which is another. */
export interface LastCalls {
  /** The last request that was believed. */
  readonly believedAt?: Instant;
  /** The last one that was refused. */
  readonly refused?: z.infer<typeof refusedShape>;
}

const refusedShape = z.object({
  at: z.number().transform(instant),
  inARow: z.number(),
  why: z.enum(DISTRUST),
  /** Whether by then none was believed (`Callers.areRefused`). */
  areRefused: z.boolean(),
});

interface NotingDeps {
  readonly platform: string;
  readonly notes: Database["notes"];
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Milliseconds: a flood of requests writes to the database once in this time, whoever sends it. */
const PAUSE = 60_000;

/** Keeps when a request was last believed and last refused. Nobody waits for it, and it fails no request. */
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

/** What was noted of a platform. */
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
