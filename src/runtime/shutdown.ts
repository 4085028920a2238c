import pLimit from "p-limit";
import type { Log } from "#src/ports/log.ts";
import type { Platform } from "#src/ports/platform.ts";
import type { HostedProgram } from "./hosted-program.ts";

/** What has to be closed. */
interface Closing {
  readonly ticker: { stop(): Promise<void> };
  readonly scheduler: { stop(): Promise<void> };
  /** `close` refuses new requests. It is done once all earlier ones are answered. */
  readonly server: { close(done: () => void): unknown; closeAllConnections?(): void };
  readonly hub: { close(): void };
  readonly db: { close(): Promise<void> };
  readonly log: Log;
  readonly platforms: readonly Platform[];
  readonly shutdown: AbortController;
  /** Each hands over to other processes what this one did for all. */
  readonly hostedPrograms: readonly HostedProgram[];
}

/**
 * Milliseconds for what is under way when the process closes. One send may wait 20 seconds for its turn and 10 for its
 * answer (adapters/slack). A container has 60 before it is killed.
 */
const GRACE = 35_000;

/**
 * Refuses new requests, lets running beats and open answers finish, then closes the database. What still hangs after GRACE
 * is left: nobody was told that it succeeded, and the next start takes it up.
 */
export async function stop(closing: Closing): Promise<void> {
  const { server, hub, db, log, shutdown } = closing;
  log.info({}, "stopping");
  shutdown.abort();
  hub.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const over = new Promise<"over">((resolve) => setTimeout(resolve, GRACE, "over").unref());
  if ((await Promise.race([finish(closing, closed), over])) === "over")
    log.warn({}, "something hangs and is left");
  server.closeAllConnections?.();
  await db.close();
  log.info({}, "stopped");
}

async function finish(
  { ticker, scheduler, platforms, hostedPrograms }: Closing,
  closed: Promise<void>,
): Promise<void> {
  // All at once: a part that waits for another would accept new work meanwhile.
  await Promise.all([
    closed,
    ticker.stop(),
    scheduler.stop(),
    ...platforms.map((platform) => platform.stop()),
  ]);
  await pLimit(8).map(hostedPrograms, handOver);
}

/** So other processes need not wait until the lease ends. */
const handOver = ({ running, log }: HostedProgram): Promise<void> =>
  running()
    .handOver()
    .catch((error: unknown) => log.warn({ error }, "the lease is left to end by itself"));
