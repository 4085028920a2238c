import { act, tapsOf } from "#src/card/act.ts";
import { ITEMS, type ItemId } from "#src/domain/forms.ts";
import { TAKING_PART, type Ask } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { askCard, conversationOf, nextStep } from "#src/flows/ask/ask-card.ts";
import type { Step, View } from "#src/flows/view/view.ts";
import { answersInOrder } from "./aliases.ts";
import { look, refusal, type PlayerDeps } from "./look.ts";
import { answersSuggestion, negotiateByChance } from "./negotiation.ts";
import { openAsk } from "./open-ask.ts";
import { settleByChance, settles } from "./settles.ts";
import { wasRefused } from "./hand.ts";
import type { Deed } from "./script.ts";
import type { TranscriptLine } from "./transcript.ts";

/** Plays the people: taps and types what a script says, or at random. */
export interface Player {
  /** Agrees to take part, where that is open still: what was held back until then is due. */
  agrees(person: PersonId): Promise<readonly TranscriptLine[]>;
  act(deed: Deed): Promise<readonly TranscriptLine[]>;
  /** Answers this person's open asks, each question by a random tap. */
  improvise(person: PersonId, random: () => number): Promise<readonly TranscriptLine[]>;
}

export function createPlayer(deps: PlayerDeps): Player {
  const { running, hand, now } = deps;
  return {
    async agrees(person) {
      const { store } = running.context();
      const { consent } = await store.standing(person);
      const asked = await store.nudgeAbout("consent", person, TAKING_PART);
      return consent === "given" || asked === undefined
        ? []
        : hand.press(asked, act({ verb: "agree", nudge: asked.id }));
    },
    act(deed) {
      switch (deed.type) {
        case "answers":
          return answers(deps, deed);
        case "says":
          return hand.say(deed.person, deed.text);
        case "settles":
          return settles(deps, deed);
        case "suggestion":
          return answersSuggestion(deps, deed);
        default:
          return deed satisfies never;
      }
    },
    async improvise(person, random) {
      const lines: TranscriptLine[] = [];
      for (const nudge of await running.context().store.openNudges(person, now())) {
        lines.push(...(await answerByChance(deps, nudge, random)));
      }
      lines.push(...(await negotiateByChance(deps, person, random)));
      lines.push(...(await settleByChance(deps, person, random)));
      return lines;
    },
  };
}

async function answers(
  deps: PlayerDeps,
  deed: Extract<Deed, { type: "answers" }>,
): Promise<readonly TranscriptLine[]> {
  const { hand, now } = deps;
  const { person, kind } = deed;
  const nudge = await openAsk(deps, person, kind);
  if (nudge === undefined)
    return refusal(now(), person, "no-open-nudge", `There is no open ${kind} for ${person}.`);
  if (kind === "pair-check-in" && !asksAbout(await look(deps, nudge), deed.partner))
    return refusal(
      now(),
      person,
      "not-asked",
      `This week's check-in of ${person} is not about ${deed.partner}.`,
    );
  const lines: TranscriptLine[] = [];
  for (const [item, value] of wantedOf(await look(deps, nudge), deed)) {
    const about = aboutOf(await look(deps, nudge), item, deed.partner);
    const isText = ITEMS[item].scale.type === "text";
    const given = isText
      ? hand.submit(nudge, act({ verb: "write", nudge: nudge.id, item, about }), { [item]: value })
      : hand.press(nudge, act({ verb: "answer", nudge: nudge.id, item, about, value }));
    lines.push(...(await given));
  }
  return [...lines, ...(await skipRest(deps, nudge))];
}

/** Whether a check-in is about this partner; about anybody where none is named. */
const asksAbout = (view: View, partner: PersonId | undefined): boolean =>
  partner === undefined || view.seen.some(({ partners }) => partners.some(({ id }) => id === partner));

/** Skips the optional lines that nobody has written; where there are several partners, they go to nobody. */
async function skipRest(deps: PlayerDeps, nudge: Ask): Promise<readonly TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  for (;;) {
    const step = nextStep(await look(deps, nudge));
    if (step === undefined || !(step.item.optional === true || step.item.id === "whom")) return lines;
    const ids = { nudge: nudge.id, item: step.item.id, about: step.about };
    const skips =
      step.item.id === "whom"
        ? act({ verb: "answer", ...ids, value: "nobody" })
        : act({ verb: "skip", ...ids });
    lines.push(...(await deps.hand.press(nudge, skips)));
    if (wasRefused(lines)) return lines;
  }
}

async function answerByChance(
  deps: PlayerDeps,
  nudge: Ask,
  random: () => number,
): Promise<readonly TranscriptLine[]> {
  const { hand } = deps;
  const lines: TranscriptLine[] = [];
  for (;;) {
    const view = await look(deps, nudge);
    const step = nextStep(view);
    if (step === undefined) return lines;
    const { item, about } = step;
    const taps = waysToAnswer(view, step);
    const tap = taps[Math.floor(random() * taps.length)];
    const given =
      tap === undefined
        ? hand.submit(nudge, act({ verb: "write", nudge: nudge.id, item: item.id, about }), {
            [item.id]: "…",
          })
        : hand.press(nudge, tap.tap.act);
    lines.push(...(await given));
    if (wasRefused(lines)) return lines;
  }
}

/** All that answers the question that stands open; a goal's also on the whole list, which is opened by a tap. */
function waysToAnswer(view: View, step: Step) {
  const cards = step.item.id === "goal" ? [askCard(view), askCard(view, { step })] : [askCard(view)];
  const ofGoal: ReadonlySet<ItemId> = new Set(["goal", "same", "none"]);
  return cards
    .flatMap(tapsOf)
    .filter(
      ({ meaning }) =>
        (meaning.verb === "answer" || meaning.verb === "skip") &&
        (meaning.item === step.item.id || (step.item.id === "goal" && ofGoal.has(meaning.item))),
    );
}

type Wanted = readonly (readonly [item: ItemId, value: string])[];

/**
 * A script's answers in order. Where an attending has several residents, it is first said whether they are for one or for all;
 * and where there are several partners, whom a line is for: all of them, if the script does not say.
 */
function wantedOf(view: View, deed: Extract<Deed, { type: "answers" }>): Wanted {
  const wanted = answersInOrder(deed.kind, deed.answers);
  const asked = conversationOf(deed.kind).steps(view);
  const asks = (id: ItemId) => asked.some(({ item }) => item.id === id);
  const given = (id: ItemId) => wanted.some(([item]) => item === id);
  const before = (id: ItemId, value: string): Wanted => (asks(id) && !given(id) ? [[id, value]] : []);
  const how = deed.partner === undefined ? "all" : "each";
  return [
    ...before("scope", how),
    ...before("debrief-scope", how),
    ...(given("note") ? before("whom", deed.partner ?? "all") : []),
    ...wanted,
  ];
}

/** Whom an answer is about, as the tap for it says: nobody in particular, the partner named, or the only one there is. */
function aboutOf(view: View, item: ItemId, partner: PersonId | undefined): PersonId | undefined {
  const { kind } = view.nudge;
  const steps = conversationOf(kind)
    .steps(view)
    .filter((step) => step.item.id === item);
  if (item === "suggestion")
    return conversationOf(kind)
      .offered(view)
      .find((step) => step.item.id === item)?.about;
  const meant = steps.find(({ about }) => about === partner) ?? steps[0];
  if (meant !== undefined) return meant.about;
  return kind === "shift-goal" ? undefined : (partner ?? view.seen[0]?.partners[0]?.id);
}
