import { givenRoster } from "#src/simulation/given-roster.ts";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, type Delivery, type MemoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import type { Database } from "#db/store/database.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { plain } from "#src/card/plain.ts";
import { nudgeId, type NudgeId } from "#src/domain/nudge.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { HOUR, MINUTE, instant, later, utc, dayNumber, type Instant, type Zone } from "#src/domain/time.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import { NO_METERS, type Meters } from "#src/ports/meters.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import { withPlatform } from "#src/composition/platforms.ts";
import { watchMismatches } from "./mismatch-watch.ts";
import { createHand } from "./hand.ts";
import { createPlayer } from "./player.ts";
import type { Deed } from "./script.ts";
import type { TranscriptLine } from "./transcript.ts";

export interface SimulationInput {
  readonly program: Program;
  readonly roster: Roster;
  readonly from: Instant;
  readonly to: Instant;
  readonly script: readonly Deed[];
  /** Answers at random what the script does not answer. */
  readonly random?: () => number;
  /** The database to use; it is closed at the end. If absent, a database in memory. */
  readonly db?: Database;
  readonly log: Log;
  /** Called for each line as it happens. */
  emit(line: TranscriptLine): void;
  /** Called at the end with all that is stored, before it is gone. */
  ended?(store: Store): Promise<void>;
  /** Counts what the engine does; nothing is counted where this is missing. */
  readonly meters?: Meters;
  /** Called now and then with the time that the simulation has reached, and waited for. */
  progress?(at: Instant): Promise<void> | void;
}

/** The name of the platform in memory. */
const PLATFORM = "memory";

/**
 * Runs the whole engine over a span of time: the real store (in memory), the real conversations, a clock
 * that moves from one due moment to the next, and people who tap what the script (or chance) says.
 */
export async function simulate(input: SimulationInput): Promise<void> {
  await using db = input.db ?? openSqlite({ file: ":memory:", keys: passingKey() });
  const clock = handClock(input.from);
  const cloud = memoryCloud();
  const program = withPlatform(begunAtOnce(input.program), PLATFORM);
  const running = runProgram({
    program,
    store: db.store(program.id),
    clock,
    messengers: [memoryMessenger({ platform: PLATFORM, now: () => clock.now(), cloud })],
    owner: "simulation",
    log: input.log,
    meters: input.meters ?? NO_METERS,
    findRosterUpdate: givenRoster(input.roster),
    wake() {},
  });
  const now = () => clock.now();
  const hand = createHand({ bot: running.bot, platform: PLATFORM, messageOf: newestIn(cloud), now });
  const player = createPlayer({ running, hand, now });
  const transcript = transcriber(input, running, cloud);
  /** Something that people do, and what the process makes of it. */
  const happen = async (person: PersonId, lines: Promise<readonly TranscriptLine[]>) => {
    for (const line of await lines) input.emit(line);
    await running.beat();
    await transcript(person);
  };
  await running.beat();
  const left = input.script.filter((deed) => deed.at <= input.to);
  const [moods, ends] = [moodsOf(input), endsOf(program, running.zone)];
  while (clock.now() < input.to) {
    const due = (await running.context().store.nextDue()) ?? input.to;
    const next = Math.min(
      Math.max(due, clock.now() + 1),
      left[0]?.at ?? input.to,
      moods.next() ?? input.to,
      ends[0] ?? input.to,
      clock.now() + HOUR,
      input.to,
    );
    if (next > clock.now()) await clock.set(instant(next));
    await running.beat();
    await transcript();
    while (ends[0] !== undefined && ends[0] <= clock.now()) {
      ends.shift();
      await transcript("everybody");
    }
    for (const sent of cloud.deliveries.slice(moods.seen)) moods.notice(sent, clock.now());
    while (left[0] !== undefined && left[0].at <= clock.now()) {
      const deed = left.shift()!;
      if (deed.type !== "says") await happen(deed.person, player.agrees(deed.person));
      await happen(deed.person, player.act(deed));
    }
    for (const person of moods.due(clock.now())) {
      await happen(person, player.agrees(person));
      await happen(person, player.improvise(person, input.random!));
    }
    await input.progress?.(clock.now());
  }
  await input.ended?.(running.context().store);
}

/** Nobody is there to start it. */
function begunAtOnce(given: Program): Program {
  const { waitsForStart: _, ...program } = given;
  return program;
}

/** When the rotations end, in order: only then does a mismatch change without anybody's doing. */
const endsOf = ({ rotations }: Program, zone: Zone): Instant[] =>
  rotations.map((one) => zone.at(dayNumber(one.to) + 1, 0)).toSorted((a, b) => a - b);

/** Which nudge a delivery carries, from its key. */
const nudgeIn = (delivery: Delivery): NudgeId => nudgeId(Number(delivery.key.split("-").at(-2)));

/** Where a nudge's newest message to a person stands. */
const newestIn = (cloud: MemoryCloud) => (person: PersonId, nudge: NudgeId) =>
  cloud.deliveries.findLast((one) => (one.to as string) === person && nudgeIn(one) === nudge)?.ref;

/** Writes down what has reached the chats, and what has become of the mismatches of whoever acted, since it was called last. */
function transcriber({ emit }: SimulationInput, running: RunningProgram, cloud: MemoryCloud) {
  const watch = watchMismatches();
  let seen = 0;
  return async (acted?: PersonId | "everybody") => {
    const context = running.context();
    const fresh = cloud.deliveries.slice(seen);
    seen = cloud.deliveries.length;
    for (const delivery of fresh) {
      const { type, to, card, at } = delivery;
      const known = await context.store.nudge(nudgeIn(delivery));
      const about = known === undefined ? {} : { kind: known.kind, subject: known.subject };
      emit({ at: utc(at), type, person: personId(to), ...about, text: plain(card) });
    }
    if (acted === undefined) return;
    const events = await watch(context, acted === "everybody" ? undefined : acted);
    for (const event of events) emit({ at: utc(context.now), type: "mismatch", ...event });
  };
}

interface Moods {
  /** How many deliveries have been looked at. */
  readonly seen: number;
  notice(delivery: Delivery, now: Instant): void;
  next(): Instant | undefined;
  /** Who looks at the phone now. */
  due(now: Instant): readonly PersonId[];
}

/** How long a person takes to look at the phone, at most, in minutes, and how often they answer at all. */
const REACTION = 40;
const ANSWERS = 0.85;

/** By chance, people answer a while after they were asked; without chance, only the script speaks. */
function moodsOf({ random }: SimulationInput): Moods {
  const plans: { at: Instant; person: PersonId }[] = [];
  let seen = 0;
  return {
    get seen() {
      return seen;
    },
    notice({ type, to }, now) {
      seen += 1;
      if (random === undefined || type !== "sent" || random() >= ANSWERS) return;
      plans.push({ at: later(now, Math.ceil(random() * REACTION) * MINUTE), person: personId(to) });
      plans.sort((a, b) => a.at - b.at);
    },
    next: () => plans[0]?.at,
    due(now) {
      const count = plans.filter((plan) => plan.at <= now).length;
      return plans.splice(0, count).map(({ person }) => person);
    },
  };
}
