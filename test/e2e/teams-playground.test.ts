import { givenRoster } from "#src/simulation/given-roster.ts";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { teamsPlatform } from "#adapters/teams/platform.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { runProgram } from "#src/engine.ts";
import { mountPlatforms } from "#src/composition/platforms.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { shot } from "#test/support/shots.ts";
import { SILENT } from "#test/support/attune.ts";
import { openBrowser } from "#test/support/browser.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { withJapanese } from "#test/support/teams/browser-card.ts";
import { agentsPlayground, freePort } from "#test/support/teams/agents-playground.ts";
import { onTeams } from "#test/support/teams/hospital.ts";
import { TENANT } from "#test/support/teams/office.ts";

const WORDS = { en, ja };
const SHIFTS = ["2026-12-01T08:00 2026-12-01T17:00", "2026-12-09T08:00 2026-12-09T17:00"];

describe("in Microsoft's Agents Playground", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each(["en", "ja"] as const)(
    "two people go from a goal to both answers and the digest, in %s",
    async (locale) => {
      const words = WORDS[locale];
      const { help, call, feedback } = words.strategy;
      const goal = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label[locale];
      const botPort = await freePort();
      const ports = { r1: await freePort(), a1: await freePort() };
      await using db = await attuneAt(botPort, locale, Object.values(ports));
      const endpoint = `http://127.0.0.1:${botPort}/api/messages`;
      await using first = await agentsPlayground("r1", endpoint, ports.r1);
      await using second = await agentsPlayground("a1", endpoint, ports.a1);
      const resident = await chatAt(browser, first.url, locale);
      const attending = await chatAt(browser, second.url, locale);

      for (const one of [resident, attending]) await one.taps(words.consent.agree);
      for (const one of [resident, attending]) await one.sees(words.consent.agreed.resident);
      await db.until("2026-12-01T07:45");
      await resident.taps(goal);
      await resident.types(words.goal.line, "call early");
      await resident.taps(words.buttons.send);
      for (const label of [help.answers[3], call.answers[2], feedback.answers.after])
        await resident.taps(label);
      await attending.sees("call early");
      for (const label of [help.answers[1], call.answers[2], feedback.answers.after])
        await attending.taps(label);
      for (const one of [resident, attending]) await one.sees(words.reveal.starters.help.more);
      await resident.shoots("reveal-resident");
      await attending.shoots("reveal-attending");

      await attending.taps(words.settle.apart);
      for (const one of [resident, attending]) await one.sees(words.settle.label(words.strategy.help.label));
      await resident.says(locale === "ja" ? "ホーム" : "home");
      await resident.sees(words.home.nextShifts);
      await resident.shoots("home");
      await db.until("2026-12-08T10:00");
      await attending.sees(words.digest.title);
      await attending.shoots("digest");
      expect(db.trouble).toEqual([]);
    },
  );

  /** One person's chat, in a browser of their own. */
  async function chatAt(browser: Browser, url: string, locale: string) {
    const context = await browser.newContext({ viewport: { width: 1100, height: 1400 } });
    const page: Page = await context.newPage();
    // What is not of this machine cannot be had here, and must not be waited for.
    await page.route(/^https?:\/\/(?!localhost|127\.)/u, (route) => route.abort());
    await page.goto(url, { waitUntil: "domcontentloaded" });
    await withJapanese(page);
    const name = url.split(":").at(-1);
    const last = (found: ReturnType<Page["getByText"]>) => found.last();
    return {
      taps: (label: string) => last(page.getByRole("button", { name: label, exact: true })).click(),
      sees: async (text: string) => {
        await expect
          .poll(() => page.getByText(text).count(), { timeout: 60_000, message: `${name} sees “${text}”` })
          .toBeGreaterThan(0);
      },
      types: (label: string, text: string) => last(page.getByLabel(label)).fill(text),
      async says(text: string) {
        await page.getByRole("textbox").last().click();
        await page.keyboard.type(text);
        await page.keyboard.press("Enter");
      },
      shoots: (what: string) => shot(page, `agents-playground-${locale}-${what}.png`),
    };
  }
});

/** Attune as it stands behind the playground: which has no tokens, so that whoever asks is believed. */
async function attuneAt(port: number, locale: "en" | "ja", playgrounds: readonly number[]) {
  const program = onTeams(programOf({ locale }));
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const clock = handClock(local("2026-12-01T00:00"));
  const roster = rosterOf(SHIFTS.flatMap((shift) => [`r1 ${shift}`, `a1 ${shift}`]));
  const trouble: string[] = [];
  const log = {
    ...SILENT,
    warn: (fields: object, message: string) => void trouble.push(`${message} ${JSON.stringify(fields)}`),
    error: (fields: object, message: string) => void trouble.push(`${message} ${JSON.stringify(fields)}`),
  };
  const platform = teamsPlatform(
    {
      appId: "",
      tenantId: TENANT,
      appType: "SingleTenant",
      services: playgrounds.map((one) => `http://localhost:${one}`),
    },
    {
      log,
      async receive(inbound) {
        const reply = await running.bot.receive(inbound);
        setImmediate(() => void running.beat());
        return reply;
      },
    },
    { open: true },
  );
  const running = runProgram({
    program,
    store: db.store(program.id),
    clock,
    messengers: [platform.messenger],
    owner: "test",
    log,
    meters: NO_METERS,
    findRosterUpdate: givenRoster(roster),
    wake() {},
  });
  await running.beat();
  await platform.start();
  const app = new Hono();
  mountPlatforms(app, [platform]);
  const server = await new Promise<ServerType>((resolve) => {
    const opened = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, () => resolve(opened));
  });
  return {
    trouble,
    until: (text: string) => running.liveUntil(local(text), (to) => clock.set(to)),
    async [Symbol.asyncDispose]() {
      await platform.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      await db.close();
    },
  };
}
