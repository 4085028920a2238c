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
 * their message already agree to take part, and wait for the next card in real time. Whoever agrees is sent the question
 * about the shift that begins soon, so these messages want their place among the 50, too.
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
  const deliveries = () => cloud.deliveries.filter((one) => one.type === "sent");
  let isSent = false;
  const sending = async () => {
    // As the scheduler does after an act: another beat for what has fallen due meanwhile.
    while (new Set(deliveries().map(({ to }) => to)).size < NUDGES) await running.beat();
    isSent = true;
  };
  const waited: number[] = [];
  const sendingAll = sending();
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
  await sendingAll;
  const sent = deliveries();
  const seconds = (sent.at(-1)!.at - start) / SECOND;
  const bound = sent.length / ADMITTED;
  const more = sent.length - NUDGES;
  if (more > waited.length || cloud.duplicates() > 0)
    throw new Error(`${more} messages more than people were sent, and only ${waited.length} had agreed.`);
  return {
    what: `5,000 nudges due at once, and ${more} for those who agreed meanwhile, 50 a second admitted`,
    ours: `${seconds.toFixed(1)} s of virtual time`,
    baseline: `${bound.toFixed(1)} s`,
    ratio: seconds / bound,
    target: { atMost: 1.05 },
    note:
      `${waited.length} answers meanwhile: ${median(waited).toFixed(1)} ms in the middle, ` +
      `99th percentile ${percentile(waited, 0.99).toFixed(1)} ms`,
  };
}
