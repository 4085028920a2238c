import { remembered } from "../remembered.ts";
import { sayer, type Dialect } from "../dialect.ts";
import { saysTentative } from "../tentative.ts";
import { dutyCodes } from "./duty-codes.ts";
import { saysAfterNight, saysDutyToo, saysLeave, saysOnlyLeave } from "./leave.ts";
import { quoted, type RosterProblem } from "../problem.ts";
import type { WhoIsWho } from "../people/who.ts";

/** What the words of a shift say: leave, duty, neither for sure, or the morning after a night, which is nothing of its own. */
export type Away = "yes" | "no" | "unclear" | "rest";

/**
 * The same words with hours beside them, and of a whole day: "Sick Call" with hours is no sick leave, and "Holiday Day
 * Shift" without hours neither.
 */
export type AwayWords = Readonly<Record<"timed" | "wholeDay", Away>>;

const ON_DUTY: AwayWords = { timed: "no", wholeDay: "no" };
const UNCLEAR: AwayWords = { timed: "unclear", wholeDay: "unclear" };
const OFF: AwayWords = { timed: "yes", wholeDay: "yes" };

/** Reads the words of shifts in every format alike. What program.yaml lists under `duty` and `off` counts first. */
export function awayReader(source: Dialect, who: WhoIsWho): (text: string) => AwayWords {
  const [saysDuty, saysOff] = [sayer(source.duty), sayer(source.off)];
  return remembered((text) => (saysDuty(text) ? ON_DUTY : saysOff(text) ? OFF : awayIn(text, who)));
}

function awayIn(text: string, who: WhoIsWho): AwayWords {
  if (saysTentative(text)) return UNCLEAR;
  if (!mayBeNone(text)) return ON_DUTY;
  const words = who.others(text);
  if (words.length === 1 && usualCode(words[0]!)?.kind === "off") return OFF;
  const beside = who.beside(text);
  if (saysLeave(beside)) {
    return {
      timed: saysOnlyLeave(words) ? "yes" : "unclear",
      wholeDay: saysDutyToo(beside) ? "unclear" : "yes",
    };
  }
  if (saysAfterNight(beside)) return { timed: "unclear", wholeDay: "rest" };
  return UNSURE.some(({ sign }) => sign.test(beside)) ? UNCLEAR : ON_DUTY;
}

/** Without any of these, names in it or not, a text is looked at no further: a feed has thousands. */
const mayBeNone = (text: string): boolean =>
  /\p{sc=Han}/u.test(text) ||
  saysLeave(text) ||
  saysAfterNight(text) ||
  UNSURE.some(({ sign }) => sign.test(text));

/** 有 and 公 are time off in a list, too. */
const usualCode = dutyCodes();

/** Names of shifts whose hours are perhaps not worked, or not all of them. */
const UNSURE: readonly { readonly sign: RegExp; readonly says: string; readonly todo: string }[] = [
  {
    sign: /(?<![\p{L}\p{N}])(?:requested|request(?! lines?(?!\p{L}))|pending|availab(?:le|ility))(?![\p{L}\p{N}])|希望(?![ヶケがの]?[丘台園荘])|申請/iu,
    says: "says that it was asked for, and not that it was granted",
    todo: "take the word out of its name once it is; or list the word in program.yaml, under `duty` if such shifts take place, under `skip` if they do not",
  },
  {
    sign: /do not (?:schedule|book|assign)(?!\s+(?:clinics?|meetings?|students?)(?!\p{L}))|needs? (?:a )?(?:cover(?:age)?|swap|trade|sub|replacement)(?![\p{L}\p{N}-])|(?:looking|searching) for (?:a )?(?:cover(?:age)?|swap|trade|sub)(?![\p{L}\p{N}-])|up for (?:grabs|trade)|代わり募集|交[代替]希望/iu,
    says: "says that they may not work it",
    todo: "write who works it; or list the words under `duty` in program.yaml if such shifts take place as they are",
  },
  {
    // "Pod A -> Pod B" is one duty in two places.
    sign: /(?:[日準深夜当宿直早遅][勤直夜出番]?|days?|eve(?:ning)?s?|nights?|swing)\s*(?:[→⇒➡]|[-=]>)\s*(?:[日準深夜当宿直早遅]|day|eve|night|swing)/iu,
    says: "names two duties, one in the place of the other",
    todo: "write only the one that is worked",
  },
  {
    sign: /(?<![\p{L}\p{N}])(?:half[- ]day|half[- ]shift|(?:leav(?:es?|ing)|left) early|(?:late start|start(?:s|ing) late))(?![\p{L}\p{N}])|半日勤務|早退|遅刻/iu,
    says: "says that a part of it is worked, and its hours may be those of the whole",
    todo: "give it the hours of that part; or list its words under `duty` in program.yaml if its hours are these",
  },
];

/** "Canceled: ED Day", as Outlook writes it, and other words that take a shift back, wherever they stand. */
export const saysTakenBack = (text: string): boolean => TAKEN_BACK.test(text.normalize("NFKC"));

const TAKEN_BACK =
  /(?<![\p{L}\p{N}])(?:canx|cnx|cxl|postponed|rescheduled|removed|moved to|no shift|duplicate|cancel+ed|cancel+ation|cancel+|declined|abgesagt|storniert|annul[ée]e?|cancelad[oa]|annullat[oa]|geannuleerd|deleted|void(?:ed)?)(?![\p{L}\p{N}])|キャンセル|取り?消し?|中止|辞退|延期|重複|❌|~~/iu;

/** Why a shift is left out whose name takes it back. */
export const takenBack = (text: string): Pick<RosterProblem, "message" | "todo" | "why"> => ({
  message: `${quoted(text)} says that it was taken back, and nothing else does`,
  todo: "if it takes place, take the word out of its name; it was left out",
  why: { code: "two-readings", text },
});

/** Why a shift is left out whose name says that another one works it. */
export const givenAway = (text: string): Pick<RosterProblem, "message" | "todo" | "why"> => ({
  message: `${quoted(text)} names somebody else, who may work in their place`,
  todo: "write only the name of who works it",
  why: { code: "two-readings", text },
});

/** Why a shift is left out whose name says that it is not sure yet, or that not all of it is worked; undefined where it says no such thing. */
export function notSure(text: string): Pick<RosterProblem, "message" | "todo" | "why"> | undefined {
  if (saysTentative(text)) {
    return {
      message: `${quoted(text)} says that it is not sure yet`,
      todo: "take the word out of its name once it is; or list the word in program.yaml, under `duty` if such shifts take place, under `skip` if they are drafts",
      why: { code: "not-sure", text },
    };
  }
  const found = saysLeave(text) ? undefined : UNSURE.find(({ sign }) => sign.test(text));
  return (
    found && {
      message: `${quoted(text)} ${found.says}`,
      todo: found.todo,
      why: { code: "two-readings", text },
    }
  );
}

/** Why what could be duty or time off is left out: hours with a word of leave beside them, or a shift that is not sure. */
export const unclearAway = (text: string): Pick<RosterProblem, "message" | "todo" | "why"> =>
  notSure(text) ?? {
    message: `${quoted(text)} has hours and a word of leave, and could be duty or time off`,
    todo: "list its words under `duty` in program.yaml if it is duty, under `off` if it is time off",
    why: { code: "two-readings", text },
  };

/** Why a whole day that does not clearly say leave is left out. */
export const unclearDay = (text: string): Pick<RosterProblem, "message" | "todo" | "why"> =>
  notSure(text) ?? {
    message: `${quoted(text)} is a whole day and does not say leave`,
    todo: "give the shift a start and an end time, list its words under `skip`, or under `off` if it is time off",
    why: { code: "whole-day", text },
  };
