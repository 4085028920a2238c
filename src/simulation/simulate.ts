import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, type Delivery, type MemoryCloud } from "#adapters/memory/cloud.ts";
import { memoryMessenger } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys.ts";
import { openSqlite } from "#db/open.ts";
import { tapsOf } from "#src/card/taps.ts";
import { plain } from "#src/card/plain.ts";
import type { PersonId } from "#src/domain/person.ts";
import { personId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { HOUR, instant, utc, type Instant } from "#src/domain/time.ts";
import { runProgram, type Running } from "#src/engine.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Log } from "#src/ports/log.ts";
import { withPlatform } from "#src/platforms.ts";
import { watchMismatches } from "./mismatch-watch.ts";
import { createPlayer, type Player } from "./player.ts";
import type { Deed } from "./script.ts";
import type { TranscriptLine } from "./transcript.ts";

export interface SimulationInput {
  readonly program: Program;
  readonly roster: Roster;
  readonly from: Instant;
  readonly to: Instant;
  readonly script: readonly Deed[];
  /** Answers by itself what the script leaves open. */
  readonly random?: () => number;
  readonly log: Log;
  /** Called for each line as it happens. */
  emit(line: TranscriptLine): void;
  /** Called now and then with the time that the simulation has reached. */
  progress?(at: Instant): void;
}

/** Messages reach people in memory under this name. */
const PLATFORM = "memory";

/**
 * Runs the whole engine over a span of time: the real store (in memory), the real conversations, a clock
 * that moves from one due moment to the next, and people who tap what the script (or chance) says.
 */
export async function simulate(input: SimulationInput): Promise<void> {
  await using house = openSqlite({ file: ":memory:", keys: passingKey() });
  const clock = handClock(input.from);
  const cloud = memoryCloud();
  const program = withPlatform(input.program, PLATFORM);
  const running = runProgram({
    program,
    store: house.store(program.id),
    clock,
    messengers: [memoryMessenger({ platform: PLATFORM, now: () => clock.now(), cloud })],
    owner: "simulation",
    log: input.log,
    meters: NO_METERS,
    rosterChange: once(input.roster),
    wake() {},
  });
  const player = createPlayer({
    running,
    platform: PLATFORM,
    messageOf: (person, nudge) => messageOf(cloud, person, nudge),
    now: () => clock.now(),
  });
  const transcript = transcriber(input, running, cloud);
  await running.tick();
  const left = [...input.script].filter((deed) => deed.at <= input.to);
  const moods = moodsOf(input, player);
  while (clock.now() < input.to) {
    const due = (await running.desk().store.nextDue()) ?? input.to;
    const next = Math.min(
      Math.max(due, clock.now() + 1),
      left[0]?.at ?? input.to,
      moods.next() ?? input.to,
      clock.now() + HOUR,
      input.to,
    );
    if (next > clock.now()) await clock.set(instant(next));
    await running.tick();
    await transcript();
    for (const sent of cloud.deliveries.slice(moods.seen)) moods.notice(sent, clock.now());
    while (left[0] !== undefined && left[0].at <= clock.now()) {
      for (const reply of await player.act(left.shift()!)) input.emit(reply);
      await running.tick();
      await transcript();
    }
    for (const act of moods.due(clock.now())) {
      await act();
      await running.tick();
      await transcript();
    }
    input.progress?.(clock.now());
  }
}

/** The whole roster at the first look, and no change after that. */
function once(roster: Roster) {
  let isGiven = false;
  return async () => {
    if (isGiven) return undefined;
    isGiven = true;
    return { added: roster.assignments, moved: [], removed: [], absences: roster.absences };
  };
}

/** Where a nudge's newest message to a person stands. */
function messageOf(cloud: MemoryCloud, person: PersonId, nudge: number) {
  return cloud.deliveries.findLast(
    (one) => (one.to as string) === person && one.key.split("-").at(-2) === String(nudge),
  )?.ref;
}

/** Writes down what has reached the chats, and what has become of mismatches, since it was called last. */
function transcriber({ emit }: SimulationInput, running: Running, cloud: MemoryCloud) {
  const watch = watchMismatches();
  let seen = 0;
  return async () => {
    const fresh = cloud.deliveries.slice(seen);
    seen = cloud.deliveries.length;
    for (const { type, to, card, at } of fresh) {
      const nudge = tapsOf(card).flatMap(({ meaning }) => ("nudge" in meaning ? [meaning.nudge] : []))[0];
      const known = nudge === undefined ? undefined : await running.desk().store.nudge(nudge);
      const about = known === undefined ? {} : { kind: known.kind, subject: known.subject };
      emit({ at: utc(at), type, person: personId(to), ...about, text: plain(card) });
    }
    for (const event of await watch(running.desk()))
      emit({ at: utc(running.desk().now), type: "mismatch", ...event });
  };
}

interface Moods {
  /** How many deliveries have been looked at. */
  seen: number;
  notice(delivery: Delivery, now: Instant): void;
  next(): Instant | undefined;
  due(now: Instant): readonly (() => Promise<void>)[];
}

/** How long a person takes to look at the phone, at most, and how often they answer at all. */
const REACTION = 40 * 60_000;
const ANSWERS = 0.85;

/** By chance, people answer a while after they were asked; without chance, only the script speaks. */
function moodsOf({ random }: SimulationInput, player: Player): Moods {
  const plans: { at: Instant; person: PersonId }[] = [];
  return {
    seen: 0,
    notice({ type, to }, now) {
      this.seen += 1;
      if (random === undefined || type !== "sent" || random() >= ANSWERS) return;
      plans.push({ at: instant(now + Math.ceil(random() * REACTION)), person: personId(to) });
      plans.sort((a, b) => a.at - b.at);
    },
    next: () => plans[0]?.at,
    due(now) {
      const count = plans.filter((plan) => plan.at <= now).length;
      return plans.splice(0, count).map(
        ({ person }) =>
          () =>
            player.improvise(person, random!),
      );
    },
  };
}
