import { lineChanges } from "../../text/changes.ts";
import { notesChange } from "../../text/duties/noted.ts";
import { saysAway } from "./note-words.ts";
import { peopleIn } from "../../text/people/named.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { companyIn, withoutStanding } from "../../text/standing-remarks.ts";
import type { Row } from "../grid/days.ts";

const MARK = /([*※†‡★☆●◎○■□◆◇])\1*/gu;
const FOOTNOTE = /^(?<mark>([*※†‡★☆●◎○■□◆◇])\2*)\s*[\p{L}\p{N}]/u;

/**
 * "Carter*" above a line "* until 13:00": the line says of each text with its mark what it changes. Finds that line; undefined where
 * a text has no mark, or none that changes anything.
 */
export function footnotesOf(rows: readonly Row[], who: WhoIsWho): (text: string) => string | undefined {
  const notes = new Map<string, string>();
  const changes = (footnote: string): boolean => {
    const text = withoutStanding(footnote);
    if ("person" in who.named(companyIn(text) ?? "")) return false;
    const isNamed = peopleIn(who.mentioned(text)).length > 0;
    return notesChange(text) || saysAway(text) || lineChanges(text, { isNamed, hasDays: false, saysAway });
  };
  for (const row of rows) {
    const [first, ...others] = row.filter(({ text }) => text !== "");
    const text = first?.text.normalize("NFKC").trim() ?? "";
    const mark = others.length === 0 ? FOOTNOTE.exec(text)?.groups?.["mark"] : undefined;
    if (mark !== undefined && changes(text.slice(mark.length))) notes.set(mark, text);
  }
  return (text) => {
    if (notes.size === 0) return undefined;
    const marks = text.normalize("NFKC").match(MARK) ?? [];
    return marks.map((mark) => notes.get(mark)).find((note) => note !== undefined);
  };
}
