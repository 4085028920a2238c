import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { started, type Started } from "#test/support/started.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-stop-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const settings = (name: string) => ({ ATTUNE_DB: join(folder, `${name}.db`), ATTUNE_LOG_LEVEL: "info" });

/** A post that is on its way: its last half waits for `finish`. */
async function underWay(attune: Started, path: string, body: object) {
  const page = await (await fetch(attune.url)).text();
  const token = /name="attune-token" content="([^"]+)"/.exec(page)![1]!;
  const text = JSON.stringify(body);
  const going = request(`${attune.url}${path}`, {
    method: "POST",
    headers: {
      origin: attune.url,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      "x-attune-token": token,
    },
  });
  const status = new Promise<number | "cut">((resolve) => {
    going.on("response", (response) => {
      response.resume().on("end", () => resolve(response.statusCode!));
    });
    going.on("error", () => resolve("cut"));
  });
  going.write(text.slice(0, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  return {
    status,
    finish: () => void going.end(text.slice(20)),
    post: async () => {
      going.end(text.slice(20));
      return status;
    },
  };
}

const jump = async (attune: Started): Promise<void> => {
  const going = await underWay(attune, "/jump", { jump: "next-message" });
  expect(await going.post()).toBe(200);
};
const saying = (text: string) => ({ person: "r1", event: crypto.randomUUID(), text });

/** Messages that the house has sent, and how many of them stand twice. */
function sent(name: string): { readonly all: number; readonly twice: number } {
  const db = new Database(settings(name).ATTUNE_DB, { readonly: true });
  const keys = db.prepare<[], string>("select key from chat where key like 'attune-%'").pluck().all();
  db.close();
  return { all: keys.length, twice: keys.length - new Set(keys).size };
}

function localeOf(name: string): unknown {
  const db = new Database(settings(name).ATTUNE_DB, { readonly: true });
  const locale = db.prepare("select locale from person where id = 'r1'").pluck().get();
  db.close();
  return locale;
}

describe.each([
  ["SIGTERM", "npm"],
  ["SIGINT", "group"],
] as const)("%s to the %s", (name, to) => {
  it("finishes the answer that is under way, closes the pages, and sends nothing again at the next start", async () => {
    const file = `${name}-${to}`;
    await using attune = await started(settings(file));
    await jump(attune);
    const events = await fetch(`${attune.url}/events`);
    const answer = await underWay(attune, "/say", saying("language en"));

    attune.signal(name, to);
    await expect.poll(attune.written).toContain("stopping");
    attune.signal(name, to);
    answer.finish();

    expect(await answer.status).toBe(200);
    await events.text();
    expect(await attune.ended).toBe(0);
    expect(attune.written()).toContain('"stopped"');
    expect(attune.written()).not.toContain("hangs");
    expect(localeOf(file)).toBe("en");
    const before = sent(file);
    expect(before.all).toBeGreaterThan(0);

    await using next = await started(settings(file));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    next.signal("SIGTERM", "npm");

    expect(await next.ended).toBe(0);
    expect(sent(file)).toEqual({ all: before.all, twice: 0 });
  });
});

it("leaves what hangs after a grace, keeps nothing of it, and ends", async () => {
  await using attune = await started(settings("hung"));
  const answer = await underWay(attune, "/say", saying("language en"));

  const asked = Date.now();
  attune.signal("SIGTERM", "npm");

  expect(await attune.ended).toBe(0);
  // Before a container is killed, 60 seconds after it was told to stop.
  expect(Date.now() - asked).toBeLessThan(60_000);
  expect(await answer.status).toBe("cut");
  expect(attune.written()).toContain("hangs");
  expect(localeOf("hung")).toBeUndefined();
});
