import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  IN_HAND,
  NUDGE_LIFE,
  NUDGE_STATES,
  OUT,
  OVER,
  REMINDER_LIFE,
  UNSENT,
  type NudgeState,
} from "#src/domain/nudge-life.ts";
import { arrowsOf, diagramsIn } from "#test/support/nudge-arrows.ts";

const [ofNudge, ofReminder] = diagramsIn(
  readFileSync(new URL("../../../src/domain/nudge-life.ts", import.meta.url), "utf8"),
);

describe("A nudge's life", () => {
  it("is drawn as its table has it", () => {
    expect(ofNudge).toEqual(arrowsOf(NUDGE_LIFE));
  });

  it("has its reminder's drawn as that table has it", () => {
    expect(ofReminder).toEqual(arrowsOf(REMINDER_LIFE));
  });

  it("comes from the plan to every state", () => {
    const reached = new Set<NudgeState>();
    for (let size = -1; size < reached.size;) {
      size = reached.size;
      for (const { from, to } of Object.values(NUDGE_LIFE))
        if (from.length === 0 || from.some((state) => reached.has(state))) to.forEach((s) => reached.add(s));
    }

    expect([...reached].toSorted()).toEqual([...NUDGE_STATES].toSorted());
  });

  it("has each state in one of its stages", () => {
    expect(new Set<string>([...UNSENT, ...IN_HAND, ...OUT, ...OVER, "answered"])).toEqual(
      new Set(NUDGE_STATES),
    );
  });

  it("never goes back to what is not sent from what is answered, expired or failed", () => {
    const ends: readonly NudgeState[] = ["answered", "expired", "failed"];

    const ways = Object.entries(NUDGE_LIFE).filter(([, { from }]) =>
      (from as readonly NudgeState[]).some((state) => ends.includes(state)),
    );

    expect(ways.map(([name]) => name)).toEqual(["answer"]);
  });
});
