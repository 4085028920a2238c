import { parentPort } from "node:worker_threads";
import { carryOut } from "./reading.ts";
import type { Asked } from "./reading-room.ts";

/* The thread in which outside files are read: tasks come in, readings go out. */

parentPort?.on("message", ({ task, waiting }: Asked) => {
  void carryOut(task).then((read) => {
    if (waiting === undefined) return parentPort?.postMessage(read);
    waiting.port.postMessage(read);
    Atomics.store(waiting.flag, 0, 1);
    return Atomics.notify(waiting.flag, 0);
  });
});
parentPort?.postMessage("open");
