import { constants, copyFileSync, existsSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { stringify } from "yaml";
import { checkProgram } from "#src/config/load-program.ts";
import { readPeople } from "#src/config/people-file.ts";
import { localeShape, timeZoneShape } from "#src/config/program-shape.ts";
import { line } from "#src/config/shapes.ts";
import { makeFolders } from "#src/composition/make-folders.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { personId, type Person } from "#src/domain/person.ts";
import { AttuneError } from "#src/errors.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import { ROSTER_FORMATS, type RosterFormat } from "#src/roster/text/reader.ts";
import { csvText } from "#src/roster/text/tables/csv-text.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { unknownNames } from "#src/roster/text/people/unknown-names.ts";
import type { Output } from "./output.ts";

/** What is asked; an answer that is given as an option is not asked for. */
export interface InitAnswers {
  readonly site?: string;
  readonly zone?: string;
  readonly language?: string;
  readonly platform?: string;
  readonly roster?: string;
  readonly coordinator?: string;
  readonly contact?: string;
}

const QUESTIONS = {
  site: ["What is the site called?", ""],
  zone: ["In which time zone is it (IANA)?", Intl.DateTimeFormat().resolvedOptions().timeZone],
  language: ["Which language do most people read, en or ja?", "en"],
  platform: [`On which platform, ${PLATFORMS.map(({ name }) => name).join(" or ")}?`, PLATFORMS[0]!.name],
  roster: ["Which file is the roster (a path)?", ""],
  coordinator: ["Who coordinates the program (a name)?", ""],
  contact: ["Which e-mail or account do they have on the platform (empty: it comes later)?", ""],
} as const satisfies Record<keyof InitAnswers, readonly [string, string]>;

/** May stay empty: in the playground nobody has an account, and an operator may not know it yet. */
const OPTIONAL: ReadonlySet<string> = new Set(["contact"] satisfies (keyof InitAnswers)[]);

/** What is made beside the roster. */
const MADE: readonly string[] = ["program.yaml", "people.csv"];

/** Makes the three files of a program by a few questions: program.yaml, people.csv and the roster beside them. */
export async function initProgram(folder: string, given: InitAnswers, output: Output): Promise<void> {
  const place = resolve(folder);
  for (const name of MADE) refuseOver(join(place, name));
  const answers = await asked(given);
  if (!existsSync(answers.roster))
    throw new AttuneError("config", `${answers.roster}: there is no such file; check the path.`);
  const { rotation, months } = comingMonths(new Date());
  const { format, names } = await recognised(answers, rotation);
  const roster = basename(answers.roster);
  const isThere = dirname(resolve(answers.roster)) === place;
  if (!isThere) refuseOver(join(place, roster));
  if (MADE.includes(roster))
    throw new AttuneError(
      "config",
      `${answers.roster}: a file of this name is made beside it; call the roster otherwise.`,
    );
  refuseWrong(peopleText([], answers));
  makePlace(place);
  if (!isThere) copyFileSync(answers.roster, join(place, roster), constants.COPYFILE_EXCL);
  const yaml = {
    name: answers.site,
    timeZone: answers.zone,
    locale: answers.language,
    rotations: [{ name: months, ...rotation }],
    people: "people.csv",
    roster: [{ file: roster, format }],
  };
  writeFileSync(join(place, "program.yaml"), stringify(yaml), { flag: "wx" });
  writeFileSync(join(place, "people.csv"), peopleText(names, answers), { flag: "wx" });
  output.line(
    `${join(place, "program.yaml")}: ${answers.site}, ${answers.zone}, ${rotation.from} to ${rotation.to}.`,
  );
  output.line(
    `${join(place, "people.csv")}: ${names.length} names of the roster, all as residents; ${answers.coordinator} as coordinator.`,
  );
  output.line(`${join(place, roster)}: read as ${format}.`);
  output.line(
    `Next: attune doctor, then the start. ${answers.coordinator} mends the roles and adds the e-mails in the chat, or you in people.csv.`,
  );
  for (const problem of checkProgram(join(place, "program.yaml"), PLATFORMS).problems)
    output.note(describeProblem(problem));
}

function makePlace(place: string): void {
  try {
    makeFolders(place);
  } catch (cause) {
    const { code = "unknown" } = cause as NodeJS.ErrnoException;
    throw new AttuneError("config", `The folder ${place} cannot be made (${code}): name another one.`, {
      cause,
    });
  }
}

/** Nothing is written over, nor half of a program made. */
function refuseOver(file: string): void {
  if (existsSync(file)) throw new AttuneError("config", `${file} is there already: name another folder.`);
}

/** What is asked for of each answer: as program.yaml and people.csv have it. */
const SHAPES = { site: line("a name"), zone: timeZoneShape, language: localeShape } as const;

/** The question whose answer stands in a column of people.csv. */
const ASKED_FOR: Readonly<Record<string, keyof InitAnswers>> = { name: "coordinator", email: "contact" };

/** Before anything is written: a program whose coordinator's row is wrong would not start. */
function refuseWrong(people: string): void {
  const coordinators = readPeople("people.csv", people, "en", PLATFORMS, []).problems.map(
    ({ field = "", message, todo }) => `--${ASKED_FOR[field] ?? "contact"}: ${message}; ${todo}`,
  );
  if (coordinators.length > 0) throw new AttuneError("config", coordinators.join("\n"));
}

/** Asked for before the roster is read, which is read by them. */
function refuseMisread(answers: Required<InitAnswers>): void {
  const wrong = Object.entries(SHAPES).flatMap(([name, shape]) => {
    const answer = answers[name as keyof InitAnswers];
    const [issue] = shape.safeParse(answer).error?.issues ?? [];
    return issue === undefined
      ? []
      : [`--${name}: ${JSON.stringify(answer)} will not do: expected ${issue.message}.`];
  });
  if (wrong.length > 0) throw new AttuneError("config", wrong.join("\n"));
}

async function asked(given: InitAnswers): Promise<Required<InitAnswers>> {
  const missing = Object.entries(QUESTIONS).filter(
    ([name]) => given[name as keyof InitAnswers] === undefined,
  );
  const found: Record<string, string> = { ...given };
  if (missing.length > 0) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const lines = terminal[Symbol.asyncIterator]();
    for (const [name, [question, usual]] of missing) {
      process.stderr.write(usual === "" ? `${question} ` : `${question} [${usual}] `);
      const { value, done } = await lines.next();
      found[name] = done === true || value.trim() === "" ? usual : value.trim();
    }
    terminal.close();
  }
  const answers = found as unknown as Required<InitAnswers>;
  const wrong = Object.keys(QUESTIONS).find(
    (name) => answers[name as keyof InitAnswers].trim() === "" && !OPTIONAL.has(name),
  );
  if (wrong !== undefined)
    throw new AttuneError("config", `--${wrong}: it is empty; ${QUESTIONS[wrong as keyof InitAnswers][0]}`);
  if (!PLATFORMS.some(({ name }) => name === answers.platform))
    throw new AttuneError(
      "config",
      `--platform: expected ${PLATFORMS.map(({ name }) => name).join(" or ")}.`,
    );
  refuseMisread(answers);
  return answers;
}

/** This month and the next: a rotation of two months, to be put right. */
function comingMonths(now: Date) {
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const from = day(new Date(Date.UTC(year, month, 1)));
  const to = day(new Date(Date.UTC(year, month + 2, 0)));
  return { rotation: { from, to }, months: `${from.slice(0, 7)} – ${to.slice(0, 7)}` };
}

/** The format in which most names of the roster can be read; who they are, nobody knows yet. */
async function recognised(
  { zone, roster }: Required<InitAnswers>,
  rotation: { readonly from: string; readonly to: string },
): Promise<{ readonly format: RosterFormat; readonly names: readonly string[] }> {
  let best:
    | { readonly format: RosterFormat; readonly names: readonly string[]; readonly shifts: number }
    | undefined;
  for (const format of ROSTER_FORMATS) {
    const source = { name: basename(roster), path: resolve(roster), format };
    const rotations = [{ name: "", ...rotation }];
    const read = async (people: readonly Person[]) =>
      (await carryOut({ source, program: { people, timeZone: zone, rotations } })).reading;
    const names = unknownNames((await read([])).notUnderstood, []).map(({ name }) => name);
    const people = names.map((name, at) => newcomer(name, at));
    const shifts = names.length === 0 ? 0 : (await read(people)).entries.length;
    if (shifts > (best?.shifts ?? 0)) best = { format, names, shifts };
  }
  if (best !== undefined) return best;
  throw new AttuneError(
    "config",
    `${roster}: no name with a shift was found in it; docs/rosters.md says how each kind of roster is read.`,
  );
}

const newcomer = (name: string, at: number): Person => ({
  id: personId(`p${at + 1}`),
  name,
  roles: ["resident"],
  locale: "en",
  accounts: {},
});

/** Everybody on the roster, and whoever coordinates the program: in the same row where they are on it. */
function peopleText(
  names: readonly string[],
  { platform, coordinator, contact }: Required<InitAnswers>,
): string {
  const rows = names.map((name, at) => ({ id: `p${at + 1}`, name, role: "resident" }));
  const nameOf = (name: string): string => name.normalize("NFKC").trim().toLowerCase();
  const isTheirs = ({ name }: { readonly name: string }): boolean => nameOf(name) === nameOf(coordinator);
  const all = rows.some(isTheirs)
    ? rows.map((row) => (isTheirs(row) ? { ...row, role: `${row.role}+coordinator` } : row))
    : [{ id: "c1", name: coordinator.trim(), role: "coordinator" }, ...rows];
  const [email, account] = contact.includes("@") ? [contact.trim(), ""] : ["", contact.trim()];
  const lines = all.map(({ id, name, role }) => [
    id,
    name,
    role,
    ...(isTheirs({ name }) ? [email, account] : ["", ""]),
  ]);
  return csvText([["id", "name", "role", "email", platform], ...lines]);
}
