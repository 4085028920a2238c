import { expect, it } from "vitest";
import type { Nudge } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { openAsks } from "#src/schedule/open-asks.ts";
import { local, programOf } from "#test/support/programs.ts";

const NOW = local("2026-12-01T17:00");

// domain: A roster change moves or withdraws what is not yet sent
it.each([
  ["is not over", {}, 1],
  ["is over at this very moment", { expiresAt: NOW }, 0],
  ["was not answered", { state: "expired" }, 0],
  ["is about no shift", { kind: "pair-check-in" }, 0],
  ["is somebody's who has left", { person: personId("r9") }, 0],
] as const)("an answered ask follows the roster while it stands: one that %s", async (_, over, stands) => {
  const ask = {
    kind: "shift-goal",
    person: personId("r1"),
    state: "answered",
    expiresAt: later(NOW, 1),
    ...over,
  };
  const store = { openNudges: async () => [], nudgesDuring: async () => [ask as Nudge] };

  const { answered } = await openAsks(store as unknown as Store, programOf(), NOW);

  expect(answered).toHaveLength(stands);
});
