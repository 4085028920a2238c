import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, globSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addCommands } from "#src/command-line/usage.ts";
import { claimDatabase } from "#src/composition/database-kind.ts";
import { commandLine } from "#test/support/command-line.ts";
import { docCommands, namelessBlocks } from "#test/support/doc-commands.ts";
import { folder, PEOPLE, ROSTER, YAML } from "../unit/config/folder.ts";

/** What runs Attune's command line, where it stands alone. */
const ALONE = /^npm run -s (?:attune|teams:package) -- /u;
/** The same inside of what brings it into a container, or to the service's user. */
const INSIDE = /(?:node src\/cli\.ts|npm run -s attune --) (?<args>.+)$/u;

/** Commands that no test runs, with the reason. What of them is Attune's is looked at all the same. */
const NOT_RUN: readonly (readonly [command: RegExp, why: string])[] = [
  [
    /^npm (?:install|ci|start|test|run)\b|^npx vitest /u,
    "what runs the tests; the scripts are looked up in docs.test.ts",
  ],
  [/^ATTUNE_PROGRAM=\S+ npm start$/u, "several-programs.test.ts starts it so"],
  [/^cd \/opt\/attune && npm ci --omit=dev$/u, "it fetches packages"],
  [/^printf /u, "it writes a line of CONTRIBUTING's example"],
  [/^docker /u, "it needs Docker; compose.test.ts reads compose.yaml and the Dockerfile"],
  [/^(?:useradd|install|cp|systemctl|systemd-run|journalctl|nginx) /u, "it changes the machine"],
  [/^curl /u, "it asks a running service"],
  [/^export /u, "it sets secrets"],
  [/--to "postgres:/u, "it needs a server; moving-databases.test.ts moves there and back"],
];

const FILES = {
  "program.yaml": YAML,
  "people.csv": PEOPLE,
  "roster.csv": ROSTER,
  "roster-2026-12.csv": ROSTER,
  "next-month.csv": ROSTER,
};
const commands = docCommands();
const told = commands.map((one) => [`${one.page}:${one.line}`, one.command] as const);
const isRun = (command: string): boolean =>
  ALONE.test(command) && !NOT_RUN.some(([pattern, why]) => why.includes("server;") && pattern.test(command));

describe("the commands in the docs", () => {
  it("are each run, or left out for a reason that is needed", () => {
    const unknown = told.filter(
      ([, command]) => !isRun(command) && !NOT_RUN.some(([one]) => one.test(command)),
    );

    expect(unknown).toEqual([]);
    expect(namelessBlocks()).toEqual([]);
    expect(NOT_RUN.filter(([one]) => !told.some(([, command]) => one.test(command)))).toEqual([]);
  });

  it.each(told.filter(([, command]) => INSIDE.test(command)))(
    "%s is one that the command line has: %s",
    async (_, command) => {
      const words = spawnSync("sh", ["-c", `printf '%s\\0' ${INSIDE.exec(command)?.groups?.["args"]}`], {
        encoding: "utf8",
      });

      expect(await understood(words.stdout.split("\0").slice(0, -1))).toBe(true);
    },
  );

  it.each(told)("%s names files that are here: %s", (_, command) => {
    const files = command.match(/(?<![\w/.-])(?:ops|src|test|docs)\/[\w./-]+/gu) ?? [];

    expect(files.filter((file) => !existsSync(file) && !command.includes(`> ${file}`))).toEqual([]);
  });

  it("do what they say, one after the other", async () => {
    using files = folder(FILES);
    await using db = commandLine(files).open();
    await claimDatabase(db, "playground", "attune.db");
    await db.close();
    const ran = told
      .filter(([, command]) => isRun(command))
      .map(([place, command]) => {
        const isRestore = command.includes(" restore ");
        if (isRestore)
          copyFileSync(
            files.path(`backups/${readdirSync(files.path("backups"))[0]}`),
            files.path("backups/attune-2026-12-01.db"),
          );
        const { status, output } = typed(command, files.path("."), isRestore ? "restored.db" : "attune.db");
        return { place, command, status, output };
      });

    // The doctor's status is about this machine: what it says is another test's.
    const failed = ran.filter(
      ({ status, command }) => status !== 0 && !(status === 1 && command.endsWith(" doctor")),
    );
    expect(failed).toEqual([]);
    expect(ran.map(({ command }) => command).join("\n")).toMatch(/ backup [^]* restore [^]* rekey/u);
    expect(globSync("*", { cwd: files.path(".") })).toEqual(
      expect.arrayContaining(["restored.db", "attune-teams.zip"]),
    );
  });
});

/** Whether the command line takes these words; nothing is done. */
async function understood(words: readonly string[]): Promise<boolean> {
  const attune = new Command("attune").exitOverride().enablePositionalOptions();
  let isTaken = false;
  addCommands(
    attune,
    () => {
      throw new Error("nothing is done");
    },
    { line() {}, text() {}, note() {}, progress() {} },
  );
  for (const one of attune.commands) one.exitOverride().action(() => void (isTaken = true));
  await attune.parseAsync([...words], { from: "user" });
  return isTaken;
}

/** As a shell runs it, in a folder that has its own /backups. */
function typed(command: string, cwd: string, database: string) {
  const root = process.cwd();
  const cli = join(root, "src", "cli.ts");
  const line = command
    .replace("npm run -s attune -- ", `"${process.execPath}" "${cli}" `)
    .replace(
      "npm run -s teams:package -- ",
      `"${process.execPath}" "${cli}" teams-package --app-id 11111111-1111-4111-8111-111111111111 `,
    )
    .replaceAll("/backups/", "backups/");
  const ran = spawnSync("sh", ["-c", `mkdir -p backups && ${line}`], {
    cwd,
    encoding: "utf8",
    input: "",
    env: {
      PATH: process.env["PATH"],
      NODE_OPTIONS: `--import=${join(root, "test", "support", "this-machine-only.ts")}`,
      ATTUNE_PROGRAM: "program.yaml",
      ATTUNE_DB: database,
      ATTUNE_KEY_FILE: "attune.key",
    },
  });
  return { status: ran.status, output: `${ran.stdout}${ran.stderr}` };
}
