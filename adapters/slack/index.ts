import type { PlatformDescription } from "#src/ports/platform-description.ts";
import { PLATFORM } from "./address.ts";
import { slackHosts, slackSettings, type SlackSettings } from "./settings.ts";
import { mendSignature } from "./signature.ts";

/** Slack's description. It loads no SDK. */
export const slack: PlatformDescription<SlackSettings> = {
  name: PLATFORM,
  title: "Slack",
  readSettings: slackSettings,
  configuredHow: ({ way }) => (way.mode === "socket" ? "over a socket" : "called over HTTP"),
  hosts: slackHosts,
  open: async (settings, deps) => (await import("./platform.ts")).slackPlatform(settings, deps),
  check: async (settings, people, found) =>
    (await import("./doctor.ts")).checkSlack(settings, people, { found }),
  mending: ({ way }) => (way.mode === "http" ? mendSignature : undefined),
  commands: [],
};
