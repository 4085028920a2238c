import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { en } from "#src/words/en.ts";
import { flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";
import { dutyRow, LAKESIDE, rosterCsv } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const FILES = {
  "program.yaml": LAKESIDE,
  "people.csv": `${[
    "id,name,role,email,memory",
    "c1,Kim Lee,coordinator,,C1",
    "r1,Maya Patel,resident,,U1",
    "r2,Jonas Patel,resident,,U2",
    "a1,Daniel Okafor,attending,,U3",
  ].join("\n")}\n`,
  "roster.csv": rosterCsv(dutyRow(1), dutyRow(1, "a1"), dutyRow(2), dutyRow(2, "a1")),
};

async function start(files: ReturnType<typeof folder>) {
  const attune = await onDisk([files.path("program.yaml")], "2026-12-01T07:40");
  for (let beats = 0; beats < 8; beats += 1) await attune.beat();
  return attune;
}

describe("why, asked by a coordinator in the chat", () => {
  it("says what was due today and what became of it, and what comes next", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const told = await attune.says("C1", "why Maya Patel");

    expect(told).toContain("Messages to Dr. Maya Patel today");
    expect(told).toContain("Takes messages.");
    expect(told).toContain("07:45  goal, 08:00–17:00: in their chat");
    expect(told).toMatch(/Next: .*goal/u);
    expect(told).toContain("Whether somebody answers is told to nobody.");
  });

  it("says of whoever agreed before they were asked that they need not be asked", async () => {
    const people = ["r1", "a1", "c1"];
    await using attune = await flow({
      program: programOf({ people }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, en, people);

    await attune.phone("c1").says("why r1");

    expect(attune.phone("c1").newest()).toContain(en.why.reasons.agreed);
    expect(attune.phone("c1").newest()).not.toContain(en.why.reasons.roster);
  });

  it.each([
    ["a check-in", "2026-12-07", `${en.why.kinds["pair-check-in"]}, Mon, Nov 30 – Sun, Dec 6`],
    ["a digest", "2026-12-08", `${en.why.kinds["attending-digest"]}, Mon, Nov 30 – Sun, Dec 6`],
  ])("names the week that %s is about by its days", async (_, day, row) => {
    const people = ["r1", "a1", "c1"];
    await using attune = await flow({
      program: programOf({ people }),
      roster: together(["r1", "a1"], ["01", "02", "03"]),
    });
    await takePart(attune, en, people);
    await attune.until(`${day}T21:00`);

    await attune.phone("c1").says("why a1");

    expect(attune.phone("c1").newest()).toContain(`09:00  ${row}`);
  });

  it("says that nothing can be sent to whom nobody knows an account or an e-mail of, and of nobody else", async () => {
    const people =
      "id,name,role,email,memory\nc1,Kim Lee,coordinator,,C1\nr1,Maya Patel,resident,,\nr2,Jonas Patel,resident,j@x.org,\na1,Daniel Okafor,attending,,U3\n";
    using files = folder({ ...FILES, "people.csv": people });
    await using attune = await start(files);

    const told = async (name: string) => (await attune.says("C1", `why ${name}`)).includes(en.why.nowhere);

    expect([await told("Maya Patel"), await told("Jonas Patel"), await told("Daniel Okafor")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("names a wish of theirs only as not taking messages now, whichever it is", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    await attune.says("U2", "stop");
    const stopped = await attune.says("C1", "なぜ r2");
    await attune.says("U2", "resume");
    await attune.says("U2", "pause until Dec 20");
    const paused = await attune.says("C1", "why r2");
    await attune.hosted[0]!.store.changeStanding(
      personId("r2"),
      { consent: "declined", pausedUntil: null },
      "declined",
      attune.clock.now(),
    );

    expect(stopped).toContain("Does not take messages now.");
    expect(paused).toBe(stopped);
    expect(await attune.says("C1", "why r2")).toBe(stopped);
    expect(stopped).not.toMatch(/stop|pause/iu);
  });

  it("is the same before and after an answer", async () => {
    using files = folder(FILES);
    await using attune = await start(files);
    const before = await attune.says("C1", "why r1");

    await attune.says("U1", "procedures and ultrasound");

    expect(await attune.says("C1", "why r1")).toBe(before);
  });

  it("asks which of two is meant, and says when it is nobody", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    expect(await attune.says("C1", "why Patel")).toContain("Several people have that name");
    expect(await attune.says("C1", "why Sommer")).toContain(
      "Nobody in the list of people is called “Sommer”",
    );
  });

  it("is for coordinators alone: from anybody else it is text as any other", async () => {
    using files = folder(FILES);
    await using attune = await start(files);

    const told = await attune.says("U1", "why r2");

    expect(told).not.toContain("Messages to");
  });
});
