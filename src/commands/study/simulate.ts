import { answersBy, madeUpStudy, type Truth } from "#src/simulation/made-up-study.ts";
import { seeded } from "#src/simulation/random.ts";
import { simulate } from "#src/simulation/simulate.ts";
import { casesOf, type Case } from "#src/study/waves.ts";
import { equalIn, powerOf } from "#src/study/power.ts";
import { commandLog, type Output } from "../output.ts";
import { studied } from "./studied.ts";

export interface SimulateStudyOptions {
  readonly seed: number;
  /** How long a rotation is. */
  readonly weeks: number;
  /** How many residents a study could have, and how often people could answer, in per cent. */
  readonly residents: readonly number[];
  readonly answering: readonly number[];
  /** The share of equal answers in the first and the last week, in per cent. */
  readonly equal: readonly number[];
  /** Of answers that differ, in per cent: those in which the attending plans more help than wanted. */
  readonly bias: number;
  /** How many residents are made up for each answer rate. */
  readonly pool: number;
  readonly draws: number;
}

/** Prints how likely a study of so many residents finds a rise that is there. */
export async function simulateStudy(options: SimulateStudyOptions, output: Output): Promise<void> {
  const [first = 0, last = first] = options.equal;
  output.line(
    `Made up: ${options.weeks} weeks; equal answers about help rise from ${first} % to ${last} %; of those that differ, ${options.bias} % plan more help than wanted.`,
  );
  output.line(
    `Power to see the rise (one-sided, 5 %), by residents and by how often each side answers; seed ${options.seed}.`,
  );
  const rows: string[][] = [
    ["answering", "both answered", ...options.residents.map((count) => `${count} residents`)],
  ];
  for (const [at, answering] of options.answering.entries()) {
    const random = seeded(options.seed + at);
    const truth: Truth = {
      equal: { first: first / 100, last: last / 100 },
      bias: options.bias / 100,
      answering: answering / 100,
    };
    const part = (done: number) => bar(output, (at + done) / options.answering.length, answering);
    const pool = await poolOf(options, truth, random, output, part);
    const all = pool.flat();
    const shares = [1, options.weeks].map((week) => equalIn(pool, week)?.toFixed(0) ?? "–");
    const powers = options.residents.map((count) =>
      powerOf(pool, count, {
        draws: options.draws,
        random,
        answered: (week) => answersBy(truth, (week - 1) / (options.weeks - 1), random),
      }),
    );
    rows.push([
      `${answering} %`,
      `${(all.length / options.pool).toFixed(1)} a resident (week 1: ${shares[0]} %, week ${options.weeks}: ${shares[1]} % equal)`,
      ...powers.map(({ power, within }) => `${(100 * power).toFixed(0)} % ± ${(100 * within).toFixed(0)}`),
    ]);
  }
  for (const line of table(rows)) output.line(line);
  output.line(
    "Which shifts both answer comes from the engine; what they answer is drawn anew for each study. ± is what drawing leaves.\n" +
      "Real residents differ from each other more than made-up ones do: plan for more than this.",
  );
}

/** Each made-up resident's answers about help that the engine took from both sides, and a study may have. */
async function poolOf(
  { pool: residents, weeks }: SimulateStudyOptions,
  truth: Truth,
  random: () => number,
  output: Output,
  progress: (done: number) => void,
): Promise<readonly (readonly Case[])[]> {
  const madeUp = madeUpStudy(residents, weeks, truth, random);
  const { from, to, program } = madeUp;
  let pool: readonly (readonly Case[])[] = [];
  await simulate({
    ...madeUp,
    log: commandLog(output),
    emit() {},
    progress: (at) => progress((at - from) / (to - from)),
    async ended(store) {
      const { data } = await studied({ program, store, now: to });
      pool = [...Map.groupBy(casesOf("help", data.rows), ({ people }) => people.resident).values()];
    },
  });
  return pool;
}

const BAR = 30;

function bar(output: Output, done: number, answering: number): void {
  const full = Math.round(BAR * Math.min(1, done));
  output.progress(
    `[${"#".repeat(full)}${" ".repeat(BAR - full)}] ${Math.round(100 * done)} %  (${answering} % answering)`,
  );
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}
