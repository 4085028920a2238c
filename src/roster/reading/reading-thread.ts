import { parentPort } from "node:worker_threads";
import { carryOut } from "./reading.ts";
import type { Asked } from "./reading-room.ts";
import { FLAG } from "./reading-task.ts";

/* The thread in which outside files are read: tasks come in, readings go out. */

parentPort?.on("message", ({ task, waiting }: Asked) => {
  if (waiting !== undefined) raise(waiting.flag, FLAG.reading);
  void carryOut(task).then((read) => {
    if (waiting === undefined) return parentPort?.postMessage(read);
    waiting.port.postMessage(read);
    return raise(waiting.flag, FLAG.done);
  });
});
parentPort?.postMessage("open");

function raise(flag: Int32Array, to: number): void {
  Atomics.store(flag, 0, to);
  Atomics.notify(flag, 0);
}
