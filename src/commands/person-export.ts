import { itemOf } from "#src/domain/forms.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import { utc, type Instant } from "#src/domain/time.ts";
import type { PersonRecord } from "#src/ports/store.ts";
import type { Row, Tables } from "./table.ts";

/**
 * Everything that is kept of one person, for that person: also the answers that nobody else may see, and those that
 * were corrected later. The same record gives the same tables, in the same order. Nudges are numbered anew: a gap in the program's own
 * numbers would tell that others have had a message more.
 */
export function personTables(id: PersonId, person: Person | undefined, record: PersonRecord): Tables {
  const { standing } = record;
  const own = [
    ...new Set([...record.nudges.map(({ id }) => id), ...record.replies.map(({ nudge }) => nudge)]),
  ];
  const numberOf = (nudge: NudgeId): number => own.indexOf(nudge) + 1;
  return {
    person: [
      {
        person: id,
        name: person?.name ?? null,
        role: person?.roles.join("+") ?? null,
        locale: standing.locale ?? person?.locale ?? null,
        email: person?.email ?? null,
        consent: standing.consent,
        stopped: standing.stopped,
        pausedUntil: moment(standing.pausedUntil),
        unansweredInARow: standing.unansweredInARow,
        lastAskAt: moment(standing.lastAskAt),
      },
    ],
    accounts: record.identities
      .toSorted((a, b) => order(a.platform, b.platform))
      .map(({ platform, account }) => ({ platform, account })),
    shifts: record.assignments.map(({ id: shift, start, end, label }) => ({
      shift,
      start: utc(start),
      end: utc(end),
      label,
    })),
    nudges: record.nudges.map(({ id: nudge, kind, subject, state, dueAt, sentAt, expiresAt, reason }) => ({
      nudge: numberOf(nudge),
      kind,
      subject,
      state,
      dueAt: utc(dueAt),
      sentAt: moment(sentAt),
      expiresAt: utc(expiresAt),
      reason: reason ?? null,
    })),
    answers: record.replies.map((reply) => answer(reply, numberOf(reply.nudge))),
  };
}

function answer(
  { at, occasion, about, item, value, superseded }: PersonRecord["replies"][number],
  nudge: number,
): Row {
  const known = itemOf(item);
  return {
    at: utc(at),
    nudge,
    occasion,
    about: about ?? null,
    item,
    component: known?.component ?? null,
    visibility: known?.visibility ?? null,
    value,
    superseded,
  };
}

const moment = (at: Instant | undefined): string | null => (at === undefined ? null : utc(at));

const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
