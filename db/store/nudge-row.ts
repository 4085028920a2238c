import { nudgeId, type Nudge, type NudgeKind } from "#src/domain/nudge.ts";
import type { Tables } from "../kept.ts";

/** Notices expect no answer: they are not asks, and their end says nothing of a person. */
export const NOTICES: readonly NudgeKind[] = ["attending-digest", "coordinator-digest"];

export const isAsk = (kind: NudgeKind): boolean => !NOTICES.includes(kind);

export const nudgeColumns = ({ nudge: t }: Tables) => ({
  id: t.id,
  kind: t.kind,
  person: t.person,
  subject: t.subject,
  dueAt: t.dueAt,
  expiresAt: t.expiresAt,
  state: t.state,
  sentAt: t.sentAt,
  reason: t.reason,
});

export type NudgeRow = Pick<Tables["nudge"]["$inferSelect"], keyof ReturnType<typeof nudgeColumns>>;

export const nudgeOf = (row: NudgeRow): Nudge => ({
  id: nudgeId(row.id),
  kind: row.kind,
  person: row.person,
  subject: row.subject,
  dueAt: row.dueAt,
  expiresAt: row.expiresAt,
  state: row.state,
  ...(row.sentAt === null ? {} : { sentAt: row.sentAt }),
  ...(row.reason === null ? {} : { reason: row.reason }),
});
