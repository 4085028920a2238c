import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { openDemo } from "#test/support/web/demo.ts";

const SEAT = "#seat-3";
const PATIENCE = { timeout: 60_000 };

/** The demo's roster without its last entry. */
function shorter(): string {
  const text = readFileSync("program/roster.ics", "utf8");
  const at = text.lastIndexOf("BEGIN:VEVENT");
  return text.slice(0, at) + text.slice(text.indexOf("END:VEVENT", at) + "END:VEVENT".length).trimStart();
}

it("a coordinator chooses a roster in the playground, sees what it would change, applies it and takes it back", async () => {
  await using demo = await openDemo();
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto(demo.url);
    const phone = page.locator(SEAT);
    const reads = async (text: string): Promise<void> => {
      await expect.poll(() => phone.locator(".log").innerText(), PATIENCE).toContain(text);
    };
    const taps = (label: string) =>
      phone.getByRole("button", { name: label, exact: true }).last().click(PATIENCE);
    expect(await page.locator("#seat-1 input[type=file]").count()).toBe(0);

    await phone.locator("select[name=person]").selectOption("c1");
    await phone
      .locator("input[type=file]")
      .setInputFiles(
        { name: "december.ics", mimeType: "text/calendar", buffer: Buffer.from(shorter()) },
        PATIENCE,
      );
    await reads("december.icsで変わること");
    await reads("取消1件");
    await taps("反映する");
    await reads("december.icsを反映しました");
    await taps("取り消す");
    await reads("roster.icsに戻しました");
  } finally {
    await browser.close();
  }
}, 180_000);
