import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { exportStored } from "#src/commands/export.ts";
import { withStoredProgram, type StoredProgram } from "#src/commands/stored-program.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import { utc, zoneOf } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { en } from "#src/words/en.ts";
import {
  emailOf,
  LATER,
  LEAVER,
  NEWCOMER,
  PEOPLE,
  peopleBook,
  ROSTER,
  rosterBook,
  SWAPPED,
} from "./lakeside-month.ts";
import { onDisk } from "./on-disk.ts";

/** The life of a program on one platform: what its people do there, and what they see. */
export interface LifeDriver extends AsyncDisposable {
  /** Has Attune on their phone; where everybody has it anyway, nothing. */
  joins(who: string): Promise<void>;
  /** Drops a file into their conversation with Attune. */
  gives(who: string, name: string, bytes: Uint8Array): Promise<void>;
  /** Taps the first of the newest that has this label. */
  taps(who: string, label: string): Promise<void>;
  /** Types into the newest field, and sends it. */
  writes(who: string, text: string): Promise<void>;
  says(who: string, text: string): Promise<void>;
  /** Every message as it stands, oldest first, as text. */
  chat(who: string): Promise<readonly string[]>;
  /** The file that came last, as text. */
  got(who: string): Promise<string>;
  /** How many charts stand in a chat. */
  charts(who: string): Promise<number>;
  /** Lives until a local time of the program. */
  until(time: string): Promise<void>;
  /** The folder with the program's files, and its database and key, as an operator's command line finds them. */
  readonly place: { readonly program: string; readonly database: string; readonly key: string };
}

const { settingUp, files, people, consent, coordinator } = en;
const { help, call, feedback } = en.strategy;
const UNDO = "Undo";

/**
 * The whole life of a program, from its operator's three files to those that a fresh Attune starts from. Resolves to what was planned
 * in the end, and what that one plans.
 */
export async function wholeLife(life: LifeDriver) {
  await isSetUp(life);
  await begins(life);
  await swaps(life);
  await joins(life);
  await leaves(life);
  await looksBack(life);
  return startsAfresh(life, "2026-12-15T10:00");
}

const reads = async (life: LifeDriver, who: string): Promise<string> => (await life.chat(who)).at(-1) ?? "";
const everything = async (life: LifeDriver): Promise<string> => (await life.chat("c1")).join("\n\n");

async function applies(life: LifeDriver, name: string): Promise<void> {
  await life.taps("c1", files.apply);
  expect(await everything(life)).toContain(files.applied(name));
}

/** Its coordinator is greeted first, gives the people and the roster, and says who two names of it are. */
async function isSetUp(life: LifeDriver): Promise<void> {
  expect(await reads(life, "c1")).toContain(settingUp.title);
  await life.gives("c1", "people.xlsx", await peopleBook());
  expect(await reads(life, "c1")).toContain(files.title("people.xlsx"));
  await applies(life, "people.xlsx");
  expect(await everything(life)).toContain(settingUp.peopleOf(5, 3));

  await life.gives("c1", "december.xlsx", await rosterBook(ROSTER));
  for (const [name, is] of [
    ["Surge T", "Dr. Haas"],
    ["Night A", "Dr. Brandt"],
  ] as const) {
    expect(await reads(life, "c1")).toContain(files.who(name, 2));
    await life.taps("c1", files.choosePerson);
    expect(await reads(life, "c1")).toContain(files.whoIs(name));
    await life.taps("c1", is);
  }
  await applies(life, "december.xlsx");
  expect(await everything(life)).toContain(settingUp.shiftsOf(ROSTER.length, 8));
}

/** Nobody else hears of it before Start. Two days before the first shift everybody is asked whether they take part. */
async function begins(life: LifeDriver): Promise<void> {
  const others = PEOPLE.slice(1).map(([id]) => id);
  for (const id of others) expect(await life.chat(id)).toEqual([]);
  await life.taps("c1", settingUp.start);
  expect(await everything(life)).toContain("Attune has started: Kim Lee");
  for (const id of others) await life.joins(id);
  await life.until("2026-11-29T10:00");
  for (const id of others) await life.taps(id, consent.agree);
  await answersOn(life, "2026-12-01", ["r1", "r2", "r3", "r4", "r5"]);
}

/** Two swap a shift by a new file, and it is taken back. */
async function swaps(life: LifeDriver): Promise<void> {
  await life.until("2026-12-02T09:00");
  await life.gives("c1", "swap.xlsx", await rosterBook(SWAPPED));
  expect(await reads(life, "c1")).toContain(files.person("Dr. Novak", files.countNew(1)));
  await applies(life, "swap.xlsx");
  expect(await onDuty(life, 10)).toEqual(["a1", "r2"]);
  await life.taps("c1", UNDO);
  expect(await everything(life)).toContain(files.undone("swap.xlsx", "december.xlsx"));
  expect(await onDuty(life, 10)).toEqual(["a1", "r1"]);
}

/** One joins in the middle, is asked before their first shift, and their coordinator can see why nothing else came. */
async function joins(life: LifeDriver): Promise<void> {
  const [id, name] = NEWCOMER;
  await life.says("c1", "people");
  await life.writes("c1", `${name}, resident, ${emailOf(id)}`);
  expect(await reads(life, "c1")).toContain(name);
  await life.taps("c1", files.apply);
  await life.gives("c1", "later.xlsx", await rosterBook(LATER));
  await applies(life, "later.xlsx");
  await life.joins(id);

  await life.until("2026-12-06T10:00");
  await life.says("c1", `why ${name}`);
  expect(await reads(life, "c1")).toContain("Messages to Dr. Weber today");
  expect(await reads(life, "c1")).toContain("Next: Tue, Dec 8 07:45, goal");
  await life.taps(id, consent.agree);
}

/** One leaves, and hears no more. */
async function leaves(life: LifeDriver): Promise<void> {
  const [id, name] = LEAVER;
  await life.until("2026-12-07T10:00");
  await life.says("c1", `people ${name}`);
  await life.taps("c1", people.end);
  expect(await reads(life, "c1")).toContain(files.left);
  await life.taps("c1", files.apply);
  const before = (await life.chat(id)).length;
  await answersOn(life, "2026-12-08", ["r1", "r2", "r3", "r5", "r6"]);
  expect((await life.chat(id)).length).toBe(before);
}

/** The digest has its chart from the second published part on, and the figures are had as a file. */
async function looksBack(life: LifeDriver): Promise<void> {
  await life.until("2026-12-15T10:00");
  const digest = (await life.chat("c1")).findLast((text) => text.includes(coordinator.title))!;
  expect(digest).toContain(coordinator.both);
  expect(digest).toContain(coordinator.chart.title);
  expect(await life.charts("c1")).toBeGreaterThan(0);
  await life.says("c1", "figures");
  expect(await life.got("c1")).toContain(Object.values(coordinator.file.columns).join(","));
}

/** Each of these residents sets a goal and says how they would like to work on it; so does one attending, who then reads both answers. */
async function answersOn(life: LifeDriver, day: string, residents: readonly string[]): Promise<void> {
  const answers = [help.answers[2], call.answers[2], feedback.answers.end];
  await life.until(`${day}T07:50`);
  for (const id of residents)
    for (const label of ["Tests and imaging", en.buttons.skip, ...answers]) await life.taps(id, label);
  await life.until(`${day}T08:05`);
  for (const label of [en.plan.scopes.all, ...answers]) await life.taps("a1", label);
}

const settingsOf = ({ place }: LifeDriver, program = place.program) => ({
  ...readSettings(
    { ATTUNE_DB: place.database, ATTUNE_KEY_FILE: place.key, ATTUNE_PROGRAM: program },
    PLATFORMS,
  ),
  programFile: program,
});

const QUIET = { line() {}, note() {}, progress() {}, text() {} };

const stored = <Found>(life: LifeDriver, read: (stored: StoredProgram) => Promise<Found>): Promise<Found> =>
  withStoredProgram(settingsOf(life), QUIET, read);

/** Who works on a day of December. */
const onDuty = (life: LifeDriver, date: number): Promise<readonly string[]> =>
  stored(life, async ({ store }) =>
    (await store.roster()).assignments
      .filter(({ start }) => utc(start).startsWith(`2026-12-${date}`))
      .map(({ person }) => person)
      .toSorted(),
  );

/** Everything that follows from the program and its roster, and nothing of what anybody wishes. */
async function planOf({ program, store }: Pick<StoredProgram, "program" | "store">): Promise<string> {
  const input = { program, zone: zoneOf(program.timeZone), roster: await store.roster(), wishes: new Map() };
  return planNudges(outlookOf(input))
    .map((nudge) => `${JSON.stringify(nudge)}\n`)
    .join("");
}

/** What is exported starts a fresh Attune. */
async function startsAfresh(life: LifeDriver, now: string) {
  const planned = await stored(life, planOf);
  const moved = join(dirname(life.place.database), "moved");
  mkdirSync(moved);
  const noted: string[] = [];
  const note = (text: string): void => void noted.push(text);
  await exportStored(settingsOf(life), { program: true, format: "files", out: moved }, { ...QUIET, note });

  await using fresh = await onDisk([join(moved, "program.yaml")], now);
  await fresh.beat();
  const [hosted] = fresh.hosted;

  expect(noted).toEqual([`${LEAVER[0]} is not in the list of people any more: 1 shift is not written.`]);
  expect(readFileSync(join(moved, "people.csv"), "utf8")).toContain(NEWCOMER[1]);
  return { planned, afresh: await planOf(hosted!) };
}
