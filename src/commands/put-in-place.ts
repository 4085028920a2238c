import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, realpathSync, renameSync, rmSync } from "node:fs";

/**
 * Puts a roster where a running Attune reads it, the old one beside it as NAME.before. It is whole at every moment:
 * half a roster, read just then, would take everybody after the cut off duty. Done again after a crash, it keeps
 * the old one.
 */
export function putInPlace(from: string, place: string): void {
  if (!existsSync(place)) return copyWhole(from, place);
  const there = realpathSync(place);
  if (there === realpathSync(from) || readFileSync(there).equals(readFileSync(from))) return;
  copyWhole(there, `${there}.before`);
  copyWhole(from, there);
}

/** A draft of its own: two imports at the same time must not write to one. */
function copyWhole(from: string, to: string): void {
  const draft = `${to}.${randomUUID()}.draft`;
  try {
    copyFileSync(from, draft);
    renameSync(draft, to);
  } finally {
    rmSync(draft, { force: true });
  }
}
