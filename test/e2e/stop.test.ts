import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, it, vi } from "vitest";
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

/** Messages that the process has sent, and how many of them stand twice. */
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

/** How many acts were taken. */
function savedActs(name: string): number {
  const db = new Database(settings(name).ATTUNE_DB, { readonly: true });
  const count = db.prepare<[], number>("select count(*) from inbox").pluck().get()!;
  db.close();
  return count;
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

it("turns away who comes while something is under way, and says that it is not well", async () => {
  await using attune = await started(settings("away"));
  const answer = await underWay(attune, "/say", saying("language en"));

  attune.signal("SIGTERM", "npm");
  await expect.poll(attune.written).toContain("stopping");
  const [health, page] = await Promise.all([fetch(`${attune.url}/healthz`), fetch(attune.url)]);
  answer.finish();

  const told = (one: Response) => [one.status, one.headers.get("connection"), one.headers.has("retry-after")];
  expect([told(health), told(page)]).toEqual([
    [503, "close", true],
    [503, "close", true],
  ]);
  expect(await health.json()).toMatchObject({ refused: "closing" });
  expect(await answer.status).toBe(200);
  expect(await attune.ended).toBe(0);
});

it("waits for nobody who is connected and says nothing, or half a request", async () => {
  await using attune = await started(settings("silent"));
  const { hostname, port, host } = new URL(attune.url);
  const talk = (words: string) => {
    const socket = connect(Number(port), hostname, () => socket.write(words));
    socket.on("error", () => undefined).resume();
    return once(socket, "close");
  };
  const whole = `GET /healthz HTTP/1.1\r\nhost: ${host}\r\n\r\n`;
  const connections = [talk(""), talk(whole), talk(whole.slice(0, 30)), talk(`${whole}GET /`)];
  await expect.poll(() => fetch(`${attune.url}/healthz`).then(({ status }) => status)).toBe(200);

  attune.signal("SIGTERM", "npm");

  await Promise.all(connections);
  expect(await attune.ended).toBe(0);
  expect(attune.written()).not.toContain("hangs");
});

/** 16 people on as many connections that stay, each saying one thing after another until nobody answers any more. */
async function load(attune: Started) {
  const page = await (await fetch(attune.url)).text();
  const token = /name="attune-token" content="([^"]+)"/.exec(page)![1]!;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const acts: { readonly event: string; begun: number; ended: number; status: number | "cut" }[] = [];
  const say = (event: string): Promise<number | "cut"> =>
    new Promise((resolve) => {
      const text = acts.length % 2 === 0 ? "language en" : "language ja";
      const going = request(`${attune.url}/say`, {
        method: "POST",
        agent,
        headers: { origin: attune.url, "content-type": "application/json", "x-attune-token": token },
      });
      going.on("response", (response) => {
        response.resume().on("end", () => resolve(response.statusCode!));
      });
      going.on("error", () => resolve("cut"));
      going.end(JSON.stringify({ person: "r1", event, text }));
    });
  const talker = async (): Promise<void> => {
    for (let misses = 0; misses < 3;) {
      const act = {
        event: crypto.randomUUID(),
        begun: performance.now(),
        ended: 0,
        status: 0 as number | "cut",
      };
      acts.push(act);
      act.status = await say(act.event);
      act.ended = performance.now();
      if (act.status !== 200) misses += 1;
    }
  };
  const over = Promise.all(Array.from({ length: 16 }, talker)).then(() => agent.destroy());
  return { acts, over };
}

it("takes nothing more of 16 connections that go on asking, and ends when the last is answered", async () => {
  await using attune = await started(settings("load"));
  const { acts, over } = await load(attune);
  await expect
    .poll(() => acts.filter(({ status }) => status === 200).length, { timeout: 60_000 })
    .toBeGreaterThan(50);
  const ended = attune.ended.then((code) => ({ code, at: performance.now() }));

  attune.signal("SIGTERM", "group");
  await vi.waitUntil(() => attune.written().includes("stopping"), { timeout: 60_000, interval: 1 });
  const told = performance.now();
  await over;
  const { code, at } = await ended;

  const taken = acts.filter(({ status }) => status === 200);
  const late = acts.filter(({ begun }) => begun > told);
  expect(code).toBe(0);
  expect(late.length).toBeGreaterThan(0);
  expect(late.filter(({ status }) => status === 200)).toEqual([]);
  // What was taken was answered, and the other way round.
  expect(savedActs("load")).toBe(taken.length);
  expect(at - Math.max(...taken.map(({ ended }) => ended))).toBeLessThan(2_000);
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
