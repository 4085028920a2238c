import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { Asked } from "#src/roster/reading/reading-room.ts";

/* The thread in which outside files are read: tasks come in, readings go out. */

// What the process has compiled already is not compiled here again: that took more memory than reading does.
enableCompileCache();
const { carryOut } = await import("./reading.ts");

parentPort?.on("message", ({ task, waiting }: Asked) => {
  void carryOut(task).then((read) => {
    if (waiting === undefined) return parentPort?.postMessage(read);
    waiting.port.postMessage(read);
    Atomics.store(waiting.flag, 0, 1);
    return Atomics.notify(waiting.flag, 0);
  });
});
parentPort?.postMessage("open");
