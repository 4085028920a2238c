import { Command } from "commander";
import { expect, it } from "vitest";
import { addCommands } from "#src/command-line/usage.ts";
import type { Settings } from "#src/config.ts";
import { FILES, folder, YAML } from "../config/folder.ts";

function helpFor(yaml: string): string {
  using files = folder({ ...FILES, "program.yaml": yaml });
  const attune = new Command("attune");
  const settings = () => ({ programFiles: [files.path("program.yaml")] }) as unknown as Settings;
  addCommands(attune, settings, { line() {}, text() {}, note() {}, progress() {} });
  return attune.helpInformation();
}

it("the command line's help speaks of a study only where a program has one", () => {
  expect(helpFor(YAML)).not.toMatch(/study|research/iu);
  expect(helpFor(`${YAML}research:\n  title: Two views\n`)).toContain("study");
});

it("help comes in any surroundings", () => {
  const attune = new Command("attune");
  const settings = (): Settings => {
    throw new Error("there is no program");
  };

  addCommands(attune, settings, { line() {}, text() {}, note() {}, progress() {} });

  expect(attune.helpInformation()).not.toMatch(/study/iu);
});
