import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { packageOf } from "#adapters/teams/package/package.ts";
import { AttuneError } from "#src/errors.ts";
import type { Output } from "./output.ts";

export interface TeamsPackageOptions {
  readonly appId?: string;
  readonly url?: string;
  readonly developer: string;
  readonly privacyUrl?: string;
  readonly termsUrl?: string;
  readonly version: string;
  readonly out: string;
}

/** Writes the app package that an administrator uploads to Teams. */
export function writeTeamsPackage(options: TeamsPackageOptions, output: Output): void {
  const { appId, url, out, ...rest } = options;
  if (appId === undefined)
    throw new AttuneError("config", "No app id: set MicrosoftAppId, or write --app-id with the Azure bot's.");
  if (url === undefined)
    throw new AttuneError(
      "config",
      "No address: write --url with where Attune is reached, like https://attune.hospital.example.",
    );
  const archive = packageOf({ appId, url, ...rest });
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, archive);
  output.line(`${out} is written (${archive.length} bytes): upload it in the Teams admin center.`);
}
