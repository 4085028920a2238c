import { setTimeout } from "node:timers/promises";
import { and, asc, eq, inArray, or } from "drizzle-orm";
import { CHATS_TO_CLEAR, readChats, type ChatToClear } from "#src/ports/chats-to-clear.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Identity } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, query, forUpdate, type Statement } from "../statements/statement.ts";
import { first, rows, run, type Steps } from "../statements/steps.ts";
import { appending, AUDIT_LOCK } from "./audit.ts";
import { pairsForgotten } from "./check-ins.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import { nudgeColumns, nudgeOf } from "./nudges.ts";
import { addressPlace, personLock, sealedTexts } from "./people.ts";
import { standingColumns, standingOf, UNTOLD_STANDING } from "./standings.ts";
import { openReplies, replyColumns } from "./replies.ts";
import { assignmentColumns } from "./roster.ts";

import { othersMessages } from "./others-messages.ts";
import { renewal, scrubbing, type Scrubbing } from "./shared-work.ts";

/** Milliseconds that an erasing waits for the files: less than the three seconds that Slack waits for us. */
const ENOUGH = 2_000;

/** Everything that is stored about one person: exports or erases it. */
export const personRecord = (context: StoreContext): Pick<Store, "export" | "erase" | "finishErasing"> => {
  const scrub = scrubbing(context);
  return { ...exporting(context), ...erasing(context, scrub), finishErasing: scrub.settle };
};

function exporting(context: StoreContext): Pick<Store, "export"> {
  const { program, tables } = context;
  const { person: t, identity, assignment, nudge, reply, checkInPair: pair } = tables;
  const opened = openReplies(context);
  const { account: accountOn } = sealedTexts(context);
  const theirs = ofPerson(program);
  const standing = query(standingColumns(tables), (select) => select.from(t).where(themselves(context)));
  const identities = query({ platform: identity.platform, account: identity.account }, (select) =>
    select.from(identity).where(theirs(identity)),
  );
  const assignments = query(assignmentColumns(tables), (select) =>
    select.from(assignment).where(theirs(assignment)).orderBy(asc(assignment.start)),
  );
  const nudges = query(nudgeColumns(tables), (select) =>
    select.from(nudge).where(theirs(nudge)).orderBy(asc(nudge.dueAt), asc(nudge.id)),
  );
  const replies = query({ ...replyColumns(tables), supersededBy: reply.supersededBy }, (select) =>
    select.from(reply).where(theirs(reply)).orderBy(asc(reply.at), asc(reply.id)),
  );

  const { week, resident, attending } = pair;
  const checkIns = query({ week, resident, attending }, (select) =>
    select
      .from(pair)
      .where(
        and(
          is(pair.program, program),
          or(eq(resident, placeholder("person")), eq(attending, placeholder("person"))),
        ),
      )
      .orderBy(asc(week), asc(pair.place)),
  );

  return {
    export: (person) =>
      context.read(function* () {
        const row = yield* first(standing, { person });
        const found = yield* rows(replies, { person });
        const kept = yield* opened(found);
        return {
          person,
          standing: row === undefined ? UNTOLD_STANDING : standingOf(row),
          identities: (yield* rows(identities, { person })).map(({ platform, account }) => ({
            platform,
            account: accountOn(platform).open(account),
          })),
          assignments: yield* rows(assignments, { person }),
          nudges: (yield* rows(nudges, { person })).map(nudgeOf),
          checkIns: (yield* rows(checkIns, { person })).map((one) => ({
            week: one.week,
            partner: one.resident === person ? one.attending : one.resident,
          })),
          replies: kept.map((reply, i) => ({ ...reply, superseded: found[i]?.supersededBy !== null })),
        };
      }),
  };
}

function erasing(context: StoreContext, { owe, settle }: Scrubbing): Pick<Store, "erase"> {
  const { program } = context;
  const renewed = renewal(context, "wishes");
  const noted = appending(context);
  const shown = othersMessages(context);
  const { taken, deletions, known, forget } = erasingWrites(context);
  const leave = leavingChats(context);
  return {
    erase: async (person, now, actor) => {
      await context.lockedTransaction([personLock(person), AUDIT_LOCK], function* () {
        // A message that is being sent is recorded before this, or not at all.
        yield* rows(taken, { person });
        yield* run(shown, { person, now });
        yield* leave(person, now);
        for (const statement of deletions) yield* run(statement, { person });
        yield* run(known, { person });
        yield* run(forget, { person, now });
        yield* renewed();
        yield* owe();
        yield* noted({ program, at: now, actor, what: "erase", subject: person });
      });
      context.openedKeys.delete(`${program}/${person}`);
      // The person is erased now. If clearing the files fails, it is done later.
      await Promise.race([settle().catch(() => undefined), setTimeout(ENOUGH, undefined, { ref: false })]);
    },
  };
}

/** Keeps, sealed, which messages still stand in the person's chats: whoever beats next takes them out. */
function leavingChats(context: StoreContext) {
  const { program, tables } = context;
  const { nudge, message, note } = tables;
  const { ref: refs, note: sealed } = sealedTexts(context);
  const addresses = knownAddresses(context);
  const shown = query({ platform: message.platform, ref: message.ref }, (select) =>
    select
      .from(message)
      .innerJoin(nudge, eq(nudge.id, message.nudge))
      .where(
        and(
          is(message.program, program),
          is(nudge.program, program),
          eq(nudge.person, placeholder("person")),
        ),
      ),
  );
  const before = query({ value: note.value }, (select) =>
    select.from(note).where(and(is(note.program, program), is(note.key, CHATS_TO_CLEAR))),
  );
  const keep = command((db) =>
    db
      .insert(note)
      .values({ program, key: CHATS_TO_CLEAR, value: placeholder("value") })
      .onConflictDoUpdate({ target: [note.program, note.key], set: { value: placeholderValue("value") } }),
  );
  return function* (person: PersonId, now: Instant): Steps<void> {
    const found = yield* rows(shown, { person });
    const known = new Map((yield* addresses(person)).map(({ platform, address }) => [platform, address]));
    const platforms = new Set([...known.keys(), ...found.map(({ platform }) => platform)]);
    const fresh = [...platforms].map((platform): ChatToClear => {
      const address = known.get(platform);
      return {
        platform,
        ...(address === undefined ? {} : { address }),
        messages: found.flatMap((one) => (one.platform === platform ? [refs.open(one.ref)] : [])),
        erasedAt: now,
      };
    });
    if (fresh.length === 0) return;
    const value = (yield* first(before))?.value;
    const earlier = readChats(value === undefined ? undefined : sealed(CHATS_TO_CLEAR).open(value));
    yield* run(keep, { value: sealed(CHATS_TO_CLEAR).seal(JSON.stringify([...earlier, ...fresh])) });
  };
}

function erasingWrites(context: StoreContext) {
  const { program, tables } = context;
  const { person: t, identity, nudge, reply, message, inbox, chat } = tables;
  const theirs = ofPerson(program);
  const taken = forUpdate(query({ id: nudge.id }, (select) => select.from(nudge).where(theirs(nudge))));
  const messages = command((db) =>
    db
      .delete(message)
      .where(inArray(message.nudge, db.select({ id: nudge.id }).from(nudge).where(theirs(nudge)))),
  );
  const others: readonly Statement[] = [reply, nudge, identity, inbox, chat].map((table) =>
    command((db) => db.delete(table).where(theirs(table))),
  );
  const known = command((db) =>
    db
      .insert(t)
      .values({ program, id: placeholder("person") })
      .onConflictDoNothing(),
  );
  const forget = command((db) =>
    db
      .update(t)
      .set({
        consent: "declined",
        consentedAt: null,
        locale: null,
        pausedUntil: null,
        stopped: true,
        unansweredInARow: 0,
        lastAskAt: null,
        wrappedKey: null,
        erasedAt: placeholderValue("now"),
      })
      .where(themselves(context)),
  );
  return { taken, deletions: [messages, ...others, pairsForgotten(context)], known, forget };
}

/** The row of the person that a statement is given. */
const themselves = ({ program, tables: { person: t } }: StoreContext) =>
  and(is(t.program, program), eq(t.id, placeholder("person")));

type Theirs = Tables["identity" | "assignment" | "nudge" | "reply" | "inbox" | "chat"];

/** The rows of a table that are theirs. */
const ofPerson = (program: string) => (table: Theirs) =>
  and(is(table.program, program), eq(table.person, placeholder("person")));

/** Where a person is written to, on each platform. */
function knownAddresses(context: StoreContext) {
  const { program, masterKey, tables } = context;
  const { identity: t } = tables;
  const ofPerson = query({ platform: t.platform, address: t.address }, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.person, placeholder("person")))),
  );
  return function* (person: PersonId): Steps<readonly Pick<Identity, "platform" | "address">[]> {
    return (yield* rows(ofPerson, { person })).map(({ platform, address }) => ({
      platform,
      address: masterKey.open(address, addressPlace(program, person, platform)).toString() as Address,
    }));
  };
}
