import { act } from "#src/card/act.ts";
import type { Block } from "#src/card/card.ts";
import { gapLabel } from "./in-words.ts";
import { choicesFor, idsOf, settlementOf, settlingOf, visibleLine } from "./settling.ts";
import type { Opened, View } from "./view.ts";

/** The question with its field, opened to correct what was said or to say it in a line. */
export function settlementField(view: View, { step, ...typed }: Opened): readonly Block[] {
  const { words } = view;
  const settling = settlingOf(step);
  if (settling === undefined) return [];
  const { item } = settling;
  const standing = settlementOf(view, settling);
  const before = standing?.text === true ? standing.value : undefined;
  const value = typed.value ?? before;
  const choices: Block = {
    type: "question",
    text: words.say.settle.question(gapLabel(words, item)),
    choices: choicesFor(view, settling),
  };
  const field: Block = {
    type: "input",
    text: words.say.settle.line(gapLabel(words, item)),
    name: step.item.id,
    maximum: view.context.program.policy.textMaximum,
    placeholder: words.say.settle.linePlaceholder,
    note: words.say.noPatients,
    submit: {
      label: words.say.settle.tell,
      act: act({ verb: "write", ...idsOf(view, settling) }),
      style: "primary",
    },
    ...(value === undefined ? {} : { value }),
    ...(typed.problem === undefined ? {} : { problem: typed.problem }),
  };
  // Where nothing stands settled, "in our own words" was tapped, and on a phone the choices would hide the field.
  const asked = standing === undefined ? [field, choices] : [choices, field];
  return [...asked, visibleLine(view, settling)];
}
