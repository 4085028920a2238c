import type { ItemId } from "#src/domain/forms.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { Direction } from "#src/domain/gap.ts";
import type { PersonId } from "#src/domain/person.ts";

/** One line of a simulation's transcript. `at` is RFC 3339 in UTC. */
export type TranscriptLine = { readonly at: string } & (
  | {
      readonly type: "sent" | "edited";
      readonly person: PersonId;
      /** The nudge that the card is about; absent for the answer to a command. */
      readonly kind?: NudgeKind;
      readonly subject?: string;
      readonly text: string;
    }
  | { readonly type: "refused"; readonly person: PersonId; readonly reason: string; readonly text: string }
  | {
      readonly type: "mismatch";
      readonly event: "opened" | "settled" | "closed" | "lapsed";
      readonly resident: PersonId;
      readonly attending: PersonId;
      readonly item: ItemId;
      readonly direction: Direction;
    }
);
