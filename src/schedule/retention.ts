import { ANNOUNCED, announced, erasesFrom, expiredAnswers, readAnnounced } from "#src/domain/retention.ts";
import { HOUR, utc } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import type { EngineDeps } from "./deliver.ts";

/** How many portions a beat erases: others wait for what it does. */
const PORTIONS = 20;

/** How long what was looked at stands: nothing falls due more often than once a day. */
const LOOK = HOUR;

/**
 * Erases the answers whose time is over, where program.yaml says for how many months they are kept. What there is to do follows from the
 * setting and the time, so any process may do it, and after a kill the next one goes on.
 */
export function createRetention({ log }: Pick<EngineDeps, "log">): (context: Context) => Promise<void> {
  let doneAt: number | undefined;
  return async (context) => {
    const { program, zone, store, now } = context;
    const expired = expiredAnswers(program, zone, now);
    // Either way: a clock may step back.
    if (expired === undefined || (doneAt !== undefined && Math.abs(now - doneAt) < LOOK)) return;
    const note = await store.note(ANNOUNCED);
    const before = readAnnounced(note);
    const { retention } = program;
    const stands = announced(before, retention!, now);
    if (!(await store.changeNote(ANNOUNCED, note, JSON.stringify(stands)))) return;
    const from = erasesFrom(stands);
    if (before?.since !== stands.since)
      log.warn(
        { months: retention, from: utc(from) },
        "answers are erased by `retention` of program.yaml from this moment on: take it out if that is not meant",
      );
    if (now < from) {
      doneAt = now;
      return;
    }
    let erased = 0;
    for (const span of expired.spans) {
      for (let rest = 1; rest > 0;) {
        if (erased >= PORTIONS) return;
        rest = await store.eraseAnswers(span, expired.before, now);
        if (rest > 0) erased += 1;
      }
    }
    if (erased > 0) log.info({ before: expired.before }, "answers were erased, as program.yaml has it");
    doneAt = now;
  };
}
