import { plain } from "#src/card/plain.ts";
import type { Act } from "#src/card/card.ts";
import type { Nudge, NudgeId } from "#src/domain/nudge.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import { utc, type Instant } from "#src/domain/time.ts";
import type { Bot } from "#src/bot.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { TranscriptLine } from "./transcript.ts";

export interface HandDeps {
  readonly bot: Bot;
  readonly platform: string;
  /** The newest message that shows a nudge to a person. */
  messageOf(person: PersonId, nudge: NudgeId): MessageRef | undefined;
  now(): Instant;
}

/** Taps and types for a person. Each act returns what the phone shows then. */
export interface Hand {
  press(nudge: Nudge, act: Act): Promise<readonly TranscriptLine[]>;
  submit(
    nudge: Nudge,
    act: Act,
    values: Readonly<Record<string, string>>,
  ): Promise<readonly TranscriptLine[]>;
  say(person: PersonId, text: string): Promise<readonly TranscriptLine[]>;
}

export function createHand({ bot, platform, messageOf, now }: HandDeps): Hand {
  let events = 0;
  const begin = (person: PersonId) => ({
    event: `simulated:${++events}`,
    sender: { platform, account: person, address: person as string as Address },
  });
  const message = ({ person, id }: Nudge) => messageOf(person, id) ?? (`unseen-${id}` as MessageRef);
  const receive = async (inbound: Inbound, person: PersonId, nudge?: Nudge) =>
    shownThen(await bot.receive(inbound), person, now(), nudge);
  return {
    press: (nudge, act) =>
      receive({ type: "pressed", ...begin(nudge.person), act, message: message(nudge) }, nudge.person, nudge),
    submit: (nudge, act, values) =>
      receive(
        { type: "submitted", ...begin(nudge.person), act, message: message(nudge), values },
        nudge.person,
        nudge,
      ),
    say: (person, text) => receive({ type: "said", ...begin(person), text }, person),
  };
}

function shownThen(
  response: BotResponse,
  person: PersonId,
  now: Instant,
  nudge: Nudge | undefined,
): readonly TranscriptLine[] {
  const at = utc(now);
  const about = nudge === undefined ? {} : { kind: nudge.kind, subject: nudge.subject };
  switch (response.kind) {
    case "none":
      return [];
    case "card":
      return [
        { at, type: response.replace ? "edited" : "sent", person, ...about, text: plain(response.card) },
      ];
    case "refused":
      return [{ at, type: "refused", person, reason: response.reason, text: response.text }];
    default:
      return response satisfies never;
  }
}

/** Whether the last act was refused. */
export const wasRefused = (lines: readonly TranscriptLine[]): boolean => lines.at(-1)?.type === "refused";
