import { and, eq, gt, ne } from "drizzle-orm";
import type { Instant } from "#src/domain/time.ts";
import type { Standing, StandingChange, Store } from "#src/ports/store.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { first, rows, run, type Steps } from "../statements/steps.ts";
import { inboxOf } from "./events.ts";
import { nudgeLife } from "./nudge-life.ts";
import { shownMessages } from "./nudge-change.ts";
import { partnersMessages, saysWithWhom } from "./others-messages.ts";
import { placeholder, is, placeholderValue } from "./placeholders.ts";
import { renewal } from "./shared-work.ts";
import { nudgeId } from "#src/domain/nudge.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import type { Identity } from "#src/ports/outbox.ts";
import type { Place } from "../keys/keys.ts";
import { sealedTexts } from "./person-keys.ts";

/** People's standings. A person without a row has told nothing yet. */
export const people = (context: StoreContext): Pick<Store, "standing" | "standings" | "changeStanding"> => {
  const { program, tables } = context;
  const t = tables.person;
  const inbox = inboxOf(context);
  const renewed = renewal(context, "wishes");
  const columns = standingColumns(tables);
  const one = query(columns, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.id, placeholder("person")))),
  );
  const readOtherwise = shownMessages(context);
  const standsOtherwise = shownMessages(context, saysWithWhom(tables));
  const partners = partnersMessages(context);
  const released = nudgeLife(tables).release.of(
    and(
      is(tables.nudge.program, program),
      eq(tables.nudge.person, placeholder("person")),
      gt(tables.nudge.expiresAt, placeholder("now")),
    ),
  );
  const everybody = query({ id: t.id, ...columns }, (select) => select.from(t).where(is(t.program, program)));

  return {
    standing: (person) =>
      context.read(function* () {
        const row = yield* first(one, { person });
        return row === undefined ? UNKNOWN : standingOf(row);
      }),
    standings: () =>
      context.read(function* () {
        return new Map((yield* rows(everybody)).map((row) => [row.id, standingOf(row)]));
      }),
    changeStanding: (person, change, event, now, tapped = NOTHING) =>
      context.lockedTransaction([personLock(person)], function* () {
        if (!(yield* inbox.keep(event, person, now))) return "again";
        const set = changed(change, now);
        const upsert = command((db) => {
          const insert = db.insert(t).values({ program, id: person, ...set });
          return Object.keys(set).length === 0
            ? insert.onConflictDoNothing()
            : insert.onConflictDoUpdate({ target: [t.program, t.id], set });
        });
        yield* run(upsert);
        if (change.consent === "given") yield* run(released, { person, now });
        // Until somebody agrees, whatever stands in their chat is the consent, also where its ask is over.
        if (change.consent !== undefined) yield* run(readOtherwise, { person, now, tapped, openAt: 0 });
        else if (change.locale !== undefined) yield* run(readOtherwise, { person, now, tapped, openAt: now });
        else if (change.stopped !== undefined)
          yield* run(standsOtherwise, { person, now, tapped, openAt: now });
        if (change.stopped !== undefined || change.consent === "declined")
          yield* run(partners, { person, now });
        yield* renewed();
        return "recorded";
      }),
  };
};

/** No nudge has this id. */
const NOTHING = nudgeId(0);

const UNKNOWN: Standing = { consent: "unasked", stopped: false, unansweredInARow: 0 };

export const standingColumns = ({ person: t }: Tables) => ({
  consent: t.consent,
  locale: t.locale,
  pausedUntil: t.pausedUntil,
  stopped: t.stopped,
  unansweredInARow: t.unansweredInARow,
  lastAskAt: t.lastAskAt,
});

type StandingRow = Pick<Tables["person"]["$inferSelect"], keyof ReturnType<typeof standingColumns>>;

export const standingOf = (row: StandingRow): Standing => ({
  consent: row.consent,
  stopped: row.stopped,
  unansweredInARow: row.unansweredInARow,
  ...(row.locale === null ? {} : { locale: row.locale }),
  ...(row.pausedUntil === null ? {} : { pausedUntil: row.pausedUntil }),
  ...(row.lastAskAt === null ? {} : { lastAskAt: row.lastAskAt }),
});

const changed = (change: StandingChange, now: Instant) => ({
  ...(change.consent === undefined ? {} : { consent: change.consent }),
  ...(change.consent === "given" ? { consentedAt: now } : {}),
  ...(change.locale === undefined ? {} : { locale: change.locale }),
  ...(change.pausedUntil === undefined ? {} : { pausedUntil: change.pausedUntil }),
  ...(change.stopped === undefined ? {} : { stopped: change.stopped }),
});

/** People's accounts, encrypted with the master key so that they can be found. Addresses are encrypted too: they may contain a token. */
export const identities = (
  context: StoreContext,
): Pick<Store, "identities" | "knownBy" | "rememberIdentity"> => {
  const { program, masterKey } = context;
  const { account: sealedOn } = sealedTexts(context);
  const { ofPerson, ofAccount, takesPart, takenFromOthers, upsert } = accounts(context);
  const place = (person: PersonId, platform: string) => addressPlace(program, person, platform);

  // Sorted here, since they are few: SQLite's sorting would cost more than the rest of the query.
  function* known(person: PersonId) {
    return (yield* rows(ofPerson, { person })).toSorted((a, b) => b.usedAt - a.usedAt);
  }

  const addressOf = (person: PersonId, { platform, address }: { platform: string; address: Buffer }) =>
    masterKey.open(address, place(person, platform)).toString() as Address;

  return {
    identities: (person) =>
      context.read(function* () {
        return (yield* known(person)).map((row): Identity => {
          const { platform } = row;
          return { platform, account: sealedOn(platform).open(row.account), address: addressOf(person, row) };
        });
      }),
    knownBy: (platform, account) =>
      context.read(function* () {
        const found = yield* rows(ofAccount, { platform, account: sealedOn(platform).seal(account) });
        return found.toSorted((a, b) => b.usedAt - a.usedAt || (a.person < b.person ? -1 : 1))[0]?.person;
      }),
    rememberIdentity: async (person, { platform, account, address }, now) => {
      const [latest] = await context.read(() => known(person));
      const hidden = sealedOn(platform).seal(account);
      const same = latest?.platform === platform && latest.account === hidden;
      if (same && addressOf(person, latest) === address) return;
      const sealed = masterKey.seal(address, place(person, platform));
      // Under the lock that erasing takes, too: an act that began before an erasing must not store anything after it.
      const locks = [personLock(person), `account ${platform} ${hidden}`];
      await context.lockedTransaction(locks, function* () {
        if ((yield* first(takesPart, { person }))?.consent !== "given") return;
        yield* run(takenFromOthers, { person, platform, account: hidden });
        yield* run(upsert, { person, platform, account: hidden, address: sealed, now });
      });
    },
  };
};

function accounts({ program, tables }: StoreContext) {
  const t = tables.identity;
  const ofPerson = query(
    { platform: t.platform, account: t.account, address: t.address, usedAt: t.usedAt },
    (select) => select.from(t).where(and(is(t.program, program), eq(t.person, placeholder("person")))),
  );
  const isAccount = and(
    is(t.program, program),
    eq(t.platform, placeholder("platform")),
    eq(t.account, placeholder("account")),
  );
  // An earlier version may have left an account with two people: it is whose it was last.
  const ofAccount = query({ person: t.person, usedAt: t.usedAt }, (select) =>
    select.from(t).where(isAccount),
  );
  const takenFromOthers = command((db) =>
    db.delete(t).where(and(isAccount, ne(t.person, placeholder("person")))),
  );
  const takesPart = query({ consent: tables.person.consent }, (select) =>
    select
      .from(tables.person)
      .where(and(is(tables.person.program, program), eq(tables.person.id, placeholder("person")))),
  );
  const upsert = command((db) =>
    db
      .insert(t)
      .values({
        program,
        person: placeholder("person"),
        platform: placeholder("platform"),
        account: placeholder("account"),
        address: placeholder("address"),
        usedAt: placeholder("now"),
      })
      .onConflictDoUpdate({
        target: [t.program, t.person, t.platform],
        set: {
          account: placeholderValue("account"),
          address: placeholderValue("address"),
          usedAt: placeholderValue("now"),
        },
      }),
  );
  return { ofPerson, ofAccount, takesPart, takenFromOthers, upsert };
}

/** The place of an encrypted address: it cannot be moved to another person. */
export const addressPlace = (program: string, person: PersonId, platform: string): Place => ({
  table: "identity",
  row: `${program}/${person}/${platform}`,
  column: "address",
});

/** The lock for acts of one person and for erasing that person: one at a time. */
export const personLock = (person: PersonId): string => `person ${person}`;

/** Where a person is written to, on each platform. */
export function knownAddresses(context: StoreContext) {
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
