import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { loadProgram } from "#src/config/load-program.ts";
import { readSettings } from "#src/config.ts";
import { startAttune, type Attune } from "#src/house.ts";

export interface OpenDemo extends AsyncDisposable {
  readonly url: string;
  /** The database file, for whoever has to see what is stored. */
  readonly database: string;
}

/** The demo program behind the real server, on a free port, with a database of its own. */
export async function openDemo(): Promise<OpenDemo> {
  const folder = mkdtempSync(join(tmpdir(), "attune-demo-"));
  const database = join(folder, "attune.db");
  const settings = readSettings({ PORT: "0", ATTUNE_DB: database, ATTUNE_LOG_LEVEL: "silent" });
  const attune: Attune = await startAttune(settings, loadProgram("program/program.yaml"));
  return {
    url: attune.url,
    database,
    async [Symbol.asyncDispose]() {
      await attune.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Somebody in front of the playground: taps what can be seen, and on a narrow screen turns to the right phone first. */
export interface Visitor {
  readonly page: Page;
  /** Taps a button of the page around the phones. */
  moves(label: string): Promise<void>;
  /** Taps a button on the phone in this seat, once it is there. */
  taps(seat: 1 | 2 | 3, label: string): Promise<void>;
  /** Types into the newest card's field on this phone and sends it. */
  writes(seat: 1 | 2 | 3, text: string): Promise<void>;
  /** Sends a message from this phone. */
  says(seat: 1 | 2 | 3, text: string): Promise<void>;
  /** Waits until this phone shows a text. */
  reads(seat: 1 | 2 | 3, text: string): Promise<void>;
  hint(): Promise<string>;
}

const PATIENCE = { timeout: 20_000 };

export function visitor(page: Page): Visitor {
  const phone = (seat: number) => page.locator(`#seat-${seat}`);
  const turnTo = async (seat: number): Promise<void> => {
    const tab = page.locator(`#tab-${seat}`);
    if ((await tab.isVisible()) && (await tab.getAttribute("aria-selected")) !== "true") await tab.click();
  };
  return {
    page,
    moves: (label) => page.getByRole("button", { name: label, exact: true }).click(PATIENCE),
    async taps(seat, label) {
      await turnTo(seat);
      await phone(seat).getByRole("button", { name: label, exact: true }).last().click(PATIENCE);
    },
    async writes(seat, text) {
      await turnTo(seat);
      await phone(seat).locator(".card-input textarea").last().fill(text, PATIENCE);
      await phone(seat).locator(".card-input button[type=submit]").last().click(PATIENCE);
    },
    async says(seat, text) {
      await turnTo(seat);
      await phone(seat).locator(".composer textarea").fill(text, PATIENCE);
      await phone(seat).locator(".composer .send").click(PATIENCE);
    },
    async reads(seat, text) {
      await turnTo(seat);
      await expect.poll(() => phone(seat).locator(".log").innerText(), PATIENCE).toContain(text);
    },
    hint: () => page.locator("#hint").innerText(),
  };
}
