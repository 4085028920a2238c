import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Instant } from "#src/domain/time.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Fuse } from "./points.ts";

/** What one process is told at its start. */
export interface LifeWish {
  /** The database: a file, or an address of PostgreSQL. */
  readonly database: string;
  /** What hospital it works for. */
  readonly place: "morning" | "week";
  /** Where the far side listens. */
  readonly port: number;
  readonly lookup: boolean;
  readonly owner: string;
  /** On how many days somebody is on duty. */
  readonly days: number;
  /** In a morning: how many teams are on duty. */
  readonly teams?: number;
  readonly fuse?: Fuse;
}

/** What the parent asks of a life, at a moment of the clock that it moves. */
export type Ask = { readonly id: number; readonly now: Instant } & (
  | { readonly type: "beat" }
  | { readonly type: "check" }
  | { readonly type: "act"; readonly inbound: Inbound }
);

/** What a life tells its parent. `failed` names the error's code. */
export type Told =
  | { readonly type: "ready" }
  | { readonly type: "done"; readonly id: number; readonly reply?: BotResponse }
  | { readonly type: "failed"; readonly id: number; readonly code: string };

/** How an ask ended: done, refused by an error, or with the process. */
export type Outcome = Exclude<Told, { type: "ready" }> | { readonly type: "died" };

export interface Life {
  readonly pid: number;
  /** Resolves once it takes asks, or has died before. */
  readonly started: Promise<"ready" | "died">;
  readonly ended: Promise<void>;
  beat(now: Instant): Promise<Outcome>;
  act(now: Instant, inbound: Inbound): Promise<Outcome>;
  /** Whether the database still keeps things. */
  check(now: Instant): Promise<Outcome>;
  kill(): void;
}

const DATABASE = fileURLToPath(new URL("process.ts", import.meta.url));
/** Lives follow one another by the dozen: what one has compiled, the next need not. */
const QUICKLY = fileURLToPath(new URL("../../../src/entry/quick-start.cjs", import.meta.url));

/** Starts Attune in a process of its own. */
export const startLife = (wish: LifeWish): Life =>
  watched(
    fork(DATABASE, [JSON.stringify(wish)], {
      execArgv: ["--require", QUICKLY],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    }),
  );

function watched(child: ChildProcess): Life {
  const waiting = new Map<number, (outcome: Outcome) => void>();
  const started = Promise.withResolvers<"ready" | "died">();
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  let asks = 0;

  child.on("message", (told: Told) => {
    if (told.type === "ready") return started.resolve("ready");
    waiting.get(told.id)?.(told);
    waiting.delete(told.id);
  });
  // "close" comes after the last message that the process had sent.
  child.once("close", () => {
    isOver = true;
    started.resolve("died");
    for (const settle of waiting.values()) settle({ type: "died" });
    waiting.clear();
    ended.resolve();
  });
  child.on("error", () => {});

  type Wish = { type: "beat" | "check"; now: Instant } | { type: "act"; now: Instant; inbound: Inbound };
  const ask = (wish: Wish): Promise<Outcome> => {
    if (isOver) return Promise.resolve({ type: "died" });
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    asks += 1;
    waiting.set(asks, resolve);
    // A channel that is closed already is told by "close".
    child.send({ ...wish, id: asks } satisfies Ask, () => {});
    return promise;
  };
  return {
    pid: child.pid!,
    started: started.promise,
    ended: ended.promise,
    beat: (now) => ask({ type: "beat", now }),
    check: (now) => ask({ type: "check", now }),
    act: (now, inbound) => ask({ type: "act", now, inbound }),
    kill: () => void child.kill("SIGKILL"),
  };
}
