import type { ItemId } from "#src/domain/forms.ts";
import { nudgeId } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { instant } from "#src/domain/time.ts";

/** One answer: `said("r1", "help", "3")`; what a test does not name is a sensible default. */
export const said = (
  person: string,
  item: ItemId,
  value: string | null,
  over: Partial<Reply> = {},
): Reply => ({
  nudge: nudgeId(1),
  person: personId(person),
  occasion: "shift",
  item,
  value,
  text: false,
  at: instant(0),
  ...over,
});

/** All three strategy answers of one person: help, call, feedback. */
export const strategy = (
  person: string,
  help: number,
  call: number,
  feedback: string,
  over: Partial<Reply> = {},
): readonly Reply[] => [
  said(person, "help", String(help), over),
  said(person, "call", String(call), over),
  said(person, "feedback", feedback, over),
];
