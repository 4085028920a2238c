import { Hono, type Context } from "hono";
import { HOUR, later, type Instant } from "#src/domain/time.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { CastMember, Jump } from "#src/ports/stage.ts";
import { withBody } from "./body.ts";
import type { PlaygroundDeps } from "./deps.ts";
import { localeOf, refuse } from "./guard.ts";
import { jumping, nothingAsked } from "./requests.ts";
import { fill, textsIn } from "./texts-in.ts";

/** A person who got messages during a move of the clock, with their kinds, where known. */
interface Reached {
  readonly member: CastMember;
  readonly kinds: readonly NudgeKind[];
}

const NAMES_SHOWN = 2;

/**
 * The routes of the clock's buttons. One move of the clock at a time. Starting over waits until a move has ended.
 */
export function travelRoutes(deps: PlaygroundDeps): Hono {
  let moving = false;
  const played = async (c: Context, move: () => Promise<Response>): Promise<Response> =>
    deps.stage.travels ? move() : refuse(c, 409, "real-time");
  const alone = async (c: Context, move: () => Promise<Response>): Promise<Response> => {
    if (moving) return refuse(c, 409, "busy");
    moving = true;
    try {
      return await move();
    } finally {
      moving = false;
    }
  };

  return new Hono()
    .post("/jump", (c) =>
      withBody(c, jumping, ({ jump }) => played(c, () => alone(c, () => travelled(deps, c, jump)))),
    )
    .post("/start-over", (c) =>
      withBody(c, nothingAsked, () =>
        played(c, async () => {
          await deps.stage.startOver();
          deps.hub.push({ type: "resync" });
          return c.json({ text: textsIn(localeOf(c)).reached.restarted });
        }),
      ),
    );
}

const DIGESTS: ReadonlySet<NudgeKind> = new Set(["attending-digest", "coordinator-digest"]);

/** Moves the clock, and reports who got messages. */
async function travelled(deps: PlaygroundDeps, c: Context, jump: Jump): Promise<Response> {
  const before = deps.stage.now();
  const { result: now, people } = await watching(deps, () => deps.stage.jump(jump));
  deps.hub.push({ type: "time", now });
  const reached = await whom(deps, people, before, now);
  return c.json({
    text: sentence(reached, localeOf(c)),
    reached: reached.map(({ member, kinds }) => ({
      person: member.id,
      name: member.called[localeOf(c)],
      digest: kinds.some((kind) => DIGESTS.has(kind)),
    })),
  });
}

/** What `run` resolves to, and who got messages while it ran, in order. */
async function watching<Result>(
  deps: PlaygroundDeps,
  run: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly people: ReadonlySet<string> }> {
  const people = new Set<string>();
  const leave = deps.hub.subscribe((event) => {
    if (event.type === "message" && !event.edited && event.message.from === "attune")
      people.add(event.message.person);
  });
  try {
    return { result: await run(), people };
  } finally {
    leave();
  }
}

async function whom(
  deps: PlaygroundDeps,
  people: ReadonlySet<string>,
  before: Instant,
  now: Instant,
): Promise<readonly Reached[]> {
  if (people.size === 0) return [];
  const cast = await deps.stage.cast();
  // An ask that had to wait is listed at its due time, so look back a little further than the move.
  const strip = await deps.stage.strip(later(before, -HOUR), later(now, 1));
  return [...people].flatMap((person) => {
    const member = cast.find(({ id }) => id === person);
    if (member === undefined) return [];
    const went = strip.nudges.filter(
      (nudge) =>
        nudge.person === person &&
        (nudge.state === "sent" || nudge.state === "uncertain") &&
        nudge.at > before,
    );
    return [{ member, kinds: [...new Set(went.map(({ kind }) => kind))] }];
  });
}

/** "Shift goal reached Dr. Tanaka." */
function sentence(reached: readonly Reached[], locale: Locale): string {
  const texts = textsIn(locale);
  const [first] = reached;
  if (first === undefined) return texts.reached.none;
  const names = reached.slice(0, NAMES_SHOWN).map(({ member }) => member.called[locale]);
  if (reached.length > NAMES_SHOWN)
    names.push(fill(texts.reached.more, { count: reached.length - NAMES_SHOWN }));
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const kinds = [...new Set(reached.flatMap((each) => each.kinds))];
  const what = list.format(kinds.map((kind) => texts.kinds[kind]));
  return fill(kinds.length === 1 ? texts.reached.one : texts.reached.several, {
    what,
    names: list.format(names),
  });
}
