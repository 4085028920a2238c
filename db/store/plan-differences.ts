import type { NudgeKind, PlannedNudge } from "#src/domain/nudge.ts";
import { isOneOf, OUT, RECALLED, UNIMPLIED, UNSENT, type NudgeState } from "#src/domain/nudge-life.ts";
import type { Instant } from "#src/domain/time.ts";

/** A stored nudge, to compare with the plan. `plannedDue`: the due time of the last plan; `dueAt` may be earlier. */
export interface Stored {
  readonly id: number;
  readonly kind: NudgeKind;
  readonly subject: string;
  readonly plannedDue: Instant;
  readonly expiresAt: Instant;
  readonly state: NudgeState;
  readonly reason: string | null;
}

type Move = { readonly id: number; readonly dueAt: Instant; readonly expiresAt: Instant };

export interface Differences {
  readonly fresh: readonly PlannedNudge[];
  readonly moved: readonly Move[];
  /** Withdrawn by an earlier plan, and wanted again. */
  readonly revived: readonly Move[];
  /** Due at the same time; only the expiry changed. */
  readonly prolonged: readonly Omit<Move, "dueAt">[];
  readonly withdrawn: readonly number[];
  /** Recalled earlier, and wanted again. Its message is still in the chat. */
  readonly reopened: readonly Omit<Move, "dueAt">[];
  /** Sent; now open until another time. */
  readonly followed: readonly Omit<Move, "dueAt">[];
}

/** What must change so that one person's unsent nudges equal the plan. Sent nudges stay as they are. */
export const differences = (
  wanted: readonly PlannedNudge[],
  stored: readonly Stored[],
  now: Instant,
): Differences => {
  if (stored.length === 0)
    return {
      fresh: wanted,
      moved: [],
      revived: [],
      prolonged: [],
      withdrawn: [],
      reopened: [],
      followed: [],
    };
  const left = new Map(stored.map((nudge) => [`${nudge.kind} ${nudge.subject}`, nudge]));
  const fresh: PlannedNudge[] = [];
  const moved: Move[] = [];
  const revived: Move[] = [];
  const prolonged: Omit<Move, "dueAt">[] = [];
  const reopened: Omit<Move, "dueAt">[] = [];
  const followed: Omit<Move, "dueAt">[] = [];
  for (const { kind, person, subject, dueAt, expiresAt } of wanted) {
    const there = left.get(`${kind} ${subject}`);
    left.delete(`${kind} ${subject}`);
    if (there === undefined) fresh.push({ kind, person, subject, dueAt, expiresAt });
    else if (there.state === "withdrawn" && there.reason === UNIMPLIED)
      revived.push({ id: there.id, dueAt, expiresAt });
    else if (there.state === "withdrawn" && there.reason === RECALLED)
      reopened.push({ id: there.id, expiresAt });
    else if (isOneOf(OUT, there.state) && there.expiresAt !== expiresAt)
      followed.push({ id: there.id, expiresAt });
    else if (!isOneOf(UNSENT, there.state)) continue;
    else if (there.plannedDue !== dueAt) moved.push({ id: there.id, dueAt, expiresAt });
    else if (there.expiresAt !== expiresAt) prolonged.push({ id: there.id, expiresAt });
  }
  const withdrawn = [...left.values()]
    .filter((nudge) => isOneOf(UNSENT, nudge.state) && nudge.expiresAt > now)
    .map(({ id }) => id);
  return { fresh, moved, revived, prolonged, withdrawn, reopened, followed };
};
