import { and, desc, eq } from "drizzle-orm";
import type { Address, PersonId } from "#src/domain/person.ts";
import type { Identity, Store } from "#src/ports/store.ts";
import type { Place } from "../keys.ts";
import type { Kept } from "../kept.ts";
import { command, query, rows, run, type Steps } from "../statement.ts";
import { given, givenValue } from "./given.ts";

/** People's accounts. An address can hold a token, so it is sealed with the master key. */
export const identities = (kept: Kept): Pick<Store, "identities" | "rememberIdentity"> => {
  const { program, masterKey, tables } = kept;
  const t = tables.identity;
  const ofPerson = query((db) =>
    db
      .select({ platform: t.platform, account: t.account, address: t.address })
      .from(t)
      .where(and(eq(t.program, program), eq(t.person, given("person"))))
      .orderBy(desc(t.usedAt), t.platform),
  );
  const upsert = command((db) =>
    db
      .insert(t)
      .values({
        program,
        person: given("person"),
        platform: given("platform"),
        account: given("account"),
        address: given("address"),
        usedAt: given("now"),
      })
      .onConflictDoUpdate({
        target: [t.program, t.person, t.platform],
        set: { account: givenValue("account"), address: givenValue("address"), usedAt: givenValue("now") },
      }),
  );
  const place = (person: PersonId, platform: string): Place => ({
    table: "identity",
    row: `${program}/${person}/${platform}`,
    column: "address",
  });

  function* known(person: PersonId): Steps<readonly Identity[]> {
    return (yield* rows(ofPerson, { person })).map(({ platform, account, address }) => ({
      platform,
      account,
      address: masterKey.open(address, place(person, platform)).toString() as Address,
    }));
  }

  return {
    identities: (person) => kept.reading(() => known(person)),
    rememberIdentity: async (person, { platform, account, address }, now) => {
      const [latest] = await kept.reading(() => known(person));
      if (latest?.platform === platform && latest.account === account && latest.address === address) return;
      const sealed = masterKey.seal(address, place(person, platform));
      await kept.atomically(() => run(upsert, { person, platform, account, address: sealed, now }));
    },
  };
};
