import { flow, type Flow } from "./attune.ts";
import { programOf } from "./programs.ts";
import { taps, together } from "./together.ts";
import { takePart, type Tongue } from "./tongues.ts";

type Step = 1 | 2 | 3 | 4;
type Feedback = "moment" | "after" | "end";
/** Help, call and feedback, as one side answers them. */
type Answers = readonly [help: Step, call: Step, feedback: Feedback];

const DAYS = ["01", "02", "03", "04", "05"];
export const WANTS: Answers = [3, 2, "after"];

/** A pair, or a resident with several attendings, with a shift together on each of five days. */
export async function partners({ locale, say }: Tongue, people = ["r1", "a1"], to?: string): Promise<Flow> {
  const program = programOf({ people, locale, ...(to === undefined ? {} : { to }) });
  const attune = await flow({ program, roster: together(people, DAYS) });
  await takePart(attune, say, people);
  return attune;
}

const labels = ({ say }: Tongue, [help, call, feedback]: Answers) => [
  say.strategy.help.answers[help],
  say.strategy.call.answers[call],
  say.strategy.feedback.answers[feedback],
];

/** The resident's part of a day's shift: a goal, no line, and these answers. */
export async function wants(attune: Flow, tongue: Tongue, day: string, answers = WANTS): Promise<void> {
  await attune.until(`2026-12-${day}T07:45`);
  const { goal, say } = tongue;
  await taps(attune, "r1", [goal("procedures"), say.buttons.skip, ...labels(tongue, answers)]);
}

/** The attending's part. */
export const plans = (attune: Flow, tongue: Tongue, answers: Answers, id = "a1"): Promise<void> =>
  taps(attune, id, labels(tongue, answers));

/** A whole shift, answered by both. */
export async function shift(attune: Flow, tongue: Tongue, day: string, wanted: Answers, planned: Answers) {
  await wants(attune, tongue, day, wanted);
  await plans(attune, tongue, planned);
}
