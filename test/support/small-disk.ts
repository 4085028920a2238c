import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A place for a database that can be filled to its last byte, and emptied again, under a running process. */
export interface SmallDisk extends Disposable {
  readonly folder: string;
  /** From now on nothing can be added. @param group the process group that works on it, or the parent of those that do */
  fill(group: number): void;
  free(group: number): void;
}

const MEGABYTE = 2 ** 20;

/** A file system of so many megabytes in memory, where this user may mount one: what is full is then the disk itself. */
function mounted(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "attune-small-"));
  const { status } = spawnSync("mount", [
    "-t",
    "tmpfs",
    "-o",
    `size=${megabytes * MEGABYTE}`,
    "attune-small",
    folder,
  ]);
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const filler = join(folder, "filler");
  return {
    folder,
    fill() {
      const page = Buffer.alloc(4_096, 1);
      while (hasRoomFor(filler, page));
    },
    free: () => rmSync(filler),
    [Symbol.dispose]() {
      // Lazily: a process that a failed test left behind may still hold a file in it.
      execFileSync("umount", ["--lazy", folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function hasRoomFor(file: string, page: Buffer): boolean {
  try {
    appendFileSync(file, page);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") return false;
    throw error;
  }
}

/** An ordinary folder, whose files the process may no longer grow: what a user who cannot mount has. */
export function limitedDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "attune-small-"));
  const limit = (group: number, bytes: number | "unlimited"): void => {
    const found = ["-g", "-P"].flatMap((by) =>
      spawnSync("pgrep", [by, String(group)], { encoding: "utf8" }).stdout.split("\n"),
    );
    const pids = new Set([String(group), ...found.filter(Boolean)]);
    for (const pid of pids) execFileSync("prlimit", ["--pid", pid, `--fsize=${bytes}:unlimited`]);
  };
  return {
    folder,
    fill: (group) => limit(group, 4_096),
    free: (group) => limit(group, "unlimited"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

const canMount = ((): boolean => {
  using tried = mounted(1);
  return tried !== undefined;
})();

/** What stands in for a full disk on this machine: said in the name of each test that uses it. */
export const FULL_BY = canMount ? "a file system without room" : "a limit on the size of files";

export const smallDisk = (megabytes = 4): SmallDisk => mounted(megabytes) ?? limitedDisk();
