import { expect, it } from "vitest";
import { simulateStudy } from "#src/commands/study/simulate.ts";

const OPTIONS = {
  weeks: 2,
  residents: [5, 40],
  answering: [90],
  equal: [10, 90],
  bias: 60,
  pool: 6,
  draws: 100,
  seed: 3,
};

it("made-up residents answer through the whole engine, and a rise that is there is seen", async () => {
  const lines: string[] = [];
  const progress: string[] = [];

  await simulateStudy(OPTIONS, {
    line: (text) => lines.push(text),
    text() {},
    note() {},
    progress: (text) => progress.push(text),
  });

  const [, equal = "", first = "", last = ""] =
    /^90 % +(?<n>[\d.]+) a resident \(week 1: (?<one>\d+) %, week 2: (?<two>\d+) % equal\)/mu.exec(
      lines.join("\n"),
    ) ?? [];
  // Three shifts in each of two weeks, of which both answer four in five.
  expect(Number(equal)).toBeGreaterThan(3);
  expect(Number(equal)).toBeLessThanOrEqual(6);
  expect(Number(first)).toBeLessThan(Number(last));
  expect(lines.join("\n")).toMatch(/5 residents +40 residents/u);
  expect(lines.join("\n")).toMatch(/100 % ± 0/u);
  expect(progress.at(-1)).toMatch(/^\[#{30}\] 100 %/u);
}, 120_000);
