import { AttuneError } from "../errors.ts";
import { unseen } from "./shapes.ts";
import { hiddenIn } from "../domain/text.ts";
import { plainFile } from "#src/roster/reading/plain-file.ts";
import type { AddressPlace } from "#src/roster/reading/source.ts";

/** Bytes; the longest address has a few hundred. */
const LONGEST = 64_000;

/**
 * A feed's address, from its variable or file. It is read before each fetch, so that it can be changed without a restart.
 * @throws AttuneError `rejected`, which names the variable or file but not the address
 */
export function feedAddress(place: AddressPlace, env: Readonly<Record<string, string | undefined>>): string {
  if ("variable" in place) {
    const address = env[place.variable]?.trim();
    if (address) return seen(address, `the environment variable ${place.variable}`);
    throw new AttuneError("rejected", `the environment variable ${place.variable} is empty`);
  }
  const found = plainFile(place.path, LONGEST);
  if (!(found instanceof Uint8Array))
    throw new AttuneError("rejected", `the file with its address cannot be read (${found.reason})`);
  if (found.length > LONGEST)
    throw new AttuneError("rejected", "the file with its address is too large for one");
  const address = Buffer.from(found).toString("utf8").trim();
  if (address !== "") return seen(address, "the file with its address");
  throw new AttuneError("rejected", "the file with its address is empty");
}

/** The address is never repeated, so what is wrong about it has to be said. */
function seen(address: string, where: string): string {
  const hidden = hiddenIn(address);
  if (hidden === undefined) return address;
  throw new AttuneError("rejected", `${where}: ${unseen(hidden).join("; ")}`);
}
