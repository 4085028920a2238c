import { serve } from "@hono/node-server";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import pLimit from "p-limit";
import type { Download } from "playwright-core";
import { vi } from "vitest";
import { createHub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import { playground } from "#adapters/web/playground.ts";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { withPlatform } from "#src/composition/platforms.ts";
import { createStage } from "#src/composition/playground/stage.ts";
import { PLAYGROUND } from "#src/composition/program-host.ts";
import { SILENT } from "#test/support/attune.ts";
import { openBrowser } from "#test/support/browser.ts";
import { BEGINNING, BEGUN } from "#test/support/lakeside-month.ts";
import { onDisk } from "#test/support/on-disk.ts";
import { local } from "#test/support/programs.ts";
import { SOON } from "#test/support/soon.ts";
import type { LifeDriver } from "#test/support/whole-life.ts";
import { folder } from "../../unit/config/folder.ts";

/** A program in the playground, in a real browser in which one phone is looked at after another. */
export async function playgroundLife(): Promise<LifeDriver> {
  const files = folder(BEGUN);
  const place = {
    program: files.path("program.yaml"),
    database: files.path("attune.db"),
    key: files.path("attune.key"),
  };
  const db = openSqlite({ file: place.database, keys: loadMasterKey(place.key, { create: true }) });
  const chat = db.chat("lakeside");
  const hub = createHub();
  const now = () => here.clock.now();
  const here = await onDisk([place.program], BEGINNING, {
    messenger: webMessenger({ chat, now: () => now(), hub }),
    db,
    shown: (program) => withPlatform(program, PLAYGROUND),
  });
  const hosted = here.hosted[0]!;
  const alone = pLimit(1);
  const stage = createStage({
    program: () => hosted.program,
    running: hosted.running,
    inTurn: alone,
    now,
    sent: () => 0,
    reset: async () => {},
  });
  const receive = hosted.receive.bind(hosted);
  const app = playground({ stage, chat, hub, receive, log: SILENT });
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  const page = await browser.newPage({ locale: "en-GB", reducedMotion: "reduce" });
  page.setDefaultTimeout(SOON.timeout);
  let got: Download | undefined;
  page.on("download", (download) => (got = download));
  await here.beat();

  const phone = (who: string) => page.locator(`.phone[data-person="${who}"]`);
  const log = (who: string) => phone(who).locator(".log");
  const opens = (who: string) => page.goto(`${url}/?people=${who}`);
  const looksAt = async (who: string): Promise<void> => {
    if ((await phone(who).count()) === 0) await opens(who);
  };
  /** Does something, waits for what it changes, and lets follow what it has made due. */
  const does = async (who: string, act: () => Promise<unknown>): Promise<void> => {
    await looksAt(who);
    const before = await log(who).innerText();
    await act();
    await vi.waitUntil(async () => (await log(who).innerText()) !== before, SOON);
    await here.beats();
  };
  const newestWith = (who: string, label: string) => {
    const button = page.getByRole("button", { name: label, exact: true });
    const opensConfirm = page.locator("summary").filter({ has: page.getByText(label, { exact: true }) });
    return log(who)
      .locator(".message.attune")
      .filter({ has: button.or(opensConfirm) })
      .last();
  };
  return {
    place,
    async joins() {},
    gives: (who, name, bytes) =>
      does(who, () =>
        phone(who)
          .locator("input[type=file]")
          .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) }),
      ),
    taps: (who, label) =>
      does(who, async () => {
        const message = newestWith(who, label);
        const asksFirst = message.locator("summary").getByText(label, { exact: true });
        if (await asksFirst.first().isVisible()) await asksFirst.first().click();
        await message.getByRole("button", { name: label, exact: true }).first().click();
      }),
    writes: (who, text) =>
      does(who, async () => {
        await log(who).locator(".card-input textarea").last().fill(text);
        await log(who).locator(".card-input button[type=submit]").last().click();
      }),
    says: (who, text) =>
      does(who, async () => {
        await phone(who).locator(".composer textarea").fill(text);
        await phone(who).locator(".composer .send").click();
      }),
    async chat(who) {
      await opens(who);
      return log(who).locator(".message.attune").allInnerTexts();
    },
    async got() {
      await vi.waitUntil(() => got !== undefined, SOON);
      return readFile(await got!.path(), "utf8");
    },
    async charts(who) {
      await looksAt(who);
      return log(who).locator("figure.chart").count();
    },
    until: (time) => here.until(local(time, "UTC")),
    async [Symbol.asyncDispose]() {
      await browser.close();
      hub.close();
      server.close();
      await here[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}
