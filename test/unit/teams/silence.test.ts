import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it, onTestFinished, vi } from "vitest";

const run = promisify(execFile);

it("the SDK prints no key, no token and no stack, whatever strangers post; the log has the codes", async () => {
  const script = `${import.meta.dirname}/../../support/teams/bad-tokens.ts`;

  const { stdout, stderr } = await run(process.execPath, ["--no-warnings", script], { timeout: 60_000 });

  const [statuses, heard, ...more] = stdout.trim().split("\n");
  expect(statuses).toBe("statuses 401 401 401 401 401 401 401 401 200 503");
  expect(heard).toContain("TokenExpiredError");
  expect(`${heard} ${stderr}`).not.toMatch(/BEGIN|KEY|eyJ|node_modules|\bat /u);
  expect(more).toEqual([]);
  expect(stderr).toBe("");
}, 90_000);

it("only what runs in silence is silent, and what it starts; its own part in the midst of it is not", async () => {
  const printed: unknown[] = [];
  const said: unknown[] = [];
  const own = { ...console };
  onTestFinished(() => void Object.assign(console, own));
  // Another file in this process may have begun a silence before.
  vi.resetModules();
  const { aloud, inSilence } = await import("#adapters/teams/silence.ts");
  console.info = (...values: unknown[]) => void printed.push(...values);
  const note = (values: readonly unknown[]): void => void said.push(...values);

  // The first silence puts its watch over whatever the console is by then.
  inSilence(note, () => console.info("first"));
  console.info("outside");
  await inSilence(note, async () => {
    console.info("within");
    await Promise.resolve();
    console.info("later");
    aloud(() => console.info("our own"));
  });

  expect(printed).toEqual(["outside", "our own"]);
  expect(said).toEqual(["first", "within", "later"]);
});
