/*
 * Says in one line what is needed when the Node that runs Attune cannot run it, and goes on with the
 * one that `npm install` brought along when there is one.
 *
 * A Node without TypeScript refuses an ES module called .ts before a line of it runs. So the entries are CommonJS in plain
 * JavaScript, and src/main.ts and src/cli.ts are links to them: Node takes a link for what it points to. It also saves
 * 18 MB: once all else is compiled, Node loads no compiler for TypeScript.
 */
{
  const { spawn } = require("node:child_process");
  const { existsSync } = require("node:fs");
  const { join } = require("node:path");

  const bundled = join(
    __dirname,
    "..",
    "..",
    "node_modules",
    `node-${process.platform}-${process.arch}`,
    "bin",
    "node",
  );
  /** What the bundled Node is called by: should it read no TypeScript either, it hands over to no third. */
  const HANDED_OVER = "attune";
  const needed = "Attune needs Node 24 (22.18 at the least)";

  /** Runs `start` here when this Node reads TypeScript; else says so and runs `entry` on the bundled Node, or exits 78. */
  module.exports = (entry, start) => {
    if (process.features.typescript) {
      require("./quick-start.cjs");
      void start();
    } else if (existsSync(bundled) && process.argv0 !== HANDED_OVER) {
      console.error(`${needed}; this is ${process.version}, so the Node in node_modules takes over.`);
      handOver(entry);
    } else {
      console.error(
        `${needed}; this is ${process.version}. Run \`npm install\`, then \`npm start\`, or install Node 24.`,
      );
      process.exitCode = 78;
    }
  };

  /** Runs `entry` on the bundled Node as if it were this process: same terminal, signals, and way to end. */
  const handOver = (entry) => {
    const limits = process.execArgv.filter((flag) => flag.startsWith("--max-"));
    const args = [...limits, entry, ...process.argv.slice(2)];
    const child = spawn(bundled, args, { stdio: "inherit", argv0: HANDED_OVER });
    // A terminal signals the whole group, so the child has had an interrupt already.
    process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    process.on("SIGHUP", () => child.kill("SIGHUP"));
    child.on("exit", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
      if (signal) process.kill(process.pid, signal);
      else process.exitCode = code;
    });
  };
}
