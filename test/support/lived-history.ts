import { plain } from "#src/card/plain.ts";
import { personTables } from "#src/commands/person-export.ts";
import { programTables } from "#src/commands/program-export.ts";
import { asCsv, asJson } from "#src/commands/table.ts";
import { personId, type Address } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { MINUTE } from "#src/domain/time.ts";
import type { Log } from "#src/ports/log.ts";
import { flow, isAnswer, type Flow } from "./attune.ts";
import { byTheMinute } from "./by-the-minute.ts";
import { ledgerOf, type Deed, type Ledger } from "./privacy-ledger.ts";
import { local, programOf, rosterOf, someone } from "./programs.ts";
import type { History, News, Turn } from "./random-histories.ts";
import { press, take, type Twist } from "./turns.ts";

/** What everybody could read at one moment. */
export interface Moment {
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** What they have asked for by a command and still have in their chat: it stays as it was true when they asked. */
  readonly answers: ReadonlyMap<string, readonly string[]>;
  readonly ledger: Pick<Ledger, "mayRead" | "mayHaveRead">;
  /** Time has passed since anybody acted: what was to be edited, and what a platform had refused, has had its turn. */
  readonly isSettled: boolean;
  /** Who may by now have seen something of what the twist changes. */
  readonly knowing: ReadonlySet<string>;
  readonly contributors: { readonly one: number; readonly both: number };
}

/**
 * Lives through a history with the real bot and engine, and calls back after every turn and every round, where somebody looks.
 * Resolves to all that was answered.
 */
export async function live(
  history: History,
  twist: Twist,
  look?: (moment: Moment) => void,
  log?: Log,
): Promise<readonly Deed[]> {
  const ids = history.people.map(({ id }) => id);
  const program = {
    // Whom a check-in is about follows from what the two of a pair have both answered. So that nothing else does, all pairs are asked.
    ...programOf({ people: ids, to: history.to, policy: { checkInPartners: 10 } }),
    people: history.people.map(({ id, locale }) => someone(id, { locale })),
  };
  const roster = rosterOf(history.duties);
  const ledger = ledgerOf(roster.assignments);
  await using attune = await flow({
    program,
    roster,
    start: "2026-12-01T06:00",
    messenger: { trouble: byTheMinute(history.troubles, () => attune.clock.now()) },
    ...(log === undefined ? {} : { log }),
  });
  let duties = history.duties;
  const away: { person: string; day: string }[] = [];
  const publish = async (news: News) => {
    if (news.who === news.other) away.push({ person: ids[news.who]!, day: news.day });
    else duties = swapped(duties, ids[news.who]!, ids[news.other]!, news.day);
    const absences = away.map(({ person, day }) => ({
      person: personId(person),
      start: local(`${day}T00:00`),
      end: local(`${day}T23:59`),
    }));
    await attune.publishes(rosterOf(duties, undefined, absences));
    ledger.learn((await attune.store.roster()).assignments);
  };
  const knowing = new Set<string>([twist.of]);
  const show = async (withPages: boolean) => {
    if (look === undefined) return;
    const [texts, answers] = [new Map<string, readonly string[]>(), new Map<string, readonly string[]>()];
    const asked = new Set<unknown>(
      attune.cloud.deliveries.filter(({ key }) => isAnswer(key)).map(({ ref }) => ref),
    );
    for (const id of ids) {
      const chat = Map.groupBy(attune.cloud.chat(id as Address), ({ ref }) => asked.has(ref));
      const [sent, said] = [false, true].map((is) => (chat.get(is) ?? []).map(({ card }) => plain(card)));
      texts.set(id, [...sent!, ...(withPages ? await pages(attune, id) : [])]);
      answers.set(id, said!);
      if (ledger.isShown(twist.of, id, twist.items)) knowing.add(id);
    }
    if (withPages) texts.set(OFFICE, await officeFiles(attune, program));
    const contributors = { one: ledger.contributors("one"), both: ledger.contributors("both") };
    if (contributors.one >= 5 || contributors.both >= 5)
      for (const reader of ["c1", OFFICE]) knowing.add(reader);
    look({ texts, answers, ledger, isSettled: withPages, knowing, contributors });
  };
  for (const id of ids) {
    await attune.phone(id).says("home");
    await press(attune, id, (meaning) => meaning.verb === "agree");
  }
  for (const { at, opening = [], turns, news } of history.scheduler) {
    await attune.until(at);
    if (news !== undefined) await publish(news);
    for (const [who, seed] of opening.entries()) {
      const turn = (does: Turn["does"], times = 1) =>
        take(attune, ledger, ids[who]!, { who, does, seed, times }, twist);
      if (seed % 4 === 0) {
        // For whom it is may be asked before anything else.
        await turn("answers");
        await turn("weighs");
      }
      await turn("answers", 7);
      if (seed % 4 === 1) await turn("suggests");
    }
    for (const turn of turns) {
      await take(attune, ledger, ids[turn.who]!, turn, twist);
      await show(false);
      // Whether or not anything was suggested: in two of three cases, whoever reads it answers.
      if (turn.does === "suggests" && turn.seed % 3 !== 0)
        for (const id of ids.filter((one) => one.startsWith("r")))
          await take(attune, ledger, id, turn, twist);
    }
    await attune.until(tenMinutesAfter(at));
    await show(true);
  }
  return ledger.deeds();
}

/** "2026-12-01T07:50" → "2026-12-01T08:00": a beat a minute, and a platform in trouble is asked again and again. */
const tenMinutesAfter = (at: string): string =>
  new Date(Date.parse(`${at}Z`) + 10 * MINUTE).toISOString().slice(0, 16);

/** Whoever runs Attune at the hospital, and may export the program. */
export const OFFICE = "office";

/** Two people take each other's duties of a day. */
const swapped = (duties: readonly string[], one: string, other: string, day: string): readonly string[] =>
  duties.map((text) => {
    const [person, start, end] = text.split(" ") as [string, string, string];
    if (!start.startsWith(day)) return text;
    return `${person === one ? other : person === other ? one : person} ${start} ${end}`;
  });

/** The program's export, in both of its forms. */
async function officeFiles(attune: Flow, program: Program): Promise<readonly string[]> {
  const tables = await programTables({ program, store: attune.store, now: attune.clock.now() });
  return [asJson(tables), asCsv(tables)];
}

/** A person's export, in both of its forms, which is handed to nobody but them. */
async function ownFiles(attune: Flow, id: string): Promise<readonly string[]> {
  const tables = personTables(personId(id), undefined, await attune.store.export(personId(id)));
  return [asJson(tables), asCsv(tables)];
}

/**
 * What a person can open at any time: their home, what is kept of them, a resident's rotation; and what a coordinator can ask for and
 * download.
 */
async function pages(attune: Flow, id: string): Promise<readonly string[]> {
  const { program } = attune.running.context();
  const isCoordinator = program.people.some((one) => one.id === id && one.roles.includes("coordinator"));
  const asked = isCoordinator ? program.people.map((one) => `why ${one.id}`) : [];
  const all: string[] = [];
  for (const text of [undefined, "my data", "my rotation", "figures", "roster", ...asked]) {
    const sender = { platform: "memory", account: id, address: id as Address };
    const reply = await attune.running.bot.receive(
      text === undefined
        ? { type: "opened", event: "look", sender }
        : { type: "said", event: "look", sender, text },
    );
    all.push(reply.kind === "card" ? plain(reply.card) : reply.kind);
    if (reply.kind === "card" && reply.file !== undefined)
      all.push(new TextDecoder().decode(reply.file.bytes));
  }
  return [...all, ...(await ownFiles(attune, id))];
}
