import { describe, expect, it } from "vitest";
import { messageNumber, webAddress } from "#adapters/web/address.ts";
import type { Card } from "#src/card/card.ts";
import { personId } from "#src/domain/person.ts";
import { openPlayground, type TestPlayground } from "#test/support/web/playground.ts";

const card = (text: string): Card => ({
  locale: "en",
  notification: "A message",
  blocks: [{ type: "text", text }],
});

describe("a page that listens", () => {
  it("hears the time first, then each message with the time it came at", async () => {
    await using web = await openPlayground();
    await using page = await listen(web);

    await page.hears("time");
    await send(web, "Mimosa", "k1");

    expect((await page.hears("message"))["html"]).toContain("Mimosa");
    expect(await page.hears("time")).toMatchObject({ en: { time: "07:45" }, ja: { time: "07:45" } });
  });

  it("reads all again if something came between the page and its stream, and else does not", async () => {
    await using web = await openPlayground();
    const shown = /name="attune-event" content="(\d+)"/u.exec(await (await web.fetch("/")).text())![1]!;
    await using soon = await listen(web, shown);
    await soon.hears("time");
    await send(web, "Mimosa", "k1");
    await using late = await listen(web, shown);
    await late.hears("time");

    const [next, missed] = [await soon.next(), await late.next()];

    expect([next.name, missed.name]).toEqual(["message", "missed"]);
  });

  it("is told the order of changes to one message", async () => {
    await using web = await openPlayground();
    await using page = await listen(web);
    const ref = await send(web, "Mimosa", "k1");
    await web.messenger().update(ref, card("Aralia"));

    const [first, second] = [await page.hears("message"), await page.hears("message")];

    expect([first["edited"], second["edited"]]).toEqual([false, true]);
    expect(Number(second["sequence"])).toBeGreaterThan(Number(first["sequence"]));
  });

  it("hears of what is taken out, and of a chat that was erased", async () => {
    await using web = await openPlayground();
    await using page = await listen(web);
    const ref = await send(web, "Mimosa", "k1");

    await web.messenger().remove?.(ref);
    await web.messenger().sweep?.(webAddress(personId("r1")), 0 as never, 15);

    expect(await page.hears("removed")).toEqual({ person: "r1", id: messageNumber(ref) });
    expect(await page.hears("chat")).toEqual({ person: "r1" });
  });

  it("finds all it has missed when it comes back", async () => {
    await using web = await openPlayground();
    const page = await listen(web);
    await page.hears("time");
    await page[Symbol.asyncDispose]();
    await send(web, "Mimosa", "k1");

    await using again = await listen(web);
    const phone = await (await web.fetch("/phone?person=r1&seat=1")).text();
    await send(web, "Aralia", "k2");

    expect(phone).toContain("Mimosa");
    expect((await again.hears("message"))["html"]).toContain("Aralia");
  });

  it("reads everything again when it has fallen far behind", async () => {
    await using web = await openPlayground();
    await using page = await listen(web);
    await page.hears("time");

    for (let i = 0; i < 700; i += 1) web.hub.push({ type: "time", now: 0 as never });

    expect(await page.hears("resync")).toEqual({});
  });

  it("learns of a start over, with the first day's time", async () => {
    await using web = await openPlayground();
    await using page = await listen(web);
    await page.hears("time");

    await web.post("/start-over", {});

    await page.hears("resync");
    expect(await page.hears("time")).toMatchObject({ en: { time: "07:45" } });
  });

  it("hears the end when the server closes", async () => {
    await using web = await openPlayground();
    await using page = await listen(web);
    await page.hears("time");

    web.hub.close();

    await expect(page.hears("message")).rejects.toThrow("The stream has ended.");
  });

  it("is one of 64 at most, and leaves its place to another", async () => {
    await using web = await openPlayground();
    const pages = await Promise.all(Array.from({ length: 64 }, () => listen(web)));
    for (const page of pages) await page.hears("time");

    const refused = await web.fetch("/events");
    await pages[0]![Symbol.asyncDispose]();

    expect(refused.status).toBe(503);
    await expect.poll(async () => (await listen(web)).status).toBe(200);
    for (const page of pages.slice(1)) await page[Symbol.asyncDispose]();
  });
});

const send = (web: TestPlayground, text: string, key: string) =>
  web.messenger().send(webAddress(personId("r1")), card(text), key as never);

interface Heard {
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** An open stream, read event by event. */
interface Listening extends AsyncDisposable {
  readonly status: number;
  next(): Promise<Heard>;
  /** The next event of this name; others are passed over. */
  hears(name: string): Promise<Heard["data"]>;
}

/** @param shown the last event that the page shows */
async function listen(web: TestPlayground, shown?: string): Promise<Listening> {
  const leaving = new AbortController();
  const path = shown === undefined ? "/events" : `/events?since=${shown}`;
  const response = await web.fetch(path, { signal: leaving.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  const next = async (): Promise<Heard> => {
    for (;;) {
      const end = heard.indexOf("\n\n");
      if (end !== -1) {
        const event = heard.slice(0, end);
        heard = heard.slice(end + 2);
        const [, name] = /^event: (.*)$/mu.exec(event)!;
        return { name: name!, data: JSON.parse(/^data: (.*)$/mu.exec(event)![1]!) as Heard["data"] };
      }
      const { value, done } = await reader.read();
      if (done) throw new Error("The stream has ended.");
      heard += value;
    }
  };
  return {
    status: response.status,
    next,
    async hears(name) {
      for (;;) {
        const event = await next();
        if (event.name === name) return event.data;
      }
    },
    async [Symbol.asyncDispose]() {
      await reader.cancel();
      leaving.abort();
    },
  };
}
