const shifts = (count: number): string => (count === 1 ? "1 shift" : `${count} shifts`);
const persons = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

/** What is said of roster and people files that a coordinator gives. */
export const files = {
  notHere: "Files cannot be taken here.",
  /** What coordinators can write beside the commands that everybody has. */
  help: [
    ["upload", "send a roster or the list of people"],
    ["people", "see and change who is in the program"],
    ["why Okafor", "read why somebody got no message"],
  ] as readonly (readonly [string, string])[],
  upload: {
    button: "Send a file",
    title: "A roster, or the list of people",
    how: "Send the file into this conversation: a table (.csv, .xlsx), a calendar (.ics) or a text (.txt), up to 10 MB. You read what it would change; it counts once you tap Apply.",
    choose: "Roster or list of people",
    note: ".csv, .xlsx, .ics or .txt, up to 10 MB. You read what it would change; it counts once you tap Apply.",
    send: "Send",
  },
  otherKind:
    "I read a roster or a list of people as .csv, .xlsx, .ics or .txt, up to 10 MB. Nothing of this file was kept: please save it as one of these and send it again. Please send no pictures of patients.",
  onlyOne: (name: string) => `Only ${name} was read. Please send the other files one at a time.`,
  notYours: "Rosters and the list of people are for coordinators of this program. Nothing was changed.",
  troubles: {
    "too-large": (name: string) =>
      `${name} is larger than 10 MB, so it was not read. Please send less of it, such as one month.`,
    "sign-in": (name: string) =>
      `In place of ${name} came a page for signing in: this app may not read files yet. Your Attune administrator can allow it (files:read). Nothing was changed.`,
    page: (name: string) =>
      `In place of ${name} came a web page: some phones send only a link. Please send the file from a computer. Nothing was changed.`,
    unavailable: (name: string) =>
      `${name} could not be fetched. Please send it once more. Nothing was changed.`,
    elsewhere: (name: string) =>
      `${name} is kept somewhere else, and was not fetched. Please send the file itself. Nothing was changed.`,
  },
  feeds: (names: string) =>
    `The roster of this program comes by itself from where it is published (${names}): please change it there. Nothing was changed.`,
  same: (name: string) => `${name} is what is in force already. There is nothing to apply.`,
  whichRoster: (name: string) => `Which roster is ${name}?`,
  gone: "This file is not kept any more. Please send it once more.",
  dropped: (name: string) => `${name} was not applied, and is not kept. Everything stays as it was.`,
  title: (name: string) => `What ${name} would change`,
  holds: (count: number, people: number, months: string) =>
    `${shifts(count)} of ${persons(people)}, ${months}.`,
  holdsPeople: (people: number) => `${persons(people)} in all.`,
  nothing: "It says what is in force already. There is nothing to apply.",
  changes: (people: number) => `What changes, for ${persons(people)}`,
  person: (name: string, what: string) => `${name}: ${what}`,
  countNew: (count: number) => `${shifts(count)} added`,
  countOff: (count: number) => `${shifts(count)} removed`,
  countMoved: (count: number) => `${shifts(count)} changed`,
  countLeave: (count: number) => (count === 1 ? "1 change of leave" : `${count} changes of leave`),
  away: (days: string) => `on leave ${days}`,
  back: (days: string) => `no leave ${days}`,
  added: (at: string) => `added ${at}`,
  removed: (at: string) => `removed ${at}`,
  moved: (from: string, to: string) => (from === to ? `changed ${to}` : `${from} becomes ${to}`),
  whole: "Show everything",
  table: "All changes as a file",
  sent: (rows: number, name: string) =>
    rows === 1
      ? `The change that ${name} would make, as a table.`
      : `The ${rows} changes that ${name} would make, as a table.`,
  tableName: (name: string) => `changes-${name}`,
  columns: {
    person: "Person",
    what: "Change",
    from: "Start",
    to: "End",
    before: "Start before",
    beforeEnd: "End before",
  },
  kinds: {
    added: "added",
    removed: "removed",
    moved: "changed",
    away: "on leave",
    back: "no leave any more",
  },
  who: (name: string, count: number) => `Who is “${name}”? ${shifts(count)}`,
  whoIs: (name: string) => `Who is “${name}”?`,
  whoTyped: "the full name or the id, as the list of people has it",
  nobody: (text: string) =>
    text === "" ? "Please name somebody." : `“${text}” is nobody in the list of people.`,
  somebody: "Somebody else",
  choosePerson: "Choose a person",
  moreNames: (count: number) =>
    count === 1
      ? "1 more name is not known. It is asked about once these are."
      : `${count} more names are not known. They are asked about once these are.`,
  leftOut: (count: number) =>
    count === 1
      ? "1 entry was not understood, and is left out:"
      : `${count} entries were not understood, and are left out:`,
  large: (lost: number, coming: number, people: string) =>
    `${lost} of ${coming} coming shifts would go${people === "" ? "" : `, and all of ${people}`}. Please look whether this is the right file.`,
  sure: "A large part of what is planned would go. Is this the right file?",
  sures: {
    left: "Nothing more is sent to whoever is not in the list any more.",
    others: "Ids would be other people’s than before.",
    renumbered: "People would lose what is kept under their id.",
    unreached: "Some could not be reached any more.",
  },
  applyIt: "Apply it?",
  apply: "Apply",
  notNow: "Not now",
  applied: (name: string) =>
    `${name} is in force. Messages follow within a minute. You can take it back for a week.`,
  appliedBy: (what: string) => `${what} It is in force already, or was.`,
  whoWhen: (name: string, who: string, when: string) =>
    who === "" ? `${name} (${when}).` : `${name} (${who}, ${when}).`,
  movedOn: "Something has changed since this was shown. This is what it would change now:",
  undone: (name: string, before: string) =>
    `${name} is taken back, and ${before} is in force again. Messages follow within a minute.`,
  notNewest: (what: string) =>
    `This is not what is in force any more, so nothing was taken back. In force: ${what}`,
  nothingBefore: "There is nothing to go back to.",
  undoLate: "A week has passed, so it stands. Please send the file that should be in force.",
  unreadable: (name: string) => `${name} cannot be used, and nothing was changed:`,
  strangers: (name: string, names: string) =>
    `Nobody in ${name} is in this program (${names}): it may be another program’s file. Nothing was changed.`,
  otherIds: (name: string) =>
    `Nobody in ${name} has the id that they have in this program, so nothing was changed:`,
  hereAndThere: (here: string, there: string) => `here ${here}, in the file ${there}`,
  oneIdEach:
    "An id is one person’s for good, with their shifts and answers. Please keep everyone’s id in your file, give a new one to somebody new, and send it again. Of one and the same person, change name, e-mail and account one after the other, an hour apart; where an e-mail stands alone, write their account beside it first.",
  noShifts: (name: string, rotations: string) =>
    `No shift of ${name} is in a rotation of this program: ${rotations}. It may be another month’s file. Nothing was changed.`,
  ask: {
    sheet: (name: string) => `Which sheet of ${name} is the roster?`,
    "people-sheet": (name: string) => `Which sheet of ${name} is the list of people?`,
    month: (name: string) => `Which month is ${name}?`,
  },
  others: "Id that may have been somebody else’s",
  keptOut: "Id that may have been somebody else’s, so nothing would be sent or shown to them",
  under: (name: string, id: string, before: string) =>
    `${name} (${before === "" ? id : `${id}, until now ${before}`})`,
  renumbered: "The same person under another id",
  unreached: "No e-mail or account any more, so no way to reach them",
  joined: "New",
  left: "Not in it any more",
  renamed: "Other name",
  inLatin: "Other name in Latin letters",
  addressed: "Other e-mail or account",
  recast: "Other roles",
  inLanguage: "Other language, unless they chose one",
  rotated: "Rotation",
  leaves: (name: string, count: number) => (count === 0 ? name : `${name} (${shifts(count)} to come)`),
  becomes: (from: string, to: string) => `${from} becomes ${to}`,
  joins: (name: string, roles: string, rotations: string) =>
    `${name}: ${rotations === "" ? roles : `${roles}, ${rotations}`}`,
  personIs: (name: string, roles: string) => `${name}: ${roles}`,
  askedLater: "Nobody is asked anything by being added: everyone is asked first whether they take part.",
  notErased: "Who leaves is not erased: what is kept of them stays theirs, and “erase me” deletes it.",
  takenOver: (what: string, name: string, when: string) =>
    `${what}: ${name} counts since ${when}. Your administrator has put it in place.`,
  countedBefore: (what: string) => `Before it: ${what}`,
  itChanged: (what: string | undefined) =>
    what === undefined ? "Nothing is changed by it." : `It changed: ${what}.`,
  countJoined: (count: number) => `${persons(count)} new`,
  countLeft: (count: number) => `${persons(count)} not in it any more`,
  countChanged: (count: number) => `${persons(count)} with something else in their row`,
  hasMistakes:
    "It has mistakes, so everybody stays in the program as they were. Your administrator finds them in the log.",
  inForce: "In force",
  standing: (what: string, name: string, who: string, when: string) =>
    `${what}: ${name} (${who === "" ? "your administrator" : who}, ${when})`,
  people: "List of people",
};
