import { expect, it } from "vitest";
import { nudgeId, type NudgeKind } from "#src/domain/nudge.ts";
import { instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import type { Claim } from "#src/ports/outbox.ts";
import { failed, whereUnknown, type DeliveryDeps } from "#src/schedule/undelivered.ts";

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

/** What comes of a message where a platform could not say who it is for: after how long it is tried again, or what is thrown. */
async function whereNobodyKnows(trouble: Error, heldUp: DeliveryDeps["heldUp"] = new Map()) {
  const again: number[] = [];
  const store = { giveBack: async (_: Claim, at: number) => void again.push(at) };
  const deps = {
    context: () => ({ store }) as unknown as Context,
    clock: { now: () => 0 },
    heldUp,
    meters: { failed: () => undefined },
  } as unknown as DeliveryDeps;
  const claim = { nudge: { id: 0, dueAt: 0 }, reminder: false, attempts: 0 } as unknown as Claim;
  const thrown = await whereUnknown(deps, claim, trouble).then(
    () => undefined,
    (cause: Error) => cause.message,
  );
  return thrown ?? again;
}

it.each([
  [new AttuneError("unavailable", "Not now."), [30_000]],
  [new AttuneError("rate-limited", "Slow down.", { retryAfter: 5_000 }), [5_000]],
  [new AttuneError("store", "The disk is full."), "The disk is full."],
  [new TypeError("A slip."), "A slip."],
] as const)(
  "is tried again where a platform could not say who it is for, and nothing else is taken for that: %s",
  async (trouble, outcome) => {
    expect(await whereNobodyKnows(trouble)).toEqual(outcome);
  },
);

it.each([
  [49_999, 50_000],
  [50_000, 1],
])(
  "remembers of fifty thousand messages since when they are due, and begins anew then: after %i it is %i",
  async (before, after) => {
    const heldUp = new Map(Array.from({ length: before }, (_, at) => [nudgeId(at + 1), instant(0)]));

    await whereNobodyKnows(new AttuneError("unavailable", "Not now."), heldUp);

    expect(heldUp.size).toBe(after);
  },
);

it("tells who cannot be reached by what comes to everybody, and not by what depends on an answer", async () => {
  expect(await logged("consent", false)).toEqual([
    { person: "r1", nudge: 7, kind: "consent", reason: "unreachable" },
  ]);
  expect(await logged("consent", true)).toEqual([]);
  expect(await logged("shift-debrief", false)).toEqual([]);
});
