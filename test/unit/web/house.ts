import type { Card } from "#src/card/card.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import { HOUR, MINUTE, instant, later, type Instant } from "#src/domain/time.ts";
import type { ChatLog, ChatMessage } from "#src/ports/chat.ts";
import type { Inbound, Reply } from "#src/ports/inbound.ts";
import type { Log, LogFields } from "#src/ports/log.ts";
import type { DeliveryKey, Messenger } from "#src/ports/messenger.ts";
import type { CastMember, Jump, Stage, Strip } from "#src/ports/stage.ts";
import { createHub, type Hub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import { webAddress } from "#adapters/web/address.ts";
import { goalCard } from "./cards.ts";

/** 31 March 2026, 07:30 in Tokyo. */
export const MORNING: Instant = instant(Date.UTC(2026, 2, 30, 22, 30));

export const haruka = personId("r1");
export const ken = personId("r2");
export const sato = personId("a1");
export const office = personId("c1");

const member = (id: PersonId, name: string, role: CastMember["role"], locale: CastMember["locale"]): CastMember => ({
  id,
  name,
  role,
  locale,
});

export const CAST: readonly CastMember[] = [
  member(haruka, "Haruka Tanaka", "resident", "en"),
  member(ken, "木村 健", "resident", "ja"),
  member(personId("r3"), "Mio Kato", "resident", "en"),
  member(sato, "Yuki Sato", "attending", "en"),
  member(personId("a2"), "中村 葵", "attending", "ja"),
  member(office, "Emi Yamada", "coordinator", "ja"),
];

/** A chat log that forgets everything when the test ends. */
export function memoryChat(): ChatLog & { readonly messages: ChatMessage[] } {
  const messages: ChatMessage[] = [];
  const keys = new Map<string, number>();
  const at = (id: number) => messages.find((message) => message.id === id);
  const place = (person: PersonId, key: DeliveryKey) => `${person} ${key}`;
  return {
    messages,
    append(message, key) {
      const known = keys.get(place(message.person, key));
      const before = known === undefined ? undefined : at(known);
      if (before !== undefined) return Promise.resolve(before);
      const added = { ...message, id: messages.length + 1 };
      messages.push(added);
      keys.set(place(message.person, key), added.id);
      return Promise.resolve(added);
    },
    edit(id, card, editedAt) {
      const old = at(id);
      if (old === undefined) return Promise.resolve(undefined);
      const edited = { ...old, card, editedAt };
      messages[messages.indexOf(old)] = edited;
      return Promise.resolve(edited);
    },
    find(person, key) {
      const id = keys.get(place(person, key));
      return Promise.resolve(id === undefined ? undefined : at(id));
    },
    get: (id) => Promise.resolve(at(id)),
    of: (person, limit) =>
      Promise.resolve(messages.filter((message) => message.person === person).slice(-limit)),
  };
}

export interface House {
  readonly stage: Stage;
  readonly chat: ReturnType<typeof memoryChat>;
  readonly hub: Hub;
  readonly messenger: Messenger;
  readonly received: Inbound[];
  readonly logged: LogFields[];
  readonly log: Log;
  receive(inbound: Inbound): Promise<Reply>;
  /** What the core answers next; an error is thrown. */
  answer(with_: Reply | Error): void;
  /** What a jump does on its way. */
  onJump(deed: (jump: Jump) => Promise<void>): void;
  speaks(person: PersonId, locale: CastMember["locale"]): void;
  /** Puts a card into somebody's chat, as the engine would. */
  writes(person: PersonId, card: Card): Promise<number>;
}

/** Everything around the playground, with a core that answers what a test tells it to. */
export function house(): House {
  let now = MORNING;
  let next: Reply | Error = { kind: "none" };
  let deed: (jump: Jump) => Promise<void> = async () => {};
  let cast = CAST;
  let written = 0;
  const chat = memoryChat();
  const hub = createHub();
  const received: Inbound[] = [];
  const logged: LogFields[] = [];
  const messenger = webMessenger({ chat, hub, now: () => now });
  const write = (fields: LogFields, message: string) => void logged.push({ ...fields, message });

  return {
    chat,
    hub,
    messenger,
    received,
    logged,
    log: { debug: write, info: write, warn: write, error: write },
    stage: {
      programName: "Minato General, Emergency",
      timeZone: "Asia/Tokyo",
      travels: true,
      now: () => now,
      cast: () => Promise.resolve(cast),
      strip: (from, to) => Promise.resolve(demoStrip(from, to, now)),
      async jump(jump) {
        now = later(now, jump === "next-message" ? 15 * MINUTE : jump === "hour" ? HOUR : 9 * HOUR);
        await deed(jump);
        return now;
      },
      startOver() {
        now = MORNING;
        chat.messages.splice(0);
        return Promise.resolve(now);
      },
    },
    receive(inbound) {
      received.push(inbound);
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    answer: (reply) => void (next = reply),
    onJump: (then) => void (deed = then),
    speaks(person, locale) {
      cast = cast.map((each) => (each.id === person ? { ...each, locale } : each));
    },
    async writes(person, card = goalCard) {
      written += 1;
      await messenger.send(webAddress(person), card, `test ${written}` as DeliveryKey);
      return chat.messages.at(-1)?.id ?? 0;
    },
  };
}

const hoursOn = (start: number, hours: number) => {
  const from = later(MORNING, start * HOUR);
  return { start: from, end: later(from, hours * HOUR) };
};

function demoStrip(from: Instant, to: Instant, now: Instant): Strip {
  const duty = (person: PersonId, start: number, hours: number, label: string) => ({ person, label, ...hoursOn(start, hours) });
  const duties = [
    duty(haruka, 0.5, 9, "Day"),
    duty(ken, 0.5, 9, "Day"),
    duty(sato, 0.5, 9, "Day"),
    duty(personId("r3"), 8.5, 9, "準夜"),
    duty(personId("a2"), -8, 8.75, "Night"),
    duty(personId("a2"), 16, 9, "Night"),
  ];
  const overlaps = [
    { resident: haruka, attending: sato, ...hoursOn(0.5, 9) },
    { resident: ken, attending: sato, ...hoursOn(0.5, 9) },
    { resident: personId("r3"), attending: personId("a2"), ...hoursOn(16, 1.5) },
  ];
  const nudges: Strip["nudges"] = [
    { person: haruka, kind: "shift-goal", at: later(MORNING, 15 * MINUTE), state: "answered" },
    { person: ken, kind: "shift-goal", at: later(MORNING, 15 * MINUTE), state: "sent" },
    { person: sato, kind: "shift-plan", at: later(MORNING, 30 * MINUTE), state: "planned" },
    { person: haruka, kind: "shift-debrief", at: later(MORNING, 9.5 * HOUR), state: "planned" },
    { person: sato, kind: "shift-debrief", at: later(MORNING, 9.5 * HOUR), state: "planned" },
    { person: haruka, kind: "pair-check-in", at: later(MORNING, 12 * HOUR), state: "planned" },
    { person: personId("a2"), kind: "shift-plan", at: later(MORNING, -8 * HOUR), state: "expired" },
    { person: office, kind: "coordinator-digest", at: later(MORNING, 1.5 * HOUR), state: "planned" },
    { person: sato, kind: "attending-digest", at: later(MORNING, 24 * HOUR), state: "planned" },
  ];
  const touches = (part: { start: Instant; end: Instant }) => part.start < to && part.end > from;
  return {
    from,
    to,
    now,
    duties: duties.filter(touches),
    overlaps: overlaps.filter(touches),
    nudges: nudges.filter(({ at }) => at >= from && at < to),
  };
}
