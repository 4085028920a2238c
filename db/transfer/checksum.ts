import { hash } from "node:crypto";
import type { Row } from "./shapes.ts";

/** A checksum of a table: its number of rows, and a sum over them that does not depend on their order. */
export interface Checksum {
  readonly rows: number;
  readonly sum: string;
}

/** Adds up the rows' hashes (128 bits each). So two databases may return the rows in different orders. */
export function checksum() {
  let rows = 0;
  let high = 0n;
  let low = 0n;
  return {
    add(portion: readonly Row[]): void {
      for (const row of portion) {
        const text = JSON.stringify(
          row.map((value) => (Buffer.isBuffer(value) ? [value.toString("base64")] : value)),
        );
        const digest = hash("sha256", text, "buffer");
        rows += 1;
        high = BigInt.asUintN(64, high + digest.readBigUInt64BE(0));
        low = BigInt.asUintN(64, low + digest.readBigUInt64BE(8));
      }
    },
    total: (): Checksum => ({
      rows,
      sum: [high, low].map((half) => half.toString(16).padStart(16, "0")).join(""),
    }),
  };
}
