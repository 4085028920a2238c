import { readFileSync } from "node:fs";
import { keyOf, newSecret, type Key } from "#db/keys/keys.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { pairWeek, type AskKind } from "#src/domain/nudge.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { DAY, later, dayNumber, weekOf, type Instant, type WeekNumber } from "#src/domain/time.ts";
import { seeded } from "#src/simulation/random.ts";
import { NOON, NOWHERE } from "../contract/store/case.ts";
import type { Written } from "./at-rest.ts";
import { handsOn } from "./dumped.ts";

/** One answer as versions before 0.2 took it. Its nudge is the person's about this occasion. */
export interface Said extends Omit<Reply, "nudge"> {
  readonly kind: AskKind;
}

/** A shift of two people, or their week; `chance` is what they answered, skipped, left out and corrected. */
interface Together {
  readonly resident: PersonId;
  readonly attending: PersonId;
  readonly isWeek: boolean;
  /** Who said that they had talked about it. */
  readonly talker: "resident" | "attending" | undefined;
  readonly chance: readonly number[];
}

type Asked = readonly [kind: AskKind, by: "resident" | "attending", item: ItemId, values: readonly string[]];

export const RESIDENTS = ["r1", "r2"].map(personId);
export const ATTENDINGS = ["a1", "a2"].map(personId);
const TIMES_TOGETHER = 20;
const DAYS_BETWEEN = 1.5;

const STEPS = ["1", "2", "3", "4"];
const AGREEMENT = [...STEPS, "5"];
const LINES = ["lead once", "超音波を一度、自分で", "先に考えを聞いてください 🙂"];
const OUTCOMES = ["yes", "partly", "no-chance", "changed"];
const GOALS = ["tests", "flow", "other"];
const SIDES = ["resident", "attending"] as const;

const OF_SHIFT: readonly Asked[] = [
  ["shift-goal", "resident", "goal", GOALS],
  ["shift-goal", "resident", "line", LINES],
  ["shift-goal", "resident", "share", ["full", "category", "private"]],
  ...SIDES.flatMap((by): readonly Asked[] => {
    const kind = by === "resident" ? "shift-goal" : "shift-plan";
    return [
      [kind, by, "help", STEPS],
      [kind, by, "call", STEPS],
      [kind, by, "feedback", ["moment", "after", "end"]],
    ];
  }),
  ["shift-plan", "attending", "safety", ["yes"]],
  ["shift-plan", "attending", "counter", GOALS],
  ...SIDES.flatMap((by): readonly Asked[] => [
    ["shift-debrief", by, "outcome", OUTCOMES],
    ["shift-debrief", by, "happened", STEPS],
    ["shift-debrief", by, "note", LINES],
  ]),
];

const OF_WEEK = SIDES.flatMap((by): readonly Asked[] => [
  ["pair-check-in", by, "week-goal", AGREEMENT],
  ["pair-check-in", by, "week-strategy", AGREEMENT],
  ["pair-check-in", by, "week-trust", AGREEMENT],
  ["pair-check-in", by, "next", LINES],
]);

/** A month of answers of every kind that versions before 0.2 knew, "we talked about it" too, oldest first. */
export function earlierMonth(seed: number): readonly Said[] {
  const random = seeded(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const oneOf = <One>(all: readonly One[]): One => all[below(all.length)]!;
  return Array.from({ length: TIMES_TOGETHER }, (_, i) =>
    saidOn(
      {
        resident: oneOf(RESIDENTS),
        attending: oneOf(ATTENDINGS),
        isWeek: below(3) === 0,
        talker: oneOf([undefined, ...SIDES]),
        chance: OF_SHIFT.map(() => below(1000)),
      },
      i,
    ),
  ).flat();
}

function saidOn({ resident, attending, isWeek, talker, chance }: Together, i: number): readonly Said[] {
  // A week of its own each time: nobody was asked about one twice.
  const occasion = isWeek ? pairWeek(resident, attending, weekNumber(i)) : `${resident}@${i}`;
  const from = later(NOON, DAYS_BETWEEN * i * DAY);
  const one = ([kind, by, item, values]: Asked, draw: number, aboutPartner: boolean): Omit<Said, "at"> => {
    const [person, partner] = by === "resident" ? [resident, attending] : [attending, resident];
    const text = values === LINES;
    const value = text && draw % 5 === 0 ? null : values[draw % values.length]!;
    return { kind, person, occasion, item, value, text, ...(aboutPartner ? { about: partner } : {}) };
  };
  const given = (isWeek ? OF_WEEK : OF_SHIFT).flatMap((asked, n) => {
    const draw = chance[n]!;
    const [, by, item] = asked;
    if (draw % 9 === 0 || (item === "safety" && draw % 4 !== 0)) return [];
    const isCorrected = draw % 7 === 0;
    return [draw, ...(isCorrected ? [draw + 1] : [])].map((x) => one(asked, x, isWeek || by === "attending"));
  });
  const kind = isWeek ? "pair-check-in" : talker === "resident" ? "shift-goal" : "shift-plan";
  const talk = talker === undefined ? [] : [one([kind, talker, "talked", ["yes"]], 0, true)];
  return [...given, ...talk].map((said, n) => ({ ...said, at: later(from, n * 1000) }));
}

const weekNumber = (i: number): WeekNumber => weekOf(dayNumber("2026-03-30")) + i;

/** What names a nudge. */
export const askOf = ({ kind, person, occasion }: Said): string => `${kind} ${person} ${occasion}`;

/** What is answered: a later answer to the same supersedes the one before. */
const questionOf = (said: Said): string => JSON.stringify([askOf(said), said.item, said.about]);

/** Where in the list the answer stands that took this one's place; -1 where none did. */
const nextAfter = (all: readonly Said[], i: number): number =>
  all.findIndex((one, n) => n > i && questionOf(one) === questionOf(all[i]!));

/** Everything a person has said, as an export tells it. */
export const exported = (all: readonly Said[], person: PersonId) =>
  all.flatMap((said, i) => {
    const superseded = nextAfter(all, i) >= 0;
    return said.person === person ? [{ ...replyOf(said), superseded }] : [];
  });

/** What two have said to each other, and what stands of it. */
export const between = (all: readonly Said[], one: PersonId, other: PersonId): readonly Reply[] =>
  all.flatMap((said, i) => {
    const partner = said.person === one ? other : said.person === other ? one : undefined;
    const isToThem = partner !== undefined && (said.about ?? partner) === partner;
    return isToThem && nextAfter(all, i) < 0 ? [{ ...replyOf(said), nudge: NOWHERE }] : [];
  });

function replyOf(said: Said): Omit<Reply, "nudge"> {
  const { person, occasion, item, value, text, at, about } = said;
  return { person, occasion, item, value, text, at, ...(about === undefined ? {} : { about }) };
}

/** SQL that puts these answers into a new database of the first version, with the nudges that asked for them. */
export function asFirstVersion(all: readonly Said[], key: Key, isServer: boolean): string {
  const hex = (bytes: Buffer) => (isServer ? `'\\x${bytes.toString("hex")}'` : `x'${bytes.toString("hex")}'`);
  const asks = [...new Map(all.map((said) => [askOf(said), said])).keys()];
  const secrets = new Map([...RESIDENTS, ...ATTENDINGS].map((id) => [id, newSecret()]));
  const people = [...secrets].map(([id, secret]) => {
    const wrapped = key.seal(secret, { table: "person", row: `p/${id}`, column: "wrapped_key" });
    return `('p', '${id}', 'given', ${hex(wrapped)})`;
  });
  const nudges = asks.map((ask) => {
    const said = all.find((one) => askOf(one) === ask)!;
    return `('p', '${said.person}', '${said.kind}', '${said.occasion}', ${said.at}, ${said.at}, ${said.at + DAY}, 'answered')`;
  });
  const replies = all.map((said, i) => {
    const { person, about, occasion, item, value, text, at } = said;
    const nudge = asks.indexOf(askOf(said)) + 1;
    const words =
      !text || value === null
        ? "null"
        : hex(
            keyOf(secrets.get(person)!).seal(value, {
              table: "reply",
              row: JSON.stringify(["p", person, nudge, occasion, item, at]),
              column: "words",
            }),
          );
    const clear = text || value === null ? "null" : `'${value}'`;
    const next = nextAfter(all, i);
    return `('p', '${person}', ${nudge}, ${about === undefined ? "null" : `'${about}'`}, '${occasion}', '${item}', ${clear}, ${words}, ${isServer ? text : Number(text)}, ${at}, ${next < 0 ? "null" : next + 1})`;
  });
  return `insert into person (program, id, consent, wrapped_key) values ${people.join(", ")};
    insert into nudge (program, person, kind, subject, due_at, planned_due, expires_at, state) values ${nudges.join(", ")};
    insert into reply (program, person, nudge, about, occasion, item, value, words, text, at, superseded_by) values ${replies.join(", ")}`;
}

/** A database of the first version, written to by hand. */
export async function firstVersion({ name }: Written, rows: (isServer: boolean) => string): Promise<void> {
  const isServer = name.startsWith("postgres:");
  const first = readFileSync(`db/migrations/${isServer ? "postgres" : "sqlite"}/0000_first.sql`, "utf8");
  await handsOn(name).run(`${first.replaceAll("--> statement-breakpoint", "")};
    ${rows(isServer)};
    ${isServer ? "create table attune_schema (version integer not null); insert into attune_schema values (1);" : "pragma application_id = 0x4174746e; pragma user_version = 1;"}`);
}

/** After all of it. */
export const MONTH_END: Instant = later(NOON, 99 * DAY);
