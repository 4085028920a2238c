import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { FILES, folder } from "../unit/config/folder.ts";

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(port);
}

it("a log on a full disk ends nobody's service, nor is its stop a fault", async () => {
  using files = folder(FILES);
  const port = await freePort();
  const full = openSync("/dev/full", "w");
  const env = {
    ...process.env,
    PORT: port,
    ATTUNE_PROGRAM: files.path("program.yaml"),
    ATTUNE_DB: files.path("attune.db"),
    ATTUNE_LOG_LEVEL: "debug",
  };
  const child = spawn(process.execPath, ["src/main.ts"], { stdio: ["ignore", full, "pipe"], env });
  closeSync(full);
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (piece: string) => (stderr += piece));
  const ended = once(child, "close");
  const health = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ status }) => status,
      () => 0,
    );

  await expect.poll(() => (child.exitCode === null ? health() : "ended"), { timeout: 60_000 }).toBe(200);
  child.kill("SIGTERM");

  expect(await ended).toEqual([0, null]);
  expect(stderr).toBe("");
});
