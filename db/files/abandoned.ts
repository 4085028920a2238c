import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = /^attune-restore-(?<pid>\d+)-/u;

/**
 * A folder for the copy of a backup, which goes with its process: whoever is killed leaves it to the next one that
 * restores or starts on this machine, since it holds what the backup holds.
 */
export function passingFolder(): { readonly path: string } & Disposable {
  clearAbandoned();
  const path = mkdtempSync(join(tmpdir(), `attune-restore-${process.pid}-`));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Takes away the folders of processes that are no more. */
export function clearAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.groups?.["pid"];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: it is theirs to take away.
    }
  }
}

/** A number that is given to another process keeps its folder until that one has ended. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
