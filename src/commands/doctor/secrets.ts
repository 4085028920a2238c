import { statSync } from "node:fs";
import { isOnServer } from "#src/config/database-place.ts";
import type { Check, Finding } from "./check.ts";

/** Where containers and systemd put secrets: whoever is in there may read them, and nobody outside. */
const CONTAINERS = "/run/";

/** From where each secret comes, never what it is; and files that others on this machine can read. */
export const secretsCheck: Check = async (settings) => {
  // The path of a file on this machine is no secret.
  const secrets = settings.secrets.filter(
    ({ variable, file }) => variable !== "ATTUNE_DB" || file !== undefined || isOnServer(settings.database),
  );
  if (secrets.length === 0) return [];
  const [inFiles, inEnvironment] = [true, false].map((is) =>
    secrets.filter(({ file }) => (file !== undefined) === is),
  );
  const told = [
    ...(inEnvironment!.length === 0
      ? []
      : [`from the environment: ${inEnvironment!.map(({ variable }) => variable).join(", ")}`]),
    ...inFiles!.map(({ variable, file }) => `${variable} from ${file}`),
  ];
  return [
    { level: "ok", about: "secrets", what: told.join("; ") },
    ...inFiles!.flatMap(({ variable, file = "" }) => openTo(variable, file)),
  ];
};

/** Who besides its owner may read a file; root's that only Attune's own group may read is as it should be. */
function openTo(variable: string, file: string): readonly Finding[] {
  if (process.platform === "win32" || file.startsWith(CONTAINERS)) return [];
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return [];
  const isOpenToAll = (found.mode & 0o007) !== 0;
  const isOpenToGroup = (found.mode & 0o070) !== 0 && !(found.uid === 0 && process.getuid?.() !== 0);
  if (!isOpenToAll && !isOpenToGroup) return [];
  const mode = (found.mode & 0o777).toString(8);
  return [
    {
      level: "warn",
      about: "secrets",
      what: `${variable}_FILE: ${isOpenToAll ? "everybody on this machine" : "its whole group"} may read ${file} (mode ${mode})`,
      todo: `chmod 600 ${file}`,
    },
  ];
}
