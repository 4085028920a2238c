import { readFileSync, statSync } from "node:fs";

/** Bytes; the longest secret is a few hundred. */
const LARGEST = 64_000;

/** The secret, or what is wrong: in which variable, what, and what to do. Never a word of the file. */
export type SecretRead =
  | { readonly secret: string; readonly file: string }
  | { readonly wrong: readonly [variable: string, message: string, todo: string] };

/**
 * What the file that VARIABLE_FILE names holds, since what is in the environment many can read; undefined when it names
 * none.
 */
export function secretFile(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): SecretRead | undefined {
  const variable = `${name}_FILE`;
  const path = env[variable]?.trim();
  if (path === undefined || path === "") return undefined;
  if ((env[name]?.trim() ?? "") !== "")
    return { wrong: [variable, `${name} is set as well`, "leave one of the two empty"] };
  const wrong = (message: string, todo: string): SecretRead => ({ wrong: [variable, message, todo] });
  try {
    const file = statSync(path);
    // Reading a pipe or a device could wait for ever.
    if (!file.isFile()) return wrong("it names no file", "write the path of a file with the secret alone");
    if (file.size > LARGEST)
      return wrong("the file is too large for a secret", "write the path of a file with the secret alone");
    const secret = readFileSync(path, "utf8").trim();
    return secret === "" ? wrong("the file is empty", "put the secret into it") : { secret, file: path };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "error";
    return code === "ENOENT"
      ? wrong("there is no such file", "write the path of a file with the secret alone")
      : wrong(`the file cannot be read (${code})`, "let Attune's user read it");
  }
}
