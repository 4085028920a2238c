import type { Catalogue } from "#src/words/en.ts";

/** Something that a catalogue says, and where it stands in it. */
export interface Sentence {
  readonly path: string;
  readonly text: string;
}

/** A sentence with names or figures in it, and those that it was given. */
export interface Call extends Sentence {
  readonly given: readonly string[];
}

/** What stands for a name or a date when a sentence is tried; digits for a figure. */
export const said = { pattern: /⟨\d⟩/g, name: (place: number) => `⟨${place}⟩` };

/** What is suggested for the next shift; the last argument only chooses between "this" and "your next". */
const SUGGESTED = Object.fromEntries(
  [
    ["action", 2],
    ["actionGoal", 2],
    ["actionSettled", 2],
    ["actionWish", 1],
    ["actionFeedback", 1],
    ["actionNext", 1],
  ].map(([id, names]) => [
    `digest.${id}`,
    () => [Array.from({ length: Number(names) }, (_, i) => said.name(i))],
  ]),
);

/** Sentences whose arguments are figures, or words of the domain, rather than names. */
const SPECIAL: Readonly<Record<string, (catalogue: Catalogue) => readonly (readonly unknown[])[]>> = {
  ...SUGGESTED,
  "refused.identifier": (catalogue) => Object.keys(catalogue.identifiers).map((kind) => [kind]),
  "refused.tooLong": () => [[140, 171]],
  "plan.scope": () => [[2], [3]],
  "visible.self": () => [[5]],
  "visible.trust": () => [[5, 3]],
  "coordinator.tooFew": () => [[5, 3]],
  "digest.rate": () => [
    [1, 1],
    [3, 4],
  ],
  "coordinator.people": () => [
    [1, 1],
    [6, 4],
  ],
  "coordinator.peopleAtLeast": () => [[6, 4]],
  "coordinator.cases.shifts": () => [[1], [48]],
  "coordinator.cases.exchanges": () => [[1], [48]],
  "coordinator.cases.differences": () => [[1], [12]],
  "coordinator.cases.goals": () => [[1], [30]],
  "coordinator.cases.answers": () => [[1], [25]],
  "coordinator.arrivedOf": () => [[38, 40]],
  "coordinator.share": () => [[62]],
  "roster.peopleOf": () => [[14, 15]],
  "roster.more": () => [[3]],
  "commands.minutes": () => [[1], [30]],
  "commands.hours": () => [[1], [2]],
};

/** Every sentence of a catalogue, those with arguments tried with sample values. */
export function sentences(catalogue: Catalogue): readonly Sentence[] {
  return [...texts(catalogue, ""), ...calls(catalogue)];
}

/** The sentences with arguments alone. */
export function calls(catalogue: Catalogue): readonly Call[] {
  return functions(catalogue, "").flatMap(({ path, say }) => {
    const names = Array.from({ length: say.length }, (_, i) => said.name(i));
    const samples = SPECIAL[path]?.(catalogue) ?? [names];
    return samples.map((given): Call => ({ path, text: String(say(...given)), given: given.map(String) }));
  });
}

function texts(value: unknown, path: string): readonly Sentence[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, under(path, key)));
}

type Say = (...given: readonly unknown[]) => unknown;

function functions(value: unknown, path: string): readonly { path: string; say: Say }[] {
  if (typeof value === "function") return [{ path, say: value as Say }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => functions(inner, under(path, key)));
}

const under = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);
