import type { Client } from "pg";
import { AttuneError } from "#src/errors.ts";

/** The oldest that Attune is tried on, and that its makers still mend. */
const OLDEST = 15;

/** @throws AttuneError `store` when the server is older than Attune can use */
export async function demandVersion(client: Pick<Client, "query">): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
  const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (version < OLDEST)
    throw new AttuneError(
      "store",
      `The database server is version ${version}, and Attune needs ${OLDEST} or newer: move the database to a newer server.`,
    );
}
