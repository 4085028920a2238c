import type { Hono } from "hono";
import { slackPlatform } from "#adapters/slack/index.ts";
import { teamsPlatform } from "#adapters/teams/platform.ts";
import type { Settings } from "./config.ts";
import type { Program } from "./domain/program.ts";
import type { Platform, PlatformDeps } from "./ports/platform.ts";

/** The platforms that are configured: one entry each. */
export function platformsOf({ slack, teams }: Settings, deps: PlatformDeps): readonly Platform[] {
  return [
    ...(slack === undefined ? [] : [slackPlatform(slack, deps)]),
    ...(teams === undefined ? [] : [teamsPlatform(teams, deps)]),
  ];
}

/** Mounts what the platforms call over HTTP. */
export function mountPlatforms(app: Hono, platforms: readonly Platform[]): void {
  for (const { method, path, handle } of platforms.flatMap(({ routes }) => routes)) {
    app.on(method, path, (c) => handle(c.req.raw));
  }
}

/**
 * Starts them one after another.
 * @throws AttuneError `config` of the first that refuses our credentials
 */
export async function startPlatforms(platforms: readonly Platform[]): Promise<void> {
  for (const platform of platforms) await platform.start();
}

export const platformsHealth = (platforms: readonly Platform[]): Readonly<Record<string, "ok" | "failing">> =>
  Object.fromEntries(platforms.map((platform) => [platform.name, platform.health()]));

/** The program with an account for everybody on a platform of our own, where a person's account is their id. */
export const withPlatform = (program: Program, platform: string): Program => ({
  ...program,
  people: program.people.map((person) => ({
    ...person,
    accounts: { ...person.accounts, [platform]: person.id },
  })),
});
