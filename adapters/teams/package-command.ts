import { writeFileSync } from "node:fs";
import { AttuneError } from "#src/errors.ts";
import type { CommandSurroundings, PlatformCommand } from "#src/ports/platform-description.ts";
import type { TeamsSettings } from "./settings.ts";

/** The default file of the package. `attune doctor` looks for it there. */
export const PACKAGE_FILE = "attune-teams.zip";

interface PackageOptions {
  readonly appId?: string;
  readonly url?: string;
  readonly developer: string;
  readonly privacyUrl?: string;
  readonly termsUrl?: string;
  readonly version: string;
  readonly out: string;
}

export const packageCommand: PlatformCommand<TeamsSettings, PackageOptions> = {
  name: "teams-package",
  summary: "Write the app package that an administrator uploads to Microsoft Teams.",
  examples: ["teams-package --url https://attune.hospital.example"],
  options: [
    { flags: "--app-id <id>", about: "the Azure bot's Microsoft App ID (default: MicrosoftAppId)" },
    { flags: "--url <address>", about: "where Attune is reached, like https://attune.hospital.example" },
    { flags: "--developer <name>", about: "who runs Attune there", otherwise: "Attune" },
    { flags: "--privacy-url <address>", about: "a privacy page of your own" },
    { flags: "--terms-url <address>", about: "terms of use of your own" },
    { flags: "--version <number>", about: "the package's version", otherwise: "1.0.0" },
    { flags: "--out <file>", about: "where to write it", otherwise: PACKAGE_FILE },
  ],
  run: writePackage,
};

async function writePackage(
  options: PackageOptions,
  { settings, line }: CommandSurroundings<TeamsSettings>,
): Promise<void> {
  const { url, out, ...rest } = options;
  const appId = options.appId ?? settings()?.appId;
  if (appId === undefined)
    throw new AttuneError("config", "No app id: set MicrosoftAppId, or write --app-id with the Azure bot's.");
  if (url === undefined)
    throw new AttuneError(
      "config",
      "No address: write --url with where Attune is reached, like https://attune.hospital.example.",
    );
  const { packageOf } = await import("./package/package.ts");
  const archive = packageOf({ ...rest, appId, url });
  try {
    writeFileSync(out, archive);
  } catch (cause) {
    const { code = "error" } = cause as NodeJS.ErrnoException;
    throw new AttuneError("config", `${out} cannot be written (${code}): name another place with --out.`, {
      cause,
    });
  }
  line(`${out} is written (${archive.length} bytes): upload it in the Teams admin center.`);
}
