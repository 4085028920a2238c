import { expect, it } from "vitest";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { Context } from "#src/flows/context.ts";
import type { Claim } from "#src/ports/outbox.ts";
import { failed, type DeliveryDeps } from "#src/schedule/undelivered.ts";

/** What operators read of a message that cannot be delivered. */
async function logged(kind: NudgeKind, reminder: boolean): Promise<readonly object[]> {
  const lines: object[] = [];
  const deps = {
    context: () => ({ now: 0, store: { close: async () => undefined } }) as unknown as Context,
    heldUp: new Map(),
    meters: { undelivered: () => undefined },
    log: { warn: (fields: object) => void lines.push(fields) },
  } as unknown as DeliveryDeps;
  const claim = { nudge: { id: 7, kind, person: "r1" }, reminder } as unknown as Claim;
  await failed(deps, claim, "unreachable");
  return lines;
}

it("tells who cannot be reached by what comes to everybody, and not by what depends on an answer", async () => {
  expect(await logged("consent", false)).toEqual([
    { person: "r1", nudge: 7, kind: "consent", reason: "unreachable" },
  ]);
  expect(await logged("consent", true)).toEqual([]);
  expect(await logged("shift-debrief", false)).toEqual([]);
});
