import { AttuneError } from "../errors.ts";
import { secretFile } from "./secret-file.ts";
import { unseen } from "./shapes.ts";
import { hiddenIn } from "../domain/text.ts";
import { plainFile } from "#src/roster/reading/plain-file.ts";
import type { AddressPlace } from "#src/roster/reading/source.ts";

/** Bytes; the longest address has a few hundred. */
const LONGEST = 64_000;

/**
 * The lines of a variable or file that keeps a feed's addresses or an account. It is read before each fetch, so that it
 * can be changed without a restart.
 * @throws AttuneError `rejected`, which names the variable or file but nothing that stands in it
 */
export function feedSecret(
  place: AddressPlace,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if ("variable" in place) {
    const read = secretFile(place.variable, env);
    if (read !== undefined && "wrong" in read)
      throw new AttuneError(
        "rejected",
        `the environment variable ${read.wrong[0]}: ${read.wrong.slice(1).join("; ")}`,
      );
    if (read !== undefined) return seen(linesOf(read.secret), `the file that ${place.variable}_FILE names`);
    const lines = linesOf(env[place.variable] ?? "");
    if (lines.length > 0) return seen(lines, `the environment variable ${place.variable}`);
    throw new AttuneError("rejected", `the environment variable ${place.variable} is empty`);
  }
  const found = plainFile(place.path, LONGEST);
  if (!(found instanceof Uint8Array))
    throw new AttuneError("rejected", `the file with its address cannot be read (${found.reason})`);
  if (found.length > LONGEST)
    throw new AttuneError("rejected", "the file with its address is too large for one");
  const lines = linesOf(Buffer.from(found).toString("utf8"));
  if (lines.length > 0) return seen(lines, "the file with its address");
  throw new AttuneError("rejected", "the file with its address is empty");
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\n|\r/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** An address is never repeated, so what is wrong about it has to be said. */
function seen(lines: readonly string[], where: string): readonly string[] {
  const hidden = lines.map(hiddenIn).find((code) => code !== undefined);
  if (hidden === undefined) return lines;
  throw new AttuneError("rejected", `${where}: ${unseen(hidden).join("; ")}`);
}
