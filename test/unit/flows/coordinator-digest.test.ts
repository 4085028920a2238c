import { describe, expect, it } from "vitest";
import type { Card, Chart } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import { later, weekFromLabel, type Instant } from "#src/domain/time.ts";
import { coordinatorDigest } from "#src/flows/digests/coordinator-digest.ts";
import type { Published } from "#src/flows/digests/publish-figures.ts";
import type { Store } from "#src/ports/store.ts";
import { wordsFor } from "#src/words/words.ts";
import { contextOn } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";

const NOW = local("2026-12-08T09:00");
const [LAST, THIS] = [weekFromLabel("2026-W48")!, weekFromLabel("2026-W49")!];

/** The digest of the week from Monday, November 30, to Sunday, December 6. Nobody has agreed; they were asked long ago, or when `asked` says. */
function digest(
  duties: readonly string[],
  { asked = {}, figures }: { asked?: Readonly<Record<string, Instant>>; figures?: Published } = {},
): Promise<Card> {
  const program = programOf({ people: ["r1", "r2", "r3", "r4", "c1"], from: "2026-11-01" });
  const kept: Partial<Store> = {
    standings: async () => new Map(),
    nudgeAbout: async (_, person) => ({ firstDue: asked[person] ?? 0 }) as Nudge,
    note: async (key) => (key === "program-figures" && figures ? JSON.stringify(figures) : undefined),
  };
  return coordinatorDigest(
    contextOn({ program, duties, now: NOW, kept }),
    wordsFor("en", program),
    "2026-W49",
  );
}

const { coordinator: say } = wordsFor("en", programOf()).say;

// domain: The week's part tells what arrived
describe("who has not agreed is named", () => {
  const named = async (...given: Parameters<typeof digest>) =>
    plain(await digest(...given))
      .split("\n")
      .find((line) => line.startsWith(`${say.notAgreed}: `));

  it("where they have shifts in this week or the next, from its first midnight to its last", async () => {
    const duties = [
      "r1 2026-11-29T20:00 2026-11-30T00:00",
      "r2 2026-11-29T20:00 2026-11-30T00:01",
      "r3 2026-12-13T23:59 2026-12-14T08:00",
      "r4 2026-12-14T00:00 2026-12-14T08:00",
    ];

    expect(await named(duties)).toBe(`${say.notAgreed}: Dr. r2 and Dr. r3`);
  });

  it("once the question was due", async () => {
    const duties = ["r1", "r2"].map((id) => `${id} 2026-12-10T08:00 2026-12-10T17:00`);

    expect(await named(duties, { asked: { r1: NOW, r2: later(NOW, 1) } })).toBe(`${say.notAgreed}: Dr. r1`);
  });
});

it("the figures are drawn as they moved, each from the part on in which it was first published", async () => {
  const people = { residents: 6, attendings: 3 };
  const part = (through: number, name: string) => ({ through, of: 20, hits: { [name]: 12 }, people });
  const figures: Published = {
    tallies: {
      shifts: { parts: [part(LAST, "both"), part(THIS, "both")], since: THIS },
      "check-ins": { parts: [part(THIS, "easy")], since: THIS },
    },
  };

  const { blocks } = await digest([], { figures });

  const chart = blocks.find((block): block is Chart => block.type === "chart");
  expect(chart?.series.map(({ name, values }) => [name, values.map((one) => one?.value)])).toEqual([
    [say.chart.both, [60, 60]],
    [say.chart.easy, [undefined, 60]],
  ]);
});
