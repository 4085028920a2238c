import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { FILES, folder, YAML } from "../unit/config/folder.ts";

const RESEARCH = `research:
  title: Two views
  approval: IRB 2026-118
  contact: study@example.org
  from: 2026-03-02
  to: 2026-03-29
  text: { en: We study how two views meet., ja: 二つの見方を調べます。 }
`;

describe("attune study", () => {
  it.each([["export", "--out", "out"], ["agreement"]])(
    "%s says in one line that the program has no study",
    async (...call) => {
      using files = folder(FILES);
      const attune = commandLine(files);
      await attune.open()[Symbol.asyncDispose]();

      const { status, stdout, stderr } = attune.run("study", ...call);

      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain("program.yaml has no `research:`; docs/study.md says what to write there.");
    },
  );

  it("export writes nothing while too few take part, and does not say how many", async () => {
    using files = folder({ ...FILES, "program.yaml": YAML + RESEARCH });
    const attune = commandLine(files);
    await attune.open()[Symbol.asyncDispose]();

    const { status, stderr } = attune.run("study", "export", "--out", files.path("out"));

    expect(status).toBe(1);
    expect(stderr).toContain(
      "There is nothing to show yet: a rotation needs answers of 5 residents and 3 attendings",
    );
    expect(existsSync(files.path("out"))).toBe(false);
  });

  it("simulate refuses numbers that make no sense, in its own words", () => {
    using files = folder(FILES);

    const { status, stderr } = commandLine(files).run("study", "simulate", "--residents", "8,many");

    expect(status).toBe(2);
    expect(stderr).toContain("whole number");
  });
});
