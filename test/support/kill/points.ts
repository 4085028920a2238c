import { appendFileSync } from "node:fs";
import type { Messenger } from "#src/ports/messenger.ts";
import type { Store } from "#src/ports/store.ts";

/** Moments at which a process may die: each leaves a different half-finished state of the process and the far side. */
export const KILL_POINTS = [
  "before-roster",
  "after-roster",
  "mid-plan",
  "after-plan",
  "before-standing",
  "after-standing",
  "before-identity",
  "after-expire",
  "after-claim",
  "before-intent",
  "after-intent",
  "before-post",
  "after-post",
  "before-mark",
  "after-mark",
  "before-give-back",
  "after-give-back",
  "before-close",
  "after-close",
  "after-claim-doubtful",
  "before-find",
  "after-find",
  "before-record",
  "after-record",
  "before-ack",
  "after-claim-edits",
  "before-edit",
  "after-edit",
  "after-edited",
  "after-claim-repost",
  "before-reposted",
] as const;

export type KillPoint = (typeof KILL_POINTS)[number];

/** Where a life of the process ends: at whichever of these points it comes past first. */
export interface Fuse {
  readonly points: readonly KillPoint[];
  /** The file to which the life adds the point at which it ends. */
  readonly burned: string;
}

/** Called whenever the process comes past a point; it does not return from the last one. */
export type Past = (point: KillPoint) => void;

/** Ends this process as kill -9 does: nothing is flushed, nothing is told. */
export function burning(fuse: Fuse | undefined): Past {
  return (point) => {
    if (fuse?.points.includes(point) !== true) return;
    appendFileSync(fuse.burned, `${point}\n`);
    process.kill(process.pid, "SIGKILL");
    // The signal may be a moment on its way: meanwhile nothing more happens here.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
}

/** The store, with a point before or after each step that leaves something half done for the next life. */
export function killableStore(store: Store, past: Past): Store {
  const around = aroundWith(past);
  const whenAny =
    <Args extends unknown[], One>(take: (...args: Args) => Promise<readonly One[]>, point: KillPoint) =>
    async (...args: Args): Promise<readonly One[]> => {
      const found = await take(...args);
      if (found.length > 0) past(point);
      return found;
    };
  return {
    ...store,
    changeRoster: around("before-roster", store.changeRoster, "after-roster"),
    async plan(wanted, now, scope) {
      // As an interrupted plan of some people leaves it: their nudges are right, the others' are not there.
      const half = new Set(wanted.filter((_, i) => i % 2 === 0).map((nudge) => nudge.person));
      await store.plan(wanted, now, { ...scope, people: half });
      past("mid-plan");
      const change = await store.plan(wanted, now, scope);
      past("after-plan");
      return change;
    },
    expire: around(undefined, store.expire, "after-expire"),
    claimDue: whenAny(store.claimDue, "after-claim"),
    claimDoubtful: whenAny(store.claimDoubtful, "after-claim-doubtful"),
    claimEdits: whenAny(store.claimEdits, "after-claim-edits"),
    intend: around("before-intent", store.intend, "after-intent"),
    sent: around("before-mark", store.sent, "after-mark"),
    giveBack: around("before-give-back", store.giveBack, "after-give-back"),
    close: around("before-close", store.close, "after-close"),
    edited: around(undefined, store.edited, "after-edited"),
    claimRepost: around(undefined, store.claimRepost, "after-claim-repost"),
    reposted: around("before-reposted", store.reposted),
    changeStanding: around("before-standing", store.changeStanding, "after-standing"),
    rememberIdentity: around("before-identity", store.rememberIdentity),
    record: around("before-record", store.record, "after-record"),
  };
}

/** The messenger, with a point on either side of each call that leaves the process. */
export function killableMessenger(messenger: Messenger, past: Past): Messenger {
  const around = aroundWith(past);
  const { find } = messenger;
  return {
    ...messenger,
    send: around("before-post", (to, card, key) => messenger.send(to, card, key), "after-post"),
    update: around("before-edit", (message, card) => messenger.update(message, card), "after-edit"),
    ...(find === undefined
      ? {}
      : { find: around("before-find", (to, key) => find.call(messenger, to, key), "after-find") }),
  };
}

const aroundWith =
  (past: Past) =>
  <Args extends unknown[], Result>(
    before: KillPoint | undefined,
    work: (...args: Args) => Promise<Result>,
    after?: KillPoint,
  ) =>
  async (...args: Args): Promise<Result> => {
    if (before !== undefined) past(before);
    const result = await work(...args);
    if (after !== undefined) past(after);
    return result;
  };
