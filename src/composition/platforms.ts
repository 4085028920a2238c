import { FILE_MAXIMUM, FILE_PATH } from "#adapters/web/file-limits.ts";
import type { Hono } from "hono";
import { slack } from "#adapters/slack/index.ts";
import { teams } from "#adapters/teams/index.ts";
import type { Settings } from "#src/config.ts";
import type { Program } from "#src/domain/program.ts";
import type { Platform, PlatformDeps } from "#src/ports/platform.ts";
import type { PlatformDescription } from "#src/ports/platform-description.ts";

/** Every chat platform that Attune speaks. No other file knows one by its name. */
export const PLATFORMS: readonly PlatformDescription[] = [slack, teams];

/** "Slack or Teams": for whoever has to configure one. */
export const anyPlatform = (): string => either(PLATFORMS.map(({ title }) => title));

/** "Slack's or Teams' variables". */
export const variablesOfAny = (): string =>
  `${either(PLATFORMS.map(({ title }) => (title.endsWith("s") ? `${title}'` : `${title}'s`)))} variables`;

const either = (words: readonly string[]): string =>
  new Intl.ListFormat("en-GB", { type: "disjunction" }).format(words);

/** The platforms that are configured, ready to be started. */
export async function platformsOf({ platforms }: Settings, deps: PlatformDeps): Promise<readonly Platform[]> {
  const opened: Platform[] = [];
  for (const { platform, settings } of platforms) opened.push(await platform.open(settings, deps));
  return opened;
}

/** The largest body in bytes where a route states no limit. The playground's page sends no more. */
const MODEST = 16_384;

/** Mounts what the platforms call over HTTP. */
export function mountPlatforms(app: Hono, platforms: readonly Platform[]): void {
  for (const { method, path, handle } of platforms.flatMap(({ routes }) => routes)) {
    app.on(method, path, (c) => handle(c.req.raw));
  }
}

/** The largest body that is accepted at a path, in bytes: what the platform's route states, a file for the playground, else MODEST. */
export function largestBodies(
  platforms: readonly Platform[],
  hasPlayground: boolean,
): (path: string) => number {
  const stated = new Map(
    platforms.flatMap(({ routes }) => routes.map(({ path, largestBody }) => [path, largestBody] as const)),
  );
  return (path) => (hasPlayground && path === FILE_PATH ? FILE_MAXIMUM : (stated.get(path) ?? MODEST));
}

export const platformsHealth = (platforms: readonly Platform[]): Readonly<Record<string, "ok" | "failing">> =>
  Object.fromEntries(
    platforms.map(({ name, trouble }) => [name, trouble() === undefined ? "ok" : "failing"]),
  );

/** The program with an account for each person on a platform of ours (the playground). The account is the person's id. */
export const withPlatform = (program: Program, platform: string): Program => ({
  ...program,
  people: program.people.map((person) => ({
    ...person,
    accounts: { ...person.accounts, [platform]: person.id },
  })),
});
