import { updateOf } from "#src/roster/change/merge.ts";
import { expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { instant, MINUTE, later, zoneOf } from "#src/domain/time.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { createPlanning } from "#src/schedule/planning.ts";
import { SILENT } from "#test/support/attune.ts";
import { planOf } from "#test/support/plans.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const DAY = "2026-12-01T08:00 2026-12-01T17:00";

it("a process that dies right after a change of the roster was kept leaves no ask about a shift nobody works", async () => {
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store("test");
  const program = programOf();
  const zone = zoneOf(program.timeZone);
  const roster = rosterOf([`r1 ${DAY}`, `a1 ${DAY}`]);
  const now = local("2026-12-01T07:45");
  await store.changeRoster({ added: roster.assignments, moved: [], removed: [], absences: [] }, now);
  await store.plan(planOf(program, roster), now);
  const [claim] = await store.claimDue({ owner: "first", now, length: MINUTE }, 1);
  const identity = { platform: "memory", account: "r1", address: "r1" as Address };
  await store.intend(claim!, now);
  await store.sent(claim!, identity, "m1" as MessageRef, now);
  const dying = createPlanning({
    program,
    zone,
    log: SILENT,
    clock: { now: () => instant(0) },
    owner: "first",
    store: {
      ...store,
      async changeRoster(...change) {
        await store.changeRoster(...change);
        throw new Error("killed");
      },
    },
    findRosterUpdate: async (before) => {
      const removed = before.input.roster.assignments.filter(({ person }) => person === personId("r1"));
      return updateOf(before, { added: [], moved: [], removed, absences: [] });
    },
  });

  await expect(dying.prepare(later(now, MINUTE))).rejects.toThrow("killed");

  expect(claim!.nudge).toMatchObject({ kind: "shift-goal", person: "r1" });
  expect(await store.nudge(claim!.nudge.id)).toMatchObject({ state: "withdrawn", reason: "recalled" });
  expect(await store.claimEdits(later(now, MINUTE), 9)).toHaveLength(1);
});
