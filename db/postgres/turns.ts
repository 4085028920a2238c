import { createHash } from "node:crypto";

/** Takes turns, in one order for everybody, so that nobody waits in a ring. */
export const TURN = {
  name: "turn",
  text: "select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as keys(key)",
};

/** The turns of these names, as the server wants them. */
export const turnKeys = (program: string, names: readonly string[]): readonly number[] =>
  [...new Set(names.map((name) => keyOf(program, name)))].toSorted((a, b) => a - b);

/** A turn's name as the server wants it: a number, of 52 bits. Two names that share one only wait for each other. */
const keyOf = (program: string, name: string): number =>
  Number(
    createHash("sha256")
      .update(JSON.stringify([program, name]))
      .digest()
      .readBigUInt64BE() >> 12n,
  );
