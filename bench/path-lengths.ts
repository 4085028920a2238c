import { writeFileSync } from "node:fs";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { handClock } from "#adapters/memory/hand-clock.ts";
import type { Act, Card } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import { tapsOf } from "#src/card/act.ts";
import type { Address } from "#src/domain/person.ts";
import { DAY, HOUR, MINUTE, later, zoneOf } from "#src/domain/time.ts";
import { hostProgram } from "#src/runtime/hosted-program.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import type { DeliveryKey, MessageRef } from "#src/ports/messenger.ts";
import type { Store } from "#src/ports/store.ts";
import { crossedBy, type Crossed } from "./support/coverage.ts";
import { benchFolder, newDatabase } from "./support/databases.ts";
import { FIRST, staffedProgram } from "./support/program.ts";

/**
 * How long the two paths are that everything takes: how many of our files and named functions each crosses, by V8's
 * coverage, and how often it reads the store. Each path is taken once before it is measured, on the memory adapters
 * and SQLite. `--list` names the files and the reads.
 */
const RESIDENT = "r1";
const ATTENDING = "a1";
const WANTS = [
  "Tests and imaging",
  "Skip",
  "Resident leads, attending steps in",
  "Before disposition",
  "After",
];
const PLANS = ["Attending leads, resident watches", "Before disposition", "After"];
/** The store's methods that write; each other one reads. */
const WRITES =
  /^(?:record|plan|claim|intend|sent|giveBack|close|expire|change|set|remember|edited|editLater|markForEdit|hold|audit|erase|finish)/u;

using folder = benchFolder();
const roster = folder.path("roster.csv");
const db = newDatabase(folder.path("attune.db"));
const clock = handClock(later(FIRST, 4 * HOUR));
const cloud = memoryCloud();
const reads: string[] = [];
let events = 0;
publish([1, 2]);
const started = atWork();
const beat = () => started.running().beat();

for (const id of [RESIDENT, ATTENDING]) {
  const reply = await started.receive({
    type: "said",
    event: nextEvent(),
    sender: senderOf(id),
    text: "resume",
  });
  if (reply.kind !== "card") throw new Error(`"resume" was met with "${reply.kind}".`);
  post(id, reply.card);
  await beat();
  await taps(id, "I agree");
}
await shiftUpToTheLastAnswer(1);
await taps(ATTENDING, PLANS[2]!);
await shiftUpToTheLastAnswer(2);
await measured(
  "A tap that completes an answer, up to the partner's changed card",
  () => taps(ATTENDING, PLANS[2]!).then(() => started.running().edit()),
  () =>
    cloud.deliveries.some(({ to, type, at }) => to === RESIDENT && type === "edited" && at === clock.now()),
);
await until(3 * DAY + 4 * HOUR);
publish([1, 2, 3]);
await clock.set(later(FIRST, 3 * DAY + 8 * HOUR - 15 * MINUTE));
await measured("A roster line that becomes a goal message", beat, () => {
  const [newest] = cloud.deliveries.slice(-1);
  return newest?.at === clock.now() && plain(newest.card).includes("Your goal for this shift");
});
await db.close();

/** A program of one resident and one attending, whose roster is a file, and whose store tells who reads it. */
function atWork() {
  const program = staffedProgram("program", 1, 1);
  const people = program.people.map((person) => ({ ...person, locale: "en" as const }));
  return hostProgram(
    {
      program: { ...program, people, locale: "en" },
      sources: [{ name: "roster.csv", path: roster, format: "csv" }],
    },
    {
      db: { store: (id) => listened(db.store(id)) },
      metrics: createMetrics({ nudgeCounts: async () => [], programs: () => [] }),
      clock,
      log: { debug() {}, info() {}, warn() {}, error: (fields) => console.error(fields) },
      feed: { fetch: () => Promise.reject(new Error("There is no feed.")) },
      shutdown: new AbortController().signal,
      messengers: (now) => [memoryMessenger({ now, cloud })],
      wake() {},
    },
  );
}

function listened<Counted extends Store>(store: Counted): Counted {
  const methods = Object.entries(store).map(([name, method]: [string, unknown]) => {
    if (typeof method !== "function" || WRITES.test(name)) return [name, method];
    return [name, (...given: unknown[]): unknown => (reads.push(name), Reflect.apply(method, store, given))];
  });
  return Object.fromEntries(methods) as Counted;
}

/** The roster file from now on: both work from 8 to 17 on these days after the first. */
function publish(days: readonly number[]): void {
  const zone = zoneOf("Asia/Tokyo");
  const rows = days.flatMap((day) => {
    const date = new Date(zone.at(zone.dayOf(later(FIRST, day * DAY)), 12)).toISOString().slice(0, 10);
    return [RESIDENT, ATTENDING].map((id) => `${id},${date}T08:00,${date}T17:00`);
  });
  writeFileSync(roster, `person,start,end\n${rows.join("\n")}\n`);
}

/** Both answer on this day's shift, but for the attending's last answer. */
async function shiftUpToTheLastAnswer(day: number): Promise<void> {
  await until(day * DAY + 8 * HOUR - 10 * MINUTE);
  for (const label of WANTS) await taps(RESIDENT, label);
  await until(day * DAY + 8 * HOUR + MINUTE);
  for (const label of PLANS.slice(0, 2)) await taps(ATTENDING, label);
  await beat();
}

async function until(sinceFirst: number): Promise<void> {
  await started.running().liveUntil(later(FIRST, sinceFirst), (at) => clock.set(at));
}

/** Taps what begins with this label on the newest message that has it. */
async function taps(id: string, label: string): Promise<void> {
  const actOn = (card: Card): Act | undefined =>
    tapsOf(card).find(({ tap }) => tap.label.startsWith(label))?.tap.act;
  const message = cloud.chat(id as Address).findLast(({ card }) => actOn(card) !== undefined);
  if (message === undefined) throw new Error(`${id} sees no "${label}".`);
  const { ref } = message;
  const act = actOn(message.card)!;
  const reply = await started.receive({
    type: "pressed",
    event: nextEvent(),
    sender: senderOf(id),
    act,
    message: ref,
  });
  if (reply.kind === "card" && reply.replace) cloud.edit(ref, reply.card, clock.now());
}

function nextEvent(): string {
  return `path-${(events += 1)}`;
}

function senderOf(id: string) {
  return { platform: "memory", account: id, address: id as Address };
}

function post(id: string, card: Card): MessageRef {
  return cloud.post({ to: id as Address, card, key: nextEvent() as DeliveryKey, at: clock.now() });
}

/** Prints what a path crosses. @throws Error when it did not lead where it should */
async function measured(
  name: string,
  path: () => Promise<unknown>,
  hasArrived: () => boolean,
): Promise<void> {
  reads.length = 0;
  const crossed: Crossed = await crossedBy(path);
  if (!hasArrived()) throw new Error(`${name}: it led nowhere.`);
  console.log(
    `${name}: ${crossed.files.length} files, ${crossed.functions} functions, ${reads.length} reads`,
  );
  if (process.argv.includes("--list")) console.log(`  ${[...crossed.files, reads.join(" ")].join("\n  ")}`);
}
