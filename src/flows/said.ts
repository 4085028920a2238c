import { readAct } from "#src/card/act.ts";
import type { Person } from "#src/domain/person.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import type { Standing } from "#src/ports/store.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "./context.ts";

/** What somebody of a program typed, tapped or sent, with their standing. */
export interface Said {
  readonly context: Context;
  readonly person: Person;
  readonly standing: Standing;
  readonly words: Words;
  readonly inbound: Inbound;
}

/** A command as it was typed, or as its button has it. */
export function wordsSaid({ inbound }: Pick<Said, "inbound">): string {
  if (inbound.type === "said" || inbound.type === "edited") return inbound.text;
  const meaning = "act" in inbound ? readAct(inbound.act) : undefined;
  return meaning?.verb === "say" ? meaning.command : "";
}
