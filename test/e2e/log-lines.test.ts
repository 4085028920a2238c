import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "attune-lines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A library that has something to say, loaded into the process as Node loads it. */
const CHATTY =
  "data:text/javascript,setTimeout(()=>{console.log('a token: s3cret');console.error('x')},1500)";

it("every line on stdout is JSON with its level by name where nobody reads along, whatever libraries print", async () => {
  const child = spawn(process.execPath, ["--import", CHATTY, "src/main.ts"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, PORT: "0", ATTUNE_DB: join(folder, "attune.db"), ATTUNE_LOG_LEVEL: "debug" },
  });
  const isThere = Promise.withResolvers<void>();
  child.stdout.on("data", (piece: Buffer) => {
    if (String(piece).includes("a library printed something")) isThere.resolve();
  });
  child.once("exit", () => isThere.resolve());
  const written = text(child.stdout);
  await isThere.promise;
  child.kill("SIGTERM");

  const lines = (await written).trim().split("\n");

  const read = lines.map((line) => JSON.parse(line) as { level: unknown; time: unknown; msg: unknown });
  expect(read.map(({ level }) => level)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?:debug|info|warn)$/u)]),
  );
  expect(read.filter(({ level }) => typeof level !== "string")).toEqual([]);
  expect(read.filter(({ time }) => Number.isNaN(Date.parse(String(time))))).toEqual([]);
  expect(read.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^Attune is at http:/u));
  expect(await written).not.toContain("s3cret");
});
