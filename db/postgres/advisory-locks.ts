import { createHash } from "node:crypto";
import type { LockName } from "../statements/steps.ts";

/** Takes advisory locks until the transaction ends. Everybody takes them in the same order, so no deadlock comes of it. */
export const LOCK = {
  name: "lock",
  text: "select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as keys(key)",
};

/** The locks of these names as numbers, in order and each once. */
export const lockKeys = (program: string, names: readonly LockName[]): readonly number[] => {
  const keys = names.map((one) =>
    typeof one === "string" ? keyOf(program, one) : keyOf(one.program, one.name),
  );
  return [...new Set(keys)].toSorted((a, b) => a - b);
};

/** A lock's name as a number of 52 bits. If two names have the same number, they only wait for each other. */
const keyOf = (program: string, name: string): number =>
  Number(
    createHash("sha256")
      .update(JSON.stringify([program, name]))
      .digest()
      .readBigUInt64BE() >> 12n,
  );
