import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder for a process that is killed. In memory where there is such a place: what a killed process has given to
 * the system is kept by the system, on a disk or not, and only a power cut would tell the two apart.
 */
export function place(): Disposable & { readonly file: string } {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "attune-kill-"));
  return {
    file: join(folder, "attune.db"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
