import { commandOf, type Command } from "./command.ts";
import { smallWord, type SmallWord } from "./typed-courtesy.ts";
import { formsOf } from "./typed-forms.ts";
import type { DayNumber } from "./time.ts";

/** What a typed text can be taken for, where it is typed. */
export interface Offered {
  /** Labels of the buttons that the person can tap just now. */
  readonly buttons: readonly string[];
  /** Value and label of each answer to the question that stands open, in the order in which they are shown: a number counts them. */
  readonly choices: readonly (readonly [value: string, label: string])[];
  /** What the same answers are called elsewhere: in the other language, and on their buttons. No number counts these. */
  readonly alsoCalled?: Offered["choices"];
  /** Labels that are buttons somewhere: never anybody's words. */
  readonly labels: readonly string[];
  /** The program has a study, so "research" is a command. */
  readonly hasResearch?: boolean;
}

/** What a typed text is. Only `words` may be stored. */
export type Typed =
  | { readonly is: "command"; readonly command: Command }
  /** The label of a button that can be tapped, as the button has it. */
  | { readonly is: "button"; readonly label: string }
  | { readonly is: "choice"; readonly value: string }
  | { readonly [Word in SmallWord]: { readonly is: Word } }[SmallWord]
  /** The label of a button that cannot be tapped here. */
  | { readonly is: "elsewhere"; readonly label: string }
  | { readonly is: "words" };

/** Reads one form after the other; `today`: the program's local day. */
type Reader = (
  forms: readonly string[],
  offered: Offered,
  text: string,
  today: DayNumber,
) => Typed | undefined;

/** Who reads first. A button or a choice that stands there comes before a courtesy: "yes" may be an answer. */
const READERS: readonly Reader[] = [
  (_forms, { hasResearch = false }, text, today) => {
    const command = commandOf(text, today, hasResearch);
    return command === undefined ? undefined : { is: "command", command };
  },
  (forms, { buttons }) => {
    const label = labelled(forms, buttons);
    return label === undefined ? undefined : { is: "button", label };
  },
  (forms, { choices, alsoCalled }) => {
    const value = chosen(forms, choices, alsoCalled);
    return value === undefined ? undefined : { is: "choice", value };
  },
  (forms) => {
    const word = smallWord(forms);
    return word === undefined ? undefined : { is: word };
  },
  (forms, { labels }) => {
    const label = labelled(forms, labels);
    return label === undefined ? undefined : { is: "elsewhere", label };
  },
];

/** Tells what a typed text is. Pure: the same text at the same place is always the same. */
export function readTyped(text: string, offered: Offered, today: DayNumber): Typed {
  const forms = formsOf(text);
  for (const read of READERS) {
    const typed = read(forms, offered, text, today);
    if (typed !== undefined) return typed;
  }
  return { is: "words" };
}

const labelled = (forms: readonly string[], labels: readonly string[]): string | undefined =>
  labels.find((label) => {
    const [first = ""] = formsOf(label);
    return first !== "" && forms.includes(first);
  });

const NUMBERED =
  /^(?:(?:option|choice|number|answer|no|nr|回答|選択肢)[ .:#]*)?(\d{1,2})(?:[ .):]*|番目?|つ目)$/u;
const YES = /^(?:y|yes|yep|yeah|yup|はい|うん|ええ)$/u;
/** Letters of a label's beginning that are enough, where no other label begins so. */
const ENOUGH = 3;

/** A choice by its label, its number as shown, or the beginning of one label. */
function chosen(
  forms: readonly string[],
  choices: Offered["choices"],
  alsoCalled: Offered["choices"] = [],
): string | undefined {
  const labels = [...choices, ...alsoCalled].map(([value, label]) => ({
    value,
    label: formsOf(label)[0] ?? "",
  }));
  const exact = labels.find(({ label }) => forms.includes(label));
  if (exact !== undefined) return exact.value;
  for (const form of forms) {
    const number = NUMBERED.exec(form)?.[1];
    if (number !== undefined) return choices[Number(number) - 1]?.[0];
    if (YES.test(form)) return choices.find(([value]) => value === "yes")?.[0];
    const beginning = labels.filter(
      ({ label }) =>
        form.length >= ENOUGH && label.startsWith(form) && !/^[\p{L}\p{N}]/u.test(label.slice(form.length)),
    );
    if (beginning.length === 1) return beginning[0]!.value;
  }
  return undefined;
}
