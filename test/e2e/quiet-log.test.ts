import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { started } from "#test/support/started.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-quiet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What people of the demo type: their own words, what looks like a patient, and commands. */
const SAID = [
  "suture on my own today",
  "erase everything of mine",
  "72M with chest pain in bed 4",
  "鈴木様の挿管",
];
const TAKEN = 200;
const REFUSED = 422;

it("the log of a started server has no word that somebody typed, no name, no e-mail and no token", async () => {
  await using attune = await started({
    ATTUNE_DB: join(folder, "attune.db"),
    ATTUNE_LOG_LEVEL: "debug",
  });
  const page = await (await fetch(attune.url)).text();
  const token = /name="attune-token" content="([^"]+)"/.exec(page)![1]!;
  const post = async (path: string, body: object) =>
    (
      await fetch(`${attune.url}${path}`, {
        method: "POST",
        headers: { origin: attune.url, "content-type": "application/json", "x-attune-token": token },
        body: JSON.stringify(body),
      })
    ).status;

  expect(await post("/jump", { jump: "next-message" })).toBe(TAKEN);
  const statuses: number[] = [];
  for (const text of SAID)
    statuses.push(await post("/say", { person: "r1", event: crypto.randomUUID(), text }));
  expect(statuses).toEqual([TAKEN, TAKEN, REFUSED, REFUSED]);
  // Neither is a wrong token repeated, nor what came with it.
  const forged = await fetch(`${attune.url}/say`, {
    method: "POST",
    headers: { origin: attune.url, "content-type": "application/json", "x-attune-token": "forged-token" },
    body: JSON.stringify({ person: "r1", event: crypto.randomUUID(), text: "forged words" }),
  });
  expect(forged.status).toBeGreaterThanOrEqual(400);
  attune.signal("SIGTERM", "npm");
  await attune.ended;

  const log = attune.written();
  expect(log).toContain('"planned"');
  const people = readFileSync("program/people.csv", "utf8").trim().split("\n").slice(1);
  const secrets = people.flatMap((line) => {
    const [, name = "", , email = ""] = line.split(",");
    return [name, name.split(" ")[0]!, email];
  });
  const found = [...SAID, ...secrets, token, "forged-token", "forged words"].filter((text) =>
    log.includes(text),
  );
  expect(found).toEqual([]);
});
