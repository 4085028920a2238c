import { TOLD_OF, type FileId } from "#src/domain/files.ts";
import { SECOND, later, mondayOf, weekOf, type Instant } from "#src/domain/time.ts";
import { isBeforeStart, type Context } from "#src/flows/context.ts";
import { publishFigures } from "#src/flows/digests/publish-figures.ts";
import { BATCH, guarded, reconcile, sendDue, type EngineDeps } from "./deliver.ts";
import { createEditing, LastShown } from "./edits.ts";
import { clearChats, createFinishing, eraseExpired, forgetWaiting } from "./forgetting.ts";
import { createMarking } from "./over.ts";
import { pickCheckIns } from "./pick-check-ins.ts";
import { each, withCircuitBreaker } from "./reach.ts";

/** The time that a worker has for what it claimed, in milliseconds. Far above a messenger's time-out. */
const LEASE = 90_000;

export interface Engine {
  /**
   * One beat: plans, expires, edits what shows something else now, finds out what became of interrupted sends, sends
   * what is due, finishes what erasing has left to do. Edits come first: somebody waits for a partner's answer, or taps
   * on an ask that is closed. What there is to do follows from state and time alone,
   * so a beat may come early, late, twice, or on several replicas.
   */
  beat(): Promise<void>;
  /** Edits what shows something else now, beside a beat that is under way: people wait for it. */
  edit(): Promise<void>;
}

export function createEngine(given: Omit<EngineDeps, "lastShown" | "heldUp">): Engine {
  const messengers = new Map(
    [...given.messengers].map(([platform, messenger]) => [
      platform,
      withCircuitBreaker(messenger, given.clock),
    ]),
  );
  const deps: EngineDeps = { ...given, messengers, lastShown: new LastShown(), heldUp: new Map() };
  const pick = whenDue((context) => pickCheckIns(context, () => deps.planAgain()));
  const publish = whenDue((context) => publishWeekly(context, deps.owner));
  const over = whenDue(createMarking(deps.owner));
  const greetAnew = createGreeting();
  const tellTakeOvers = createTelling();
  const finishErasing = whenDue(createFinishing(deps));
  const erase = whenDue((context) => eraseExpired(deps, context));
  const forget = whenDue((context) => forgetWaiting(deps, context));
  const lease = () => ({ owner: deps.owner, now: deps.clock.now(), length: LEASE });
  const editAll = createEditing(deps);
  return {
    edit: editAll,
    async beat() {
      const start = performance.now();
      await deps.prepare();
      const isWaiting = isBeforeStart(deps.context());
      if (!isWaiting) await pick(deps.context());
      const { store, now } = deps.context();
      await store.expire(now);
      await over(deps.context());
      await publish(deps.context());
      await (isWaiting ? greetAnew : tellTakeOvers)(deps.context());
      await editAll();
      await drain(
        () => store.claimDoubtful(lease(), BATCH),
        (claim) => guarded(deps, claim, () => reconcile(deps, claim)),
      );
      await sendDue(deps, lease, editAll);
      await finishErasing(deps.context());
      await clearChats(deps, deps.context());
      await erase(deps.context());
      await forget(deps.context());
      deps.meters.beatEnded(performance.now() - start);
    },
  };
}

/** Takes batches until there is nothing left. */
async function drain<One>(
  take: () => Promise<readonly One[]>,
  handle: (one: One) => Promise<void>,
): Promise<void> {
  for (;;) {
    const batch = await take();
    await each(batch, handle);
    if (batch.length < BATCH) return;
  }
}

/**
 * Does something at the first beat, and again when it says that it is due; at every other beat it costs nothing. Each process keeps
 * that for itself, as what is done twice changes nothing.
 */
function whenDue(
  work: (context: Context) => Promise<Instant | undefined>,
): (context: Context) => Promise<void> {
  let rest: { readonly from: Instant; readonly until: Instant } | undefined;
  return async (context) => {
    const { now } = context;
    // A clock may step back.
    if (rest !== undefined && rest.from <= now && now < rest.until) return;
    const until = await work(context);
    rest = until && { from: now, until };
  };
}

/** One process publishes for all: long enough to count a program's replies. */
const COUNTING = 90 * SECOND;

/** Publishes the program's figures once a week, before any digest shows them. */
async function publishWeekly(context: Context, owner: string): Promise<Instant | undefined> {
  const { store, zone, now } = context;
  if (!(await store.hold("figures", { owner, now, length: COUNTING }))) return undefined;
  await publishFigures(context);
  return zone.at(mondayOf(weekOf(zone.dayOf(now)) + 1), 0);
}

/** While a program waits for Start, its greeting follows what it tells of: the roster, the people, what could not be read of them. */
function createGreeting(): (context: Context) => Promise<void> {
  let told: readonly unknown[] = [];
  return async ({ program, roster, rosters, store, now }) => {
    const { troubles = [], report } = rosters?.() ?? {};
    const leftOut = report?.leftOut.map(({ why }) => why.text).join("\n");
    const tells = [program, roster.outlook, troubles.length, leftOut];
    if (tells.every((one, at) => one === told[at])) return;
    await store.greetAnew(now);
    told = tells;
  };
}

/**
 * When a file that an operator put in its place counts instead of one that a coordinator had applied, every coordinator is told. It
 * follows from what is in force, so any process may do it, after a restart too: whoever was told is not told again. While a program
 * waits for Start, its greeting says what there is.
 */
function createTelling(): (context: Context) => Promise<void> {
  const told = new Set<FileId>();
  return async ({ store, now, program, roster, rosters }) => {
    const since = roster.outlook.input.beginning?.started?.at ?? 0;
    const taken = (rosters?.().files ?? []).filter(
      ({ id, why, at, replaces }) =>
        why === "file" && replaces && at >= since && later(at, TOLD_OF) > now && !told.has(id),
    );
    for (const { id, at } of taken) {
      const coordinators = program.people.filter(({ roles }) => roles.includes("coordinator"));
      const notice = {
        kind: "file-taken-over",
        subject: id,
        dueAt: at,
        expiresAt: later(at, TOLD_OF),
      } as const;
      await store.tell(coordinators.map((person) => ({ ...notice, person: person.id })));
      told.add(id);
    }
  };
}
