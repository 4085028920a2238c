import type { Settings } from "#src/config.ts";
import type { PlatformDescription } from "#src/ports/platform-description.ts";

/** What a platform has read of the environment for itself; undefined when it is not configured. */
export const ownSettings = <Own>(
  { platforms }: Settings,
  platform: PlatformDescription<Own>,
): Own | undefined => platforms.find((one) => one.platform === platform)?.settings as Own | undefined;
