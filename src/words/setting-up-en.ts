const shifts = (count: number): string => (count === 1 ? "1 shift" : `${count} shifts`);
const persons = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

/** What a new program's coordinators read before it has started, and what everybody else does. */
export const settingUp = {
  notification: "Your program is ready to be looked at. It waits for Start.",
  title: "Before Attune starts",
  hello: (name: string, program: string) =>
    `Hello ${name}, I’m Attune, for residents and attendings at ${program}: a few taps before and after a shift. So far I have written to its coordinators only. I write to nobody else before one of you taps Start.`,
  people: "People",
  peopleOf: (residents: number, attendings: number) =>
    `${residents} ${residents === 1 ? "resident" : "residents"}, ${attendings} ${attendings === 1 ? "attending" : "attendings"}`,
  reached: "Can be written to",
  all: (count: number) => `all ${count}`,
  notFound: (names: string) => `not ${names}: no account with their e-mail`,
  someFound: (found: number, all: number) => `${found} of ${all}`,
  notLooked: (count: number) => `${persons(count)} not looked up yet`,
  shifts: (span: string) => `Shifts, ${span}`,
  shiftsOf: (count: number, people: number) =>
    count === 0 ? "none yet" : `${shifts(count)} of ${persons(people)}`,
  unknown: "Names that nobody has",
  troubled: "The roster cannot be read just now; write “roster” to see why.",
  sample: (date: string) => `${date}, as it would go out`,
  sampleLine: (time: string, name: string, what: string) => `${time} ${name}: ${what}`,
  firstAsked:
    "Before all that, each person is asked once whether they take part: two days before their first shift, or at once where that is past.",
  howTo:
    "To change any of this, send me the roster or the list of people as a file, or write “people”. This message is kept up to date.",
  noPeople: "There is no resident or attending yet. Send me the list of people as a file, or write “people”.",
  noShifts: "There is no shift to come yet. Send me the roster as a file.",
  start: "Start",
  sure: (people: number) =>
    `${persons(people)} will be asked whether they take part, each two days before their first shift, or at once where that is past. Start now?`,
  notNow: "Not now",
  look: "Look again",
  try: "Try the messages",
  started: (who: string, when: string) =>
    who === ""
      ? "Attune has started."
      : `Attune has started: ${who}, ${when}. Everyone is asked whether they take part, two days before their first shift. To see what comes next for somebody, write “why” and their name.`,
  again: (who: string, when: string) =>
    who === ""
      ? "It has started already."
      : `It has started already: ${who}, ${when}. Nothing more was done.`,
  administrator: "your administrator",
  notYet: (program: string) =>
    `Attune has not started at ${program} yet. It writes to you before your first shift once it has; there is nothing to do.`,
  tryWhich: "Which message would you like to see? Taps in a trial change nothing, and nothing of it is kept.",
  trial: (name: string) => `A trial, as ${name} would read it. Nothing of it is kept.`,
  tapped: "That was a trial: nothing is kept, and nobody hears of it.",
  another: "Try another",
  noTrial: "There are no two people with a shift together yet to show it with. Send me the roster first.",
  example: "explain my plan for one patient before I order tests",
  trials: {
    consent: "Whether to take part",
    goal: "Goal, before the shift",
    plan: "Plan, for the attending",
    both: "Both answers, side by side",
    debrief: "Looking back, after it",
    "check-in": "Weekly check-in",
  },
};
