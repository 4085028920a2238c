import type { Meaning } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import type { Said } from "#src/flows/said.ts";
import { isBeforeStart } from "../context.ts";
import { headed, notice } from "../notice.ts";
import { refused, shown, type Handled } from "../responses.ts";
import { greetingCard, missing, startedText } from "../conversations/greeting.ts";
import { trialCard, trialMenu, wasTrial } from "./trial.ts";

type Step = Extract<Meaning, { verb: "set-up" }>;

/** What a coordinator taps on the greeting and on trials. Whoever coordinates the program no more sets nothing up. */
export async function setUp(said: Said, { program, step, value }: Step): Promise<Handled> {
  const { context, person, words } = said;
  const { files } = words.say;
  if (!person.roles.includes("coordinator") || program !== context.program.id)
    return refused("not-yours", files.notYours);
  if (step === "start") return start(said);
  if (!isBeforeStart(context)) return replaced(await greetingCard(context, person, words));
  switch (step) {
    case "look":
      return replaced(await greetingCard(context, person, words));
    case "try":
      return value === "" ? shown(trialMenu(context, words)) : shown(await trialCard(said, value));
    case "tried":
      return shown(wasTrial(context, words));
    default:
      return step satisfies never;
  }
}

const replaced = (card: Card): Handled => ({ kind: "card", card, replace: true });

/** Starts the program, once, whoever of several taps: there has to be somebody to ask, and a shift to ask about. */
async function start({ context, person, words }: Said): Promise<Handled> {
  const { settingUp: say } = words.say;
  if (isBeforeStart(context) && missing(context, words).length > 0) {
    const card = await greetingCard(context, person, words);
    return replaced(headed(card, missing(context, words).join("\n")));
  }
  if (context.program.waitsForStart !== true) return replaced(notice(words, say.again("", "")));
  const { isFirst, started } = await context.store.start(person.id, context.now);
  const text = startedText(context, words, isFirst ? say.started : say.again, started);
  return { ...replaced(notice(words, text)), makesDue: "plan" };
}
