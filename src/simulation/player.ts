import { act } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import { tapsOf } from "#src/card/taps.ts";
import { itemOf } from "#src/domain/forms.ts";
import type { Nudge, NudgeId } from "#src/domain/nudge.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import { DAY, later, utc, type Instant } from "#src/domain/time.ts";
import { askCard, nextStep } from "#src/flows/ask-card.ts";
import { viewOf } from "#src/flows/view.ts";
import type { Running } from "#src/engine.ts";
import type { Inbound, Reply } from "#src/ports/inbound.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { answersInOrder } from "./aliases.ts";
import type { Deed } from "./script.ts";
import type { TranscriptLine } from "./transcript.ts";

export interface PlayerDeps {
  readonly running: Running;
  readonly platform: string;
  messageOf(person: PersonId, nudge: NudgeId): MessageRef | undefined;
  now(): Instant;
}

/** Somebody with a phone: taps and types as a script says, or as chance has it. */
export interface Player {
  act(deed: Deed): Promise<readonly TranscriptLine[]>;
  /** Answers this person's open asks, each question by a random tap. */
  improvise(person: PersonId, random: () => number): Promise<void>;
}

export function createPlayer(deps: PlayerDeps): Player {
  let events = 0;
  const { bot } = deps.running;
  const sender = (person: PersonId) => ({
    platform: deps.platform,
    account: person,
    address: person as string as Address,
  });
  const event = () => `simulated:${++events}`;
  const message = (person: PersonId, nudge: NudgeId) =>
    deps.messageOf(person, nudge) ?? (`unseen-${nudge}` as MessageRef);
  const press = (person: PersonId, nudge: NudgeId, pressed: Act): Promise<Reply> =>
    bot.receive({
      type: "pressed",
      event: event(),
      sender: sender(person),
      act: pressed,
      message: message(person, nudge),
    });
  const submit = (
    person: PersonId,
    nudge: NudgeId,
    pressed: Act,
    values: Readonly<Record<string, string>>,
  ): Promise<Reply> =>
    bot.receive({
      type: "submitted",
      event: event(),
      sender: sender(person),
      act: pressed,
      message: message(person, nudge),
      values,
    });
  const say = (inbound: { person: PersonId; text: string }): Promise<Reply> =>
    bot.receive({
      type: "said",
      event: event(),
      sender: sender(inbound.person),
      text: inbound.text,
    } satisfies Inbound);
  const line = (person: PersonId, reply: Reply, nudge?: Nudge): readonly TranscriptLine[] => {
    const at = utc(deps.now());
    const about = nudge === undefined ? {} : { kind: nudge.kind, subject: nudge.subject };
    switch (reply.kind) {
      case "none":
        return [];
      case "card":
        return [{ at, type: reply.replace ? "edited" : "sent", person, ...about, text: plain(reply.card) }];
      case "refused":
        return [{ at, type: "refused", person, reason: reply.reason, text: reply.text }];
      default:
        return reply satisfies never;
    }
  };

  const agree = async (person: PersonId, nudge: Nudge): Promise<readonly TranscriptLine[]> => {
    const standing = await deps.running.desk().store.standing(person);
    return standing.consent === "given"
      ? []
      : line(person, await press(person, nudge.id, act({ verb: "agree", nudge: nudge.id })), nudge);
  };

  /** The view of a nudge as its person has it now. */
  const look = async (nudge: Nudge) => {
    const desk = deps.running.desk();
    const person = desk.person(nudge.person)!;
    return viewOf(desk, nudge, person, person.locale);
  };

  const answers = async (deed: Extract<Deed, { type: "answers" }>): Promise<readonly TranscriptLine[]> => {
    const { person, kind } = deed;
    const nudge = await openNudge(deps, person, kind);
    if (nudge === undefined) {
      return [
        {
          at: utc(deps.now()),
          type: "refused",
          person,
          reason: "no-open-nudge",
          text: `There is no open ${kind} for ${person}.`,
        },
      ];
    }
    const lines = [...(await agree(person, nudge))];
    let wanted = answersInOrder(kind, deed.answers);
    if (kind === "shift-plan" && (await look(nudge)).seen.length > 1) {
      wanted = [
        ["scope", deed.resident === undefined ? "all" : "each"],
        ...wanted.filter(([item]) => item !== "scope"),
      ];
    }
    for (const [item, value] of wanted) {
      const text = itemOf(item)?.scale.type === "text";
      const about = aboutOf(await look(nudge), item, deed.resident);
      const reply = text
        ? await submit(person, nudge.id, act({ verb: "write", nudge: nudge.id, item, about }), {
            [item]: value,
          })
        : await press(person, nudge.id, act({ verb: "answer", nudge: nudge.id, item, about, value }));
      lines.push(...line(person, reply, nudge));
    }
    return [...lines, ...(await skipRest(person, nudge))];
  };

  /** Skips the optional lines that nobody has written. */
  const skipRest = async (person: PersonId, nudge: Nudge): Promise<readonly TranscriptLine[]> => {
    const lines: TranscriptLine[] = [];
    for (;;) {
      const step = nextStep(await look(nudge));
      if (step?.item.optional !== true) return lines;
      const reply = await press(
        person,
        nudge.id,
        act({ verb: "skip", nudge: nudge.id, item: step.item.id, about: step.about }),
      );
      lines.push(...line(person, reply, nudge));
      if (reply.kind === "refused") return lines;
    }
  };

  const talked = async (person: PersonId): Promise<readonly TranscriptLine[]> => {
    const { store } = deps.running.desk();
    const recent = await store.nudgesOf(person, later(deps.now(), -14 * DAY), later(deps.now(), DAY));
    for (const nudge of recent.toReversed()) {
      if (nudge.sentAt === undefined || !["shift-goal", "shift-plan", "pair-check-in"].includes(nudge.kind))
        continue;
      const tap = tapsOf(askCard(await look(nudge))).find(({ meaning }) => meaning.verb === "talked");
      if (tap !== undefined) return line(person, await press(person, nudge.id, tap.tap.act), nudge);
    }
    return [
      {
        at: utc(deps.now()),
        type: "refused",
        person,
        reason: "nothing-open",
        text: `${person} has no open difference to talk about.`,
      },
    ];
  };

  return {
    act(deed) {
      switch (deed.type) {
        case "answers":
          return answers(deed);
        case "says":
          return say(deed).then((reply) => line(deed.person, reply));
        case "talked":
          return talked(deed.person);
        default:
          return deed satisfies never;
      }
    },
    async improvise(person, random) {
      for (const nudge of await deps.running.desk().store.openNudges(person, deps.now())) {
        await agree(person, nudge);
        for (;;) {
          const step = nextStep(await look(nudge));
          if (step === undefined) break;
          const taps = tapsOf(askCard(await look(nudge))).filter(
            ({ meaning }) =>
              (meaning.verb === "answer" || meaning.verb === "skip") && meaning.item === step.item.id,
          );
          const tap = taps[Math.floor(random() * taps.length)];
          const written = { [step.item.id]: "…" };
          const reply =
            tap === undefined
              ? await submit(
                  person,
                  nudge.id,
                  act({ verb: "write", nudge: nudge.id, item: step.item.id, about: step.about }),
                  written,
                )
              : await press(person, nudge.id, tap.tap.act);
          if (reply.kind === "refused") break;
        }
      }
    },
  };
}

/** The newest ask of this kind that takes answers: an answered one too, since answers can be changed. */
async function openNudge(
  { running, now }: PlayerDeps,
  person: PersonId,
  kind: Nudge["kind"],
): Promise<Nudge | undefined> {
  const nudges = await running.desk().store.nudgesOf(person, later(now(), -7 * DAY), later(now(), DAY));
  const open = nudges.filter(
    (one) =>
      one.kind === kind && one.expiresAt > now() && ["sent", "uncertain", "answered"].includes(one.state),
  );
  return open.findLast((one) => one.state !== "answered") ?? open.at(-1);
}

/** Whom an answer is about, as the tap for it says: nobody in particular, the resident named, or the only one there is. */
function aboutOf(
  view: Awaited<ReturnType<typeof viewOf>>,
  item: string,
  resident: PersonId | undefined,
): PersonId | undefined {
  const { kind } = view.nudge;
  const isOfShift = kind === "shift-goal" || (kind === "shift-debrief" && view.reader.role === "resident");
  if (isOfShift || item === "scope") return undefined;
  if (resident !== undefined) return resident;
  if (kind === "shift-plan" && view.seen.length > 1 && item !== "counter") return undefined;
  return view.seen[0]?.partners[0]?.id;
}
