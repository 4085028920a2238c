import { researchEn } from "./research-en.ts";
import type { IdentifierKind } from "#src/domain/identifiers.ts";
import type { AgreementId, OrderedId, StrategyId, UnorderedId, ValueOf } from "#src/domain/forms.ts";
import type { Role } from "#src/domain/person.ts";
import { files } from "./files-en.ts";
import { people, whose } from "./people-en.ts";
import { roster } from "./roster-en.ts";
import { settingUp } from "./setting-up-en.ts";
import { why } from "./why-en.ts";

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** "3 more residents and 1 more attending are": whose answers a figure still waits for. */
const wanted = (residents: number, attendings: number): string => {
  const sides = [
    ...(residents === 0 ? [] : [plural(residents, "more resident", "more residents")]),
    ...(attendings === 0 ? [] : [plural(attendings, "more attending", "more attendings")]),
  ];
  return `${sides.join(" and ")} ${residents + attendings === 1 ? "is" : "are"}`;
};

/** What a strategy item asks, from either side, and its answers in words. */
type StrategyTexts = {
  readonly [Id in StrategyId]: {
    readonly label: string;
    readonly resident: string;
    readonly attending: (resident: string) => string;
    readonly answers: Readonly<Record<ValueOf<Id>, string>>;
    readonly short?: Readonly<Record<ValueOf<Id>, string>>;
  };
};

/** A text for each item that can be a mismatch, in each direction that it can have. */
export type GapTexts = {
  readonly [Id in OrderedId | "happened"]: Readonly<Record<"less" | "more", string>>;
} & {
  readonly [Id in UnorderedId]: Readonly<
    Record<Id extends AgreementId ? "different" | "low" : "different", string>
  >;
} & { readonly safety: { readonly safety: string } };

/** Help is no measure of competence. */
const strategy = {
  help: {
    label: "Help",
    resident: "How much help would you like?",
    attending: (resident: string) => `How much help do you plan to give ${resident}?`,
    answers: {
      1: "Attending leads, resident watches",
      2: "Attending leads, resident does parts with guidance",
      3: "Resident leads, attending steps in when needed",
      4: "Resident leads, attending watches from nearby",
    },
    /** The same in a few words, for a phone's button; the answer in full stands above it. */
    short: {
      1: "Resident watches",
      2: "Resident does parts",
      3: "Attending steps in",
      4: "Attending watches",
    },
  },
  call: {
    label: "When to check in",
    resident: "When will you check in?",
    attending: (resident: string) => `When should ${resident} check in with you?`,
    answers: {
      1: "Before any decision",
      2: "Before orders or procedures",
      3: "Before disposition",
      4: "Only when worried",
    },
    short: {
      1: "Before any decision",
      2: "Orders or procedures",
      3: "Before disposition",
      4: "Only when worried",
    },
  },
  feedback: {
    label: "Feedback",
    resident: "When would you like feedback?",
    attending: (resident: string) => `When do you plan to give ${resident} feedback?`,
    answers: { moment: "In the moment", after: "After the case", end: "At the end of the shift" },
  },
} satisfies StrategyTexts;

const agreement = { 1: "Disagree", 2: "Somewhat disagree", 3: "Neither", 4: "Somewhat agree", 5: "Agree" };

/** What a refused text looks like; put into `refused.identifier`. */
const identifiers: Readonly<Record<IdentifierKind, string>> = {
  email: "an e-mail address",
  phone: "a phone number",
  "record-number": "a record number",
  "birth-date": "a date of birth",
  "full-date": "a full date",
  "age-and-sex": "an age with a sex",
  "room-or-bed": "a room or a bed",
  address: "an address",
  name: "somebody’s name",
  "long-number": "a long number",
};

/** Every sentence that Attune says, in English. `Catalogue` is its shape, which every other language has too. */
export const en = {
  name: "English",
  you: "You",
  strategy,
  agreement,

  typed: {
    kept: (partner: string, where: string, line: string) => `Kept for ${partner} (${where}): “${line}”`,
    keptAlone: (where: string, line: string) => `Kept for you alone (${where}): “${line}”`,
    undone: "Taken back. Nothing of it is kept.",
    undoneTo: (line: string) => `Taken back. What you had said before stands again: “${line}”`,
    undoNothing: "There is nothing to take back: nothing was kept in the last ten minutes.",
    undoLate:
      "Ten minutes have passed, so it stands. You can still change it on its card while the question is open.",
    locked: "That stands now: the question has closed, or your partner has answered since.",
    courtesy: "You are welcome. I did not keep this.",
    hello: (name: string) => `Hello ${name}.`,
    nothingKept: "I did not keep this.",
    choose: "That is none of the answers, so nothing was kept. Please choose one:",
    elsewhere: (label: string) =>
      `There is nothing here just now that “${label}” could do. Nothing was kept.`,
    several: (label: string) =>
      `“${label}” can mean more than one thing here. Please tap the one you mean. Nothing was kept.`,
    closedAt: (time: string) => `That question closed at ${time}, so nothing was kept.`,
    /** On another day. */
    closedOn: (moment: string) => `That question closed on ${moment}, so nothing was kept.`,
    notOpen: "No question is open just now that takes text, so nothing was kept.",
    onlyText: "I read only text, and nothing of the file was kept. Please send no pictures of patients.",
  },

  /** What something is, and how it was answered. */
  labelled: (label: string, value: string) => `${label}: ${value}`,

  buttons: {
    skip: "Skip",
    send: "Send",
    /** A line that nobody else reads. */
    save: "Save",
    change: "Change",
    back: "Back",
    later: "Later",
    safety: "Safety first this shift",
    counter: "Suggest another goal",
    share: "Share less or more",
    help: "Help",
    home: "Home",
    whoSees: "Who sees what",
    myData: "My data",
    erase: "Delete my data",
    undo: "Undo",
    cancel: "Cancel",
  },

  visible: {
    goalCategory: (attendings: string) => `Visible to: ${attendings}, the category only.`,
    goalPrivate: "Visible to: only you.",
    goalNobody: "Visible to: only you. No attending overlaps with you on this shift.",
    pair: (partner: string) => `Visible to: ${partner}, once both have answered.`,
    shared: (partner: string) => `Visible to: ${partner}, right away.`,
    /** A line for whom its writer picks. */
    chosen: "Visible to: whom you choose, right away.",
    both: (partner: string) => `Visible to: you and ${partner}.`,
    self: (residents: number) =>
      `Visible to: only you. Program totals include it only among ${residents} residents or more, without names.`,
    trust: (residents: number, attendings: number) =>
      `Visible to: only you. It counts in one program total, shown among ${residents} residents and ${attendings} attendings or more.`,
  },

  /** Who sees these answers, where other answers are seen by others. */
  seenOf: (visible: string, answers: string) =>
    `${answers}: ${visible.replace(/^Visible to: only /u, "visible only to ").replace(/^Visible to: /u, "visible to ")}`,
  /** All answers but those that are named. */
  seenRest: "Your other answers",
  seenLabel: (label: string) => `“${label}”`,
  noPatients: "Please write nothing about patients.",

  goal: {
    notification: "What is your goal for this shift?",
    title: "Your goal for this shift",
    note: (label: string, span: string) => (label === "" ? span : `${label} · ${span}`),
    with: (attendings: string) => `With ${attendings}`,
    alone: "No attending overlaps with you on this shift, so this goal is just for you.",
    question: "What would you like to work on?",
    unfinished: (goal: string) => `Continue: ${goal}`,
    same: "Same as last time",
    lastTime: "Last time",
    others: "Other goals",
    none: "No goal this shift",
    noneSet: "No goal this shift. You can still set one until it ends.",
    strategyOffer: "Say how much help you want",
    changedAt: (time: string) => `changed at ${time}`,
    line: "By the end of this shift I want to … (optional)",
    /** What fits any goal that the list below does not have. */
    linePlaceholder: "e.g. run one chest-pain work-up and present my plan first",
    /** Of the goals that programs have by default: specific, and achievable on one shift. */
    examples: {
      resuscitation: "e.g. lead the first five minutes of one resuscitation, out loud",
      history: "e.g. take one focused history in five minutes and present it in one",
      reasoning: "e.g. name three diagnoses I must not miss before I order anything",
      tests: "e.g. say what each test would change before I order it, for three patients",
      treatment: "e.g. choose drug and dose myself for two patients, then check with my attending",
      disposition: "e.g. plan one discharge myself, with advice on when to come back",
      flow: "e.g. look after three patients at once and re-order my list every hour",
      procedures: "e.g. place one ultrasound-guided line, from set-up to dressing",
      explaining: "e.g. make one consult call in under a minute, the request first",
      leading: "e.g. brief the team on roles once, before the patient arrives",
    } as Readonly<Record<string, string>>,
    lineOther: "In your own words: by the end of this shift I want to …",
    share: "How much of your goal do you want to share?",
    shares: {
      full: "Goal and my own line",
      category: "Only the category",
      private: "Keep it private",
      alone: "Only you, so far",
    },
    saved: "Your goal is set.",
    waiting: (attendings: string) => `Waiting for ${attendings}.`,
    label: "Goal",
    lineLabel: "By the end of this shift",
    shareLabel: "Shared",
    countered: (attending: string, goal: string) => `${attending} suggests another goal: ${goal}`,
    counteredWhy: (attending: string) => `${attending}’s reason`,
    suggestion: "What do you make of the suggested goal?",
    suggestions: { taken: "Switch to this goal", kept: "Keep my own" },
    suggestionLabel: "Suggested goal",
    adopted: "You switched to this goal.",
    keptOwn: "You kept your own.",
  },

  plan: {
    notification: "How do you plan to work together on this shift?",
    title: "Your plan for this shift",
    with: (residents: string) => `With ${residents}`,
    goalOf: (resident: string) => `${resident} wants to work on`,
    noGoal: (resident: string) => `No goal from ${resident} so far.`,
    scope: (count: number) => `Answer once for your ${plural(count, "resident", "residents")}?`,
    scopes: { all: "Same for everyone", each: "One by one" },
    scopeLabel: "Answering for",
    everyone: "your residents",
    counter: (resident: string) => `Which goal would you suggest to ${resident}?`,
    countered: "You suggest",
    why: (resident: string) => `Why? One line for ${resident}, if you like`,
    whyLabel: "Why",
    whyPlaceholder: "e.g. we have seen many of these lately",
    whyOffer: "Say why",
    taken: (resident: string) => `${resident} switched to the goal that you suggested.`,
    kept: (resident: string) => `${resident} keeps their own goal.`,
    safetyLabel: "Plan",
    safetyConfirm: (residents: string) =>
      `It stands in place of your three answers, and ${residents} will read it. Once both sides have answered, it cannot be changed.`,
    safetyYes: "Yes, safety first",
    saved: "Your plan is in.",
    waiting: (residents: string) => `Waiting for ${residents}.`,
  },

  /** What stands between two people as their next shift together begins. */
  lastTime: {
    open: (item: string) => `Still open: ${item}`,
    settled: (item: string) => `Settled: ${item}`,
    happened: "Help in the end, last time",
    /** On a shift before the last one. */
    happenedOn: (date: string) => `Help in the end on ${date}`,
  },

  debrief: {
    notification: "A short look back at your shift",
    title: "Looking back at the shift",
    /** Of a reminder: a date, and with whom. */
    again: (date: string, partner: string) => `Your shift on ${date} with ${partner}`,
    goalOf: (resident: string) => `${resident} wanted to work on`,
    outcome: (goal: string) => `Did you get to work on “${goal}”?`,
    outcomeOf: (resident: string, goal: string) => `Did ${resident} get to work on “${goal}”?`,
    outcomes: {
      yes: "Yes",
      partly: "Partly",
      "no-chance": "No chance this shift",
      changed: "The goal changed",
    },
    outcomeLabel: "Goal worked on",
    outcomeOfAll: "Did your residents get to work on their goals?",
    /** Of one resident, who had more than one shift beside the reader's. */
    outcomeOfSeveral: (resident: string) => `Did ${resident} get to work on the goals above?`,
    scope: (count: number) => `Look back once for your ${plural(count, "resident", "residents")}?`,
    to: "What did the goal change to?",
    toLabel: "Changed to",
    toLine: "The new goal in a line, if you like",
    /** Where the list has no name for it. */
    toLineOther: "What was the new goal, in your own words?",
    toLineLabel: "In a line",
    feedback: "Was there feedback on the goal?",
    feedbackFor: (resident: string) => `Did you give ${resident} feedback on the goal?`,
    feedbacks: { yes: "Yes", "not-yet": "Not yet", "not-needed": "Not needed" },
    feedbackLabel: "Feedback on the goal",
    /** The help that was wanted and planned, above the question which help there was. */
    youWanted: "You wanted",
    youPlanned: "You planned",
    wanted: (resident: string) => `${resident} wanted`,
    planned: (attending: string) => `${attending} planned`,
    happened: "How much help did you get in the end?",
    happenedWith: (resident: string) => `How much help did you give ${resident} in the end?`,
    happenedLabel: "Help in the end",
    whom: "One line, if you like. Who should read it?",
    whomLabel: "Your line goes to",
    whomAll: "All of them",
    whomNobody: "No line",
    note: (partner: string) => `One line for ${partner}, if you like`,
    notePlaceholder: "what went well, or what to try next",
    noteLabel: "Your line",
    noteFrom: (partner: string) => `A line from ${partner}`,
    saved: "Thank you. That is all for this shift.",
    /** Above the question that the plan has left. */
    savedOpen: "Thank you. One thing from the plan is still open:",
    waiting: (partner: string) => `Waiting for ${partner}.`,
  },

  /** A reminder: what is open still, and until when. */
  reminder: (what: string, moment: string) => `${what}: open until ${moment}`,

  checkIn: {
    notification: "Your weekly check-in",
    /** Of a reminder. */
    again: (partner: string) => `Your week with ${partner} (three statements of our own)`,
    title: (partner: string) => `Your week with ${partner}`,
    /** A statement, where two partners are asked about. */
    about: (partner: string, statement: string) => `With ${partner}: ${statement}`,
    note: (from: string, to: string) => `${from} – ${to}`,
    unvalidated:
      "Three statements that we wrote ourselves, not a validated scale. They start a conversation; nobody is assessed.",
    goal: "We were working towards the same learning goal.",
    strategyResident: "How much I led, and when feedback came, suited my learning.",
    strategyAttending: "How much the resident led, and when feedback came, suited the resident’s learning.",
    trustResident: "I could say “I don’t know” or “I need help”.",
    trustAttending: "I made it easy to say “I don’t know” or “I need help”.",
    labels: {
      "week-goal": "Same goal",
      "week-strategy": "Worked for learning",
      "week-trust": "Easy to ask for help",
    },
    next: (partner: string) => `One thing to try next time? (goes to ${partner})`,
    nextPlaceholder: "one small thing",
    nextLabel: "To try next time",
    nextFrom: (partner: string) => `For next time, from ${partner}`,
    /** For whoever finds it hard to ask for help, alone: whom they can turn to. */
    support: (whom: string) =>
      `If you would like to talk about asking for help: ${whom}. Only you read this.`,
    anybody: "a chief resident, the program’s office, or anybody you trust",
    saved: "Your check-in is in.",
    waiting: (partner: string) =>
      `Waiting for ${partner}. You will see the first two answers of both side by side.`,
  },

  reveal: {
    directions: {
      safety: { safety: "Patient safety comes first here, and the resident had hoped to lead." },
      help: { less: "Less help is planned than wanted.", more: "More help is planned than wanted." },
      call: {
        less: "The attending expects to hear later than the resident plans to check in.",
        more: "The attending expects to hear earlier than the resident plans to check in.",
      },
      feedback: { different: "You have different moments in mind for feedback." },
      happened: {
        less: "There was less help in the end than you had both had in mind.",
        more: "There was more help in the end than you had both had in mind.",
      },
      "week-goal": {
        different: "You saw that week differently.",
        low: "Neither of you saw a shared learning goal that week.",
      },
      "week-strategy": {
        different: "You saw that week differently.",
        low: "Neither of you found that the way of working suited the learning.",
      },
    } satisfies GapTexts,
    /** One sentence to open a 60-second talk; either of the two can say it aloud as it stands. */
    starters: {
      safety: {
        safety: "“What makes this a safety-first shift, and which part could the resident still lead?”",
      },
      help: {
        less: "“Which moments today would be safer if we did them together?”",
        more: "“Which one case today could the resident lead, with the attending close by?”",
      },
      call: {
        less: "“Which situations should we always talk through before going on, however busy it is?”",
        more: "“What should always come up first, and what can wait?”",
      },
      feedback: {
        different: "“When would a minute of feedback fit best today, and who will ask for it?”",
      },
      happened: {
        less: "“Where would more help have been safer, and how do we make sure of it next time?”",
        more: "“What made it hard to let the resident lead, and what could we try next time?”",
      },
      // A difference may stand open for weeks, on plans and in digests: the sentence is true whenever it is read.
      "week-goal": {
        different: "“What did each of us think we were working towards in our week together?”",
        low: "“Which one goal could we both keep in mind on our next shift?”",
      },
      "week-strategy": {
        different:
          "“What was one moment in our week together when more help, or more room, would have been good?”",
        low: "“What is one thing that we could each do differently on our next shift?”",
      },
    } satisfies GapTexts,
    minute: "Worth a minute together.",
    safety: "Patient safety first this shift",
    same: "You gave the same answers.",
    /** A short new message to whoever answered first. */
    told: (partner: string) => `${partner} has answered too.`,
    open: "See all answers",
    both: "Both answers are in.",
    bothWithGap: "Both answers are in, and something is worth a minute together.",
  },

  settle: {
    question: (item: string) => `What did you settle on? (${item})`,
    safety: "Safety first",
    since: (partner: string, direction: string) => `With ${partner}, from the plan: ${direction}`,
    /** A button of home: with whom. */
    with: (partner: string) => `Settled with ${partner}?`,
    apart: "Each as we answered",
    ownWords: "In our own words",
    line: (item: string) => `What did you settle on, in one line? (${item})`,
    linePlaceholder: "who leads which part, or when",
    tell: "Keep this line",
    /** As the two wrote it. */
    written: (line: string) => `“${line}”`,
    label: (item: string) => `Settled: ${item}`,
    said: (value: string, name: string, time: string) => `${value} (${name}, ${time})`,
    /** From before 0.2: that they talked is all that is known. */
    talked: "you talked about it",
    closed: "The look back at that shift has closed, so what you settled on stands as it is.",
  },

  digest: {
    notification: "Your week in Attune",
    title: "Your week with your residents",
    week: (from: string, to: string) => `${from} – ${to}`,
    goals: "Goals",
    goalWith: (goal: string, outcome: string) => `${goal} (${outcome})`,
    /** As "debrief.outcomes", once the day is over. */
    outcomes: {
      yes: "worked on",
      partly: "partly worked on",
      "no-chance": "no chance that day",
      changed: "changed on the way",
    },
    noOutcome: "debrief not complete",
    /** The same goal, with the same outcome, on several shifts. */
    onShifts: (outcome: string, count: number) => `${outcome}, ${plural(count, "shift", "shifts")}`,
    settled: (labels: string) => `Settled: ${labels}`,
    /** A resident, and when the two are on duty together next. */
    residentOn: (resident: string, when: string) => `${resident} · ${when}`,
    alsoOpen: "Also open",
    others: "Also on your next shifts",
    wish: (wish: string) => `For next time: “${wish}”`,
    /** `isNow`: that shift begins as the digest comes. */
    action: (resident: string, item: string, isNow = false) =>
      `${isNow ? "At the start of this shift" : "Before your next shift together"}: take a minute with ${resident} to talk about “${item}”.`,
    actionGoal: (resident: string, goal: string, isNow = false) =>
      `${isNow ? "At the start of this shift" : "Before your next shift together"}: ask ${resident} how “${goal}” could get another chance.`,
    actionSettled: (resident: string, item: string, isNow = false) =>
      `At the start of ${isNow ? "this shift" : "your next shift together"}: recall with ${resident} what you settled on for “${item}”.`,
    actionWish: (resident: string, isNow = false) =>
      `On ${isNow ? "this shift" : "your next shift together"}: try what ${resident} wrote for next time, and ask how it went.`,
    actionFeedback: (resident: string, isNow = false) =>
      `At the start of ${isNow ? "this shift" : "your next shift together"}: agree with ${resident} on one moment for feedback.`,
    actionNext: (resident: string, isNow = false) =>
      `At the start of ${isNow ? "this shift" : "your next shift together"}: ask ${resident} which one goal matters most to them now.`,
    rate: (answered: number, asked: number) =>
      `You answered ${answered} of ${plural(asked, "question", "questions")} that week.`,
    noAsks: "There were no questions for you that week.",
    visible: "Visible to: only you. It shows what your residents shared and what you both answered.",
  },

  /** A resident's own rotation. Help is no measure: no word here says that one end of its scale is the better one. */
  rotation: {
    open: "My rotation",
    notification: "Your rotation in Attune",
    title: "Your rotation",
    goals: "Goals, week by week",
    noGoals: "No goal is noted in this rotation.",
    help: "Help, shift by shift",
    helpLately: (count: number) => `Help on the last ${plural(count, "shift", "shifts")}`,
    wanted: "Wanted",
    settled: "Settled on",
    happened: "In the end",
    /** What the ends of a picture's scale mean. */
    key: (low: string, high: string) => `${low} – ${high}`,
    helpIsNoMeasure:
      "How much help fits depends on the patients and the day. It says nothing about how good anybody is.",
    feedback: "Feedback on the goal",
    shifts: (count: number) => plural(count, "shift", "shifts"),
    lines: "Written to you",
    linesLately: (count: number) => `Written to you, the last ${count}`,
    trust: "Easy to ask for help: your answers",
    visible: "Visible to: only you.",
    notResident: "“My rotation” is a page for residents.",
    notYet: "Your rotation has not begun yet. Once it has, its goals and what came of them stand here.",
  },

  coordinator: {
    notification: "The program’s digest from Attune",
    title: "The program’s digest",
    /** The two parts: what came of a week's messages, and the figures up to its end. */
    week: (note: string) => `The week of ${note}`,
    sinceStart: "Since the start",
    arrived: "Messages without trouble on the way",
    /** Of those that the roster made due, looks back left out: they come only where there is a goal. */
    arrivedOf: (arrived: number, due: number) => `${arrived} of ${due} that were due`,
    failures: "Messages that may not have arrived",
    failure: (reason: string, count: number, names: string) => `${reason}: ${count} (${names})`,
    noFailures: "none",
    notAgreed: "On the roster, have not agreed to take part",
    unreached: "On the roster, could not be asked yet",
    nobody: "nobody",
    both: "Both partners answered",
    goals: "Shared goals, as residents looked back",
    closed: "worked on",
    partly: "partly worked on",
    /** In place of the line above where a share of both is near all. */
    atLeastPartly: "worked on or partly worked on",
    feedback: "with feedback on it",
    categories: "These goals by category (and milestone)",
    gaps: "Answers two levels or more apart",
    settled: "Settled, of what was two levels or more apart",
    easy: "Easy to ask for help (“agree” or “somewhat agree”)",
    milestones: (category: string, codes: string) => `${category} (${codes})`,
    otherCategories: "each of the others: fewer than 1 in 10",
    share: (percent: number) =>
      percent < 10 ? "fewer than 1 in 10" : percent > 90 ? "more than 9 in 10" : `${percent}%`,
    /** What a figure is of. */
    cases: {
      shifts: (count: number) => `${plural(count, "shift", "shifts")} together with an answer`,
      exchanges: (count: number) => `${plural(count, "shift", "shifts")} that both answered`,
      differences: (count: number) => plural(count, "difference", "differences"),
      goals: (count: number) => `${plural(count, "shared goal", "shared goals")} looked back on`,
      answers: (count: number) => `${plural(count, "answer", "answers")} in check-ins`,
    },
    people: (residents: number, attendings: number) =>
      `${plural(residents, "resident", "residents")} and ${plural(attendings, "attending", "attendings")}`,
    peopleAtLeast: (residents: number, attendings: number) =>
      `at least ${plural(residents, "resident", "residents")} and ${plural(attendings, "attending", "attendings")}`,
    /** Of what is counted since a newer version. */
    since: (share: string, cases: string) => `${share} (of ${cases})`,
    behind: (cases: string, people: string) => `${cases} · ${people}`,
    chart: {
      title: "Since the start, at each published week",
      both: "Both answered",
      closed: "Goal worked on",
      feedback: "Feedback given",
      easy: "Easy to ask for help",
      key: "Per cent; drawn at 10 where fewer than 1 in 10, at 90 where more than 9 in 10",
    },
    /** One sentence where a figure invites a step. */
    steps: {
      arrive: (lost: number, due: number) =>
        `${lost} of ${due} messages did not arrive: the reasons stand above, most can be mended in the list of people.`,
      both: (share: string, hour: number | undefined) =>
        hour === undefined
          ? `Both answered on ${share} of the shifts: at the next meeting, ask what would make it easier.`
          : `Both answered on ${share} of the shifts; most of the others start between ${hour}:00 and ${hour + 1}:00. A reminder at that handover may help.`,
      feedback: (share: string) =>
        `Feedback was given on ${share} of the goals: two minutes at the end of the shift may be what is missing.`,
      settled: (share: string) =>
        `${share} of the differences were settled: one tap on the card says on what, and it is remembered next time.`,
    },
    /** The figures as a file for a spreadsheet. */
    file: {
      button: "Figures as a file",
      name: (date: string) => `figures-${date}`,
      says: (rows: number) =>
        `The program’s figures as a table, ${plural(rows, "row", "rows")}: each as it stood after a published week.`,
      none: "No figure is published yet, so there is nothing to put into a file.",
      notYours: "The program’s figures are for its coordinators.",
      columns: {
        program: "Program",
        until: "Until",
        figure: "Figure",
        share: "Share",
        cases: "Of",
        what: "What is counted",
        residents: "Residents (at least)",
        attendings: "Attendings (at least)",
      },
      of: {
        shifts: "shifts together with an answer",
        exchanges: "shifts that both answered",
        differences: "differences",
        goals: "shared goals looked back on",
        answers: "answers in check-ins",
      },
    },
    /** How many different people are still wanted on each side. */
    tooFew: (residents: number, attendings: number) => `not yet: ${wanted(residents, attendings)} wanted`,
    visible: "Visible to: coordinators. Totals pooled over the program, never one person’s answers.",
    reasons: {
      unreachable: "cannot be reached on the platform",
      rejected: "the platform refused the message",
      "no-address": "has not opened Attune yet",
      uncertain: "may not have arrived",
    } as Readonly<Record<string, string>>,
    otherReason: "could not be delivered",
  },

  roster,
  files,
  people,
  whose,

  settingUp,
  why,

  /** Under 70 words in all before the buttons, whatever the role. */
  consent: {
    notification: "Attune would like to ask whether you take part",
    hello: (name: string, program: string) => `Hello ${name}, I’m Attune from ${program}`,
    what: {
      resident:
        "Around a shift, you and your attending answer the same few questions (30 seconds). Where you differ, a sentence opens a short talk.",
      attending:
        "Around a shift, you read your resident’s goal, plan in 30 seconds how to work together, and see both answers side by side.",
      coordinator:
        "Once a week you get the program’s totals and what did not arrive: one minute, nothing to answer.",
    } satisfies Record<Role, string>,
    kept: {
      resident:
        "Answers stay on the hospital’s server: whoever runs it could technically read them; every export is logged.",
      attending:
        "Answers stay on the hospital’s server: whoever runs it could technically read them; every export is logged.",
      coordinator:
        "That you agreed stays on the hospital’s server: whoever runs it could technically read it; every export is logged.",
    } satisfies Record<Role, string>,
    seen: {
      resident:
        "Your program director never sees one person’s answers; those about trust are yours alone. Taking part is voluntary.",
      attending:
        "The program director never sees one person’s answers; those about trust are yours alone. Taking part is voluntary.",
      coordinator:
        "You and the program director never see one person’s answers; those about trust are theirs alone. Taking part is voluntary.",
    } satisfies Record<Role, string>,
    more: "More",
    agree: "I agree, let’s start",
    decline: "No, thank you",
    agreed: {
      resident: "Thank you. I write before and after your shifts.",
      attending: "Thank you. I write before and after your shifts.",
      coordinator: "Thank you. I write once a week, with the totals.",
    } satisfies Record<Role, string>,
    declined: "That is fine. I will not ask you anything. To join later, write “resume”.",
    already: "You have agreed already. To leave, write “stop”.",
  },

  research: researchEn,

  commands: {
    help: {
      notification: "What you can tell Attune",
      title: "What you can tell me",
      /** What only one role has use for, above what everybody has. */
      own: {
        resident: [
          ["goal", "set the goal for your next shift"],
          ["my rotation", "see your goals and what came of them"],
          ["snooze 30", "be asked again in 30 minutes"],
        ],
        attending: [["snooze 30", "be asked again in 30 minutes"]],
        coordinator: [
          ["roster", "see what the last reading of the roster left out"],
          ["figures", "have the program’s figures as a file"],
        ],
      } as Readonly<Record<Role, readonly (readonly [string, string])[]>>,
      rows: [
        ["home", "see what is open and what comes next"],
        ["pause until Jan 8", "get no messages before that day"],
        ["resume", "start again after a pause or a stop"],
        ["stop", "get no more messages"],
        ["language ja", "日本語に切り替えます"],
        ["who sees what", "see who reads which answer"],
        ["my data", "see everything kept about you"],
        ["erase me", "delete everything of yours"],
      ] as readonly (readonly [string, string])[],
      seen: "Who sees what: a goal that a resident shares goes to the attendings of the shift. Help, checking in and feedback are shown once both have answered. Whether it is easy to ask for help stays with you.",
    },
    whoSees: {
      title: "Who sees what",
      about:
        "Attune helps two people who share a shift to agree on goals and on how to work towards them, and to trust each other: an educational alliance.",
      goal: "Your goal",
      goalText:
        "The attendings of that shift, right away. You can share only the category, or keep it private.",
      pair: "Help, checking in, feedback, looking back",
      pairText: "You and your partner, once both have answered.",
      lines: "Your lines to a partner, and what you settled on",
      linesText: "That partner, right away.",
      trust: "Whether it is easy to ask for help",
      trustText: "You alone. It never reaches your partner, and counts in one program total.",
      /** The same to who is no resident, and to a coordinator who works no shifts: of others. */
      others: {
        goal: "A resident’s goal",
        goalText:
          "The attendings of that shift, right away. The resident can share only the category, or keep it private.",
        pairText: "The resident and the attending, once both have answered.",
        lines: "Lines to a partner, and what two settled on",
        trustText:
          "Whoever answered, alone. It never reaches their partner, and counts in one program total.",
      },
      program: "Your program",
      programText: (residents: number) =>
        `Coordinators and your program director see which messages did not arrive, and totals over ${residents} residents or more. Never one person’s answers.`,
      system: "Whoever runs the server",
      systemText:
        "Could technically read everything. What you write in your own words is encrypted there, and every export is logged.",
      out: "Your choice",
      outText: "Write “stop”, “my data” or “erase me” at any time.",
      not: "This starts conversations. It assesses nobody, and no patient has a place in it.",
    },
    unknownText: "Sorry, I didn’t catch that. Here is what I understand:",
    goalNone:
      "There is no shift to set a goal for just now. From 18 hours before your next one, send “goal” again.",
    goalNotResident: "Only residents set goals here. You can suggest one in your shift plan.",
    /** To a coordinator who works no shifts. */
    goalResidents: "Only residents set goals here.",
    snoozed: (time: string) => `I will ask again at ${time}.`,
    snoozeNone: "There is nothing open to postpone.",
    snoozeTooLate: "This question closes before then. Please choose a shorter time.",
    snoozeNoTime: "This question closes soon, so it cannot wait any longer.",
    snoozeTitle: "When should I ask again?",
    minutes: (count: number) => plural(count, "minute", "minutes"),
    hours: (count: number) => plural(count, "hour", "hours"),
    paused: (date: string) => `Paused until ${date}. Write “resume” to start earlier.`,
    pauseTitle: "Until when should I pause? You can also write a day, like “pause until Jan 8”.",
    pauseChoices: { day: "Until tomorrow", week: "For a week", fortnight: "For two weeks" },
    pausePast: "Please name a day that is still to come, like “pause until Jan 8”.",
    resumed: "You’re back on. The next message comes before your next shift.",
    /** To somebody who is on a shift just now. */
    resumedMidShift: "You’re back on. I write before and after your shifts.",
    /** To a coordinator who works no shifts. */
    resumedWeekly: "You’re back on. I write once a week, with the totals.",
    stopped: "Messages are off. Write “resume” to start again, or “erase me” to delete what is kept.",
    language: (language: string) => `From now on I write in ${language}.`,
    languageTitle: "Which language?",
    data: {
      notification: "Everything kept about you",
      title: "Everything kept about you",
      standing: "Consent",
      consents: { unasked: "not asked yet", given: "given", declined: "declined" },
      accounts: "Accounts",
      shifts: "Shifts",
      nudges: "Messages planned or sent",
      replies: "Answers",
      latest: "Your latest answers",
      /** What was answered, about one partner of several. */
      about: (label: string, partner: string) => `${label} (${partner})`,
      full: "To get all of it as a file, ask whoever runs Attune at your hospital for an export.",
      yes: "yes",
      none: "none",
    },
    eraseTitle: "Delete everything of yours?",
    eraseText: (residents: number) =>
      `Your answers, messages and accounts are deleted and cannot be brought back. Backups from before today still hold them until your hospital deletes those. Totals over ${residents} residents or more that were already shown stay as they are. Attune’s own messages are taken out of your chat, as far as the platform lets it. What you typed there stays with the platform, and so may its own copies. Attune will not write to you again.`,
    eraseYes: "Delete everything",
    eraseConfirm: "This cannot be undone.",
    erased: "Everything of yours is deleted. Thank you for taking part.",
  },

  home: {
    notification: "Your home in Attune",
    title: "Home",
    nothingOpen: "Nothing is waiting for you.",
    answer: "Answer",
    open: "Waiting for your answer",
    openWith: (partners: string) => `with ${partners}`,
    openUntil: (moment: string) => `open until ${moment}`,
    nextShifts: "Next shifts",
    noShifts: "none on the roster",
    shiftAs: {
      resident: (shift: string) => `${shift} as resident`,
      attending: (shift: string) => `${shift} as attending`,
    },
    /** Above what is for one role, for who has several. */
    parts: { resident: "As resident", attending: "As attending", coordinator: "As coordinator" },
    shiftWith: (shift: string, names: string) => (names === "" ? shift : `${shift}, with ${names}`),
    goals: "Your goals",
    noGoals: "none yet",
    goalFor: (when: string) => `Goal for ${when}`,
    noGoalYet: "No goal set for this shift yet.",
    setGoal: "Set your goal",
    agreed: "Where you agree",
    residents: "Your residents’ goals",
    noResidentsGoals: "none shared in the last seven days",
    /** Whatever was shared: until a shift ends, that may change. */
    goalsInPlan: "A goal for a shift that is not over stands in your plan for it.",
    differences: "Worth a talk",
    noDifferences: "nothing open",
    differenceWith: (partner: string, labels: string) => `${partner}: ${labels}`,
    paused: (date: string) => `Paused until ${date}.`,
    stopped: "Messages are off.",
    declined: "You are not taking part, so you are asked nothing.",
    start: "Start",
    settings: "Settings",
    language: "Language",
    quietTimes: (hours: number, time: string) =>
      `Nothing comes mid-shift or on leave. Weekly messages wait ${plural(hours, "hour", "hours")} after a night shift and arrive when a shift starts, or from ${time} on a day off.`,
    resume: "Start again",
    kinds: {
      "shift-goal": "Goal for the shift",
      "shift-plan": "Plan for the shift",
      "shift-debrief": "Looking back at the shift",
      "pair-check-in": "Weekly check-in",
    },
  },

  closed: {
    expired: "This question has closed. What you had answered is kept.",
    // Also where a partner has stopped, which is theirs to tell.
    withdrawn: "This question no longer applies. There is nothing to do.",
    nothing: "This question has closed. Nothing to do.",
  },

  refused: {
    unknown:
      "I don’t recognize this account yet. Attune is for the residents, attendings and coordinators of a program; please ask whoever runs it to add you. Nothing was stored.",
    /** The same where the coordinators are asked. */
    asksWhose:
      "I don’t recognize this account yet, so this program’s coordinators are asked whose it is. Until they have said, only the account and the time are kept, for 14 days at most; nothing of what you wrote is.",
    /** Somebody who is in people.csv no more. */
    left: "You are no longer on this program’s list, so I ask you nothing. “My data” shows what is kept of you, and “erase me” has it erased. If you are still here, please ask whoever runs Attune to add you again. Nothing was stored.",
    notYours: "This question was for someone else. Nothing was stored.",
    again: "I have this already.",
    expired: "This question has closed, so the answer was not taken.",
    locked: "You have both answered, so this can no longer be changed.",
    notUnderstood: "That answer does not fit this question. Nothing was stored.",
    tooLong: (maximum: number, length: number) =>
      `Please keep it to ${maximum} characters; this has ${length}. Nothing was stored.`,
    empty: "Please write a few words.",
    notSaved: "This could not be saved just now. Please try again.",
    identifier: (kind: IdentifierKind) =>
      `This looks like ${identifiers[kind]}. Please leave out anything that could point to a patient, and send it again. Nothing was stored.`,
  },
  identifiers,

  roles: { resident: "Resident", attending: "Attending", coordinator: "Coordinator" } satisfies Record<
    Role,
    string
  >,
};

/** What every language says. */
export type Catalogue = typeof en;
