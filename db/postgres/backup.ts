import type { Key } from "../keys/keys.ts";
import { copyIntoFile } from "../sqlite/copy-into-file.ts";
import { postgresSource } from "./copy-side.ts";
import { soundnessOfPostgres } from "./soundness.ts";

/**
 * Copies one state of a PostgreSQL database to a SQLite file, while other processes go on working. The file can be read without a
 * server, and restored to either database.
 */
export async function backUpPostgres(
  { url, keys }: { readonly url: string; readonly keys: Key },
  file: string,
  progress?: (share: number) => void,
): Promise<void> {
  await soundnessOfPostgres(url);
  await using source = postgresSource(url);
  await copyIntoFile(source, file, keys, { progress });
}
