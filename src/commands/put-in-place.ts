import { randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { AttuneError } from "#src/errors.ts";

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

/** Another text in a file that is there: in the one that a link names, and for those who could read it before. */
export function rewrite(place: string, text: string): void {
  const there = realpathSync(place);
  const { mode, uid, gid } = statSync(there);
  viaDraft(there, (draft) => {
    writeFileSync(draft, text, { mode: 0o600 });
    // Root writes for whoever runs Attune.
    if (process.getuid?.() === 0) chownSync(draft, uid, gid);
    chmodSync(draft, mode);
  });
}

const copyWhole = (from: string, to: string): void => viaDraft(to, (draft) => copyFileSync(from, draft));

/** Whole at every moment. A draft of its own: two at the same time must not write to one. */
function viaDraft(to: string, write: (draft: string) => void): void {
  const draft = `${to}.${randomUUID()}.draft`;
  try {
    write(draft);
    renameSync(draft, to);
  } catch (cause) {
    const { code = "error" } = cause as NodeJS.ErrnoException;
    throw new AttuneError(
      "config",
      `${to} cannot be written (${code}): let whoever runs this command write in its folder, and make room where the disk is full.`,
      { cause },
    );
  } finally {
    rmSync(draft, { force: true });
  }
}
