import { act, type FileStep } from "#src/card/act.ts";
import type { Act, Action, Block } from "#src/card/card.ts";
import type { FileId } from "#src/domain/files.ts";
import type { UnreadablePart } from "#src/ports/file-desk.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Context } from "../context.ts";
import { leftOutReason, mendsOf } from "../left-out.ts";
import { nameOf, shortened } from "../named.ts";
import type { Words } from "#src/words/words.ts";

/** What the cards about files share. */
export const fileTap = (file: FileId, step: FileStep, value: string): Act =>
  act({ verb: "file", file, step, value });

/** So many people stand on a card; on one of its own, so many. */
export const SHOWN = 6;
export const WHOLE = 60;

/** Letters that buttons on a card may carry together. A message of Slack holds 12,000 of everything, and drops what comes last. */
const CARRIED = 5_000;

export const canCarry = (taps: readonly Pick<Action, "act">[]): boolean =>
  taps.reduce((sum, tap) => sum + tap.act.length, 0) <= CARRIED;

/** Why parts of a file cannot be used, each with its place, and below what can be done about it: in the reader's language. */
export function reasonTexts(
  context: Pick<Context, "person">,
  words: Words,
  parts: readonly UnreadablePart[],
): readonly string[] {
  const reasons = parts.map((part) => reasonText(context, words, part));
  const told = parts.slice(0, SHOWN).flatMap((part) => ("why" in part ? [part.why] : []));
  return [...shortened(words, reasons, SHOWN), ...mendsOf(words, told)];
}

function reasonText(context: Pick<Context, "person">, words: Words, part: UnreadablePart): string {
  const { say, format } = words;
  const { leftOutOf } = say.roster;
  if ("why" in part)
    return leftOutOf(
      part.place,
      leftOutReason(words, part.why, (id) => nameOf(context, words, id)),
    );
  const { code, text = "", more = "" } = part.mistake;
  const reason = say.people.mistakes[code](text, format.list(more.split("\n")));
  return leftOutOf(part.place, part.column === undefined ? reason : say.labelled(part.column, reason));
}

export const line = (text: string, tone?: "quiet" | "strong"): Block => ({
  type: "text",
  text,
  ...(tone === undefined ? {} : { tone }),
});

/** A version by its name, who applied it, and when. */
export function whoApplied({ person }: Pick<Context, "person">, words: Words, file: KeptFile): string {
  const name = file.by === undefined ? "" : nameOf({ person }, words, file.by);
  return words.say.files.whoWhen(file.about.name, name, words.format.moment(file.at));
}

/**
 * Applying counts only for the difference that is shown.
 *
 * @param sure what is asked once more before a large one
 */
export function applyAction(
  { say: { files: say } }: Words,
  file: KeptFile,
  { over, fingerprint }: { readonly over: number; readonly fingerprint: string },
  sure: string | undefined,
): Action {
  return {
    label: say.apply,
    act: fileTap(file.id, "apply", `${over} ${fingerprint}`),
    style: "primary",
    ...(sure === undefined ? {} : { confirm: { text: sure, yes: say.apply, no: say.notNow } }),
  };
}

/** All that a file would change, as a table. */
export const tableAction = ({ say: { files: say } }: Words, file: KeptFile): Action => ({
  label: say.table,
  act: fileTap(file.id, "table", ""),
  style: "quiet",
});

/** Roles as people.csv has them, "resident+attending", in the reader's language. */
export const rolesText = ({ say, format }: Words, roles: string): string =>
  format.list(roles.split("+").map((role) => say.people.role[role as keyof typeof say.people.role] ?? role));

/** Rotations by their names; none: the program says which are somebody's. */
export const rotationsText = ({ say, format }: Words, rotations: readonly string[]): string =>
  rotations.length === 0 ? say.people.asProgram : format.list(rotations);
