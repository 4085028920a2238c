import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = /^attune-restore-(?<pid>\d+)-/u;

/**
 * A temporary folder for the copy of a backup. It is deleted when its process ends. If the process was killed, the next one that
 * restores or starts on this machine deletes it, since the copy holds people's answers.
 */
export function passingFolder(): { readonly path: string } & Disposable {
  clearAbandoned();
  const path = mkdtempSync(join(tmpdir(), `attune-restore-${process.pid}-`));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Deletes the folders of processes that have ended. */
export function clearAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.groups?.["pid"];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to another user, so we may not delete it.
    }
  }
}

/** Whether a process runs. If its number was given to another process, the folder stays until that one ends. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
