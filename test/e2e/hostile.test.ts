import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { openDemo, type OpenDemo } from "#test/support/web/demo.ts";
import type { Loot } from "#test/support/web/hostile/loot.ts";
import { hostileRequests } from "#test/support/web/hostile/requests.ts";
import { readHtml } from "#test/support/web/html.ts";
import { ledgerOf } from "#test/support/web/ledger.ts";
import { sendRaw, type RawAnswer } from "#test/support/web/raw.ts";

const SCRIPT = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>";

describe("whoever wishes ill to the playground", () => {
  let demo: OpenDemo;
  let page: Page;

  beforeAll(async () => {
    demo = await openDemo();
    page = await openPage(demo.url);
  });

  afterAll(async () => {
    await demo[Symbol.asyncDispose]();
  });

  it("gets a clear refusal to each of more than a hundred requests, and nothing is stored", async () => {
    const loot = await robbed(page);
    const requests = hostileRequests(loot);
    const before = await settled(demo.database);

    const wrong: string[] = [];
    for (const { name, status, ...request } of requests) {
      const answer = await sendRaw(demo.url, request);
      const fault = faultOf(answer, status);
      if (fault !== undefined) wrong.push(`${name}: ${fault}`);
    }

    expect(requests.length).toBeGreaterThanOrEqual(100);
    expect(new Set(requests.map((one) => one.name)).size).toBe(requests.length);
    expect(wrong).toEqual([]);
    expect(difference(before, ledgerOf(demo.database))).toEqual([]);
  });

  describe("in a browser", () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await openBrowser();
    });

    afterAll(() => browser.close());

    it("sees script in a text shown as text, and none of it runs", async () => {
      await page.post("/start-over", {});
      await page.post("/jump", { jump: "next-message" });
      const consent = await page.newest("r2", "agree");
      await page.press("r2", consent.id, consent.act("agree"));
      const goal = await page.newest("r2", "answer");
      await page.press("r2", goal.id, goal.act("answer"));
      const asked = await page.newest("r2", "write");
      await page.post("/submit", {
        person: "r2",
        event: randomUUID(),
        message: asked.id,
        act: asked.act("write"),
        values: { line: SCRIPT },
      });
      const window = await browser.newPage();
      const alerts: string[] = [];
      window.on("dialog", (dialog) => {
        alerts.push(dialog.message());
        void dialog.dismiss();
      });

      await window.goto(`${demo.url}/?people=r2`);

      const shown = await window.locator("#seat-1 .log").innerText();
      expect(shown).toContain(SCRIPT);
      expect(await window.locator("#seat-1 .log img, #seat-1 .log script").count()).toBe(0);
      expect(await window.title()).not.toBe("taken");
      expect(alerts).toEqual([]);
    });
  });
});

/** A page as its own script would use it. */
interface Page {
  readonly host: string;
  readonly token: string;
  post(path: string, body: object): Promise<RawAnswer>;
  press(person: string, message: number, act: string, event?: string): Promise<RawAnswer>;
  /** The last message on a phone, once it offers this. */
  newest(person: string, verb: string): Promise<{ id: number; act(verb: string): string }>;
}

async function openPage(url: string): Promise<Page> {
  const { host } = new URL(url);
  const first = await sendRaw(url, { method: "GET", path: "/" });
  const token = /name="attune-token" content="([^"]+)"/.exec(first.text)![1]!;
  const post = async (path: string, body: object): Promise<RawAnswer> => {
    const headers = { "content-type": "application/json", "x-attune-token": token, origin: `http://${host}` };
    const answer = await sendRaw(url, { method: "POST", path, headers, body: JSON.stringify(body) });
    if (answer.status !== 200) throw new Error(`${path} was refused: ${answer.text}`);
    return answer;
  };
  return {
    host,
    token,
    post,
    press: (person, message, act, event = randomUUID()) => post("/press", { person, message, act, event }),
    async newest(person, verb) {
      const { elements } = readHtml(await newestOf(url, person, verb));
      const acts = elements.flatMap(({ attributes }) => attributes["data-act"] ?? []);
      return {
        id: Number(elements[0]!.attributes["data-id"]),
        act: (verb) => acts.find((one) => one.startsWith(`${verb}/`))!,
      };
    },
  };
}

/** What follows from an answer, one's own or another's, goes out right after it: it may be on its way. */
async function newestOf(url: string, person: string, verb: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const { text } = await sendRaw(url, { method: "GET", path: `/phone?seat=1&person=${person}` });
      const newest = text.match(/<article .*?<\/article>/gs)?.at(-1);
      if (newest?.includes(`data-act="${verb}/`) !== true)
        throw new Error(`${person} is offered no "${verb}".`);
      return newest;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** Plays the demo's first morning until there is a nudge of every kind that can be refused. */
async function robbed(page: Page): Promise<Loot> {
  await page.post("/jump", { jump: "next-message" });
  for (const person of ["r1", "r2"]) {
    const consent = await page.newest(person, "agree");
    await page.press(person, consent.id, consent.act("agree"));
  }
  const stale = await page.newest("r1", "answer");
  const goal = await page.newest("r2", "answer");
  const spent = randomUUID();
  await page.press("r2", goal.id, goal.act("answer"), spent);
  await page.press("r2", goal.id, (await page.newest("r2", "skip")).act("skip"));
  for (let i = 0; i < 3; i += 1)
    await page.press("r2", goal.id, (await page.newest("r2", "answer")).act("answer"));
  const consent = await page.newest("a4", "agree");
  await page.press("a4", consent.id, consent.act("agree"));
  for (let i = 0; i < 4; i += 1) {
    const plan = await page.newest("a4", "answer");
    await page.press("a4", plan.id, plan.act("answer"));
  }
  // The evening's goal is open, the morning's has closed.
  for (let i = 0; i < 10; i += 1) await page.post("/jump", { jump: "hour" });
  const evening = await page.newest("r6", "agree");
  await page.press("r6", evening.id, evening.act("agree"));
  const open = await page.newest("r6", "answer");
  const other = await page.newest("r7", "agree");
  return {
    host: page.host,
    token: page.token,
    person: "r6",
    message: open.id,
    nudge: nudgeIn(open.act("answer")),
    act: open.act("answer"),
    other: { person: "r7", message: other.id, nudge: nudgeIn(other.act("agree")) },
    expired: { person: "r1", message: stale.id, act: stale.act("answer") },
    spent,
  };
}

const nudgeIn = (act: string): number => Number(act.split("/")[1]);

/** What is wrong with a refusal: its status, or that it is no sentence for a person, or tells what it should not. */
function faultOf({ status, type, text }: RawAnswer, due: number): string | undefined {
  if (status !== due) return `${status} in place of ${due}: ${text.slice(0, 120)}`;
  if (!type.startsWith("application/json")) return `answered as ${type}`;
  const answer = JSON.parse(text) as { refused?: string; text?: string };
  if (answer.refused === undefined || (answer.text ?? "").length < 10) return `says nothing: ${text}`;
  return /<script|at .*\.ts|node_modules|SQLITE/i.test(text) ? `tells too much: ${text}` : undefined;
}

/** The ledger once nothing moves any more. */
async function settled(database: string): Promise<readonly string[]> {
  let before = ledgerOf(database);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const now = ledgerOf(database);
    if (difference(before, now).length === 0) return now;
    before = now;
  }
}

function difference(before: readonly string[], after: readonly string[]): readonly string[] {
  const [old, fresh] = [new Set(before), new Set(after)];
  return [
    ...before.filter((row) => !fresh.has(row)).map((row) => `gone: ${row}`),
    ...after.filter((row) => !old.has(row)).map((row) => `new: ${row}`),
  ];
}
