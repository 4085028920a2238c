import { globSync, readFileSync } from "node:fs";

/** A command of a fenced `sh` block, as one line without its comment. */
export interface DocCommand {
  readonly page: string;
  readonly line: number;
  readonly command: string;
}

const PAGES = ["README.md", "CONTRIBUTING.md", ...globSync("docs/*.md")];

/** Every command that a page for people tells them to type. */
export const docCommands = (): readonly DocCommand[] =>
  PAGES.flatMap((page) => {
    const found: DocCommand[] = [];
    let isShell = false;
    let begun: { readonly line: number; readonly text: string } | undefined;
    for (const [index, written] of readFileSync(page, "utf8").split("\n").entries()) {
      const text = written.trim();
      if (text.startsWith("```")) isShell = text === "```sh";
      else if (isShell && text !== "") {
        const whole: string = `${begun?.text ?? ""}${text.replace(/(?:^|\s)#\s.*$/u, "")}`.trim();
        const line = begun?.line ?? index + 1;
        begun = whole.endsWith("\\") ? { line, text: `${whole.slice(0, -1).trimEnd()} ` } : undefined;
        if (begun === undefined && whole !== "") found.push({ page, line, command: whole });
      }
    }
    return found;
  });

/** A fenced block without a language says nothing about whether it is to be typed. */
export const namelessBlocks = (): readonly string[] =>
  PAGES.flatMap((page) => {
    let isOpen = false;
    return readFileSync(page, "utf8")
      .split("\n")
      .flatMap((text, index) => {
        if (!text.trim().startsWith("```")) return [];
        isOpen = !isOpen;
        return isOpen && text.trim() === "```" ? [`${page}:${index + 1}`] : [];
      });
  });
