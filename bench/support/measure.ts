/** What one bench found: a figure against its baseline, both measured by turns in this run. */
export interface Found {
  readonly what: string;
  /** Both figures as they are to be read, units included. */
  readonly ours: string;
  readonly baseline?: string;
  readonly ratio?: number;
  /** What the ratio must be. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
  readonly note?: string;
}

/** The machine is never quiet: the middle of several turns is what we report. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const percentile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) * share)] ?? Number.NaN;

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export const perSecond = (count: number, milliseconds: number): string =>
  `${Math.round((count / milliseconds) * 1_000).toLocaleString("en")}/s`;

export const isMet = ({ ratio, target }: Found): boolean =>
  ratio === undefined ||
  target === undefined ||
  ("atLeast" in target ? ratio >= target.atLeast : ratio <= target.atMost);

/** One line of the report. */
export function report(found: Found): string {
  const { what, ours, baseline, ratio, target, note } = found;
  const against = baseline === undefined ? "" : ` against ${baseline}`;
  const bound =
    target === undefined
      ? ""
      : "atLeast" in target
        ? ` (at least ${target.atLeast})`
        : ` (at most ${target.atMost})`;
  const ratioText =
    ratio === undefined ? "" : `: ratio ${ratio.toFixed(2)}${bound} ${isMet(found) ? "ok" : "MISSED"}`;
  return `${what}: ${ours}${against}${ratioText}${note === undefined ? "" : `\n    ${note}`}`;
}
