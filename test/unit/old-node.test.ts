import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** This Node without its TypeScript behaves as an old one does: an ES module called .ts is refused, CommonJS is read. */
const OLD = ["--no-strip-types"];

const root = join(import.meta.dirname, "..", "..");
const bundled = `node-${process.platform}-${process.arch}`;
let db: string;

beforeAll(() => {
  db = mkdtempSync(join(tmpdir(), "attune-entry-"));
  for (const part of ["command-line", "composition"]) mkdirSync(join(db, "src", part), { recursive: true });
  writeFileSync(join(db, "package.json"), `{ "type": "module" }`);
  cpSync(join(root, "src", "entry"), join(db, "src", "entry"), { recursive: true });
  symlinkSync("entry/main.cjs", join(db, "src", "main.ts"));
  symlinkSync("entry/cli.cjs", join(db, "src", "cli.ts"));
  writeFileSync(
    join(db, "src", "composition", "start.ts"),
    `export const main = (): void => console.log("started");`,
  );
  writeFileSync(
    join(db, "src", "command-line", "cli.ts"),
    `export const cli = (argv: string[]): void => { console.log("cli", ...argv.slice(2)); process.exitCode = 2; };`,
  );
});

afterAll(() => rmSync(db, { recursive: true }));

const run = (options: readonly string[], ...args: readonly string[]) =>
  spawnSync(process.execPath, [...options, ...args], { cwd: db, encoding: "utf8" });

describe("the entries", () => {
  it("are links into the folder that an old Node can read", () => {
    for (const entry of ["main", "cli"]) {
      expect(existsSync(join(root, "src", `${entry}.ts`))).toBe(true);
      expect(existsSync(join(root, "src", "entry", `${entry}.cjs`))).toBe(true);
    }
  });

  it("start the server and the command line on a Node that reads TypeScript", () => {
    expect(run([], "src/main.ts")).toMatchObject({ stdout: "started\n", stderr: "", status: 0 });
    expect(run([], "src/cli.ts", "plan", "--json")).toMatchObject({ stdout: "cli plan --json\n", status: 2 });
  });

  it("say in one line what is needed on an old Node, and exit 78", () => {
    for (const entry of ["src/main.ts", "src/cli.ts"]) {
      const ran = run(OLD, entry);

      expect(ran.stderr).toMatch(
        /^Attune needs Node 24 \(22\.18 at the least\); this is v\S+\. .*npm install.*\n$/,
      );
      expect(ran).toMatchObject({ stdout: "", status: 78 });
    }
  });

  it("hand over to the Node that was installed with Attune, when there is one", () => {
    const bin = join(db, "node_modules", bundled, "bin");
    mkdirSync(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, "node"));

    const ran = run(OLD, "src/cli.ts", "doctor");

    expect(ran).toMatchObject({ stdout: "cli doctor\n", status: 2 });
    expect(ran.stderr).toMatch(/^Attune needs Node 24 .* takes over\.\n$/);
    rmSync(join(db, "node_modules"), { recursive: true });
  });

  it("hand over with the limits of memory, and once: never from one that was handed over to", () => {
    const bin = join(db, "node_modules", bundled, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "node"), `#!/bin/sh\necho "$@"\n`, { mode: 0o755 });

    const first = run([...OLD, "--max-semi-space-size=2"], "src/cli.ts", "doctor");
    const second = spawnSync(process.execPath, [...OLD, "src/cli.ts", "doctor"], {
      cwd: db,
      encoding: "utf8",
      argv0: "attune",
    });

    expect(first.stdout).toMatch(/^--max-semi-space-size=2 \S*cli\.cjs doctor\n$/);
    expect(second).toMatchObject({ stdout: "", status: 78 });
    rmSync(join(db, "node_modules"), { recursive: true });
  });
});
