import fc from "fast-check";
import { expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { pinoLog } from "#src/ops/log.ts";
import { live } from "#test/support/lived-history.ts";
import { randomHistory, SAYINGS } from "#test/support/random-histories.ts";

// domain: The log has no reply text
it("whatever people do, the log has no word that somebody wrote, and no name", async () => {
  await fc.assert(
    fc.asyncProperty(randomHistory, async (history) => {
      const lines: string[] = [];
      const read = new Set<string>();
      await live(
        history,
        { of: "nobody", items: new Set(), isOn: false },
        ({ texts }) => {
          for (const words of [...texts.values()].flat().flatMap((text) => text.match(/zq[b-n]{6}/g) ?? []))
            read.add(words);
        },
        pinoLog("debug", { write: (line) => void lines.push(line) }),
      );

      const log = lines.join("");
      expect(lines.length).toBeGreaterThan(10);
      expect([...read].filter((words) => log.includes(words))).toEqual([]);
      expect(history.people.filter(({ id }) => log.includes(`Name ${id}`))).toEqual([]);
      expect(SAYINGS.filter((text) => text.length > 6 && log.includes(text))).toEqual([]);
    }),
    { numRuns: campaignSize({ quick: 1, usual: 2, long: 6 }) },
  );
}, 240_000);
