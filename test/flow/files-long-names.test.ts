import { describe, expect, it } from "vitest";
import { renderCard } from "#adapters/slack/render.ts";
import { dutyRow as day, LAKESIDE, rosterCsv as roster } from "#test/support/lakeside.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { folder } from "../unit/config/folder.ts";

const PEOPLE = [
  "id,name,role,email,memory",
  "c1,Kim Lee,coordinator,,C1",
  "r1,Maya Patel,resident,,U1",
  "r2,Lea Novak,resident,,U2",
  "a1,Daniel Okafor,attending,,U3",
];
const FIRST = [2, 3, 4, 5, 6, 7, 8, 9].flatMap((date) => ["r1", "r2", "a1"].map((who) => day(date, who)));

/** Somebody's program, with more residents, who is given a roster with these names, each of one shift to come. */
async function asked(names: readonly string[], more: readonly string[] = []) {
  const files = folder({
    "program.yaml": LAKESIDE,
    "people.csv": `${[...PEOPLE, ...more.map((name, at) => `m${at},${name},resident,,`)].join("\n")}\n`,
    "roster.csv": roster(...FIRST),
  });
  const attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00");
  await attune.beat();
  const given = roster(...FIRST, ...names.map((name, at) => day(10 + at, name)));
  const card = await attune.gives("C1", "new.csv", given);
  return {
    attune,
    card,
    /** The same file, given once more after what was answered is in force. */
    async again() {
      await attune.taps("C1", "Apply");
      await attune.beat();
      return attune.gives("C1", "later.csv", `${given}${day(20)}\n`);
    },
    async [Symbol.asyncDispose]() {
      await attune[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}

/** What of somebody's newest card Slack has no room for. */
const lostInSlack = ({ attune }: Awaited<ReturnType<typeof asked>>) =>
  renderCard(attune.shownTo("C1"), "message").losses.filter(({ inWords }) => inWords !== true);

describe("a long name that nobody has", () => {
  it.each([
    ["Latin", 60, "救急科 Night Float "],
    ["Japanese", 60, "救急科夜間当直"],
    ["Japanese", 51, "救急科夜間当直"],
  ])(
    "of %s letters, %i of them, is asked about, settled by a tap, and known from then on",
    async (_, length, begin) => {
      const name = begin.padEnd(length, begin.startsWith("救急科 ") ? "x" : "担当医師");
      await using given = await asked([name]);

      await given.attune.taps("C1", "Choose a person");
      const settled = await given.attune.taps("C1", "Dr. Novak");
      const again = await given.again();

      expect(given.card).toContain(`Who is “${name}”? 1 shift`);
      expect(settled).toContain("Dr. Novak: 1 shift added");
      expect(again).not.toContain(name.slice(0, 10));
    },
  );

  it("of more letters than a reason keeps is not asked about: nothing would know it again", async () => {
    const name = "救急科夜間当直".padEnd(61, "担当医師");

    await using given = await asked([name, "Surge T"]);

    expect(given.card).toContain("Who is “Surge T”? 1 shift");
    expect(given.card.match(/Who is “/gu)).toHaveLength(1);
    expect(given.card).toMatch(/“救急科夜間当直.*…” is nobody in the list of people/u);
    expect(given.card).toContain("Please write names as the list of people has them.");
  });

  it("is asked about by as many at a time as one message of Slack has room for, and the decision stays below", async () => {
    const names = ["甲", "乙", "丙", "丁"].map((one) => `パテル ${one}`.padEnd(60, "担当医師"));

    await using given = await asked(names, ["パテル 花", "パテル 空", "パテル 海"]);

    expect(given.card.match(/Who is “/gu)).toHaveLength(2);
    expect(given.card).toContain("2 more names are not known. They are asked about once these are.");
    expect(lostInSlack(given)).toEqual([]);
  });

  it("is typed for where a message has no room for everybody it may mean", async () => {
    const name = "救急科夜間当直".padEnd(60, "担当医師");
    const more = Array.from({ length: 15 }, (_, at) => `Name ${"abcdefghijklmno"[at]}`);
    await using given = await asked([name], more);

    const picker = await given.attune.taps("C1", "Choose a person");
    const lost = lostInSlack(given);
    const settled = await given.attune.submits("C1", "Save", "Lea Novak");

    expect(picker).toContain(`Who is “${name}”?`);
    expect(lost).toEqual([]);
    expect(settled).toContain("Dr. Novak: 1 shift added");
  });
});
