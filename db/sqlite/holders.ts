import { readFileSync, statSync } from "node:fs";
import { sideFile } from "./side-file.ts";

/**
 * The processes that have locked a database's files, by number and name. Only Linux tells, and only about processes that this one
 * may see. Empty otherwise.
 */
export function holdersOf(file: string): readonly string[] {
  try {
    const inodes = new Set([file, sideFile(file, "-wal"), sideFile(file, "-shm")].flatMap(inodeOf));
    const lines = readFileSync("/proc/locks", "utf8").split("\n");
    const held = lines.flatMap((line) => {
      // 1: POSIX  ADVISORY  WRITE 4711 08:01:1234567 120 120
      const found = /\bWRITE\s+(?<pid>\d+)\s+\S+:(?<inode>\d+)\s/u.exec(line)?.groups;
      return found !== undefined && inodes.has(found["inode"]!) ? [found["pid"]!] : [];
    });
    return [...new Set(held)].map(named);
  } catch {
    return [];
  }
}

function inodeOf(file: string): readonly string[] {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? [] : [String(found.ino)];
}

function named(pid: string): string {
  try {
    return `${pid} (${readFileSync(`/proc/${pid}/comm`, "utf8").trim()})`;
  } catch {
    return pid;
  }
}
