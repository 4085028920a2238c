import { describe, expect, it } from "vitest";
import { partners, shift } from "#test/support/answered-shifts.ts";
import type { Flow } from "#test/support/attune.ts";
import { TONGUES } from "#test/support/tongues.ts";

const home = async (attune: Flow, id: string): Promise<string> => {
  await attune.phone(id).says("home");
  return attune.phone(id).reads();
};

describe.each(TONGUES)("a difference, in $locale", (tongue) => {
  const { say, who } = tongue;
  const { help } = say.strategy;
  const OPEN = say.home.differenceWith(who("a1"), help.label);
  const TALKED = say.digest.settled(help.label);

  it.each(["r1", "a1"])("is settled when either says so (%s), and both see it", async (speaker) => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    const before = await home(attune, "r1");

    await attune.phone(speaker).taps(say.settle.apart);

    expect(before).toContain(OPEN);
    for (const id of ["r1", "a1"]) {
      const reveals = attune
        .phone(id)
        .chat()
        .find((text) => text.includes(say.settle.label(say.strategy.help.label)));
      expect(reveals).toContain(say.reveal.starters.help.more);
      expect(attune.phone(id).chat().join("\n")).not.toContain(`( ) ${say.settle.apart}`);
    }
    expect(await home(attune, "r1")).toContain(TALKED);
    expect(await home(attune, "r1")).not.toContain(OPEN);
  });

  it("is closed by the next shift on which both answer alike, settled or not", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);

    await shift(attune, tongue, "02", [3, 2, "after"], [3, 2, "after"]);

    const text = await home(attune, "r1");
    expect(text).toContain(`${say.home.differences}\n${say.home.noDifferences}`);
    expect(text).not.toContain(TALKED);
  });

  it("that shows again after the talk is open again", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    await attune.phone("a1").taps(say.settle.apart);

    await shift(attune, tongue, "02", [4, 2, "after"], [2, 2, "after"]);

    expect(attune.phone("r1").reads()).toContain(`( ) ${say.settle.apart}`);
    expect(await home(attune, "r1")).toContain(OPEN);
  });

  it("lapses with the rotation", async () => {
    await using attune = await partners(tongue, ["r1", "a1"], "2026-12-02");
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    await attune.until("2026-12-02T23:59");
    const before = await home(attune, "a1");

    await attune.until("2026-12-03T00:01");

    expect(before).toContain(say.home.differenceWith(who("r1"), help.label));
    expect(await home(attune, "a1")).not.toContain(say.home.differenceWith(who("r1"), help.label));
  });
});
