import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { benchFolder } from "./support/databases.ts";
import { median, timed, type Found } from "./support/measure.ts";

const TURNS = 3;

/** `npm start` on the demo program: to the first healthy answer, and the memory that the server then takes. */
export async function startUp(): Promise<Found> {
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let i = 0; i < TURNS; i += 1) {
    using folder = benchFolder();
    const port = await freePort();
    const env = { ...process.env, PORT: String(port), ATTUNE_DB: folder.path("attune.db") };
    let server: ReturnType<typeof spawn> | undefined;
    try {
      seconds.push(
        (await timed(async () => {
          server = spawn("npm", ["start"], { env, detached: true, stdio: "ignore" });
          await healthy(port);
        })) / 1_000,
      );
      megabytes.push((await residentBytes(port)) / 1_048_576);
    } finally {
      if (server?.pid !== undefined) {
        process.kill(-server.pid, "SIGTERM");
        await once(server, "exit");
      }
    }
  }
  return {
    what: "npm start",
    ours: `${median(seconds).toFixed(1)} s to the first healthy answer, ${median(megabytes).toFixed(0)} MB resident`,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function healthy(port: number): Promise<void> {
  for (const end = performance.now() + 120_000; performance.now() < end;) {
    const isWell = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isWell) return;
    await sleep(25);
  }
  throw new Error("Attune did not become healthy within two minutes.");
}

async function residentBytes(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
}
