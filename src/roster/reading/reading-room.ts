import pLimit from "p-limit";
import { LIMITS, ownThread, type OwnThread, type ThreadLimits } from "./own-thread.ts";
import type { ReadingRoom, ReadingTask, SourceRead } from "./reading-task.ts";

export interface RoomOptions {
  readonly limits?: ThreadLimits;
  /** Aborts when whoever reads is closing: what is under way ends at once. */
  readonly shutdown?: AbortSignal;
}

/** Files read at the same time: a slow one of one program holds up no other program's. */
const AT_A_TIME = 2;
/** Milliseconds that a thread is kept for the next file: rosters change together. */
const WARM = 2_000;

/** A room has no thread before there is something to read, and none again soon after. */
export function readingRoom({ limits = LIMITS, shutdown }: RoomOptions = {}): ReadingRoom {
  const free: OwnThread[] = [];
  const inTurn = pLimit(AT_A_TIME);

  const keepWarm = (thread: OwnThread) => {
    free.push(thread);
    setTimeout(() => {
      const place = free.indexOf(thread);
      if (place !== -1) free.splice(place, 1)[0]!.end();
    }, WARM).unref();
  };
  const read = async (task: ReadingTask): Promise<SourceRead> => {
    const thread = free.pop() ?? ownThread(limits);
    const end = () => thread.end();
    shutdown?.addEventListener("abort", end);
    if (shutdown?.aborted) end();
    const found = await thread.ask(task);
    shutdown?.removeEventListener("abort", end);
    if (!thread.isOver()) keepWarm(thread);
    return found;
  };

  return { read: (task) => inTurn(() => read(task)) };
}
