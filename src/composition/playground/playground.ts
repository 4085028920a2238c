import type { Hono } from "hono";
import { DAY, later } from "#src/domain/time.ts";
import { playground } from "#adapters/web/playground.ts";
import type { Hub } from "#adapters/web/hub.ts";
import type { Database } from "#db/store/database.ts";
import pLimit from "p-limit";
import type { ChatLog } from "#src/ports/chat.ts";
import type { Log } from "#src/ports/log.ts";
import { createStage, openingMoment, setUpMoment } from "./stage.ts";
import type { HostedProgram } from "#src/runtime/hosted-program.ts";
import type { StageTime } from "#src/runtime/stage-time.ts";

export interface DemoDeps {
  readonly hosted: HostedProgram;
  readonly db: Pick<Database, "clear">;
  /** Its clock, where that can be moved. Undefined beside real platforms: there the time is real. */
  readonly clock: StageTime | undefined;
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
export function openDemo({ hosted, db, clock, chat, hub, sent, log }: DemoDeps): Demo {
  const { store, time, running } = hosted;
  const alone = pLimit(1);
  const beginAnew = async (): Promise<void> => {
    if (clock === undefined) return;
    const { program } = hosted;
    const { zone, planning } = running();
    if (program.waitsForStart === true) {
      clock.set(setUpMoment(program, zone));
      await clock.keep();
      return;
    }
    clock.set(await openingMoment(program, zone, undefined));
    await planning.prepare(clock.now());
    // Who takes part was to be asked before that day; here it is asked with the first question.
    const [first] = await store.nudgesDuring(clock.now(), later(clock.now(), 7 * DAY));
    clock.set(await openingMoment(program, zone, first?.dueAt));
    await clock.keep();
  };
  const stage = createStage({
    program: () => hosted.program,
    running,
    ...(clock === undefined ? {} : { clock }),
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
      if (clock !== undefined && !(await clock.restore())) await beginAnew();
    },
    beat: () =>
      alone(async () => {
        await hosted.beat();
        await clock?.keep();
      }),
  };
}
