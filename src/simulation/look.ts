import type { Ask } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { utc, type Instant } from "#src/domain/time.ts";
import { viewOf, type View } from "#src/flows/view/view.ts";
import type { RunningProgram } from "#src/engine.ts";
import type { Hand } from "./hand.ts";
import type { TranscriptLine } from "./transcript.ts";

export interface PlayerDeps {
  readonly running: RunningProgram;
  readonly hand: Hand;
  now(): Instant;
}

/** The view of a nudge as its person has it now. */
export async function look({ running }: PlayerDeps, nudge: Ask): Promise<View> {
  const context = running.context();
  const person = context.person(nudge.person)!;
  return viewOf(context, nudge, person, person.locale);
}

/** What the transcript says of something that a script wants and nobody can do. */
export const refusal = (
  at: Instant,
  person: PersonId,
  reason: string,
  text: string,
): readonly TranscriptLine[] => [{ at: utc(at), type: "refused", person, reason, text }];
