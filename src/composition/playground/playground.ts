import type { Hono } from "hono";
import { DAY, later } from "#src/domain/time.ts";
import { playground } from "#adapters/web/playground.ts";
import type { Hub } from "#adapters/web/hub.ts";
import type { Database } from "#db/store/database.ts";
import pLimit from "p-limit";
import type { ChatLog } from "#src/ports/chat.ts";
import type { Log } from "#src/ports/log.ts";
import { createStage, firstMoment } from "./stage.ts";
import type { HostedProgram } from "#src/runtime/hosted-program.ts";

export interface DemoDeps {
  readonly hosted: HostedProgram;
  readonly db: Pick<Database, "clear">;
  /** Whether the clock can be moved. False beside real platforms. */
  readonly travels: boolean;
  readonly chat: ChatLog;
  readonly hub: Hub;
  /** How many messages this process has sent. */
  sent(): number;
  readonly log: Log;
}

/** One program in the playground. Its clock can be moved, and it can start over. */
export interface Demo {
  readonly routes: Hono;
  /** Goes on at the stored time. The first time, begins shortly before the first message. */
  begin(): Promise<void>;
  /** Runs one beat. Never at the same time as a move of the clock or a new start. */
  beat(): Promise<void>;
}

/** Shows one program in the playground. */
export function openDemo({ hosted, db, travels, chat, hub, sent, log }: DemoDeps): Demo {
  const { store, time, running } = hosted;
  const alone = pLimit(1);
  const beginAnew = async (): Promise<void> => {
    const { program } = hosted;
    const { zone, planning } = running();
    time.set(await firstMoment(program, zone, undefined));
    await planning.prepare(time.now());
    // Who takes part was to be asked before that day; here it is asked with the first question.
    const [first] = await store.nudgesDuring(time.now(), later(time.now(), 7 * DAY));
    time.set(await firstMoment(program, zone, first?.dueAt));
    await time.keep();
  };
  const stage = createStage({
    program: () => hosted.program,
    running,
    ...(travels ? { clock: time } : {}),
    inTurn: alone,
    now: () => time.now(),
    sent,
    async reset() {
      await db.clear(hosted.program.id);
      hosted.reopen();
      await beginAnew();
    },
  });
  return {
    routes: playground({ stage, chat, hub, receive: (inbound) => running().bot.receive(inbound), log }),
    async begin() {
      if (travels && !(await time.restore())) await beginAnew();
    },
    beat: () =>
      alone(async () => {
        await hosted.beat();
        if (travels) await time.keep();
      }),
  };
}
