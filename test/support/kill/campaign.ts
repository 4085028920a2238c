import { existsSync, readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { keyOf } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { ITEMS } from "#src/domain/forms.ts";
import type { Address } from "#src/domain/person.ts";
import { instant, later, MINUTE, type Instant } from "#src/domain/time.ts";
import { isAskKind, type Nudge } from "#src/domain/nudge.ts";
import { AGAIN, crowd, type Answer, type Crowd } from "./crowd.ts";
import { farSide, type FarSide, type Mishap } from "./far-side.ts";
import { startLife, type Life } from "./life.ts";
import { beats, busyProgram, KEY, UNREACHABLE } from "./morning.ts";
import type { KillPoint } from "./points.ts";
import { dealer } from "#test/support/dealer.ts";

export interface CampaignWish {
  /** The database. */
  readonly file: string;
  readonly random: () => number;
  readonly mornings: number;
  /** How many teams are on duty on each of them. */
  readonly teams: number;
  /** How many processes work on the same file at once. */
  readonly lives: number;
  readonly lookup: boolean;
  /** Where lives end, each point once and in no order; those after the last end only when they are told to. */
  readonly killAt?: readonly KillPoint[];
  /** In how many of the moments a life is killed, at a random moment of its beat. */
  readonly murder?: number;
  /** Somebody whom the platform cannot reach is in it. */
  readonly unreachable?: boolean;
  /** One in five residents deletes Attune's first message about each subject, before it is edited. */
  readonly gone?: boolean;
}

/** What became of it all, told by what stands on the far side and in the file. */
export interface Aftermath {
  readonly kills: number;
  /** Points at which lives ended, in the order in which they did. */
  readonly burned: readonly KillPoint[];
  readonly messages: number;
  /** Messages that were posted in the place of one that is gone. */
  readonly anew: number;
  /** Keys that stand more than once: what must never happen. */
  readonly twice: readonly string[];
  /** Nudges of which nothing stands on the far side, and that are not known to be undeliverable or doubtful. */
  readonly lost: readonly Nudge[];
  /** Nudges of which nobody knows whether they arrived. */
  readonly uncertain: number;
  /** Why nudges were not sent, and how many. */
  readonly unsent: ReadonlyMap<string, number>;
  readonly acknowledged: number;
  /** Answers that were acknowledged and are not stored. */
  readonly forgotten: readonly Answer[];
  /** Answers that are stored more often than they were given. */
  readonly repeated: readonly string[];
  readonly refusals: ReadonlyMap<string, number>;
  /** What SQLite says of the file. */
  readonly integrity: string;
  readonly nudges: number;
}

/** Longer than a claim lasts whose process died. */
const LEASE = 2 * MINUTE;

/** Lives through busy mornings in processes that are killed, and looks at what is left. */
export async function campaign(wish: CampaignWish): Promise<Aftermath> {
  const { random } = wish;
  const people = crowd(random);
  let executioner: (() => void) | undefined;
  await using far = await farSide({
    mishap: (call, to) => mishapOf(wish, call, to),
    vanishes: ({ to, key }) => wish.gone === true && /^r\d*[49]$/u.test(to) && key.endsWith("-0"),
    passing() {
      if (executioner !== undefined && random() < 0.2) executioner();
    },
  });
  const burnedFile = `${wish.file}.burned`;
  const burned = (): readonly KillPoint[] =>
    existsSync(burnedFile) ? (readFileSync(burnedFile, "utf8").trimEnd().split("\n") as KillPoint[]) : [];
  let births = 0;
  let kills = 0;

  const born = async (): Promise<Life> => {
    const points = wish.killAt?.filter((point) => !burned().includes(point)) ?? [];
    births += 1;
    const life = startLife({
      database: wish.file,
      place: "morning",
      port: far.port,
      lookup: wish.lookup,
      owner: `life ${births}`,
      days: wish.mornings,
      teams: wish.teams,
      fuse: { points, burned: burnedFile },
    });
    if ((await life.started) === "died") throw new Error("a process did not start");
    return life;
  };

  const living = await Promise.all(Array.from({ length: wish.lives }, born));
  /** Whoever has died is replaced, once nothing of theirs is on its way any more. */
  const bury = async (): Promise<boolean> => {
    const before = kills;
    for (const [index, life] of living.entries()) {
      if (!dead.has(life)) continue;
      await life.ended;
      await far.quiet();
      kills += 1;
      living[index] = await born();
    }
    return kills > before;
  };
  const dead = new Set<Life>();

  const murders = dealer(random, murdersAmong(wish.murder ?? 0));
  const live = async (now: Instant): Promise<boolean> => {
    const isMurder = murders();
    const victim = living[Math.floor(random() * living.length)]!;
    if (isMurder && random() < 0.5) executioner = () => victim.kill();
    const timer = isMurder ? setTimeout(() => victim.kill(), random() * 25) : undefined;
    const work = [
      people.act(far.messages, async (inbound) => {
        const life = living[Math.floor(random() * living.length)]!;
        const outcome = await life.act(now, inbound);
        if (outcome.type === "died") dead.add(life);
        return outcome;
      }),
      ...living.map(async (life) => {
        const outcome = await life.beat(now);
        if (outcome.type === "died") dead.add(life);
        if (outcome.type === "failed") throw new Error(`a beat failed: ${outcome.code}`);
      }),
    ];
    await Promise.all(work);
    clearTimeout(timer);
    executioner = undefined;
    if (isMurder) {
      // Whoever was done before its moment came is killed at rest.
      victim.kill();
      dead.add(victim);
    }
    return bury();
  };

  // Where a life ended, the next one beats as soon as the lease of what was in hand is over, as a restarted process does.
  const moments = beats(wish.mornings, wish.teams);
  for (const [i, moment] of moments.entries()) {
    let now = moment;
    while ((await live(now)) && later(now, LEASE) < (moments[i + 1] ?? Infinity)) now = later(now, LEASE);
  }
  for (const life of living) life.kill();
  await Promise.all(living.map((life) => life.ended));
  await far.quiet();
  return { ...(await look(wish, far, people)), kills, burned: burned() };
}

/** Of twenty moments, those in which a life is killed. */
const murdersAmong = (share: number): readonly boolean[] =>
  Array.from({ length: 20 }, (_, at) => at < share * 20);

/** Of a hundred sends five arrive and say nothing, two are lost, three are turned away for now. */
function mishapOf(wish: CampaignWish, call: string, to: Address): Mishap | undefined {
  if (wish.unreachable === true && to === UNREACHABLE) return "unreachable";
  const dice = wish.random() * 100;
  if (dice < 5) return call === "send" ? "arrived" : undefined;
  if (dice < 7) return "lost";
  if (dice < 9) return "busy";
  return dice < 10 ? "closed" : undefined;
}

async function look({ file, mornings, teams }: CampaignWish, far: FarSide, people: Crowd) {
  const raw = new Database(file);
  const integrity = String(raw.pragma("integrity_check", { simple: true }));
  raw.close();
  const program = busyProgram(teams);
  await using db = openSqlite({ file, keys: keyOf(KEY) });
  const store = db.store(program.id);
  const nudges = await store.nudgesDuring(instant(0), beats(mornings, teams).at(-1)!);

  const posts = new Map<string, number>();
  for (const { key } of far.messages) count(posts, key);
  const isThere = ({ id }: Nudge) => posts.has(`attune-${program.id}-${id}-0`);
  // A rule held it back: no debrief without a goal, and nothing before somebody agrees.
  const HELD = new Set(["nothing-to-ask", "consent-open"]);
  // Half an hour into the shift, or where the day or the week has had its messages, the card changes in place, and nobody is told by a message.
  const isSilent = ({ kind, state, reason }: Nudge) =>
    kind === "shift-reveal" && (state === "expired" || reason === "day-cap" || reason === "week-cap");
  const isKnown = (nudge: Nudge) =>
    nudge.state === "failed" ||
    nudge.reason === "ambiguous" ||
    HELD.has(nudge.reason ?? "") ||
    isSilent(nudge);
  const missing = nudges.filter((nudge) => !isThere(nudge));
  const unsent = new Map<string, number>();
  for (const { state, reason = "no reason" } of missing) count(unsent, `${state}: ${reason}`);

  const stored = new Set<string>();
  const rows = new Map<string, number>();
  for (const { id } of program.people)
    for (const { nudge, occasion, item, about = "", value } of (await store.export(id)).replies) {
      const answer = [id, nudge, item, value].join("|");
      for (const who of [about, ""]) stored.add([answer, who].join("|"));
      // Only a line is left out by an answer of its own, but for the line of a goal, which the question below it leaves out, too.
      // A choice is taken back by another one: the goal by "no goal", "patient safety first" by the three questions.
      if (value !== null || (ITEMS[item].scale.type === "text" && item !== "line"))
        count(rows, [answer, occasion, about].join("|"));
    }
  const given = new Map<string, number>();
  for (const answer of people.given) count(given, wordOf(answer));
  const forgotten = people.acknowledged.filter((answer) => {
    const { meaning } = answer;
    return (
      meaning.verb !== "agree" &&
      !stored.has([wordOf(answer), ("about" in meaning && meaning.about) || ""].join("|"))
    );
  });
  return {
    integrity,
    nudges: nudges.filter(({ kind }) => isAskKind(kind)).length,
    messages: far.messages.length,
    anew: far.messages.filter(({ key }) => key.endsWith(AGAIN)).length,
    twice: [...posts].filter(([, times]) => times > 1).map(([key]) => key),
    lost: missing.filter((nudge) => !isKnown(nudge)),
    unsent,
    uncertain: nudges.filter(({ reason }) => reason === "ambiguous").length,
    acknowledged: people.acknowledged.length,
    forgotten,
    repeated: [...rows]
      .filter(([row, times]) => times > (given.get(row.split("|").slice(0, 4).join("|")) ?? 0))
      .map(([row]) => row),
    refusals: people.refusals,
  };
}

/** An answer as its row in the store says it, but for whom it is about. */
function wordOf({ person, meaning, text }: Answer): string {
  const item = "item" in meaning ? meaning.item : meaning.verb;
  const value = meaning.verb === "answer" ? meaning.value : (text ?? null);
  return [person, meaning.nudge, item, value].join("|");
}

const count = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);
