import { resolve } from "node:path";
import { expect, it } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { folder } from "./config/folder.ts";

const DEMO = { ATTUNE_PROGRAM: resolve("program/program.yaml") };
const TEAMS = {
  MicrosoftAppId: "11111111-1111-4111-8111-111111111111",
  MicrosoftAppTenantId: "22222222-2222-4222-8222-222222222222",
  MicrosoftAppPassword: "hush",
};

it("runs each command in its own folder, whatever an earlier one has loaded", () => {
  using before = folder({});
  using files = folder({ "next.ics": "no calendar" });
  commandLine(before).runWith({ ...DEMO, ...TEAMS }, "doctor");

  const { stderr } = commandLine(files).runWith(DEMO, "plan", "--diff", "next.ics");

  expect(stderr).toContain("next.ics: this is no calendar");
});
