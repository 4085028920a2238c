import { act } from "#src/card/act.ts";
import { ITEMS } from "#src/domain/forms.ts";
import type { Ask } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { conversationOf } from "#src/flows/ask/ask-card.ts";
import { replyTo, type Step, type View } from "#src/flows/view/view.ts";
import { look, refusal, type PlayerDeps } from "./look.ts";
import { openAsk } from "./open-ask.ts";
import type { Deed } from "./script.ts";
import type { TranscriptLine } from "./transcript.ts";

type Suggestion = Extract<Deed, { type: "suggestion" }>;

/** A script's resident takes up the goal that a partner suggests, or keeps their own. */
export async function answersSuggestion(
  deps: PlayerDeps,
  { person, value, partner }: Suggestion,
): Promise<readonly TranscriptLine[]> {
  const goal = await openAsk(deps, person, "shift-goal");
  const view = goal && (await look(deps, goal));
  const step =
    view && offered(view, "suggestion").find(({ about }) => partner === undefined || about === partner);
  if (goal === undefined || step === undefined)
    return refusal(deps.now(), person, "nothing-suggested", `Nobody suggests another goal to ${person}.`);
  return press(deps, goal, step, value);
}

/** How often an attending suggests another goal, and how often the resident says what they make of it. */
const SUGGESTS = 0.2;
const ANSWERS = 0.7;

/** By chance, suggests another goal, or takes one up that was suggested, or keeps the own. */
export async function negotiateByChance(
  deps: PlayerDeps,
  person: PersonId,
  random: () => number,
): Promise<readonly TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  const goal = await openAsk(deps, person, "shift-goal");
  if (goal !== undefined)
    for (const step of unanswered(await look(deps, goal), "suggestion"))
      if (random() < ANSWERS)
        lines.push(...(await press(deps, goal, step, random() < 0.5 ? "taken" : "kept")));
  const plan = await openAsk(deps, person, "shift-plan");
  if (plan === undefined) return lines;
  for (const step of unanswered(await look(deps, plan), "counter")) {
    if (random() >= SUGGESTS) continue;
    const { goals } = deps.running.context().program;
    const listed = goals.filter(({ id }) => id !== "other");
    const chosen = listed[Math.floor(random() * listed.length)];
    if (chosen === undefined) return lines;
    lines.push(...(await press(deps, plan, step, chosen.id)));
    const why = act({ verb: "write", nudge: plan.id, item: "why", about: step.about });
    lines.push(...(await deps.hand.submit(plan, why, { why: "…" })));
  }
  return lines;
}

type Item = "suggestion" | "counter";

const offered = (view: View, item: Item): readonly Step[] =>
  conversationOf(view.nudge.kind)
    .offered(view)
    .filter((step) => step.item === ITEMS[item]);

const unanswered = (view: View, item: Item): readonly Step[] =>
  offered(view, item).filter((step) => replyTo(view, step) === undefined);

const press = (
  { hand }: PlayerDeps,
  nudge: Ask,
  { item, about }: Step,
  value: string,
): Promise<readonly TranscriptLine[]> =>
  hand.press(nudge, act({ verb: "answer", nudge: nudge.id, item: item.id, about, value }));
