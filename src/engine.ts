import type { Clock } from "./ports/clock.ts";
import type { FileDesk } from "./ports/file-desk.ts";
import type { Log } from "./ports/log.ts";
import type { Messenger } from "./ports/messenger.ts";
import type { Meters } from "./ports/meters.ts";
import type { FindRosterUpdate } from "./ports/roster.ts";
import type { Store } from "./ports/store.ts";
import { createBot, type Bot, type Due } from "./bot.ts";
import { outlookOf } from "./domain/outlook.ts";
import { namedIn } from "./domain/person.ts";
import type { Program } from "./domain/program.ts";
import type { RosterState } from "./domain/roster-report.ts";
import { HOUR, SECOND, instant, zoneOf, type Instant, type Zone } from "./domain/time.ts";
import type { Context, SettingUp } from "#src/flows/context.ts";
import { readWhose, rememberLanguages, type Whose } from "#src/flows/acts/people.ts";
import { takeOverChoices } from "./schedule/in-all-programs.ts";
import { createPlanning, type Planning } from "./schedule/planning.ts";
import { planNudges } from "./schedule/plan.ts";
import { emailsBy, foundOn } from "./schedule/reach.ts";
import { whyToday } from "./schedule/why.ts";
import { createEngine, type Engine } from "./schedule/beat.ts";

/** What one program needs to run. */
export interface ProgramDeps {
  readonly program: Program;
  readonly store: Store;
  readonly clock: Clock;
  readonly messengers: readonly Messenger[];
  readonly owner: string;
  readonly log: Log;
  readonly meters: Meters;
  readonly findRosterUpdate: FindRosterUpdate;
  readElsewhere?(): Promise<void>;
  /** The state of the rosters, for coordinators. */
  readonly rosterState?: () => RosterState;
  /** Reads files that coordinators give. */
  readonly files?: FileDesk;
  /** The people of this program in the others of the process. */
  readonly others?: Pick<Context, "elsewhere" | "leftElsewhere" | "meet">;
  /** Called after each act of a person. */
  wake(due: Due): void;
  /** Aborts when the process closes. A running beat then begins nothing new. */
  readonly shutdown?: AbortSignal;
}

/** A running program: it answers people's acts and runs beats. */
export interface RunningProgram {
  readonly bot: Bot;
  readonly zone: Zone;
  readonly planning: Planning;
  /** Resolves once what is stored was read. A beat and an act of a person do it by themselves. */
  open(): Promise<void>;
  context(): Context;
  beat(): Promise<void>;
  /** Edits what people wait for, beside a beat that is under way. */
  edit(): Promise<void>;
  /** Lets another process take over what one process does for all. */
  handOver(): Promise<void>;
  /**
   * Moves through the time until `to`, and sends everything that is due on the way at its own moment. `goTo` moves the program's
   * clock.
   */
  liveUntil(to: Instant, goTo: (at: Instant) => Promise<void> | void): Promise<void>;
}

/** Before a beat: whose the ids are, what people have chosen in other programs, and the plan. */
async function prepared(
  whose: Pick<Whose, "open">,
  planning: Planning,
  context: () => Context,
  clock: Clock,
): Promise<void> {
  await whose.open();
  await takeOverChoices(context());
  await planning.prepare(clock.now());
}

/** Joins the core, a store and messengers into a running program. */
export function runProgram(deps: ProgramDeps): RunningProgram {
  const { program, clock, log, meters } = deps;
  const languages = rememberLanguages(program, deps.store);
  const { store } = languages;
  const zone = zoneOf(program.timeZone);
  const planning = createPlanning({ ...deps, store, zone });
  const whose = readWhose(program, store, log);
  const messengers = new Map(deps.messengers.map((messenger) => [messenger.platform, messenger]));
  const emailsOf = emailsBy(deps.messengers);
  const context = (): Context => ({
    ...knownIn(whose),
    zone,
    store,
    roster: planning.view(),
    ...inList(program),
    emailsOf,
    now: clock.now(),
    ...ofFiles(deps),
    settingUp: settingUpOf(messengers, () => context()),
    why: (person) => whyToday({ store, zone, outlook: planning.view().outlook }, person, clock.now()),
    ...deps.others,
  });
  const engine = createEngine({
    context,
    clock,
    messengers,
    owner: deps.owner,
    log,
    meters,
    prepare: () => prepared(whose, planning, context, clock),
    planAgain: () => planning.planAgain(clock.now()),
    isCurrent: () => planning.isCurrent(),
    ...(deps.shutdown === undefined ? {} : { shutdown: deps.shutdown }),
  });
  const open = async (): Promise<void> => {
    await whose.open();
    await planning.open();
  };
  const bot = createBot({
    context,
    languages,
    open,
    emailsOf,
    replan: () => planning.replan(),
    wake: (due) => deps.wake(due),
    handled: (type, outcome) => meters.handled(type, outcome),
  });
  return {
    bot,
    zone,
    planning,
    open,
    context,
    beat: () => engine.beat(),
    edit: () => engine.edit(),
    handOver: () => planning.handOver(clock.now()),
    liveUntil: (to, goTo) => liveUntil(engine, { store, clock }, to, goTo),
  };
}

/** For whom anything may be done, and who is kept out. */
const knownIn = (whose: Whose): Pick<Context, "program" | "person" | "keptOut"> => ({
  program: whose.program(),
  person: (id) => whose.people().get(id),
  keptOut: whose.keptOut(),
});

/** Who stands in the list of people, also whose id may mean somebody else now. */
const inList = ({ people }: Program): Pick<Context, "hasLeft" | "isNamed"> => ({
  hasLeft: (id) => !people.some((one) => one.id === id),
  isNamed: (account) => namedIn(people, account) !== undefined,
});

/** What setting a program up looks at. */
const settingUpOf = (messengers: Parameters<typeof foundOn>[0], context: () => Context): SettingUp => ({
  found: (people) => foundOn(messengers, context(), people),
  plan() {
    const { beginning: _, ...input } = context().roster.outlook.input;
    return planNudges(outlookOf(input));
  },
});

/** How the rosters stand, and who reads files that are given, where there are files at all. */
const ofFiles = ({ rosterState, files }: ProgramDeps): Pick<Context, "rosters" | "files"> => ({
  ...(rosterState === undefined ? {} : { rosters: rosterState }),
  ...(files === undefined ? {} : { files }),
});

async function liveUntil(
  engine: Engine,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  to: Instant,
  goTo: (at: Instant) => Promise<void> | void,
): Promise<void> {
  await engine.beat();
  while (clock.now() < to) {
    const next = (await store.nextDue()) ?? to;
    // A nudge that is due but was not sent waits for its platform. At least once an hour a beat closes what has expired.
    const at = Math.min(Math.max(next, clock.now() + SECOND), clock.now() + HOUR, to);
    await goTo(instant(at));
    await engine.beat();
  }
}
