import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import Client from "better-sqlite3";

/** The first pages of a closed database's tables and indexes, by name. */
export function rootsOf(file: string): ReadonlyMap<string, number> {
  const client = new Client(file, { readonly: true });
  const rows = client.prepare("select name, rootpage from sqlite_schema where rootpage > 0").raw().all() as [
    string,
    number,
  ][];
  client.close();
  return new Map(rows);
}

/** Overwrites a page of a closed database, as a disk that fails does. */
export function damagePage(file: string, page: number): void {
  const size = readFileSync(file).readUInt16BE(16);
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(512, 0xa5), 0, 512, (page - 1) * size);
  closeSync(handle);
}
