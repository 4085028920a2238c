import { nudgeId, type Nudge } from "#src/domain/nudge.ts";
import type { Tables } from "./store-context.ts";

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
