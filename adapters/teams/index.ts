import type { PlatformDescription } from "#src/ports/platform-description.ts";
import { HOSTS } from "./entra.ts";
import { PLATFORM } from "./address.ts";
import { mendToken } from "./distrust.ts";
import { PACKAGE_FILE, packageCommand } from "./package-command.ts";
import { teamsSettings, type TeamsSettings } from "./settings.ts";

/** The description of Microsoft Teams. It loads no SDK. */
export const teams: PlatformDescription<TeamsSettings> = {
  name: PLATFORM,
  title: "Teams",
  readSettings: teamsSettings,
  configuredHow: ({ appId }) => `app ${appId}`,
  hosts: () => HOSTS,
  open: async (settings, deps) => (await import("./platform.ts")).teamsPlatform(settings, deps),
  check: async (settings) =>
    (await import("./doctor.ts")).checkTeams(settings, { packageFile: PACKAGE_FILE }),
  mending: () => mendToken,
  commands: [packageCommand],
};
