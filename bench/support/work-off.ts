import type { Address } from "#src/domain/person.ts";
import { HOUR } from "#src/domain/time.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import { FIRST } from "./program.ts";

/** Jobs that one worker has under way, as the engine has sends. */
export const AT_ONCE = 8;
/** Jobs that are handed out in one go, as the engine asks for. The next ones are asked for while these are worked on. */
export const BATCH = 50;

export const each = <Result>(count: number, work: (i: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)));

type Handle = (store: Store, claim: Claim) => Promise<boolean>;

/** A job, as a queue has them: handed out, and done. */
export const complete: Handle = (store, claim) => store.close(claim, "withdrawn", "nothing-to-ask", FIRST);

/** A message: handed out, about to leave, and sent. */
export const send: Handle = async (store, claim) => {
  const { id, person } = claim.nudge;
  const identity = { platform: "bench", account: person, address: person as string as Address };
  return (
    (await store.intend(claim, FIRST)) && (await store.sent(claim, identity, `m${id}` as MessageRef, FIRST))
  );
};

/** Works until nothing is handed out any more. Returns how many were done. */
export async function workOff(store: Store, owner: string, handle: Handle): Promise<number> {
  let done = 0;
  const claim = () => store.claimDue({ owner, now: FIRST, length: HOUR }, BATCH);
  let next = claim();
  for (let claims = await next; claims.length > 0; claims = await next) {
    next = claim();
    const left = claims.values();
    await each(AT_ONCE, async () => {
      for (const one of left) if (await handle(store, one)) done += 1;
    });
  }
  return done;
}
