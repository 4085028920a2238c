import type { InEach, Locale } from "./locale.ts";
import type { Person, PersonId } from "./person.ts";
import type { DateText } from "./time.ts";

/** A dated block and the residents on it (everybody's, when it names none). Both dates are included. */
export interface Rotation {
  readonly name: string;
  readonly from: DateText;
  readonly to: DateText;
  readonly residents?: readonly PersonId[];
}

/** A learning goal that a resident can choose. */
export interface Goal {
  readonly id: string;
  readonly label: InEach;
  /** The Emergency Medicine Milestones 2.0 (ACGME, 2021) that it belongs to, if any. */
  readonly milestones: readonly string[];
}

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A moment of the week in the program's time zone: ISO weekday (1 = Monday) and full hour. */
export interface WeeklyMoment {
  readonly day: Weekday;
  readonly hour: number;
}

/** Every number that a program may set. Durations are in milliseconds. */
export interface Policy {
  /** The goal is asked this long before the shift. */
  readonly goalLead: number;
  /** Neither a goal nor a plan is sent later than this into the shift. Both take answers until it ends. */
  readonly goalWindow: number;
  /** Both answers are told by a new message until this long into the time together; then the card changes in place. */
  readonly revealWindow: number;
  readonly debriefWindow: number;
  readonly checkInWindow: number;
  /** A shorter overlap does not count. */
  readonly overlapMinimum: number;
  /** A pair is asked for a check-in when its overlap in the week reaches this. */
  readonly checkInOverlap: number;
  readonly checkIn: WeeklyMoment;
  /** A week's check-in asks one person about no more partners than this. */
  readonly checkInPartners: number;
  readonly digest: WeeklyMoment;
  /** Rest after a night shift. */
  readonly restAfterNight: number;
  /** A shift that has somebody on duty at this local hour is a night shift. */
  readonly nightHour: number;
  /** The local hour at which a weekly message may reach somebody on a day off. */
  readonly civilHour: number;
  readonly asksPerShift: number;
  readonly asksPerMonth: number;
  /** No new message on what both have answered to somebody who has got this many on the day. */
  readonly messagesPerDay: number;
  /** The same for whoever has got this many in the seven days before. */
  readonly messagesPerWeek: number;
  /** A reminder for an ask that is not bound to a moment comes this long after it, at the earliest. */
  readonly reminderAfter: number;
  /** After `after` asks in a row unanswered, at most one ask in `pause`. */
  readonly backOff: { readonly after: number; readonly pause: number };
  readonly textMaximum: number;
  readonly mismatch: {
    readonly ordinalSteps: number;
    /** One step in the same direction on `at` of the last `of` both-answered shifts. */
    readonly run: { readonly at: number; readonly of: number };
    /** Different choices on `at` of the last `of` both-answered shifts. */
    readonly nominal: { readonly at: number; readonly of: number };
    readonly checkInPoints: number;
    /** A statement of a check-in that both rate this or lower is a difficulty that both see. */
    readonly checkInLow: number;
  };
  /** Fewer different residents, or fewer different attendings, are never shown as an aggregate. */
  readonly aggregate: { readonly residents: number; readonly attendings: number };
}

/** A study that is run on the program, as its ethics approval has it. People are asked apart from the consent to use Attune. */
export interface Research {
  /** Letters; others whenever anything that people are told has changed: then everybody is asked anew. */
  readonly version: string;
  readonly title: InEach;
  readonly approval: string;
  readonly contact: string;
  /** The first and the last day, both included, whose answers it uses. */
  readonly from: DateText;
  readonly to: DateText;
  /** What participants are told, in paragraphs. */
  readonly text: InEach;
}

/** One training site: its people, rotations, time zone and rules. */
export interface Program {
  readonly id: string;
  readonly name: InEach;
  /** IANA. */
  readonly timeZone: string;
  readonly locale: Locale;
  readonly rotations: readonly Rotation[];
  readonly people: readonly Person[];
  readonly goals: readonly Goal[];
  /** What readers of a language read for a shift's label, by the label as the roster has it. */
  readonly labels: ReadonlyMap<string, InEach>;
  /** Whom somebody can turn to who finds it hard to ask for help, in each language; a text of Attune's own where it is missing. */
  readonly support?: InEach;
  /** Months after a rotation's end at which its answers are erased; never where it is missing. */
  readonly retention?: number;
  readonly policy: Policy;
  /** Nobody but its coordinators hears of a new program before one of them starts it. Absent where it begins at once. */
  readonly waitsForStart?: true;
  /** Without it nothing that anybody reads speaks of a study. */
  readonly research?: Research;
}
