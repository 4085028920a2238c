import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { shot } from "#test/support/shots.ts";
import { openDemo } from "#test/support/web/demo.ts";

const SEAT = "#seat-3";
const PATIENCE = { timeout: 60_000 };

/** The demo's roster without its last entries. */
function shorter(): string {
  const events = readFileSync("program/roster.ics", "utf8").split("BEGIN:VEVENT");
  const end = events.at(-1)!.slice(events.at(-1)!.indexOf("END:VCALENDAR"));
  return `${events.slice(0, -LEFT_OUT).join("BEGIN:VEVENT")}${end}`;
}

const LEFT_OUT = 8;

it("a coordinator chooses a roster in the playground, sees what it would change, applies it and takes it back", async () => {
  await using demo = await openDemo();
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({
      locale: "en-GB",
      reducedMotion: "reduce",
      viewport: { width: 1440, height: 1000 },
    });
    const page = await context.newPage();
    await page.goto(demo.url);
    const phone = page.locator(SEAT);
    const reads = async (text: string): Promise<void> => {
      await expect.poll(() => phone.locator(".log").innerText(), PATIENCE).toContain(text);
    };
    const taps = (label: string) =>
      phone.getByRole("button", { name: label, exact: true }).last().click(PATIENCE);
    expect(await page.locator("#seat-1 input[type=file]").count()).toBe(0);

    // Everybody reads the visitor's language once the page has said so.
    await expect.poll(() => phone.locator(".speaks").getAttribute("lang"), PATIENCE).toBe("en");
    expect(await phone.getAttribute("data-person")).toBe("c1");
    await phone
      .locator("input[type=file]")
      .setInputFiles(
        { name: "december.ics", mimeType: "text/calendar", buffer: Buffer.from(shorter()) },
        PATIENCE,
      );
    await reads("What december.ics would change");
    await reads("1 shift removed");
    await shot(phone.locator(".log > *").last(), "for-coordinators.png", PATIENCE);
    await taps("Apply");
    await reads("december.ics is in force");
    await taps("Undo");
    await reads("roster.ics is in force again");
  } finally {
    await browser.close();
  }
}, 180_000);
