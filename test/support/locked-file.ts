import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const flag = (sign: "+i" | "-i", files: readonly string[]): boolean =>
  spawnSync("chattr", [sign, ...files]).status === 0;

/** Whether files can be made immutable here: it takes root, and a file system that knows the flag. */
export const CAN_LOCK = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), "attune-lock-"));
  const file = join(folder, "tried");
  writeFileSync(file, "");
  const could = flag("+i", [file]);
  flag("-i", [file]);
  rmSync(folder, { recursive: true });
  return could;
})();

/** Makes files read-only under a process that has them open, root or not, until it is disposed of. */
export function locked(files: readonly string[]): Disposable {
  if (!flag("+i", files)) throw new Error(`chattr cannot lock ${files.join(", ")}`);
  return { [Symbol.dispose]: () => void flag("-i", files) };
}
