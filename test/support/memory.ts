import { execFileSync } from "node:child_process";

/** Bytes of memory that all processes of a group hold at this moment. */
export function residentOf(group: number): number {
  const lines = execFileSync("ps", ["-A", "-o", "pgid=,rss="], { encoding: "utf8" }).trim().split("\n");
  const mine = lines.map((line) => line.trim().split(/\s+/u).map(Number)).filter(([id]) => id === group);
  return mine.reduce((sum, [, kilobytes]) => sum + kilobytes! * 1_024, 0);
}

/** Watches a group's memory, from now until it is asked how far above its first value it ever was, in bytes. */
export function growthOf(group: number, every = 100): () => number {
  const before = residentOf(group);
  let most = before;
  const look = (): void => void (most = Math.max(most, residentOf(group)));
  const timer = setInterval(look, every);
  return () => {
    look();
    clearInterval(timer);
    return most - before;
  };
}
