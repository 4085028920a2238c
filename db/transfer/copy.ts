import { AttuneError } from "#src/errors.ts";
import { checksum, type Checksum } from "./checksum.ts";
import { shapes, type Shape } from "./shapes.ts";
import type { Filling, Snapshot, Source, Target } from "./sides.ts";

export interface Copied extends Checksum {
  readonly table: string;
}

export interface CopyOptions {
  /** Called with the share that is done, from 0 to 1. */
  readonly progress?: ((share: number) => void) | undefined;
  /** Reads the source once more at the end. If another process has written to it meanwhile, nothing is kept. */
  readonly mustRest?: boolean;
  /** Replaces what is in the target. Otherwise a target that is not empty is refused. */
  readonly replaces?: boolean;
}

/**
 * Copies all rows of all programs, from one snapshot of the source, in one transaction of the target. Before the commit it reads
 * and compares both sides. It is all or nothing: after an interruption, begin again.
 * @throws AttuneError `config` when the source is empty or the target is not
 */
export const copyDatabase = (
  source: Source,
  target: Target,
  options: CopyOptions,
): Promise<readonly Copied[]> =>
  target.fill(async (into) => {
    if (options.replaces !== true && (await into.isFilled()))
      throw new AttuneError(
        "config",
        "The target holds data already, and nothing is written over it. Name an empty database.",
      );
    const copied = await source.snapshot((from) => transfer(from, into, options.progress));
    if (!alike(copied, await summed(into)))
      throw new AttuneError("store", "The copy is not equal to its source. Nothing was kept: run it again.");
    if (options.mustRest === true && !alike(copied, await source.snapshot(summed)))
      throw new AttuneError(
        "store",
        "The source was written to during the copy. Nothing was kept: stop Attune, then run it again.",
      );
    return copied;
  });

async function transfer(
  from: Snapshot,
  into: Filling,
  progress: CopyOptions["progress"],
): Promise<readonly Copied[]> {
  if (!(await from.isFilled()))
    throw new AttuneError("config", "The source holds nothing of any program. Is it the right database?");
  const counts = new Map<Shape, number>();
  for (const shape of shapes) counts.set(shape, await from.count(shape));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // Rows that refer to others are deleted before these, and inserted after them.
  for (const shape of shapes.toReversed()) await into.clear(shape);
  let done = 0;
  const copied: Copied[] = [];
  for (const shape of shapes) {
    const sum = checksum();
    for await (const portion of from.rows(shape)) {
      sum.add(portion);
      await into.put(shape, portion);
      done += portion.length;
      progress?.(done / all);
    }
    if (shape.isCounted) await into.countOn(shape, await from.lastId(shape));
    copied.push({ table: shape.name, ...sum.total() });
  }
  return copied;
}

async function summed(side: Snapshot): Promise<readonly Copied[]> {
  const sums: Copied[] = [];
  for (const shape of shapes) {
    const sum = checksum();
    for await (const portion of side.rows(shape)) sum.add(portion);
    sums.push({ table: shape.name, ...sum.total() });
  }
  return sums;
}

const alike = (one: readonly Copied[], other: readonly Copied[]): boolean =>
  one.every(({ rows, sum }, i) => rows === other[i]?.rows && sum === other[i].sum);
