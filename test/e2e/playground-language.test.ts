import { expect, it } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { openDemo } from "#test/support/web/demo.ts";

const SEAT = "#seat-3";

it("a phone shows what was read of it last, also when an earlier reading comes in before it", async () => {
  await using demo = await openDemo();
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto(demo.url);
    const speaks = page.locator(`${SEAT} .speaks`);
    await expect.poll(() => speaks.getAttribute("lang"), { timeout: 60_000 }).toBe("en");
    /** Each reading of the phone is held until the test lets it go. */
    const held: (() => Promise<void>)[] = [];
    await page.route(/\/phone\?.*seat=3/u, async (route) => {
      const response = await route.fetch();
      await new Promise<void>((resolve) => held.push(async () => resolve()));
      await route.fulfill({ response });
    });
    const person = await page.locator(SEAT).getAttribute("data-person");
    const says = (text: string) =>
      page.evaluate(
        async ([who, words]) => {
          const token = document.querySelector<HTMLMetaElement>("meta[name=attune-token]")!.content;
          await fetch("/say", {
            method: "POST",
            headers: { "content-type": "application/json", "x-attune-token": token },
            body: JSON.stringify({ person: who, event: crypto.randomUUID(), text: words }),
          });
        },
        [person, text],
      );

    await says("language ja");
    await expect.poll(() => held.length, { timeout: 60_000 }).toBe(1);
    await says("language en");
    await expect.poll(() => held.length, { timeout: 60_000 }).toBe(2);
    for (const letGo of held) await letGo();

    await expect.poll(() => speaks.getAttribute("lang"), { timeout: 60_000 }).toBe("en");
    await expect
      .poll(() => page.locator(`${SEAT} .log`).getAttribute("lang"), { timeout: 60_000 })
      .toBe("en");
  } finally {
    await browser.close();
  }
}, 180_000);
