import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { importersIn, sourceOf, sources } from "./support/imports.ts";
import { mutationsOf, told, type Mutation } from "./support/mutations.ts";
import { markAt, withMarks } from "./support/reach.ts";
import { REACHED } from "./support/reached.ts";

/**
 * Says which small slips in the rules no test would notice: it changes one operator, constant or condition at a time,
 * in a copy of the checkout, and runs the unit and flow tests that import the file and, on the unchanged code, come by that place.
 *
 *   npm run mutants -- --count 80 --seed 1 [--skip N] [--quick] [FILE...]
 *
 * A seed names one order of all mutants of the files; `--skip` goes on where an earlier run ended. `--quick` leaves out
 * far unit tests and the properties of flows, and so may miss a find. A mutant whose tests do not end counts as found. A
 * survivor wants a test, or is the same program written differently.
 */
const { values, positionals } = parseArgs({
  options: {
    count: { type: "string", default: "80" },
    seed: { type: "string", default: "1" },
    skip: { type: "string", default: "0" },
    quick: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

interface Report {
  readonly testResults: readonly {
    /** The file's path. */
    readonly name: string;
    readonly status: string;
    /** Milliseconds since 1970. */
    readonly startTime: number;
    readonly endTime: number;
  }[];
}

const ROOT = join(import.meta.dirname, "..");
const AT_ONCE = 2;
/** Seconds of processor time for a process of tests to begin. */
const START = 100;
/** Milliseconds for a test file of which it is not known how long it takes, and for any to begin. */
const [LONG, BEGINNING] = [20_000, 2_000];
/** Milliseconds for one run of tests, however busy the machine is. */
const LIMIT = 40 * 60_000;
/** How many imports lie between a rule and the unit tests that are tried first. */
const NEAR = 3;

const importers = importersIn("src", "adapters", "db", "test");
/** Properties take longer than other tests: those that are as near come first. */
const tryingMany = distancesFrom("fast-check");
const files = positionals.length > 0 ? positionals : sources("src/domain", "src/flows", "src/schedule");
const skip = Number(values.skip);
const queue = files
  .flatMap((file) => mutationsOf(file, sourceOf(file)))
  .toSorted((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1))
  .slice(skip, skip + Number(values.count));
const count = queue.length;
const survivors: Mutation[] = [];
/** Whether a test file passes on the unchanged code, for those that have failed on a mutant. */
const passes = new Map<string, Promise<boolean>>();
/** Milliseconds that each test file took on the unchanged code, by the clock: no less than of processor time. */
const durations = new Map<string, number>();
/** The mark that is passed before the place that changes: see reach.ts. */
const marks = new Map(queue.map((one) => [one, markAt(one.file, sourceOf(one.file), one.place)]));
/** The test files that come by each mark. */
const reach = new Map<string, Set<string>>();
/** Those of whom all is known that they come by. The others run for every mutant of what they import. */
const known = new Set<string>();

console.log(`${count} mutants, seed ${values.seed}`);
const folders = Array.from({ length: AT_ONCE }, checkout);
try {
  await Promise.all(folders.map(learnReach));
  await Promise.all(folders.map(work));
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
const found = count - survivors.length;
console.log(`\nfound ${found} of ${count} (${((100 * found) / count).toFixed(1)} %), seed ${values.seed}`);
for (const one of survivors) console.log(`survived: ${told(one)}`);

async function work(folder: string): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const finder = await finderOf(next, folder);
    if (finder === undefined) survivors.push(next);
    console.log(`${told(next)}\n    ${finder === undefined ? "SURVIVED" : `found by ${finder}`}`);
  }
}

/** Runs this folder's share of all tests on code that tells where they come by. */
async function learnReach(folder: string, share: number): Promise<void> {
  const changing = [...new Set(queue.map(({ file }) => file))];
  const originals = changing.map((file) => [file, readFileSync(join(folder, file), "utf8")] as const);
  const all = [...new Set(changing.flatMap((file) => [...distancesFrom(file).keys()]))].filter(isTried);
  const tests = all.filter((_, place) => place % AT_ONCE === share);
  if (tests.length === 0) return;
  for (const [file, source] of originals) writeFileSync(join(folder, file), withMarks(file, source));
  const failed = await failedOf(tests, folder);
  for (const [file, source] of originals) writeFileSync(join(folder, file), source);
  const passed = join(folder, REACHED);
  // Where it ended in the middle, nobody knows of which test.
  if (!existsSync(passed) || (failed !== undefined && !tests.includes(failed))) return;
  for (const line of readFileSync(passed, "utf8").trim().split("\n")) {
    const [mark = "", path = ""] = line.split("\t");
    const test = path.slice(folder.length + 1);
    reach.set(mark, (reach.get(mark) ?? new Set()).add(test));
    if (test !== failed) known.add(test);
  }
}

/** Whether a test may notice a mutant. What ran while a module was loaded, or in another process, ran for all. */
function comesBy(test: string, mutant: Mutation): boolean {
  const mark = marks.get(mutant);
  if (mark === undefined || !known.has(test)) return true;
  const tests = reach.get(mark);
  return tests !== undefined && (tests.has(test) || tests.has(""));
}

function isTried(file: string): boolean {
  return /^test\/(?:unit|flow)\/.*\.test\.ts$/u.test(file);
}

function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), "attune-mutants-"));
  const aside = new Set([".git", "node_modules", "data", "secrets", "coverage"]);
  for (const name of readdirSync(ROOT)) {
    if (!aside.has(name)) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** The first test file that fails under a mutant. */
async function finderOf(mutant: Mutation, folder: string): Promise<string | undefined> {
  const { file, source } = mutant;
  const place = join(folder, file);
  const original = readFileSync(place, "utf8");
  for (let tests = testsOf(mutant); ;) {
    if (tests.length === 0) return undefined;
    writeFileSync(place, source);
    const finder = await failedOf(tests, folder);
    writeFileSync(place, original);
    if (finder === undefined || !tests.includes(finder)) return finder;
    // What fails on the unchanged code as well has found nothing: the others have their turn.
    if (await passesUnchanged(finder, folder)) return finder;
    tests = tests.filter((test) => test !== finder);
  }
}

function passesUnchanged(test: string, folder: string): Promise<boolean> {
  const known = passes.get(test) ?? failedOf([test], folder).then((failed) => failed === undefined);
  passes.set(test, known);
  return known;
}

/** Runs test files up to the first that fails; where none does and the run failed all the same, says how. */
async function failedOf(tests: readonly string[], folder: string): Promise<string | undefined> {
  const report = join(folder, "report.json");
  rmSync(report, { force: true });
  const command = [process.execPath, join(folder, "test", "support", "in-order.ts"), report, ...tests];
  const seconds = START + tests.reduce((sum, one) => sum + secondsOf(one), 0);
  const child = spawn("sh", ["-c", `ulimit -t ${Math.ceil(seconds)}; exec "$@"`, "sh", ...command], {
    cwd: folder,
    // A group of its own: tests that never end are ended with all that they started.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const late = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), LIMIT);
  const [code, signal] = await once(child, "close");
  clearTimeout(late);
  if (signal !== null) return "tests that did not end";
  if (!existsSync(report)) throw new Error(`The tests could not be run: ${errors}`);
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const outcomes = testResults.map((one) => ({ ...one, test: one.name.slice(folder.length + 1) }));
  for (const { test, startTime, endTime } of outcomes)
    if (!durations.has(test)) durations.set(test, endTime - startTime);
  const failed = outcomes.find(({ status }) => status === "failed")?.test;
  return failed ?? (code === 0 ? undefined : "an error outside any test");
}

/** How long a test file may take, in seconds of processor time: a mutant whose tests take three times as long does not end. */
function secondsOf(test: string): number {
  return (3 * (durations.get(test) ?? LONG)) / 1_000;
}

/** The tests that may notice a mutant, the likeliest and quickest finders first. */
function testsOf(mutant: Mutation): readonly string[] {
  const { file } = mutant;
  const distances = distancesFrom(file);
  const stageOf = (test: string): number => {
    const isNear = test.startsWith("test/unit/") && (distances.get(test) ?? 0) <= NEAR;
    const stage = isNear ? 0 : test.startsWith("test/flow/") ? 2 : 4;
    return tryingMany.has(test) ? stage + 1 : stage;
  };
  const sharedOf = (test: string): number =>
    wordsOf(test).filter((word) => wordsOf(file).includes(word)).length;
  // Who comes by much of a file in a short time is about it.
  const passed = [...reach].flatMap(([mark, tests]) => (mark.startsWith(`${file}:`) ? [tests] : []));
  const worthOf = (test: string): number =>
    passed.filter((tests) => tests.has(test)).length / (BEGINNING + (durations.get(test) ?? LONG));
  return [...distances.keys()]
    .filter((one) => isTried(one) && comesBy(one, mutant))
    .filter((one) => !values.quick || stageOf(one) < 3)
    .toSorted((a, b) => stageOf(a) - stageOf(b) || sharedOf(b) - sharedOf(a) || worthOf(b) - worthOf(a));
}

/** The words of a file's name and folder: tests of a subject are called as it is. */
function wordsOf(file: string): readonly string[] {
  const everywhere = ["test", "unit", "flow", "src", "flows", "ts"];
  return file.split(/[/.-]/u).filter((word) => !everywhere.includes(word));
}

/** How many imports lie between a file, or a package, and each that imports it. */
function distancesFrom(target: string): ReadonlyMap<string, number> {
  const distances = new Map([[target, 0]]);
  for (const [one, distance] of distances) {
    for (const importer of importers.get(one) ?? []) {
      if (!distances.has(importer)) distances.set(importer, distance + 1);
    }
  }
  return distances;
}

/** Random, and the same for the same change whatever happens to other files. */
function rankOf({ file, source }: Mutation): string {
  return createHash("sha256").update([values.seed, file, source].join("\n")).digest("hex");
}
