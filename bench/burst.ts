import { setImmediate as turn } from "node:timers/promises";
import { HOUR, later, MINUTE, SECOND } from "#src/domain/time.ts";
import { tapsOf } from "#src/card/act.ts";
import { benchFolder, newDatabase } from "./support/databases.ts";
import { median, percentile, type Found } from "./support/measure.ts";
import { atWork, FIRST, oneShift, staffedProgram } from "./support/program.ts";

const NUDGES = 5_000;
const ADMITTED = 50;
const STEP = 20;

/**
 * 5,000 nudges due at once through a platform that admits 50 a second, on a virtual clock. Meanwhile people who have
 * their message already agree to take part, and wait for the next card in real time.
 */
export async function burst(): Promise<Found> {
  using folder = benchFolder();
  await using db = newDatabase(folder.path("burst.db"));
  const program = staffedProgram("burst", NUDGES, 0);
  const start = later(FIRST, 8 * HOUR - 15 * MINUTE);
  const { clock, cloud, running } = atWork(
    program,
    oneShift(program),
    db.store(program.id),
    later(start, -1),
    ADMITTED,
  );
  await running.beat();
  await clock.set(start);
  let isSent = false;
  const sending = running.beat().then(() => {
    isSent = true;
  });
  const waited: number[] = [];
  while (!isSent) {
    await clock.advance(STEP);
    await turn();
    const sent = cloud.deliveries[waited.length * ADMITTED];
    if (sent?.type !== "sent") continue;
    const asked = performance.now();
    const reply = await running.bot.receive({
      type: "pressed",
      event: `burst-${waited.length}`,
      sender: { platform: "memory", account: sent.to, address: sent.to },
      act: tapsOf(sent.card)[0]!.tap.act,
      message: sent.ref,
    });
    if (reply.kind !== "card") throw new Error(`Agreeing was met with "${reply.kind}".`);
    waited.push(performance.now() - asked);
  }
  await sending;
  const sent = cloud.deliveries.filter((one) => one.type === "sent");
  const seconds = (sent.at(-1)!.at - start) / SECOND;
  const bound = NUDGES / ADMITTED;
  if (sent.length !== NUDGES || cloud.duplicates() > 0) throw new Error(`${sent.length} messages were sent.`);
  return {
    what: "5,000 nudges due at once, 50 a second admitted",
    ours: `${seconds.toFixed(1)} s of virtual time`,
    baseline: `${bound} s`,
    ratio: seconds / bound,
    target: { atMost: 1.05 },
    note:
      `${waited.length} answers meanwhile: ${median(waited).toFixed(1)} ms in the middle, ` +
      `99th percentile ${percentile(waited, 0.99).toFixed(1)} ms`,
  };
}
