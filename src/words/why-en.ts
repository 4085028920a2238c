import type { NudgeReason } from "#src/domain/nudge-life.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { Absent, Fate, Participation } from "#src/domain/why.ts";

const LIMITS =
  "held back: nobody is asked more often than this program’s limits admit (`policy` of program.yaml); the next one comes by itself";
const REFUSED =
  "not sent: the platform refused the message; Attune’s log and `attune doctor` say what is to be mended";
const NO_LONGER = "not sent: the roster does not ask for it any more; if it should, mend the roster";
const BACK = "they begin again by writing “resume” to Attune";

const kinds: Readonly<Record<NudgeKind, string>> = {
  greeting: "setting up",
  consent: "whether to take part",
  research: "study",
  "shift-goal": "goal",
  "shift-plan": "plan",
  "shift-debrief": "look back",
  "shift-reveal": "both answers",
  "pair-check-in": "weekly check-in",
  "attending-digest": "weekly digest",
  "coordinator-digest": "the program’s digest",
  "file-taken-over": "another file in force",
  "whose-account": "whose an account is",
  "rotation-summary": "their rotation, looking back",
};

const fates: Readonly<Record<Exclude<Fate, NudgeReason>, string>> = {
  ahead: "to come",
  waiting: "due, and sent as soon as Attune runs and the platform takes it",
  shown: "in their chat or at their home page since then",
  unsent:
    "not sent: its time passed while Attune did not run or the platform could not be reached; the log says which",
  theirs: "comes where there is something to look back on; whether it did is for nobody else",
};

/** Why a message was not sent, or may not have arrived. */
const reasons: Readonly<Record<NudgeReason, string>> = {
  stopped: `not sent: they take no part, or said “stop”; ${BACK}`,
  paused: `not sent: they had paused; that ends by itself, or ${BACK}`,
  "back-off": LIMITS,
  "month-cap": LIMITS,
  "day-cap": LIMITS,
  "week-cap": LIMITS,
  unasked: LIMITS,
  agreed: "not sent: they had agreed already, and need not be asked",
  "asked-elsewhere":
    "not sent: they work in two programs, and the other one asks whether they take part; look there with `--program`",
  "consent-open": "held back: they have not agreed to take part yet; it comes if they agree in time",
  late: "not sent: it was too late into the shift; until its end they could answer from their home page",
  "nothing-to-ask": "not sent: there was nothing to ask or to tell, and nothing is to be done",
  roster: NO_LONGER,
  recalled: NO_LONGER,
  "left-program":
    "not sent: they are in people.csv no more, or their id may mean somebody else; put their row back, or see `attune doctor`",
  "no-address":
    "not sent: no account is known; ask them to open Attune, or write their e-mail or account into people.csv",
  unreachable:
    "not sent: the platform cannot write to this account (it has left, is blocked, or never opened Attune); ask them to open Attune, or mend the account in people.csv",
  rejected: REFUSED,
  gone: REFUSED,
  config: REFUSED,
  ambiguous:
    "may have arrived, and is not repeated: the connection broke while it was sent; if it did not, they find it at their home page",
};

const absent: Readonly<Record<Absent, string>> = {
  "not-started":
    "nothing: the program has not started yet; a coordinator taps Start on the greeting (or `attune start-program`)",
  "on-leave": "nothing: they are on leave in the roster; if they are not, mend the roster",
  "off-rotation":
    "nothing: the shift is outside every rotation, or its rotation names other residents; if it belongs to one, mend `rotations` in program.yaml",
  "takes-no-part": `nothing: they take no part, or said “stop”; ${BACK}`,
  "no-partner":
    "nothing: no resident is on duty with them for long enough; if one is, the roster does not say so",
  paused: `nothing: they have paused; that ends by itself, or ${BACK}`,
  limits:
    "nothing: nobody is asked more often than this program’s limits admit (`policy` of program.yaml); the next one comes by itself",
  "not-planned":
    "not planned yet: a running Attune does so within a minute of a change; if it does not, see its log",
};

const BEYOND =
  "held back: nobody is asked more often than this program’s limits admit; the next one comes by itself";
const TURNED_AWAY = "not sent: the platform refused the message; please tell your Attune administrator";

/** The same where what operators read names what a coordinator does not have: files of the server, commands, the log. */
const coordinators = {
  "back-off": BEYOND,
  "month-cap": BEYOND,
  "day-cap": BEYOND,
  "week-cap": BEYOND,
  unasked: BEYOND,
  limits:
    "nothing: nobody is asked more often than this program’s limits admit; the next one comes by itself",
  rejected: TURNED_AWAY,
  gone: TURNED_AWAY,
  config: TURNED_AWAY,
  unsent:
    "not sent: its time passed while Attune did not run or the platform could not be reached; your Attune administrator can tell which",
  "asked-elsewhere":
    "not sent: they work in two programs, and the other one asks whether they take part; ask its coordinator",
  "left-program":
    "not sent: they are not in the list of people any more, or their id may mean somebody else; write “people” to look",
  "no-address":
    "not sent: no account is known; ask them to open Attune, or write “people” and their name to give their e-mail",
  unreachable:
    "not sent: the platform cannot write to this account (it has left, is blocked, or never opened Attune); ask them to open Attune, or write “people” and their name to correct their e-mail",
  "off-rotation":
    "nothing: the shift is outside every rotation, or its rotation names other residents; if it belongs to one, tell your Attune administrator",
  "not-planned":
    "not planned yet: that takes a minute after a change; if it takes longer, tell your Attune administrator",
  "not-started":
    "nothing: the program has not started yet; tap Start on the greeting (write “home” to see it)",
} satisfies Readonly<Partial<Record<Fate | Absent, string>>>;

const participation: Readonly<Record<Exclude<Participation, "paused">, string>> = {
  agreed: "They take part.",
  unasked: "They have not agreed to take part yet: nothing else is sent before that.",
  declined: `They take no part; ${BACK}.`,
  stopped: `They said “stop”; ${BACK}.`,
  left: "They are in people.csv no more: nothing is sent.",
  reused: "Their id may mean somebody else by now: nothing is sent until `attune doctor` finds no doubt.",
};

/** Why somebody got a message, or did not: for operators and coordinators. Nothing tells whether, or what, somebody answered. */
export const why = {
  kinds,
  fates,
  reasons,
  absent,
  coordinators,
  participation,
  paused: (until: string) => `They have paused until ${until}.`,
  title: (name: string, date: string, zone: string) => `${name}, ${date}. Times are ${zone}.`,
  account: (account: string, platform: string) => `Messages go to ${account} (${platform}).`,
  byEmail: (email: string) => `Messages go to whoever has the e-mail ${email} on the platform.`,
  nowhere: "No account and no e-mail is known: nothing can be sent.",
  nothing: "Nothing was due: no shift of theirs, and no weekly message, is on that day.",
  row: (what: string, about: string, fate: string) => `${about === "" ? what : `${what}, ${about}`}: ${fate}`,
  next: (moment: string, what: string) => `Next: ${moment}, ${what}.`,
  noNext: "Next: nothing is planned.",
  /** For coordinators in a chat: what somebody has told Attune about messages is theirs. */
  about: (name: string) => `Messages to ${name} today`,
  takes: "Takes messages.",
  takesNone: "Does not take messages now.",
  tookNone: "not sent: does not take messages now",
  sendNow: "Send it now",
  sendable: (moment: string, what: string) => `To come ${moment}: ${what}. It may also go out now.`,
  sentNow: "It goes out within a minute.",
  notSentNow: "It was not sent now: it has gone out already, or they may not be written to at this moment.",
  never: "Whether somebody answers is told to nobody.",
  whom: (name: string) =>
    `Nobody in the list of people is called “${name}”. Please write the full name or the id.`,
  which: (people: string) =>
    `Several people have that name: ${people}. Please write the full name or the id.`,
};
