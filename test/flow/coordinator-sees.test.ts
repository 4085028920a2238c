import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { AFTER, town } from "#test/support/files-town.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { local } from "#test/support/programs.ts";
import { folder } from "../unit/config/folder.ts";

const FILES = town("memory", { c1: "C1", r1: "U1", r2: "U2", a1: "U3" });
type OnDisk = Awaited<ReturnType<typeof onDisk>>;

/** Around shifts, and when the week's messages have come. */
const MOMENTS = [
  ..."02T07:50 02T08:10 02T17:05 02T17:30 03T07:50 03T08:10 03T17:05 04T07:50 04T17:10".split(" "),
  ..."07T09:30 08T09:30 09T10:00".split(" "),
].map((text) => local(`2026-12-${text}`, "UTC"));

/** Somebody looks at their newest message, answers what it asks and writes where it can be written. */
interface Turn {
  readonly who: "U1" | "U2" | "U3";
  readonly picks: readonly number[];
  readonly isWriting: boolean;
}

const turn: fc.Arbitrary<Turn> = fc.record({
  who: fc.constantFrom("U1", "U2", "U3"),
  picks: fc.array(fc.nat(30), { minLength: 1, maxLength: 6, size: "max" }),
  isWriting: fc.boolean(),
});
const history = fc.tuple(...MOMENTS.map(() => fc.array(turn, { maxLength: 3, size: "max" })));

/** In lines of a person, and nowhere else. */
const MARK = /zq[a-z]+/u;

/** How many people are wanted before a figure is shown: of the program as a whole, and nobody's answer. */
const WANTED = /not yet: [^\n]* wanted/gu;

/** `world`: the same people do the same at the same moments, and answer something else. */
async function answers(attune: OnDisk, { who, picks, isWriting }: Turn, world: 0 | 1): Promise<number> {
  if (attune.chat(who).length === 0) return 0;
  attune.looks(who);
  let answered = 0;
  for (const pick of picks) {
    const choices = attune.answers(who);
    if (choices.length === 0) break;
    await attune.taps(who, choices[(pick + world) % choices.length]!);
    answered += 1;
  }
  if (isWriting) await attune.writes(who, `zq${["one", "other"][world]} keep the airway in mind`);
  return answered;
}

/** All that a coordinator can open: people, differences and their tables, reports, reasons, figures, and what stands in the chat. */
async function opened(attune: OnDisk): Promise<readonly string[]> {
  const found: string[] = [];
  for (const text of ["home", "people", "roster", "figures", "help", "my data"])
    found.push(await attune.says("C1", text));
  for (const name of ["Patel", "Novak", "Okafor"])
    for (const command of ["people", "why"]) found.push(await attune.says("C1", `${command} ${name}`));
  const list = FILES["people.csv"]
    .replace("Maya Patel", "Maya Stone")
    .replace(/r2,.*\n/u, "r3,Tomas Ek,resident,,U4\n")
    .replace("attending", "attending+coordinator");
  for (const [file, text] of [
    ["people.csv", list],
    ["roster.csv", AFTER],
  ] as const) {
    found.push(await attune.gives("C1", file, text));
    for (const label of ["Show everything", "All changes as a file"])
      if (attune.labels("C1").includes(label)) found.push(await attune.taps("C1", label));
    found.push(attune.got("C1") ?? "");
  }
  return [...found, ...attune.chat("C1")].map((text) => text.replaceAll(WANTED, ""));
}

/** What the coordinator saw in all, and how many answers there were. */
async function lived(turns: readonly (readonly Turn[])[], world: 0 | 1) {
  using files = folder(FILES);
  await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00");
  let answered = 0;
  const saw: string[] = [];
  for (const [at, moment] of MOMENTS.entries()) {
    await attune.until(moment);
    for (const one of turns[at]!) answered += await answers(attune, one, world);
    if (at % 4 === 3) saw.push(...(await opened(attune)));
  }
  return { saw, answered };
}

describe("whatever people answer", { timeout: 300_000 }, () => {
  // domain: A coordinator never sees one person's answers
  it("nothing that a coordinator can open has a word of it, or is another where the answers are others", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(history, async (turns) => {
        const [one, other] = [await lived(turns, 0), await lived(turns, 1)];

        // A history in which nobody answers shows nothing: another is drawn in its place.
        fc.pre(one.answered > 0);
        answered += one.answered;
        expect([...one.saw, ...other.saw].filter((text) => MARK.test(text))).toEqual([]);
        expect(other.saw).toEqual(one.saw);
      }),
      { numRuns: campaignSize({ quick: 2, usual: 4, long: 60 }), endOnFailure: true },
    );
    expect(answered).toBeGreaterThan(0);
  });

  it("a plan that has come early, since its goal is in, is told like one that has not", async () => {
    const told = [];
    for (const isAnswering of [true, false]) {
      using files = folder(FILES);
      await using attune = await onDisk([files.path("program.yaml")], "2026-12-01T06:00");
      await attune.until(MOMENTS[0]!);
      if (isAnswering) await answers(attune, { who: "U1", picks: [0, 0, 0, 0, 0, 0], isWriting: false }, 0);
      await attune.beat();
      told.push({ plans: attune.chat("U3").length, why: await attune.says("C1", "why Okafor") });
    }

    expect(told.map(({ plans }) => plans)).toEqual([1, 0]);
    expect(told[0]!.why).toBe(told[1]!.why);
  });
});
