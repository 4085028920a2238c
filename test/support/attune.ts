import { rosterChange, updateOf } from "#src/roster/change/merge.ts";
import { handClock, type HandClock } from "#adapters/memory/hand-clock.ts";
import {
  memoryCloud,
  type MemoryCloud,
  memoryMessenger,
  type MemoryMessengerOptions,
} from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { plain } from "#src/card/plain.ts";
import { tapsOf } from "#src/card/act.ts";
import type { Act, Card } from "#src/card/card.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import { personId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterState } from "#src/domain/roster-report.ts";
import type { Roster } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Metrics } from "#src/ops/metrics.ts";
import type { Store } from "#src/ports/store.ts";
import { CATALOGUES, LOCALES } from "#src/words/words.ts";
import { goingAway, type Trouble } from "./away.ts";
import { local, programOf, rosterOf } from "./programs.ts";

export const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** One person's phone: what stands in the chat, and what can be tapped. */
export interface Phone {
  /** Every message as it stands now, oldest first, as text. */
  chat(): readonly string[];
  /** The newest message, but for the short one that a partner has answered too. */
  reads(): string;
  /** The very newest message. */
  newest(): string;
  /** Taps the button with this label on the newest message that has it. */
  taps(label: string): Promise<BotResponse>;
  /** Taps this very button of this message; with the key of an earlier event, it is that event again. */
  presses(message: MessageRef, act: Act, event?: string): Promise<BotResponse>;
  /** Sends these values from this message. */
  submits(message: MessageRef, act: Act, values: Readonly<Record<string, string>>): Promise<BotResponse>;
  /** Types into the newest card's input and sends it. */
  writes(text: string): Promise<BotResponse>;
  /** Types a message. */
  says(text: string): Promise<BotResponse>;
  /** Agrees to take part, on the first message. */
  agrees(): Promise<void>;
}

export interface Flow extends AsyncDisposable {
  readonly clock: HandClock;
  readonly cloud: MemoryCloud;
  readonly running: RunningProgram;
  readonly store: Store;
  phone(id: string): Phone;
  /** Lives until a local time of the program, sending everything on the way. */
  until(text: string): Promise<void>;
  /** The hospital publishes another roster, and the engine reads it. */
  publishes(roster: Roster): Promise<void>;
  /** The process closes, and opens again on this program with this roster. */
  reopens(program: Program, roster: Roster): Promise<void>;
  /** Lets the engine do what an act has made due. */
  beat(): Promise<void>;
}

export interface FlowWish {
  readonly program?: Program;
  readonly roster?: Roster;
  readonly start?: string;
  /** Where all is kept; else a database of its own. */
  readonly store?: Store;
  readonly messenger?: Partial<MemoryMessengerOptions>;
  /** The name of the process, where several share a store and a platform. */
  readonly owner?: string;
  /** Whether the database can be had, as a test goes along. */
  readonly trouble?: Trouble;
  /** Nobody reads it where this is missing. */
  readonly log?: Log;
  /** Counts what the process does; nothing is counted where this is missing. */
  readonly metrics?: Pick<Metrics, "meters" | "counting">;
  /** How the rosters stand, as whoever reads them tells. */
  readonly rosters?: () => RosterState;
}

const isOthers = (label: string): boolean =>
  Object.values(CATALOGUES).some(({ goal }) => goal.others === label);

/** The whole process on memory adapters and a hand-moved clock: conversations are read from it as text. */
export async function flow(wish: FlowWish = {}): Promise<Flow> {
  const program = wish.program ?? programOf();
  const roster =
    wish.roster ?? rosterOf(["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T08:00 2026-12-01T17:00"]);
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const kept = wish.store ?? db.store(program.id);
  const store = goingAway(wish.metrics?.counting(kept) ?? kept, wish.trouble ?? { isAway: false });
  const at = (text: string): Instant => local(text, program.timeZone);
  const clock = handClock(at(wish.start ?? "2026-12-01T00:00"));
  const cloud = wish.messenger?.cloud ?? memoryCloud();
  const { owner = "test" } = wish;
  let next: Roster | undefined = roster;
  const open = (program: Program) =>
    runProgram({
      program,
      store,
      clock,
      messengers: [memoryMessenger({ now: () => clock.now(), cloud, ...wish.messenger })],
      owner,
      log: wish.log ?? SILENT,
      meters: wish.metrics?.meters ?? NO_METERS,
      findRosterUpdate: async (before, now) => {
        if (next === undefined) return undefined;
        const { assignments, absences } = next;
        next = undefined;
        const read = [
          ...assignments.map((one) => ({ kind: "duty" as const, ...one })),
          ...absences.map((one) => ({ kind: "absence" as const, label: "", ...one })),
        ];
        const people = new Set(program.people.map((person) => person.id));
        const windows = [{ people, start: at("1990-01-01"), end: at("2090-01-01") }];
        return updateOf(before, rosterChange(before.input.roster, read, windows, now));
      },
      ...(wish.rosters === undefined ? {} : { rosterState: wish.rosters }),
      wake() {},
    });
  let running = open(program);
  await running.beat();
  let events = 0;

  const phone = (id: string): Phone => {
    const person: PersonId = personId(id);
    const address = id as Address;
    const sender = { platform: "memory", account: person, address };
    // What a reply shows stands in the chat, as a platform's adapter would put it there.
    const show = (reply: BotResponse, message: MessageRef | undefined): BotResponse => {
      const card = reply.kind === "none" ? undefined : reply.card;
      if (card === undefined) return reply;
      if (message !== undefined && (reply.kind === "refused" || (reply.kind === "card" && reply.replace)))
        cloud.edit(message, card, clock.now());
      else if (reply.kind === "card")
        cloud.post({ to: address, card, key: `${ANSWER}${owner}-${++events}` as never, at: clock.now() });
      return reply;
    };
    const find = (wanted: (card: Card) => boolean) =>
      cloud.chat(address).findLast(({ card }) => wanted(card));
    return {
      chat: () => cloud.chat(address).map(({ card }) => plain(card)),
      reads: () => plain(find((card) => !isShortMessage(card))!.card),
      newest: () => plain(cloud.chat(address).at(-1)!.card),
      async taps(label) {
        const has = (card: Card) => tapsOf(card).find(({ tap }) => tap.label === label);
        let message = find((card) => has(card) !== undefined);
        if (message === undefined && !isOthers(label)) {
          // Not all goals stand on the first screen: the others are looked for where it says that they are.
          const list = find((card) => tapsOf(card).some(({ tap }) => isOthers(tap.label)));
          if (list !== undefined) {
            await this.taps(tapsOf(list.card).find(({ tap }) => isOthers(tap.label))!.tap.label);
            message = find((card) => has(card) !== undefined);
          }
        }
        if (message === undefined)
          throw new Error(`${id} sees no "${label}" in:\n${this.chat().join("\n\n")}`);
        return this.presses(message.ref, has(message.card)!.tap.act);
      },
      async presses(message, act, event = `${owner}-${++events}`) {
        const reply = await running.bot.receive({ type: "pressed", event, sender, act, message });
        show(reply, message);
        await running.beat();
        return reply;
      },
      async submits(message, act, values) {
        const event = `${owner}-${++events}`;
        const reply = await running.bot.receive({ type: "submitted", event, sender, act, message, values });
        show(reply, message);
        await running.beat();
        return reply;
      },
      async writes(text) {
        const inputOf = (card: Card) => card.blocks.find((block) => block.type === "input");
        const message = find((card) => inputOf(card) !== undefined);
        if (message === undefined) throw new Error(`${id} sees nothing to write into`);
        const input = inputOf(message.card)!;
        return this.submits(message.ref, input.submit.act, { [input.name]: text });
      },
      async says(text) {
        const reply = await running.bot.receive({
          type: "said",
          event: `${owner}-${++events}`,
          sender,
          text,
        });
        show(reply, undefined);
        await running.beat();
        return reply;
      },
      async agrees() {
        await this.taps("I agree, let’s start");
      },
    };
  };

  return {
    clock,
    cloud,
    get running() {
      return running;
    },
    store,
    phone,
    until: (text) => running.liveUntil(at(text), (to) => clock.set(to)),
    publishes: async (roster) => {
      next = roster;
      await running.beat();
    },
    reopens: async (changed, roster) => {
      next = roster;
      running = open(changed);
      await running.beat();
    },
    beat: () => running.beat(),
    [Symbol.asyncDispose]: () => db.close(),
  };
}

/** "Dr. Sato has answered too": it stands for the card further up, which most tests are about (shift-reveal.test.ts). */
const isShortMessage = (card: Card): boolean =>
  tapsOf(card).some(({ tap }) => LOCALES.some((locale) => tap.label === CATALOGUES[locale].reveal.open));

const ANSWER = "answer-";

/** Whether a message answers what somebody typed or tapped: it was sent by no nudge, and nothing edits it later. */
export const isAnswer = (key: string): boolean => key.startsWith(ANSWER);

/** How many messages the engine has sent to a person, also those that stand in their chat no more. */
export const sentTo = ({ cloud }: Pick<Flow, "cloud">, id: string): number =>
  cloud.deliveries.filter(({ type, to, key }) => type === "sent" && to === id && key.startsWith("attune-"))
    .length;
