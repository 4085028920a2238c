/* The process's front door: plain JavaScript, so that an old Node can read it (see old-node.cjs). */
require("./old-node.cjs")(__filename, () => import("../composition/start.ts").then((start) => start.main()));
