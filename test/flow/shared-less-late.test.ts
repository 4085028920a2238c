import { expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { takePart } from "#test/support/tongues.ts";

// domain: The resident may share only the category
it("a goal that is shared less after the attending's shift has ended stands in their debrief no more", async () => {
  await using attune = await flow({
    program: programOf(),
    roster: rosterOf(["r1 2026-12-01T13:00 2026-12-01T22:00", "a1 2026-12-01T08:00 2026-12-01T17:00"]),
  });
  await takePart(attune, en, ["r1", "a1"]);
  await attune.until("2026-12-01T12:45");
  await attune.phone("r1").taps("Focused history and exam");
  await attune.phone("r1").writes("one central line");
  await attune.until("2026-12-01T17:05");
  const shown = attune.phone("a1").newest();

  await attune.phone("r1").taps(en.buttons.share);
  await attune.phone("r1").taps(en.goal.shares.private);

  expect(shown).toContain("one central line");
  expect(attune.phone("a1").chat().join("\n")).not.toContain("one central line");
});
