import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { FILES, folder } from "../unit/config/folder.ts";

const COMMANDS = [
  "init",
  "doctor",
  "plan",
  "simulate",
  "export",
  "erase",
  "why",
  "backup",
  "restore",
  "migrate",
  "rekey",
  "teams-package",
];
const HINT = "(run with --help to see what is expected)\n";

describe("the command line", { timeout: 60_000 }, () => {
  it.each(COMMANDS)("explains %s with an example, whatever its surroundings are", (command) => {
    using files = folder({});
    const broken = { PORT: "x", ATTUNE_DB: "mysql://nowhere", ATTUNE_LOG_LEVEL: "?" };

    const ran = commandLine(files).runWith(broken, command, "--help");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(new RegExp(`^Usage: attune ${command} `));
    expect(ran.stdout).toMatch(/^Examples?:\n {2}.*npm run -s attune -- /m);
  });

  it("lists its commands, and tells its version", () => {
    using files = folder({});
    const attune = commandLine(files);

    const help = attune.run("--help");

    expect(help).toMatchObject({ status: 0, stderr: "" });
    for (const command of COMMANDS) expect(help.stdout).toContain(`\n  ${command} `);
    expect(attune.run("--version")).toMatchObject({ status: 0, stdout: "0.2.0\n", stderr: "" });
  });

  it.each([
    [["nope"], "error: unknown command 'nope'\n"],
    [["plan", "--frm", "x"], "error: unknown option '--frm'\n(Did you mean --from?)\n"],
    [["plan", "extra"], "error: too many arguments for 'plan'. Expected 0 arguments but got 1: extra.\n"],
    [
      ["plan", "--from", "2026-02-30"],
      "error: option '--from <date>' argument '2026-02-30' is invalid. expected a date like 2026-03-29.\n",
    ],
    [
      ["simulate", "--random", "many"],
      "error: option '--random <seed>' argument 'many' is invalid. expected a whole number.\n",
    ],
    [["export"], "error: say what to export: --person <id> or --program\n"],
    [
      ["export", "--person", "r1", "--program"],
      "error: --person <id> and the whole --program are two exports: say one of them\n",
    ],
    [
      ["export", "--program", "--format", "xml"],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are json, csv, files.\n",
    ],
    [["erase"], "error: required option '--person <id>' not specified\n"],
    [
      ["erase", "--person", "r1"],
      "error: nobody is there to ask whether to erase for good; add --yes to do it\n",
    ],
    [
      ["study", "simulate", "--weeks", "1"],
      "error: option '--weeks <number>' argument '1' is invalid. expected a whole number from 2 to 26.\n",
    ],
    [["backup"], "error: missing required argument 'file'\n"],
    ...(["backup", "restore", "import"] as const).map((command): [string[], string] => [
      [command, ""],
      `error: command-argument value '' is invalid for argument 'file'. it is empty; expected a path.\n`,
    ]),
    [["restore"], "error: missing required argument 'file'\n"],
    [["migrate"], "error: required option '--from <database>' not specified\n"],
    [["migrate", "--from", "attune.db"], "error: required option '--to <database>' not specified\n"],
  ])("says what is wrong about %j, and exits with 2", (args, message) => {
    using files = folder(FILES);

    expect(commandLine(files).run(...args)).toMatchObject({ status: 2, stdout: "", stderr: message + HINT });
  });

  it.each([
    [
      ["plan", "--program", "nowhere.yaml"],
      /^The program cannot start \(1 mistake\)\.\nnowhere\.yaml: .*\n$/,
    ],
    [["plan", "--from", "2026-03-05", "--to", "2026-03-04"], /^--to: 2026-03-04 is before .*\n$/],
    [["simulate", "--script", "nowhere.jsonl"], /^nowhere\.jsonl: the script cannot be read; .*\n$/],
    [["export", "--program"], /^There is no database at .*attune\.db\. Set ATTUNE_DB .*\n$/],
    [
      ["start-program"],
      /^There is no database at .*attune\.db\. .*; the first start of Attune makes it\.\n$/,
    ],
    [["erase", "--person", "r1", "--yes"], /^There is no database at .*\n$/],
    [["backup", "copy.db"], /^There is no database at .*\n$/],
    [["restore", "copy.db"], /^The key file .*attune\.key cannot be read\. .*\n$/],
    [["migrate", "--from", "a.db", "--to", "a.db"], /^--from and --to name the same database\.\n$/],
    [["migrate", "--from", "mysql://x", "--to", "a.db"], /^The settings are not right\.\n.*ATTUNE_DB.*\n$/],
  ])("fails at %j with its reason alone, and exits with 1", (args, message) => {
    using files = folder(FILES);

    const ran = commandLine(files).run(...args);

    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(/^ {4}at /m);
  });

  it("refuses settings that make no sense when it needs them", () => {
    using files = folder(FILES);

    const ran = commandLine(files).runWith({ PORT: "x" }, "plan");

    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toBe(
      "The settings are not right.\nenvironment: PORT: expected a port number; write one such as 3000\n",
    );
  });

  it("says in one line that what it writes does not get there, and that is a failure", () => {
    using files = folder(FILES);
    const env = { ...process.env, ATTUNE_PROGRAM: files.path("program.yaml") };
    const full = openSync("/dev/full", "w");

    const ran = spawnSync(process.execPath, ["src/cli.ts", "plan"], {
      env,
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);

    expect(ran.status).toBe(1);
    expect(ran.stderr).toBe("The output cannot be written (ENOSPC).\n");
  });

  it("reads no script without an end", () => {
    using files = folder(FILES);

    const ran = commandLine(files).run("simulate", "--script", "/dev/zero");

    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toContain(
      "/dev/zero: the script cannot be read; check the path (it is no plain file).\n",
    );
  });

  it("tells by its status that a roster is missing, a file as well as a feed", () => {
    using files = folder(FILES);
    rmSync(files.path("roster.csv"));

    const ran = commandLine(files).run("plan");

    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toContain("roster.csv: the roster cannot be read (ENOENT)");
  });

  it("ends in silence when its reader has read enough", async () => {
    using files = folder(FILES);

    const ran = await commandLine(files).firstLine("simulate", "--random", "1", "--json");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
  });
});
