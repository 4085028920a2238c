/* The command line's door: plain JavaScript, so that an old Node can read it (see old-node.cjs). */
require("./old-node.cjs")(__filename, () =>
  import("../command-line/cli.ts").then((commands) => commands.cli(process.argv)),
);
