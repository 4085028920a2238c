import type { PeopleMistakeCode } from "#src/domain/people-mistake.ts";

/** What is wrong about a list of people. `what` stands there, `more` is what it is compared with; either may be "". */
type Mistakes = Readonly<Record<PeopleMistakeCode, (what: string, more: string) => string>>;

const mistakes: Mistakes = {
  "no-header": () => "its first line does not name the columns; begin it with id, name, role",
  column: (text) => `“${text}” is no column of the list of people, or is there twice; leave the column out`,
  "no-column": (name, others) =>
    others === ""
      ? `the column ${name} is missing; add it, and fill it in for each person`
      : `the column ${name} is missing, and ${others} is not known; if that is this column, call it ${name}, else add it`,
  "broken-line": () => "this line has more or fewer cells than the first line has columns",
  nobody: () => "there is nobody in it; write a line for each person",
  "too-much": () => "it is larger than any list of people; send one with this program’s people alone",
  unseen: (code) => `it holds a character that cannot be seen (${code}); type the cell anew by hand`,
  formula: (text) =>
    `“${text}” is a formula without a result; write the text itself, and save the file again`,
  letters: (text) => `letters of “${text}” are garbled; save the file as UTF-8`,
  empty: () => "it is empty; fill it in",
  id: (text) => `“${text}” cannot be an id; write letters and digits, such as r1`,
  latin: (text) => `“${text}” is not in Latin letters; write it such as Mari Tanaka, or leave it empty`,
  role: (text) =>
    `“${text}” is no role; write resident, attending or coordinator, several with a + between, the usual one first`,
  "half-role": (text) => `“${text}” has no role on one side of a +`,
  "role-twice": (text) => `“${text}” is there twice; write each role once`,
  email: (text) => `“${text}” is no e-mail address; mend it or leave it empty`,
  language: (text) => `“${text}” is no language that Attune speaks; write en or ja, or leave it empty`,
  "not-on-rotation": () => "only residents are on a rotation; leave it empty",
  rotation: (text, names) =>
    `“${text}” is no rotation of this program; write one of these, several with a + between: ${names}`,
  double: (text, line) => `“${text}” is on line ${line} already; it can be one person’s only`,
  shared: () => "an e-mail or account in it belongs to another program",
  "no-coordinator": () =>
    "nobody in it coordinates this program, so nobody could take it back; name a coordinator",
  "named-in-program": (id) =>
    `“${id}” is not in the list, and the program’s settings need them; ask your administrator`,
  "resident-in-program": (id) =>
    `“${id}” is not a resident in the list, and the program’s settings have them on a rotation; ask your administrator`,
  program: () => "the program’s settings have a mistake here; your administrator can mend it",
};

/** What is said of the list of people, one by one. */
export const people = {
  title: "The people of this program",
  about: (name: string) => `${name} in the list of people`,
  roles: "Roles",
  email: "E-mail",
  none: "none",
  whichRoles: "What are they in this program, the usual role first?",
  rotation: "Rotation",
  whichRotation: "Which rotations are theirs?",
  asProgram: "as the program has it",
  newEmail: "Another e-mail",
  newName: "Another name",
  end: "End their time here",
  add: "Add somebody: name, role, e-mail, rotation",
  example: "Lea Novak, resident, lea@example.org",
  hint: "Write “people” and a name to change one of them, or send the whole list as a file.",
  notUnderstood:
    "Please write a name, a role (resident, attending or coordinator) and, if you like, an e-mail and a rotation, with commas between them.",
  areKeptOut: "Kept out, since their id may have been somebody else’s",
  keptOut: (id: string) =>
    `The id ${id} may have been somebody else’s: neither e-mail nor account is as it was when somebody answered under it. So nothing is sent to it, and its accounts read that they are not known. If it is somebody new, give them a new id in the list; if it is the same person, write the earlier e-mail or account into their row.`,
  gone: "The list of people does not have them any more. Nothing was changed.",
  mistakes,
  role: { resident: "resident", attending: "attending", coordinator: "coordinator" },
};

/** Whose an account is that wrote to Attune, asked of coordinators. */
export const whose = {
  title: "Whose account is this?",
  wrote: (account: string, when: string) =>
    `${account} wrote to Attune (${when}) and belongs to nobody in the list of people. What was written is not kept.`,
  which: "Who is it? One tap puts the account into that person’s row; it can be undone for a week.",
  allHave: "Everybody in the list of people has an account there already.",
  nobody: "Nobody of ours",
  newcomer: "Somebody new? Write “people” to add them first, then come back here.",
  notTheirs: "No single person without an account there is called so. Nothing was changed.",
  isTheirs: (person: string, by: string, when: string) =>
    `The account is ${person}’s: ${by} said so (${when}). Attune answers it within a minute.`,
  isNobodys: (by: string, when: string) =>
    `The account belongs to nobody of the program: ${by} said so (${when}). It is forgotten, and nobody is asked about it for 90 days.`,
};
