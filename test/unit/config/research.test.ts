import { describe, expect, it } from "vitest";
import { checkProgram } from "#src/config/load-program.ts";
import { FILES, folder, YAML } from "./folder.ts";

const PLATFORMS = [{ name: "slack" }, { name: "teams" }];

const RESEARCH = `research:
  title: { en: Two views, ja: 二つの見方 }
  approval: IRB 2026-118
  contact: study@example.org
  from: 2026-03-02
  to: 2026-03-29
  text:
    en: |
      We study how two views meet.

      It takes no extra time.
    ja: 二つの見方を調べます。
`;

function read(research: string) {
  using files = folder({ ...FILES, "program.yaml": YAML + research });
  const { program, problems } = checkProgram(files.path("program.yaml"), PLATFORMS);
  return {
    research: program?.research,
    problems: problems.map(({ line, field, message, todo }) => `${line} ${field}: ${message}; ${todo}`),
  };
}

describe("research in program.yaml", () => {
  it("is read with a version that buttons can carry", () => {
    const { research, problems } = read(RESEARCH);

    expect(problems).toEqual([]);
    expect(research?.text.en).toBe("We study how two views meet.\n\nIt takes no extra time.");
    expect(research?.version).toMatch(/^[a-p]{12}$/u);
  });

  it("has another version whenever anything of it changes, and the same otherwise", () => {
    const versions = [
      RESEARCH,
      RESEARCH.replace("118", "119"),
      RESEARCH.replace("no extra", "little"),
      RESEARCH.replace("調べます", "研究します"),
      RESEARCH.replace("2026-03-29", "2026-03-28"),
    ].map((text) => read(text).research?.version);

    expect(new Set(versions).size).toBe(versions.length);
    expect(read(RESEARCH).research?.version).toBe(versions[0]);
  });

  it("is nothing where it is left out", () => {
    expect(read("")).toEqual({ research: undefined, problems: [] });
  });

  it.each([
    ["research: yes\n", "research"],
    [RESEARCH.replace("  approval: IRB 2026-118\n", ""), "research.approval"],
    [RESEARCH.replace("    ja: 二つの見方を調べます。\n", ""), "research.text.ja"],
    [RESEARCH.replace("二つの見方を調べます。", "あ".repeat(2_001)), "research.text.ja"],
    [RESEARCH.replace("二つの見方を調べます。", `|\n${"      あ\n\n".repeat(21)}`), "research.text.ja"],
    [RESEARCH.replace("to: 2026-03-29", "to: 2026-02-29"), "research.to"],
    [RESEARCH.replace("to: 2026-03-29", "to: 2026-03-01"), "research.to"],
    [RESEARCH.replace("2026-03-02", "2027-01-01").replace("2026-03-29", "2027-02-01"), "research.from"],
    [`${RESEARCH}  sponsor: nobody\n`, "research"],
  ])("says in one line what is wrong: %#", (text, field) => {
    const { problems } = read(text);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(` ${field}`);
  });
});
