import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Locator, Page } from "playwright-core";

/** Where pictures of what tests show go, when somebody wants to look at them, or to put them into docs/. To take one costs a second. */
export const SHOTS = process.env["ATTUNE_SHOTS"];

/** Takes a picture where somebody wants it. */
export async function shot(
  shown: Page | Locator,
  name: string,
  options: { readonly fullPage?: true; readonly timeout?: number } = {},
): Promise<void> {
  if (SHOTS === undefined) return;
  const path = join(SHOTS, name);
  mkdirSync(dirname(path), { recursive: true });
  await shown.screenshot({ path, ...options });
}
