import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";

const TOGETHER = (day: string) => ["r1", "a1"].map((id) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`);

/** The attending's digest of the week in which they shared a shift, on the Monday after it. */
async function digest(days: readonly string[], locale: "en" | "ja" = "en"): Promise<string> {
  await using attune = await flow({
    program: programOf({ people: ["r1", "a1"], locale }),
    roster: rosterOf(days.flatMap(TOGETHER)),
  });
  for (const id of ["r1", "a1"].map(personId))
    await attune.store.changeStanding(id, { consent: "given" }, `consent ${id}`, attune.clock.now());
  await attune.until("2026-12-08T09:00");
  return attune
    .phone("a1")
    .chat()
    .find((text) => text.includes(locale === "en" ? "One idea" : "ひとつの案"))!;
}

describe("the idea of an attending's digest", () => {
  it("speaks of the next shift where one is on the roster", async () => {
    const text = await digest(["01", "09"]);

    expect(text).toContain("One idea: ask Name r1 for one goal at the start of your next shift.");
  });

  it.each([
    ["en", "no shift with Name r1 is on the roster now"],
    ["ja", "一緒の勤務は、今のところ予定にありません"],
  ] as const)("promises no shift where none is on the roster (%s)", async (locale, words) => {
    const text = await digest(["01"], locale);

    expect(text).toContain(words);
    expect(text).not.toMatch(/your next shift|次の勤務/);
  });
});
