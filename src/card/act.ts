import { itemOf, type ItemId } from "../domain/forms.ts";
import type { Instant } from "../domain/time.ts";
import type { NudgeId } from "../domain/nudge.ts";
import type { PersonId } from "../domain/person.ts";
import type { FileId } from "../domain/files.ts";
import type { Act, Action, Block, Card, Choice } from "./card.ts";

/** What a tap can mean. */
export type Meaning =
  /** Answers this item with this choice (about this partner). */
  | {
      readonly verb: "answer";
      readonly nudge: NudgeId;
      readonly item: ItemId;
      readonly about: PersonId | undefined;
      readonly value: string;
    }
  /** Answers this text item with what was typed. */
  | {
      readonly verb: "write" | "skip" | "ask";
      readonly nudge: NudgeId;
      readonly item: ItemId;
      readonly about: PersonId | undefined;
    }
  | { readonly verb: "show" | "later"; readonly nudge: NudgeId }
  /** Agrees to take part. The consent was asked for in place of this nudge. */
  | { readonly verb: "agree"; readonly nudge: NudgeId }
  | { readonly verb: "decline"; readonly nudge: NudgeId }
  | { readonly verb: "snooze"; readonly nudge: NudgeId; readonly minutes: number }
  /** Takes back the line that was kept at this moment (milliseconds from 1970). */
  | {
      readonly verb: "undo";
      readonly nudge: NudgeId;
      readonly item: ItemId;
      readonly about: PersonId | undefined;
      readonly at: Instant;
    }
  /** What a coordinator decides about a file. */
  | { readonly verb: "file"; readonly file: FileId; readonly step: FileStep; readonly value: string }
  /** What a coordinator does about one person of the program, or about somebody new (without `person`). */
  | {
      readonly verb: "people";
      readonly step: PeopleStep;
      readonly person: PersonId | undefined;
      readonly value: string;
    }
  /** What a coordinator does before a program starts: of this program, since somebody may coordinate several. */
  | { readonly verb: "set-up"; readonly program: string; readonly step: SetUpStep; readonly value: string }
  /** The same as typing this command. */
  | { readonly verb: "say"; readonly command: string };

/**
 * `look`: shows the difference again. `part`, `sheet`, `people-sheet`, `month`, `is`: how it is read (of `is`: the name, then
 * the person). `who`: asks who a name is. `whole`, `table`: all that it would change, on a card or as a file. `apply`: with the place and the fingerprint that were compared. `undo`: with the place that it has.
 */
export type FileStep = (typeof FILE_STEPS)[number];

export type PeopleStep = (typeof PEOPLE_STEPS)[number];

/** `look`: shows how the program stands. `try`: a message as it would go out, by its name. `tried`: something was tapped in one. */
export type SetUpStep = (typeof SET_UP_STEPS)[number];

const SET_UP_STEPS = ["look", "start", "try", "tried"] as const;

const PEOPLE_STEPS = ["add", "name", "role", "email", "rotation", "end", "send", "whose"] as const;

const FILE_STEPS = [
  "look",
  "part",
  "sheet",
  "people-sheet",
  "month",
  "who",
  "is",
  "whole",
  "table",
  "apply",
  "drop",
  "undo",
] as const;

/** What a tap on an ask's card can mean. */
export type NudgeMeaning = Exclude<Meaning, { verb: "say" | "file" | "people" | "set-up" }>;

export const isOfNudge = (meaning: Meaning): meaning is NudgeMeaning =>
  meaning.verb !== "say" && meaning.verb !== "file" && meaning.verb !== "people" && meaning.verb !== "set-up";

/** Writes a meaning as a word that a platform carries and does not understand. */
export function act(meaning: Meaning): Act {
  switch (meaning.verb) {
    case "answer":
      return join(meaning.verb, meaning.nudge, meaning.item, meaning.about ?? "", meaning.value);
    case "write":
    case "skip":
    case "ask":
      return join(meaning.verb, meaning.nudge, meaning.item, meaning.about ?? "");
    case "show":
    case "later":
    case "agree":
    case "decline":
      return join(meaning.verb, meaning.nudge);
    case "snooze":
      return join(meaning.verb, meaning.nudge, meaning.minutes);
    case "undo":
      return join(meaning.verb, meaning.nudge, meaning.item, meaning.about ?? "", meaning.at);
    case "file":
      return join(meaning.verb, meaning.file, meaning.step, meaning.value);
    case "people":
      return join(meaning.verb, meaning.step, meaning.person ?? "", meaning.value);
    case "set-up":
      return join(meaning.verb, meaning.program, meaning.step, meaning.value);
    case "say":
      return join(meaning.verb, meaning.command);
    default:
      return meaning satisfies never;
  }
}

/**
 * Letters of an act. Slack's buttons and Teams' carry as many. A Japanese letter has nine here, so a name of a roster, which has up to
 * 60, leaves room for all else.
 */
export const LONGEST_ACT = 2_000;

/** Reads what `act` wrote. Undefined for anything else: acts come from outside and may be forged. */
export function readAct(word: string): Meaning | undefined {
  const [verb = "", ...rest] = word.length > LONGEST_ACT ? [] : word.split("/").map(decode);
  const [first = "", second = "", third = "", fourth = ""] = rest;
  if (verb === "say") return rest.length === 1 && first !== "" ? { verb, command: first } : undefined;
  if (verb === "file") {
    const step = FILE_STEPS.find((one) => one === second);
    return rest.length !== 3 || step === undefined || !/^[0-9a-f-]{36}$/.test(first)
      ? undefined
      : { verb, file: first as FileId, step, value: third };
  }
  if (verb === "people") {
    const step = PEOPLE_STEPS.find((one) => one === first);
    const person = second === "" ? undefined : (second as PersonId);
    return rest.length !== 3 || step === undefined ? undefined : { verb, step, person, value: third };
  }
  if (verb === "set-up") {
    const step = SET_UP_STEPS.find((one) => one === second);
    return rest.length !== 3 || step === undefined ? undefined : { verb, program: first, step, value: third };
  }
  if (!/^\d{1,15}$/.test(first)) return undefined;
  const nudge = Number(first) as NudgeId;
  const about = third === "" ? undefined : (third as PersonId);
  const item = itemOf(second)?.id;
  switch (verb) {
    case "answer":
      return rest.length === 4 && item !== undefined
        ? { verb, nudge, item, about, value: fourth }
        : undefined;
    case "write":
    case "skip":
    case "ask":
      return rest.length === 3 && item !== undefined ? { verb, nudge, item, about } : undefined;
    case "undo":
      return rest.length === 4 && item !== undefined && /^\d{1,15}$/.test(fourth)
        ? { verb, nudge, item, about, at: Number(fourth) as Instant }
        : undefined;
    case "show":
    case "later":
    case "agree":
    case "decline":
      return rest.length === 1 ? { verb, nudge } : undefined;
    case "snooze":
      return rest.length === 2 && /^\d{1,5}$/.test(second)
        ? { verb, nudge, minutes: Number(second) }
        : undefined;
    case "talked":
      // "We talked about it" of cards from before 0.2: the card as it is now asks what they settled on.
      return rest.length === 2 ? { verb: "show", nudge } : undefined;
    case "adopt":
      // "Take this goal" of cards from before 0.2.
      return rest.length === 2 && second !== ""
        ? { verb: "answer", nudge, item: "suggestion", about: second as PersonId, value: "taken" }
        : undefined;
    default:
      return undefined;
  }
}

const join = (...parts: readonly (string | number)[]): Act =>
  parts.map((part) => encodeURIComponent(part)).join("/") as Act;

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
};

/** All that can be tapped in a block, whether its act can be read back or not. */
export function tapsIn(block: Block): readonly (Action | Choice)[] {
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
    case "chart":
    case "visibility":
    case "divider":
      return [];
    default:
      return block satisfies never;
  }
}

/** Everything that can be tapped on a card, with its meaning. */
export function tapsOf(card: Card): readonly { readonly tap: Action | Choice; readonly meaning: Meaning }[] {
  return card.blocks.flatMap(tapsIn).flatMap((tap) => {
    const meaning = readAct(tap.act);
    return meaning === undefined ? [] : [{ tap, meaning }];
  });
}
