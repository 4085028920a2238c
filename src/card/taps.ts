import { readAct, type Meaning } from "./act.ts";
import type { Action, Card, Choice } from "./card.ts";

/** Everything that can be tapped on a card, with its meaning. For simulations and tests. */
export function tapsOf(card: Card): readonly { readonly tap: Action | Choice; readonly meaning: Meaning }[] {
  const taps = card.blocks.flatMap((block): readonly (Action | Choice)[] => {
    switch (block.type) {
      case "question":
        return block.choices;
      case "input":
        return [block.submit, ...(block.skip === undefined ? [] : [block.skip])];
      case "answers":
        return block.rows.flatMap((row) => row.change ?? []);
      case "actions":
        return block.actions;
      case "title":
      case "text":
      case "quote":
      case "compare":
      case "facts":
      case "visibility":
      case "divider":
        return [];
      default:
        return block satisfies never;
    }
  });
  return taps.flatMap((tap) => {
    const meaning = readAct(tap.act);
    return meaning === undefined ? [] : [{ tap, meaning }];
  });
}
