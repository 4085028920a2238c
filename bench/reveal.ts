import { setImmediate as turn } from "node:timers/promises";
import type { Card } from "#src/card/card.ts";
import { tapsOf } from "#src/card/act.ts";
import { usualOnShift, type Address, type Person, type PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment, Roster } from "#src/domain/roster.ts";
import { mintAssignmentId } from "#src/roster/change/merge.ts";
import { HOUR, later, MINUTE, SECOND, type Instant } from "#src/domain/time.ts";
import type { Log } from "#src/ports/log.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { createScheduler } from "#src/runtime/scheduler.ts";
import { wordsFor } from "#src/words/words.ts";
import { ja } from "#src/words/ja.ts";
import { agreed } from "#test/support/agreed.ts";
import { benchFolder, newDatabase } from "./support/databases.ts";
import { percentile, type Found } from "./support/measure.ts";
import { atWork, FIRST, staffedProgram } from "./support/program.ts";

const CROWD = 5_000;
const ADMITTED = 50;
/** Attendings who answer while the crowd's asks go out, one after the other. */
const ATTENDINGS = 50;
const STEP = 20;
const DUE = later(FIRST, 8 * HOUR - 15 * MINUTE);

const SILENT: Log = { debug() {}, info() {}, warn() {}, error: (fields) => console.error(fields) };
const { help, call, feedback } = ja.strategy;
const LAST = feedback.answers.end;

/**
 * 5,000 asks due at once through a platform that admits 50 a second, on a virtual clock. Meanwhile attendings give
 * their last answer: how long until the resident's card shows both, and how long, in real time, until the answer is
 * acknowledged.
 */
export async function reveal(): Promise<readonly Found[]> {
  using folder = benchFolder();
  await using db = newDatabase(folder.path("reveal.db"));
  const program = staffedProgram("reveal", CROWD + 1, ATTENDINGS + 1);
  await agreed(db.store(program.id), program.people, FIRST);
  const site = atWork(program, rosterOf(program), db.store(program.id), FIRST, ADMITTED);
  const { clock, cloud, running } = site;
  const taps = tapping(site);
  await running.beat();
  await bothAsked(site, taps, program);
  const scheduler = createScheduler({
    hostedPrograms: [
      {
        program: program.id,
        log: SILENT,
        beat: () => running.beat(),
        edit: () => running.edit(),
      },
    ],
    log: SILENT,
    meters: NO_METERS,
    align: async () => {},
  });
  await clock.set(DUE);
  let isSent = false;
  const sending = scheduler.beat().then(() => {
    isSent = true;
  });
  const [revealed, acknowledged]: [number[], number[]] = [[], []];
  const left = program.people.filter(isOfNight).map(({ id }) => id);
  left.shift();
  const edits = () => cloud.deliveries.filter(({ to, type }) => to === "r1" && type === "edited");
  let waiting: { readonly since: Instant; readonly edits: number } | undefined;
  for (let step = 0; !isSent; step += 1) {
    await clock.advance(STEP);
    await turn();
    const known = waiting === undefined || edits().length === waiting.edits ? undefined : edits().at(-1);
    if (waiting !== undefined && known !== undefined) {
      revealed.push(known.at - waiting.since);
      waiting = undefined;
    }
    if (step % 75 !== 0 || waiting !== undefined || left.length === 0) continue;
    waiting = { since: clock.now(), edits: edits().length };
    const asked = performance.now();
    await taps(left.shift()!, LAST);
    acknowledged.push(performance.now() - asked);
    scheduler.wake(program.id);
  }
  await sending;
  await scheduler.stop();
  const sent = cloud.deliveries.filter(({ type, at }) => type === "sent" && at >= DUE).length;
  if (sent < CROWD) throw new Error(`Only ${sent} of ${CROWD} asks went out.`);
  if (revealed.length !== ATTENDINGS) throw new Error(`${revealed.length} of ${ATTENDINGS} were revealed.`);
  const [shown, heard] = [percentile(revealed, 0.99) / SECOND, percentile(acknowledged, 0.99)];
  return [
    {
      what: `A reveal on the partner's card while ${CROWD} asks go out, ${ADMITTED} a second (${ATTENDINGS} reveals)`,
      ours: `${shown.toFixed(2)} s of virtual time at the 99th percentile`,
      baseline: "2 s",
      ratio: shown / 2,
      target: { atMost: 1 },
    },
    {
      what: "The answer that reveals, acknowledged meanwhile",
      ours: `${heard.toFixed(1)} ms at the 99th percentile`,
      baseline: "50 ms",
      ratio: heard / 50,
      target: { atMost: 1 },
    },
  ];
}

/** The first resident works the night with all attendings but the last, with whom the crowd begins when they leave. */
const isOfNight = ({ id, roles }: Person): boolean =>
  id === "r1" || (roles[0] === "attending" && id !== `a${ATTENDINGS + 1}`);

function rosterOf({ people }: Program): Roster {
  const assignments = people.map((person): Assignment => {
    const { id } = person;
    const role = usualOnShift(person)!;
    const start = later(FIRST, (isOfNight(person) ? 1 : 8) * HOUR);
    const end = later(start, (isOfNight(person) ? 7 : 9) * HOUR);
    return { id: mintAssignmentId(id, start), person: id, start, end, label: "", role };
  });
  return { assignments, absences: [] };
}

type Site = ReturnType<typeof atWork>;

const tapping = ({ clock, cloud, running }: Site) => {
  let events = 0;
  return async (person: PersonId, label: string): Promise<void> => {
    const address = person as unknown as Address;
    const actOn = (card: Card) => tapsOf(card).find(({ tap }) => tap.label === label)?.tap.act;
    const message = cloud.chat(address).findLast(({ card }) => actOn(card) !== undefined);
    if (message === undefined) throw new Error(`${person} sees no "${label}".`);
    const reply = await running.bot.receive({
      type: "pressed",
      event: `reveal-${(events += 1)}`,
      sender: { platform: "memory", account: person, address },
      act: actOn(message.card)!,
      message: message.ref,
    });
    if (reply.kind !== "card") throw new Error(`${label} was met with "${reply.kind}".`);
    if (reply.replace) cloud.edit(message.ref, reply.card, clock.now());
  };
};

/** The resident has answered all, and each attending all but the last question. */
async function bothAsked({ running, clock }: Site, taps: ReturnType<typeof tapping>, program: Program) {
  const [resident, ...attendings] = program.people.filter(isOfNight).map(({ id }) => id);
  const goTo = (at: Instant) => clock.set(at);
  await running.liveUntil(later(FIRST, 46 * MINUTE), goTo);
  const goal = wordsFor("ja", program).goal(program.goals[0]!.id);
  for (const label of [goal, ja.buttons.skip]) await taps(resident!, label);
  for (const label of [help.answers[3], call.answers[2], LAST]) await taps(resident!, label);
  await running.liveUntil(later(FIRST, 2 * HOUR), goTo);
  for (const id of attendings) {
    for (const label of [help.answers[2], call.answers[2]]) await taps(id, label);
  }
  await running.beat();
}
