import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadProgram } from "#src/config/load-program.ts";
import { readSettings } from "#src/config.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { startAttune, type Attune } from "#src/house.ts";
import { ja } from "#src/words/ja.ts";
import { openBrowser } from "#test/support/browser.ts";

const GOAL = DEFAULT_GOALS.find((goal) => goal.id === "procedures")!.label.ja;

describe("a visitor without instructions", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-journey-"));
  let browser: Browser;
  let attune: Attune;

  beforeAll(async () => {
    const settings = readSettings({
      PORT: "0",
      ATTUNE_DB: join(folder, "attune.db"),
      ATTUNE_LOG_LEVEL: "silent",
    });
    attune = await startAttune(settings, loadProgram("program/program.yaml"));
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await attune.stop();
    rmSync(folder, { recursive: true });
  });

  const tap = (page: Page, label: string) =>
    page.getByRole("button", { name: label, exact: true }).first().click();

  it("goes from a goal to two answers side by side, a talk and the weekly digest", async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(attune.url);

    await page.getByRole("button", { name: "Next message" }).click();
    for (const label of [ja.consent.agree, GOAL, ja.buttons.skip]) await tap(page, label);
    for (const label of [
      ja.strategy.help.answers[3],
      ja.strategy.call.answers[2],
      ja.strategy.feedback.answers.after,
    ]) {
      await tap(page, label);
    }
    for (const label of [ja.consent.agree, ja.plan.scopes.all]) await tap(page, label);
    for (const label of [
      ja.strategy.help.answers[1],
      ja.strategy.call.answers[2],
      ja.strategy.feedback.answers.after,
    ]) {
      await tap(page, label);
    }

    const starter = page.getByText(ja.reveal.starter("help", "more"));
    await expect.poll(() => starter.count(), { timeout: 15_000 }).toBe(2);
    await page.screenshot({ path: join(tmpdir(), "attune-reveal.png") });
    await tap(page, ja.buttons.talked);
    await expect.poll(() => page.getByText(ja.reveal.talked).count(), { timeout: 15_000 }).toBe(2);
    await page.getByRole("button", { name: "Next week" }).click();
    await page.getByRole("button", { name: "+1 hour" }).click();
    for (let day = 0; day < 40 && (await page.getByText(ja.digest.title).count()) === 0; day += 1) {
      await page.getByRole("button", { name: "Next message" }).click();
      await page.waitForTimeout(300);
    }
    expect(await page.getByText(ja.digest.title).count()).toBeGreaterThan(0);
  });
});
