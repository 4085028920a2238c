import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";

/**
 * Chromium from npm, headless, as every end-to-end test uses it. The caller closes it. Of the package's
 * own flags none is used: they are for a server without processes or a GPU, and switch off the very rules
 * (same origin, isolation) that a test of a web page must keep.
 */
export async function openBrowser(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"];
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}
