import type { Check } from "./check.ts";

/** The first tz data with the zones' changes of 2026 (Vancouver and Edmonton keep summer time from November on). */
const NEEDED = "2026c";

/** The Node that runs, and how new the rules of its time zones are. */
export const nodeCheck: Check = async () => {
  const rules = process.versions.tz ?? "";
  const versions = `Node ${process.versions.node}, time zone data ${rules || "unknown"}`;
  if (rules >= NEEDED) return [{ level: "ok", about: "node", what: versions }];
  return [
    {
      level: "warn",
      about: "node",
      what: `${versions}, older than ${NEEDED}: messages may come an hour off where the rules have changed since`,
      todo: "run `npm install` for the Node that Attune brings along, or update Node",
    },
  ];
};
