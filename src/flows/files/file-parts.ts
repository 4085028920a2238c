import { act, type FileStep } from "#src/card/act.ts";
import type { Act, Action, Block } from "#src/card/card.ts";
import type { FileId } from "#src/domain/files.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Words } from "#src/words/words.ts";

/** What the cards about files share. */
export const fileTap = (file: FileId, step: FileStep, value: string): Act =>
  act({ verb: "file", file, step, value });

/** So many people stand on a card; on one of its own, so many. */
export const SHOWN = 6;
export const WHOLE = 60;

/** Why something was left out, in the reader's language; `text` where only one language has it. */
export function reasonText(
  words: Words,
  place: string,
  why: { readonly code: string; readonly text?: string; readonly people?: readonly PersonId[] } | undefined,
  text: string,
): string {
  const { roster } = words.say;
  if (why === undefined) return roster.leftOutOf(place, text);
  const known: Readonly<Record<string, (what: string, more: string) => string>> = roster.reasons;
  return roster.leftOutOf(place, known[why.code]?.(why.text ?? "", "") ?? why.code);
}

export const line = (text: string, tone?: "quiet" | "strong"): Block => ({
  type: "text",
  text,
  ...(tone === undefined ? {} : { tone }),
});

/** Applying counts only for the difference that is shown. */
export function applyAction(
  { say: { files: say } }: Words,
  file: KeptFile,
  { over, digest }: { readonly over: number; readonly digest: string },
  isLarge: boolean,
): Action {
  return {
    label: say.apply,
    act: fileTap(file.id, "apply", `${over} ${digest}`),
    style: "primary",
    ...(isLarge ? { confirm: { text: say.sure, yes: say.apply, no: say.notNow } } : {}),
  };
}
