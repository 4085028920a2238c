import { setTimeout as pause } from "node:timers/promises";
import { keyOf } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { HOUR, instant, later, MINUTE, type Instant } from "#src/domain/time.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import { farSide } from "#test/support/kill/far-side.ts";
import { startLife, type Life } from "#test/support/kill/life.ts";
import { KEY } from "#test/support/kill/morning.ts";
import type { PostgresServer } from "#test/support/postgres.ts";
import { cuttableWay } from "./cut.ts";
import { deliveryOf, ledgerOf, type Ledger } from "./ledger.ts";
import { answerAll } from "./staff.ts";
import { endOf, WEEK_START, weekProgram } from "./week.ts";
import { dealer } from "#test/support/dealer.ts";

export interface WeekWish {
  readonly server: PostgresServer;
  readonly replicas: number;
  /** On how many days of the week people are on duty. */
  readonly days: number;
  /** What goes wrong is drawn from this; without it, nothing does. */
  readonly random?: () => number;
}

export interface WeekEnd extends Ledger {
  readonly kills: number;
  readonly cuts: number;
  readonly restarts: number;
  /** How often all that was under way on every connection was lost, and nobody was told. */
  readonly silences: number;
  /** Answers that a replica said it has. */
  readonly answers: number;
  /** How often somebody was told "not saved", or heard nothing, and tried again. */
  readonly again: number;
}

/**
 * A week at a hospital on a fast clock: replicas on one PostgreSQL beat at every moment at which something is due,
 * and everybody answers. Where things go wrong they do so in the middle of beats and answers; two calm beats follow,
 * later than any lease.
 */
export async function liveWeek({ server, replicas, days, random }: WeekWish): Promise<WeekEnd> {
  const url = await server.database();
  await using way = await cuttableWay(Number(new URL(url).port));
  await using far = await farSide({
    mishap: (call) => (call === "send" && (random?.() ?? 1) < 0.03 ? "arrived" : undefined),
    passing() {},
  });
  const program = weekProgram();
  const end = endOf(days);
  const db = await openPostgres({ url, keys: keyOf(KEY) });
  const store = () => db.store(program.id);
  for (const { id } of program.people)
    await store().changeStanding(id, { consent: "given" }, `consent ${id}`, WEEK_START);
  const passed = new URL(url);
  passed.port = String(way.port);
  let births = 0;
  const counts = { kills: 0, cuts: 0, restarts: 0, silences: 0, again: 0, answers: 0 };
  const dead = new Set<Life>();

  const born = async (): Promise<Life> => {
    for (;;) {
      births += 1;
      const life = startLife({
        database: passed.href,
        place: "week",
        port: far.port,
        lookup: true,
        owner: `replica ${births}`,
        days,
      });
      if ((await life.started) === "ready") return life;
      // The server was away when it started.
      await pause(50);
    }
  };
  const living = await Promise.all(Array.from({ length: replicas }, born));
  const bury = async (): Promise<void> => {
    for (const [i, life] of living.entries()) {
      if (!dead.has(life)) continue;
      dead.delete(life);
      await life.ended;
      await far.quiet();
      counts.kills += 1;
      living[i] = await born();
    }
  };
  const someone = <One>(all: readonly One[]): One => all[Math.floor((random?.() ?? 0) * all.length)]!;

  const next = dealer(random ?? (() => 0), TROUBLES);
  /** One thing goes wrong, at some moment of what happens meanwhile. */
  const mischief = async (): Promise<void> => {
    if (random === undefined) return;
    const trouble = next();
    await pause(random() * 60);
    if (trouble === "kill") someone(living).kill();
    else if (trouble === "cut") counts.cuts += way.cut(0.5, random);
    else if (trouble === "restart") {
      counts.restarts += 1;
      await (random() < 0.5 ? server.stop() : server.crash());
      await pause(random() * 200);
      await server.start();
    } else if (trouble === "silence") {
      counts.silences += 1;
      way.silence();
    }
  };

  const beat = async (now: Instant, isCalm: boolean): Promise<void> => {
    const work = living.map(async (life) => {
      for (;;) {
        const outcome = await life.beat(now);
        if (outcome.type === "died") dead.add(life);
        // In a calm hour a replica may still find that a connection was cut in its sleep, and no more than that.
        if (outcome.type !== "failed" || !isCalm) return;
        await pause(20);
      }
    });
    await Promise.all(isCalm ? work : [...work, mischief()]);
    await bury();
  };

  const carry =
    (now: Instant) =>
    async (inbound: Inbound): Promise<BotResponse> => {
      for (let tries = 0; ; tries += 1) {
        if (tries > 500) throw new Error("nobody takes an answer");
        const life = someone(living);
        const outcome = await life.act(now, inbound);
        if (outcome.type === "died") dead.add(life);
        const reply = outcome.type === "done" ? outcome.reply : undefined;
        if (reply !== undefined && !(reply.kind === "refused" && reply.reason === "not-saved")) return reply;
        counts.again += 1;
        await pause(20);
        if (living.every((one) => dead.has(one))) await bury();
      }
    };

  const answer = async (now: Instant): Promise<void> => {
    const nudges = new Map(
      (await Promise.all(program.people.map(({ id }) => store().nudgesOf(id, instant(0), end))))
        .flat()
        .map((nudge) => [nudge.id as number, nudge]),
    );
    const asked = far.messages
      .map((message) => ({ message, ...deliveryOf(message) }))
      .filter(({ round }) => round === 0)
      .map(({ message, nudge }) => ({ message, nudge: nudges.get(nudge)! }))
      .toSorted((a, b) => a.nudge.subject.localeCompare(b.nudge.subject));
    const [answers] = await Promise.all([answerAll(asked, carry(now)), mischief()]);
    counts.answers += answers;
    await bury();
  };

  for (let now = WEEK_START; now < end;) {
    await beat(now, false);
    await beat(later(now, 2 * MINUTE), true);
    await beat(later(now, 4 * MINUTE), true);
    await answer(later(now, 5 * MINUTE));
    await beat(later(now, 6 * MINUTE), true);
    await beat(later(now, 8 * MINUTE), true);
    const due = (await store().nextDue()) ?? end;
    now = later(now, Math.max(9 * MINUTE, Math.min(due - now, 3 * HOUR)));
  }
  for (const life of living) life.kill();
  await Promise.all(living.map((life) => life.ended));
  const ledger = await ledgerOf(program, store(), far);
  await db.close();
  return { ...ledger, ...counts };
}

/** What goes wrong, in which share of the moments. */
const TROUBLES = [
  ...Array<"kill">(3).fill("kill"),
  ...Array<"cut">(7).fill("cut"),
  "restart",
  "silence",
  ...Array<"none">(8).fill("none"),
] as const;
